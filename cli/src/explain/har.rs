//! What a browser's network panel has recorded.

mod file;

use std::io::{self, Write};

use cors_core::{
    Kind, Origin,
    browser::{Cache, CorsRequest, Credentials, Profile, Request, Response},
};
use serde_json::json;

use super::{
    args::Explain,
    object, page,
    trace::{Report, Trace},
};
use crate::status::Status;
use file::Entry;

/// Judges every request in the file that goes to another origin.
pub(crate) fn run(
    args: &Explain,
    file: &str,
    out: &mut impl Write,
) -> Result<io::Result<Status>, String> {
    let entries = file::read(file).map_err(|message| format!("{file}: {message}"))?;
    let reports: Vec<Report> = (0..entries.len())
        .filter_map(|at| Some((at, asked(&entries, at, args)?)))
        .map(|(at, request)| judge(&entries[at..], &entries, request, args.profile()))
        .collect();
    if reports.is_empty() {
        return Err(format!(
            "{file}: no request in it goes to another origin; --origin names the page"
        ));
    }
    Ok(show(args, &reports, out))
}

fn show(args: &Explain, reports: &[Report], out: &mut impl Write) -> io::Result<Status> {
    let count = |status: Status| reports.iter().filter(|report| report.status() == status).count();
    let [allowed, blocked, unknown] =
        [Status::Allowed, Status::Refused, Status::Invalid].map(count);
    let status = match (blocked, unknown) {
        (1.., _) => Status::Refused,
        (0, 1..) => Status::Invalid,
        (0, 0) => Status::Allowed,
    };
    if args.json {
        let requests: Vec<_> = reports.iter().map(|report| object::of(report, "har")).collect();
        object::write(&json!({ "source": "har", "requests": requests }), out)?;
        return Ok(status);
    }
    for report in reports.iter().filter(|report| report.status() != Status::Allowed) {
        for step in &report.steps {
            page::request(&step.sent, out)?;
            page::answer(step, out)?;
        }
        page::end(report, out)?;
        let command = page::command(&report.request);
        writeln!(out, "\nTo ask the server itself:\n    {}\n", page::shown(&command))?;
    }
    writeln!(
        out,
        "{} requests to other origins: {allowed} allowed, {blocked} blocked, {unknown} that cannot be told",
        reports.len()
    )?;
    Ok(status)
}

/// What a script asked for, if this entry is where it starts, and the page is another origin.
fn asked(entries: &[Entry], at: usize, args: &Explain) -> Option<Request> {
    let entry = &entries[at];
    let is_redirected = |before: &Entry| before.leads_to(&entry.request.url);
    if entry.is_preflight() || entries[..at].iter().any(is_redirected) {
        return None;
    }
    let recorded = entry.request.header("origin").filter(|origin| *origin != "null");
    let origin = args.origin.as_deref().or(recorded)?;
    if Origin::parse(origin.as_bytes()).is_none() || is_of(&entry.request.url, origin) {
        return None;
    }
    let preflight = entries.iter().find(|other| other.is_preflight_of(entry));
    let asks_for =
        preflight.and_then(|entry| entry.request.header("access-control-request-headers"));
    let mut request = Request::new(origin, &entry.request.url, &entry.request.method);
    for line in &entry.request.headers {
        if file::is_of_script(&line.name, asks_for) {
            request = request.header(&line.name, line.value.as_str());
        }
    }
    let has_cookie = entry.request.header("cookie").is_some();
    Some(request.credentials(match has_cookie {
        true if args.credentials.is_none() => Credentials::Include,
        _ => args.credentials(),
    }))
}

fn is_of(url: &str, origin: &str) -> bool {
    let rest = url.get(origin.len()..).filter(|_| url.starts_with(origin));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
}

/// Answers a request from the entries, from this one on; preflights from all.
fn judge(from: &[Entry], all: &[Entry], request: Request, profile: Profile) -> Report {
    let mut cache = Cache::default();
    let has_preflight = all.iter().any(|entry| entry.is_preflight_of(&from[0]));
    if !has_preflight && from[0].response().is_some() {
        remember(&mut cache, &request, profile);
    }
    let mut trace = Trace::start_with(profile, &request, &mut cache);
    while let Some(sent) = trace.next() {
        let found = match sent.kind {
            Kind::Preflight => {
                all.iter().find(|entry| entry.is_preflight() && entry.request.url == sent.url)
            }
            _ => from.iter().find(|entry| !entry.is_preflight() && entry.request.url == sent.url),
        };
        let answer = match found.map(Entry::response) {
            Some(Some(response)) => Ok(response),
            Some(None) => Err(format!(
                "the file has no answer of {}: browsers leave out what they block",
                sent.url
            )),
            None => Err(format!("the file has no request to {}", sent.url)),
        };
        trace = trace.answer(sent, answer);
    }
    trace.report(request)
}

/// What was answered without a recorded preflight had one before, which the browser remembered.
fn remember(cache: &mut Cache, request: &Request, profile: Profile) {
    let Ok(cors) = CorsRequest::new(profile, request) else { return };
    let names = cors.unsafe_names().join(", ");
    let lines =
        [("access-control-allow-methods", cors.method()), ("access-control-allow-headers", &names)];
    cache.store(&cors, &Response::new(204, lines), std::time::Duration::ZERO);
}
