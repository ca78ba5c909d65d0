//! The requests that show whether a server keeps a policy.

use cors_browser::{Credentials, Request as Script};
use cors_core::{Cors, Policy, RequestField, Verdict, plain::Request};

use crate::origins::{self, STRANGER};

/// The most requests that are derived from a policy.
pub const LIMIT: usize = 150;

/// A request, and what it looks at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Probe {
    /// What the request is, such as `preflight for PUT from https://app.example.com`.
    pub name: String,
    /// The request. Its path has no query.
    pub request: Request,
}

impl Probe {
    fn new(name: String, method: &str, path: &str, headers: Vec<(&str, &str)>) -> Self {
        Self { name, request: Request::new(method, headers).to(path) }
    }

    fn actual(origin: &str, path: &str) -> Self {
        Self::new(format!("GET {path} from {origin}"), "GET", path, vec![(ORIGIN, origin)])
    }

    fn preflight(origin: &str, path: &str, method: &str, headers: &str) -> Self {
        let mut lines = vec![(ORIGIN, origin), (RequestField::Method.name(), method)];
        let mut name = format!("preflight of {path} for {method}");
        if !headers.is_empty() {
            name += &format!(" with {headers}");
            lines.push((RequestField::Headers.name(), headers));
        }
        Self::new(format!("{name} from {origin}"), "OPTIONS", path, lines)
    }

    /// The request's origin.
    pub fn origin(&self) -> Option<&str> {
        self.line(RequestField::Origin)
    }

    /// Whether it is a preflight.
    pub fn is_preflight(&self) -> bool {
        self.request.method == "OPTIONS" && self.line(RequestField::Method).is_some()
    }

    /// The value of a request header.
    pub fn line(&self, field: RequestField) -> Option<&str> {
        let mut lines = self.request.headers.iter();
        let (_, value) = lines.find(|(name, _)| name == field.name())?;
        std::str::from_utf8(value).ok()
    }

    /// Returns the script's request to this URL that makes a browser send the probe.
    pub fn script(&self, url: &str, credentials: Credentials) -> Option<Script> {
        let mut script = Script::new(self.origin()?, url, "GET").credentials(credentials);
        if self.is_preflight() {
            script.method = self.line(RequestField::Method).unwrap_or("GET").to_owned();
            let names = self.line(RequestField::Headers).unwrap_or_default().split(',');
            for name in names.map(str::trim).filter(|name| !name.is_empty()) {
                script = script.header(name, "\"");
            }
        }
        Some(script)
    }
}

const ORIGIN: &str = "origin";

