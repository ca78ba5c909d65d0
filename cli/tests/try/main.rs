//! Runs the binary, as whoever types `cors try` or `cors browser` does.

mod arguments;
mod browser;
mod file;
mod human;
mod json_lines;
mod reasons;
mod run;
