//! The requests, made from the policy in force.

use cors_core::{Cors, Denial, Policy, RequestField, Verdict, plain};

use super::entry::Entry;

/// A request to send.
pub(super) struct Case {
    /// What it shows, as a phrase.
    pub(super) name: &'static str,
    pub(super) request: plain::Request,
    path: &'static str,
    /// The handler's status; none where the framework chooses.
    pub(super) status: Option<u16>,
}

impl Case {
    pub(super) fn get(name: &'static str, path: &'static str, origin: Option<&str>) -> Self {
        let lines = origin.map(|origin| (RequestField::Origin.name(), origin));
        Self { name, request: plain::Request::new("GET", lines), path, status: Some(200) }
    }

    fn with_status(self, status: u16) -> Self {
        Self { status: Some(status), ..self }
    }

    fn preflight(name: &'static str, origin: &str, method: &str, headers: &str) -> Self {
        let mut lines =
            vec![(RequestField::Origin.name(), origin), (RequestField::Method.name(), method)];
        if !headers.is_empty() {
            lines.push((RequestField::Headers.name(), headers));
        }
        Self::options(name, lines)
    }

    fn options(name: &'static str, lines: Vec<(&str, &str)>) -> Self {
        Self {
            name,
            request: plain::Request::new("OPTIONS", lines),
            path: "/items/1",
            status: None,
        }
    }

    /// The request as the client takes it.
    pub(super) fn sent(&self) -> cors_conformance::Request {
        let plain::Request { method, headers, .. } = self.request.clone();
        cors_conformance::Request::new(method, self.path, headers)
    }

    /// The request line and each header, in pieces that are not to be broken.
    pub(super) fn parts(&self) -> Vec<String> {
        let plain::Request { method, headers, .. } = &self.request;
        let lines = headers
            .iter()
            .map(|(name, value)| format!("{}: {}", short(name), String::from_utf8_lossy(value)));
        std::iter::once(format!("{method} {}", self.path)).chain(lines).collect()
    }
}

/// A header's name without what all names of the protocol have in common.
pub(super) fn short(name: &str) -> &str {
    name.strip_prefix("access-control-").unwrap_or(name)
}

/// What is sent under a policy.
pub(super) struct Cases {
    pub(super) shown: Vec<Case>,
    /// What the policy cannot show, and why.
    pub(super) left_out: Vec<(&'static str, &'static str)>,
    /// An origin that the policy allows.
    pub(super) allowed_origin: Option<String>,
}

impl Cases {
    /// Every kind of request that the policy can show.
    pub(super) fn of(policy: &Policy, cors: &Cors) -> Self {
        let entries: Vec<Entry<'_>> =
            policy.allow_origins.iter().filter_map(|text| Entry::of(text)).collect();
        let mut made = Maker { policy, cors, shown: Vec::new(), left_out: Vec::new() };
        made.shown.push(Case::get("no Origin", "/items", None));
        made.origins(&entries);
        let allowed_origin = made.allowed_origin(&entries);
        match &allowed_origin {
            Some(origin) => made.answers(origin),
            None => made.left_out.push((
                "everything from an allowed origin",
                "none can be made from a pattern or a predicate",
            )),
        }
        Self { shown: made.shown, left_out: made.left_out, allowed_origin }
    }
}

const STRANGER: &str = "https://stranger.example";
const NO_STRANGER: &str = "the policy allows every origin";
const ORIGIN_DENIED: Verdict = Verdict::Deny(Denial::Origin);

struct Maker<'a> {
    policy: &'a Policy,
    cors: &'a Cors,
    shown: Vec<Case>,
    left_out: Vec<(&'static str, &'static str)>,
}

