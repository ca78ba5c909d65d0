//! How a run ends.

use std::{
    fmt,
    io::{self, Write},
    process::ExitCode,
};

/// The exit statuses, as each command's `--help` lists them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Status {
    /// Every request was allowed, every line of input was answered, or the file has no error.
    Allowed = 0,
    /// A request was refused, or the file has an error.
    Refused = 1,
    /// The arguments, the policy file or a line of input cannot be used, or a server does not answer.
    Invalid = 2,
    /// `cors verify`: the server does not answer, or there is no policy to hold it to.
    Unreachable = 3,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

/// Writes a message to standard error. Not `eprintln!`, which panics where nobody can read it.
pub(crate) fn complain(message: impl fmt::Display) {
    let _ = writeln!(io::stderr(), "{message}");
}
