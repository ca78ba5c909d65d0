//! Requests derived from a CORS policy, and what a browser concludes from a server's answers.
#![forbid(unsafe_code)]

mod conclusion;

pub use conclusion::{Conclusion, Way};
