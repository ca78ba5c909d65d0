//! How a run ends.

use std::{
    fmt,
    io::{self, Write},
    process::ExitCode,
};

use crate::out::escaped;

/// The exit statuses, as each command's `--help` lists them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Status {
    /// Every request was allowed, every line of input was answered, or the file has no error.
    Allowed,
    /// A request was refused, or the file has an error.
    Refused,
    /// The arguments, the policy file or a line of input cannot be used, or a server does not answer.
    Invalid,
    /// `cors explain`: a request is allowed, but still fails in a browser, or for some users.
    AllowedBut,
    /// `cors verify`: the server does not answer, or there is no policy to hold it to.
    Unreachable,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Allowed => 0_u8,
            Status::Refused => 1,
            Status::Invalid => 2,
            Status::AllowedBut | Status::Unreachable => 3,
        })
    }
}

/// Writes a message to standard error. Not `eprintln!`, which panics where nobody can read it.
pub(crate) fn complain(message: impl fmt::Display) {
    let _ = writeln!(io::stderr(), "{}", escaped(&message.to_string()));
}
