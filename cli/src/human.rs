//! The human form: what a browser does for a script, and why.

use std::{
    error::Error,
    io::{self, Write},
};

use cors_core::{Cors, Verdict, plain::Request};
use cors_file::PolicyFile;

use crate::{
    args::Question,
    outcome::Outcome,
    script::Fetch,
    status::{Status, complain},
};

/// Shows the requests that a browser sends, up to the first that is refused.
pub(crate) fn run(question: Question, out: &mut impl Write) -> io::Result<Status> {
    let (cors, fetch) = match prepare(&question) {
        Ok(prepared) => prepared,
        Err(error) => {
            complain(error);
            return Ok(Status::Invalid);
        }
    };
    if question.preflight || !question.actual && fetch.needs_preflight() {
        if !show("Preflight", &cors, &fetch, &fetch.preflight(), out)? {
            return Ok(Status::Refused);
        }
        if question.preflight {
            return Ok(Status::Allowed);
        }
        writeln!(out)?;
    }
    let allowed = show("Actual request", &cors, &fetch, &fetch.actual(), out)?;
    Ok(if allowed { Status::Allowed } else { Status::Refused })
}

fn prepare(question: &Question) -> Result<(Cors, Fetch), Box<dyn Error>> {
    let method = question.method.as_deref().unwrap_or("GET");
    let path = question.path.as_deref().unwrap_or("/");
    let fetch = Fetch::new(&question.origin, method, path, &question.headers)?;
    Ok((PolicyFile::new(&question.policy).load()?, fetch))
}

/// Shows one request and its answer. Says whether it was allowed.
fn show(
    title: &str,
    cors: &Cors,
    fetch: &Fetch,
    request: &Request,
    out: &mut impl Write,
) -> io::Result<bool> {
    let outcome = Outcome::of(cors, request);
    writeln!(out, "{title} {}.", outcome.verdict)?;
    for sentence in cors.explain(request).sentences() {
        writeln!(out, "{sentence}")?;
    }
    writeln!(out)?;
    match fetch.path.as_str() {
        "/" => writeln!(out, "> {}", request.method)?,
        path => writeln!(out, "> {} {path}", request.method)?,
    }
    for (name, value) in &request.headers {
        writeln!(out, "> {name}: {}", String::from_utf8_lossy(value))?;
    }
    match outcome.answer {
        Some(status) => writeln!(out, "< {status}")?,
        None => writeln!(out, "< the handler's response, plus:")?,
    }
    for (name, value) in &outcome.headers.headers {
        writeln!(out, "< {name}: {value}")?;
    }
    out.flush()?;
    Ok(outcome.verdict == Verdict::Allow)
}
