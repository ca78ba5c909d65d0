//! What a browser's network panel has recorded.

mod file;

use std::{
    collections::HashMap,
    io::{self, Write},
    time::Duration,
};

use cors_browser::{
    Cache, CorsRequest, Credentials, Profile, Request, Response, is_forbidden_request_header,
};
use cors_core::{Kind, Origin};
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
    let record = Record::new(&entries);
    let reports: Vec<Report> = (0..entries.len())
        .filter_map(|at| Some((at, record.asked(at, args)?)))
        .map(|(at, request)| record.judge(at, request, args.profile()))
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
        "Requests to other origins: {} ({allowed} allowed, {blocked} blocked, {unknown} untold)",
        reports.len()
    )?;
    Ok(status)
}

/// The entries of a file, found by their URLs.
struct Record<'e> {
    entries: &'e [Entry],
    /// The first preflight to each URL.
    preflights: HashMap<&'e str, &'e Entry>,
    /// The other requests to each URL, in their order.
    requests: HashMap<&'e str, Vec<usize>>,
    /// The URLs that redirects lead to, and where the first of them stands.
    redirected: HashMap<&'e str, usize>,
}

impl<'e> Record<'e> {
    fn new(entries: &'e [Entry]) -> Self {
        let mut record = Self {
            entries,
            preflights: HashMap::new(),
            requests: HashMap::new(),
            redirected: HashMap::new(),
        };
        for (at, entry) in entries.iter().enumerate() {
            let url = entry.request.url.as_str();
            if entry.is_preflight() {
                record.preflights.entry(url).or_insert(entry);
            } else {
                record.requests.entry(url).or_default().push(at);
            }
            if let Some(url) = entry.leads_to() {
                record.redirected.entry(url).or_insert(at);
            }
        }
        record
    }

    /// What a script asked for, if this entry is where it starts, and the page is another origin.
    fn asked(&self, at: usize, args: &Explain) -> Option<Request> {
        let entry = &self.entries[at];
        let url = entry.request.url.as_str();
        if entry.is_preflight() || self.redirected.get(url).is_some_and(|from| *from < at) {
            return None;
        }
        let recorded = entry.request.header("origin").filter(|origin| *origin != "null");
        let origin = args.origin.as_deref().or(recorded)?;
        if Origin::parse(origin.as_bytes()).is_none() || is_of(url, origin) {
            return None;
        }
        let preflight = self.preflights.get(url);
        let asked_for = preflight.map(|entry| {
            entry.request.header("access-control-request-headers").unwrap_or_default()
        });
        let mut request = Request::new(origin, url, &entry.request.method);
        for line in &entry.request.headers {
            let is_forbidden = is_forbidden_request_header(&line.name, line.value.as_bytes());
            if !is_forbidden && file::is_of_script(&line.name, asked_for) {
                request = request.header(&line.name, line.value.as_str());
            }
        }
        let has_cookie = entry.request.header("cookie").is_some();
        Some(request.credentials(match has_cookie {
            true if args.credentials.is_none() => Credentials::Include,
            _ => args.credentials(),
        }))
    }

    /// Answers a request from what was recorded, from this entry on.
    fn judge(&self, at: usize, request: Request, profile: Profile) -> Report {
        let mut cache = Cache::default();
        if !self.preflights.contains_key(&*request.url) && self.entries[at].response().is_some() {
            remember(&mut cache, &request, profile);
        }
        let mut trace = Trace::start_with(profile, &request, &mut cache);
        while let Some(sent) = trace.next() {
            let found = match sent.kind {
                Kind::Preflight => self.preflights.get(&*sent.url).copied(),
                _ => self.request_from(at, &sent.url),
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

    fn request_from(&self, at: usize, url: &str) -> Option<&'e Entry> {
        let places = self.requests.get(url)?;
        let place = places.get(places.partition_point(|place| *place < at))?;
        self.entries.get(*place)
    }
}

fn is_of(url: &str, origin: &str) -> bool {
    let rest = url.strip_prefix(origin);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
}

/// What was answered without a recorded preflight had one before, which the browser remembered.
fn remember(cache: &mut Cache, request: &Request, profile: Profile) {
    let Ok(cors) = CorsRequest::new(profile, request) else { return };
    let names = cors.unsafe_names().join(", ");
    let lines =
        [("access-control-allow-methods", cors.method()), ("access-control-allow-headers", &names)];
    cache.store(&cors, &Response::new(204, lines), Duration::ZERO);
}