/// The requests for a policy on these paths: at most [`LIMIT`], the most telling first. The paths
/// begin with `/`. Where policies differ by path, a path of each entry is asked for too.
pub fn probes(cors: &Cors, paths: &[String]) -> Vec<Probe> {
    let resources = cors.resources();
    let mut all: Vec<String> = paths.to_vec();
    if resources.only().is_none() {
        let of_entries = resources.iter().take(8).map(|(path, _)| match path.strip_suffix('*') {
            Some(above) => format!("/{}cors-verify", above.trim_start_matches('/')),
            None => path.to_owned(),
        });
        all.extend(of_entries);
    }
    let mut paths: Vec<String> = Vec::new();
    for path in all {
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    let mut rounds: Vec<Vec<Probe>> = paths.iter().map(|path| of_path(cors, path)).collect();
    // Every path in turn, so that the limit takes the least telling ones of each.
    let mut probes: Vec<Probe> = Vec::new();
    let longest = rounds.iter().map(Vec::len).max().unwrap_or_default();
    for at in 0..longest {
        for round in &mut rounds {
            let probe = round.get(at).filter(|probe| !probes.contains(probe)).cloned();
            probes.extend(probe.filter(|_| probes.len() < LIMIT));
        }
    }
    probes
}

fn of_path(cors: &Cors, path: &str) -> Vec<Probe> {
    let none: [(&str, &str); 0] = [];
    let Some(policy) = cors.policy_for(&Request::new("GET", none).to(path)) else {
        return Vec::new();
    };
    let origins = origins::of(&policy);
    let is_allowed = |origin: &&String| {
        let request = Request::new("GET", [(ORIGIN, origin.as_str())]).to(path);
        cors.decide(&request).verdict() == Verdict::Allow
    };
    let friends: Vec<&String> = origins.iter().filter(is_allowed).collect();
    let method = policy.allow_methods.iter().find(|method| *method != "*");
    let method = method.map_or("PUT", String::as_str);
    let mut probes = Vec::new();
    // The first requests say most: one friend, one stranger, and no origin.
    for origin in friends.first().into_iter().map(|friend| friend.as_str()).chain([STRANGER]) {
        probes.push(Probe::actual(origin, path));
        probes.push(Probe::preflight(origin, path, method, ""));
        let name = format!("OPTIONS {path} that is not a preflight, from {origin}");
        probes.push(Probe::new(name, "OPTIONS", path, vec![(ORIGIN, origin)]));
        let name = format!("HEAD {path} from {origin}");
        probes.push(Probe::new(name, "HEAD", path, vec![(ORIGIN, origin)]));
    }
    probes.push(Probe::new(format!("GET {path} without an origin"), "GET", path, Vec::new()));
    let plain = format!("OPTIONS {path} without an origin");
    probes.push(Probe::new(plain, "OPTIONS", path, Vec::new()));
    if let Some(friend) = friends.first() {
        probes.extend(lists(&policy, friend, path));
    }
    for origin in &origins {
        probes.push(Probe::actual(origin, path));
    }
    for friend in friends.iter().skip(1).take(4) {
        probes.push(Probe::preflight(friend, path, method, ""));
    }
    for stranger in origins.iter().filter(|origin| !friends.contains(origin)).skip(1).take(6) {
        probes.push(Probe::preflight(stranger, path, method, ""));
    }
    probes
}

/// Every method and header, listed and not.
fn lists(policy: &Policy, friend: &str, path: &str) -> Vec<Probe> {
    let mut methods: Vec<&str> = Vec::new();
    let usual = ["GET", "POST", "PUT", "PATCH", "DELETE", "X-UNLISTED"];
    let listed = policy.allow_methods.iter().map(String::as_str).take(12);
    for method in listed.chain(usual).filter(|method| *method != "*") {
        if !methods.contains(&method) {
            methods.push(method);
        }
    }
    let mut names: Vec<String> = Vec::new();
    let usual = ["content-type", "authorization", "x-unlisted"].map(str::to_owned);
    let listed = policy.allow_headers.iter().map(|name| name.to_ascii_lowercase()).take(16);
    for name in listed.chain(usual).filter(|name| name != "*") {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let mut all: Vec<String> =
        policy.allow_headers.iter().map(|name| name.to_ascii_lowercase()).collect();
    all.retain(|name| name != "*");
    all.sort();
    all.dedup();
    let mut probes: Vec<Probe> =
        methods.iter().map(|method| Probe::preflight(friend, path, method, "")).collect();
    probes.extend(names.iter().map(|name| Probe::preflight(friend, path, "GET", name)));
    if all.len() > 1 && all.join(",").len() < 4000 {
        probes.push(Probe::preflight(friend, path, "GET", &all.join(",")));
    }
    probes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_policy_has_no_more_requests_than_the_limit() {
        let policy = Policy::new()
            .allow_origins((0..500).map(|at| format!("https://{at}.example.com")))
            .allow_methods(["PUT", "DELETE"])
            .allow_headers((0..40).map(|at| format!("x-{at}")));
        let cors = policy.compile().expect("a valid policy");
        let paths: Vec<String> = (0..9).map(|at| format!("/{at}")).collect();
        assert_eq!(probes(&cors, &paths).len(), LIMIT);
        assert!(probes(&cors, &paths[..1]).len() <= LIMIT);
    }

    #[test]
    fn nothing_that_changes_state_is_sent() {
        let cors = Policy::new().allow_origins(["https://a.example"]).allow_methods(["DELETE"]);
        let cors = cors.compile().expect("a valid policy");
        for probe in probes(&cors, &["/".into()]) {
            assert!(["GET", "HEAD", "OPTIONS"].contains(&&*probe.request.method), "{}", probe.name);
        }
    }
}