impl Maker<'_> {
    /// Takes the first candidate with the verdict that makes it an example of its kind.
    fn first(
        &mut self,
        name: &'static str,
        verdict: Verdict,
        none: &'static str,
        mut candidates: impl Iterator<Item = Case>,
    ) {
        match candidates.find(|case| self.verdict(case) == verdict) {
            Some(case) => self.shown.push(case),
            None => self.left_out.push((name, none)),
        }
    }

    fn verdict(&self, case: &Case) -> Verdict {
        self.cors.decide(&case.request).verdict()
    }

    /// Actual requests from origins of every kind.
    fn origins(&mut self, entries: &[Entry<'_>]) {
        // A prefix or a suffix on an address in brackets is not the look-alike that it is on a name.
        let named = || entries.iter().filter(|entry| !entry.host.starts_with('['));
        let literals = || named().filter(|entry| entry.is_literal());
        let wildcards = || named().filter(|entry| entry.wildcard);
        let prefixed = |entry: &Entry<'_>| entry.with_host(&format!("evil{}", entry.host));
        let suffixed = |entry: &Entry<'_>| entry.with_host(&format!("{}.evil.example", entry.host));

        let mut kind = |name, verdict, none, origins: &mut dyn Iterator<Item = String>| {
            let cases = origins.map(|origin| Case::get(name, "/items", Some(&origin)));
            self.first(name, verdict, none, cases);
        };
        let literal = "no listed origin without a \"*\" shows it";
        let wildcard = "no listed \"*.\" shows it";
        kind(
            "a listed origin",
            Verdict::Allow,
            literal,
            &mut entries.iter().filter(|entry| entry.is_literal()).map(Entry::origin),
        );
        kind("a listed origin, prefixed", ORIGIN_DENIED, literal, &mut literals().map(prefixed));
        kind("a listed origin, suffixed", ORIGIN_DENIED, literal, &mut literals().map(suffixed));
        kind(
            "a listed origin, another port",
            ORIGIN_DENIED,
            literal,
            &mut literals().map(Entry::with_other_port),
        );
        kind(
            "a subdomain of a \"*.\"",
            Verdict::Allow,
            wildcard,
            &mut wildcards().map(Entry::origin),
        );
        kind(
            "the domain of a \"*.\" itself",
            ORIGIN_DENIED,
            wildcard,
            &mut wildcards().map(|entry| entry.with_host(entry.host)),
        );
        kind(
            "the domain of a \"*.\", prefixed",
            ORIGIN_DENIED,
            wildcard,
            &mut wildcards().map(prefixed),
        );
        kind(
            "the domain of a \"*.\", suffixed",
            ORIGIN_DENIED,
            wildcard,
            &mut wildcards().map(suffixed),
        );
        kind(
            "any port of a \":*\"",
            Verdict::Allow,
            "no listed \":*\" shows it",
            &mut entries.iter().filter(|entry| entry.has_any_port()).map(Entry::origin),
        );
        kind(
            "an origin not listed",
            ORIGIN_DENIED,
            NO_STRANGER,
            &mut std::iter::once(STRANGER.to_owned()),
        );
        self.shown.push(Case::get("the origin null", "/items", Some("null")));
    }

    /// An origin that the policy allows, as far as one can be made from it.
    fn allowed_origin(&self, entries: &[Entry<'_>]) -> Option<String> {
        let origins = entries.iter().map(Entry::origin);
        // Where every origin is allowed, or only `null`.
        let others = [STRANGER, "null"].map(str::to_owned);
        origins
            .chain(others)
            .find(|origin| self.verdict(&Case::get("", "/", Some(origin))) == Verdict::Allow)
    }

    /// Preflights of every outcome, and what a handler, the framework's included, may answer.
    fn answers(&mut self, origin: &str) {
        let method = self.allowed_method(origin);
        let headers = self.allowed_headers();
        let allowed = Case::preflight("preflight", origin, &method, &headers);
        self.first(
            "preflight",
            Verdict::Allow,
            "no method can be made from the policy",
            std::iter::once(allowed),
        );
        let name = "preflight, origin denied";
        let denied = Case::preflight(name, STRANGER, &method, &headers);
        self.first(name, ORIGIN_DENIED, NO_STRANGER, std::iter::once(denied));
        let name = "preflight, method denied";
        let methods = ["PATCH", "DELETE", "PUT", "UNLISTED"];
        let cases = methods.iter().map(|method| Case::preflight(name, origin, method, &headers));
        self.first(name, Verdict::Deny(Denial::Method), "the policy allows every method", cases);
        let name = "preflight, header denied";
        let denied = Case::preflight(name, origin, &method, "x-not-listed");
        self.first(
            name,
            Verdict::Deny(Denial::Header),
            "the policy allows every header",
            std::iter::once(denied),
        );

        let plain = vec![(RequestField::Origin.name(), origin)];
        self.shown.extend([
            Case::options("OPTIONS, but no preflight", plain),
            Case::get("a path that is not there", "/nowhere", Some(origin)).with_status(404),
            Case::get("a handler that fails", "/error", Some(origin)).with_status(500),
        ]);
    }

    /// A method that needs a preflight, if the policy allows one, or else `GET`.
    fn allowed_method(&self, origin: &str) -> String {
        let written = self.policy.allow_methods.iter().filter(|name| *name != "*").cloned();
        // The policy's own may be in lower case, which stands for upper case in some.
        let mut methods = written
            .chain(["PUT".to_owned(), "GET".to_owned()])
            .flat_map(|name| [name.to_ascii_uppercase(), name]);
        let allows =
            |name: &String| self.verdict(&Case::preflight("", origin, name, "")) == Verdict::Allow;
        methods.find(allows).unwrap_or_else(|| "GET".to_owned())
    }

    /// The allowed headers as a browser asks for them: in lower case and sorted.
    fn allowed_headers(&self) -> String {
        let mut names: Vec<String> =
            self.policy.allow_headers.iter().map(|name| name.to_ascii_lowercase()).collect();
        if names == ["*"] {
            return "x-demo".to_owned();
        }
        names.sort_unstable();
        names.dedup();
        names.join(",")
    }
}

#[cfg(test)]
mod tests;
