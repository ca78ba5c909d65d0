//! `cors verify --record`: what a server does, as a policy file.

use std::{
    io::{self, Write},
    time::Duration,
};

use cors_core::plain::Request;
use cors_verify::record;
use http::Uri;

use super::client;
use crate::status::{Status, complain};

pub(crate) fn run(
    url: &Uri,
    origins: &[String],
    limit: Duration,
    out: &mut impl Write,
) -> io::Result<Status> {
    let path = if url.path().is_empty() { "/" } else { url.path() };
    let requests = record::requests(origins, path);
    let sent: Vec<&Request> = requests.iter().collect();
    let answers = match client::send(url, &sent, limit) {
        Ok(answers) => answers,
        Err(error) => {
            complain(format_args!("cors: {error}"));
            return Ok(Status::Unreachable);
        }
    };
    let (policy, notes) = record::policy(&requests, &answers);
    writeln!(out, "# Recorded from {url}")?;
    for note in &notes {
        writeln!(out, "# {note}")?;
    }
    out.write_all(toml::to_string(&policy).map_err(io::Error::other)?.as_bytes())?;
    match policy.compile() {
        Ok(_) => Ok(Status::Allowed),
        Err(errors) => {
            complain(format_args!("cors: {errors}"));
            Ok(Status::Refused)
        }
    }
}
