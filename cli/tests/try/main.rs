//! Runs the binary, as whoever types `cors try` does.

mod arguments;
mod file;
mod human;
mod json_lines;
mod reasons;
mod run;
