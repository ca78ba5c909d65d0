//! The reports of a file's requests.

use std::{collections::HashMap, time::Duration};

use cors_browser::{
    Cache, CorsRequest, Credentials, Profile, Request, Response, is_forbidden_request_header,
};
use cors_core::{Kind, Origin, ResponseField};

use super::{
    Options,
    file::{self, File},
};
use crate::trace::{End, Outcome, Report, Trace};

/// Chrome's name for a request that it blocks. Failures of the network have other names.
const BLOCKED: &str = "net::ERR_FAILED";

/// The entries of a file.
struct Record<'e> {
    file: &'e File,
    options: &'e Options,
    /// The preflights to each URL, in their order.
    preflights: HashMap<&'e str, Vec<usize>>,
    /// The other requests to each URL, in their order.
    requests: HashMap<&'e str, Vec<usize>>,
    /// The origin that most requests have.
    page: Option<&'e str>,
}

pub(super) fn reports(file: &File, options: &Options) -> Vec<Report> {
    let record = Record::new(file, options);
    let mut used = vec![false; file.entries.len()];
    let mut reports = Vec::new();
    for at in 0..file.entries.len() {
        if used[at] {
            continue;
        }
        if let Some(request) = record.asked(at) {
            reports.push(record.settled(at, request, &mut used));
        }
    }
    reports
}

impl<'e> Record<'e> {
    fn new(file: &'e File, options: &'e Options) -> Self {
        let (mut preflights, mut requests) = (HashMap::new(), HashMap::new());
        let mut pages: HashMap<&str, usize> = HashMap::new();
        for (at, entry) in file.entries.iter().enumerate() {
            let of_kind = if entry.is_preflight() { &mut preflights } else { &mut requests };
            of_kind.entry(entry.request.url.as_str()).or_insert_with(Vec::new).push(at);
            if let Some(origin) = entry.request.header("origin").filter(|it| *it != "null") {
                *pages.entry(origin).or_default() += 1;
            }
        }
        let page = pages.into_iter().max_by_key(|(origin, count)| (*count, *origin));
        Self { file, options, preflights, requests, page: page.map(|(origin, _)| origin) }
    }

    /// The script's request, if this entry is one to another origin.
    fn asked(&self, at: usize) -> Option<Request> {
        let entry = &self.file.entries[at];
        let url = entry.request.url.as_str();
        if entry.is_preflight() || !url.starts_with("http") || !entry.is_of_script() {
            return None;
        }
        let recorded = entry.request.header("origin").filter(|origin| *origin != "null");
        let referer = entry.request.header("referer").map(origin_of);
        let origin = self.options.origin.as_deref().or(recorded).or(referer).or(self.page)?;
        if Origin::parse(origin.as_bytes()).is_none() || origin_of(url) == origin {
            return None;
        }
        let preflight = self.preflight(at, url, &entry.request.method);
        let asked_for = preflight.map(|at| {
            let preflight = &self.file.entries[at].request;
            preflight.header("access-control-request-headers").unwrap_or_default()
        });
        let mut request = Request::new(origin, url, &entry.request.method);
        for line in &entry.request.headers {
            let is_forbidden = is_forbidden_request_header(&line.name, line.value.as_bytes());
            if !is_forbidden && file::is_of_script(&line.name, asked_for) {
                request = request.header(&line.name, line.value.as_str());
            }
        }
        let has_cookie = entry.request.header("cookie").is_some();
        Some(request.credentials(self.options.credentials.unwrap_or(match has_cookie {
            true => Credentials::Include,
            false => Credentials::SameOrigin,
        })))
    }

