//! Requests that a browser's network panel has recorded.

mod file;

use std::{collections::HashMap, io::Read, time::Duration};

use cors_browser::{
    Cache, CorsRequest, Credentials, Profile, Request, Response, is_forbidden_request_header,
};
use cors_core::{Kind, Origin};

use crate::trace::{Report, Trace};
use file::Entry;

/// A recorded file.
#[derive(Debug)]
pub struct Har {
    entries: Vec<Entry>,
}

/// The facts that a file may leave out.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The origin of the page. If it is missing, each request's own `Origin` counts.
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
        Ok(Self { entries: file::read(reader)? })
    }

    /// Checks every request in the file that goes to another origin.
    pub fn reports(&self, options: &Options) -> Vec<Report> {
        let record = Record::new(&self.entries);
        (0..self.entries.len())
            .filter_map(|at| Some((at, record.asked(at, options)?)))
            .map(|(at, request)| record.judge(at, request, options.profile))
            .collect()
    }
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
    fn asked(&self, at: usize, options: &Options) -> Option<Request> {
        let entry = &self.entries[at];
        let url = entry.request.url.as_str();
        if entry.is_preflight() || self.redirected.get(url).is_some_and(|from| *from < at) {
            return None;
        }
        let recorded = entry.request.header("origin").filter(|origin| *origin != "null");
        let origin = options.origin.as_deref().or(recorded)?;
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
        Some(request.credentials(options.credentials.unwrap_or(match has_cookie {
            true => Credentials::Include,
            false => Credentials::SameOrigin,
        })))
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
