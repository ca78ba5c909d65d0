//! Requests that a browser's network panel has recorded.

mod file;
mod judge;

use std::io::Read;

use cors_browser::{Credentials, Profile};

use crate::trace::Report;

/// A recorded file.
#[derive(Debug)]
pub struct Har {
    file: file::File,
}

/// The facts that a file may leave out.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The origin of the page. If it is missing, each request's own `Origin` or `Referer` counts, and
    /// then the one that most requests have.
    pub origin: Option<String>,
    /// The credentials mode. If it is missing, a recorded cookie counts.
    pub credentials: Option<Credentials>,
    /// The browser whose rules apply.
    pub profile: Profile,
}

impl Har {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is not a HAR file.
    pub fn read(reader: impl Read) -> Result<Self, String> {
        Ok(Self { file: file::read(reader)? })
    }

    /// Checks every request in the file that a script makes to another origin.
    ///
    /// A request that the browser failed is never [`Allowed`](crate::Outcome::Allowed): if the recorded
    /// headers pass every check, it ends as [`Failed`](crate::End::Failed). Files do not record
    /// credentials, so a request that failed is checked with them as well. Firefox does not record
    /// failures: its requests that pass only without credentials are
    /// [`Unknown`](crate::Outcome::Unknown).
    pub fn reports(&self, options: &Options) -> Vec<Report> {
        judge::reports(&self.file, options)
    }
}