    /// The report of a request, with what the browser recorded about its end.
    fn settled(&self, at: usize, request: Request, used: &mut [bool]) -> Report {
        let (mut report, last) = self.judge(at, request.clone(), used);
        let is_open =
            self.options.credentials.is_none() && request.credentials != Credentials::Include;
        let included = || {
            let request = request.clone().credentials(Credentials::Include);
            let (report, _) = self.judge(at, request, &mut vec![false; used.len()]);
            Some(report).filter(|report| report.outcome() == Outcome::Blocked)
        };
        let error = self.file.entries[last].error();
        match (report.outcome(), error) {
            (Outcome::Blocked, _) => return report,
            (outcome, Some(BLOCKED)) => {
                if let Some(blocked) = included().filter(|_| is_open) {
                    return blocked;
                }
                let why = match outcome {
                    Outcome::Allowed | Outcome::AllowedBut => {
                        "though the recorded headers pass every check"
                    }
                    _ => "and the file does not have the response",
                };
                report.end = End::Failed(format!("the browser failed it with {BLOCKED}, {why}"));
            }
            (_, Some(error)) => {
                report.end = End::Unknown(format!(
                    "the browser failed it with {error}, which is not a matter of CORS"
                ));
            }
            (Outcome::Allowed | Outcome::AllowedBut, None) if self.file.hides_blocks && is_open => {
                if let Some(blocked) = included() {
                    if expects_credentials(&report) {
                        return blocked;
                    }
                    if names_origin(&report) {
                        report.end = End::Unknown(
                            "it is allowed without credentials and blocked with them, which Firefox \
                             does not record: pass --credentials include or omit"
                                .to_owned(),
                        );
                    }
                }
            }
            _ => {}
        }
        report
    }

    /// Answers a request from this entry on, and returns the last entry that answered.
    fn judge(&self, at: usize, request: Request, used: &mut [bool]) -> (Report, usize) {
        let profile = self.options.profile;
        let mut cache = Cache::default();
        let entry = &self.file.entries[at];
        let preflight = self.preflight(at, &request.url, &request.method);
        if preflight.is_none() && entry.response().is_some() {
            remember(&mut cache, &request, profile);
        }
        let mut trace = Trace::start_with(profile, &request, &mut cache);
        let mut last = at;
        used[at] = true;
        while let Some(sent) = trace.next() {
            let found = match sent.kind {
                Kind::Preflight => {
                    let method = requested_method(&sent.request.headers);
                    self.preflight(last, &sent.url, &method)
                }
                _ => self.request_from(last, &sent.url),
            };
            if let Some(found) = found {
                used[found] = true;
                if sent.kind != Kind::Preflight {
                    last = found;
                }
            }
            let answer = match found.map(|at| self.file.entries[at].response()) {
                Some(Some(response)) => Ok(response),
                Some(None) => Err(format!("the file has no response of {}", sent.url)),
                None => Err(format!("the file has no {} to {}", noun(sent.kind), sent.url)),
            };
            trace = trace.answer(sent, answer);
        }
        (trace.report(request), last)
    }

    /// The preflight to a URL that asks for this method and is nearest to an entry.
    fn preflight(&self, at: usize, url: &str, method: &str) -> Option<usize> {
        let places = self.preflights.get(url)?.iter().copied();
        let asks = |place: &usize| {
            let asked = self.file.entries[*place].request.header("access-control-request-method");
            asked.is_none_or(|asked| asked == method)
        };
        places.filter(asks).min_by_key(|place| place.abs_diff(at))
    }

    fn request_from(&self, at: usize, url: &str) -> Option<usize> {
        let places = self.requests.get(url)?;
        places.get(places.partition_point(|place| *place < at)).copied()
    }
}

fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Preflight => "preflight",
        _ => "request",
    }
}

fn requested_method(headers: &[(String, Vec<u8>)]) -> String {
    let method = headers.iter().find(|(name, _)| name == "access-control-request-method");
    method.map(|(_, value)| crate::text(value)).unwrap_or_default()
}

/// Whether the last response has a header that is only for requests with credentials.
fn expects_credentials(report: &Report) -> bool {
    let name = ResponseField::AllowCredentials.name();
    report.steps.last().is_some_and(|step| !step.lines(name).is_empty())
}

/// Whether the last response names the origin, as those for requests with credentials must.
fn names_origin(report: &Report) -> bool {
    let name = ResponseField::AllowOrigin.name();
    report.steps.last().is_some_and(|step| !step.lines(name).iter().any(|value| value == "*"))
}

/// The origin of a URL, which is a part of it.
fn origin_of(url: &str) -> &str {
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url[start..].find(['/', '?', '#']).map_or(url.len(), |at| start + at);
    &url[..end]
}

/// Remembers a preflight. A response without a recorded preflight had one before, which the browser
/// remembered.
fn remember(cache: &mut Cache, request: &Request, profile: Profile) {
    let Ok(cors) = CorsRequest::new(profile, request) else { return };
    let names = cors.unsafe_names().join(", ");
    let lines =
        [("access-control-allow-methods", cors.method()), ("access-control-allow-headers", &names)];
    cache.store(&cors, &Response::new(204, lines), Duration::ZERO);
}
