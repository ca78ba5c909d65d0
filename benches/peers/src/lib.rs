//! The frameworks' own CORS middleware beside ours, request by request.

mod answer;
mod framework;
mod policy;
mod row;
mod table;

pub use table::differences;
