//! A line for each request, on standard error.

use std::time::Instant;

use cors_core::plain;
use cors_tower::Cors;
use http::{Request, StatusCode};

use crate::{outcome::Outcome, status::complain};

/// The most characters of a path that are printed.
const LONGEST_PATH: usize = 200;

/// The policy whose verdict a line names.
pub(crate) struct Log {
    cors: Cors,
}

/// A line whose response is not known yet.
pub(crate) struct Line {
    text: String,
    verdict: &'static str,
    since: Instant,
}

impl Log {
    pub(crate) fn new(cors: Cors) -> Self {
        Self { cors }
    }

    pub(crate) fn line<B>(&self, request: &Request<B>) -> Line {
        let since = Instant::now();
        let path = request.uri().path();
        let short: String = path.chars().take(LONGEST_PATH).collect();
        let more = if short.len() < path.len() { "..." } else { "" };
        let headers = request.headers().iter();
        let plain = plain::Request {
            method: request.method().to_string(),
            path: path.as_bytes().to_vec(),
            headers: headers
                .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
                .collect(),
        };
        let verdict = Outcome::of(&self.cors, &plain).verdict.as_str();
        Line { text: format!("{} {short}{more}", request.method()), verdict, since }
    }
}

impl Line {
    /// Prints it. A query is left out, since it may hold a secret.
    pub(crate) fn end(self, status: StatusCode) {
        // A path is visible ASCII once the server has parsed it, and `complain` escapes the rest.
        let (text, verdict) = (self.text, self.verdict);
        complain(format_args!(
            "{text} {} {verdict} {} ms",
            status.as_u16(),
            self.since.elapsed().as_millis()
        ));
    }
}
