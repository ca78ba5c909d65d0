//! A policy and a script's request, and the path from one to the other's response.

use std::str;

use cors_browser::{
    CorsRequest, Credentials, Fetch, Outcome, Profile, Request, Response, Sent, Step, Why,
};
use cors_core::{Cors, Verdict, plain};
use cors_file::PolicyFile;
use serde::{Deserialize, Serialize};

use crate::{
    copies::Copies,
    path::{Decided, Stage},
};

/// The server's origin, which no page has.
const SERVER: &str = "https://server.test";

/// A policy, and the request of a script on a page.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Question {
    /// As TOML.
    pub(crate) policy: String,
    pub(crate) origin: String,
    pub(crate) method: String,
    /// As a browser sends it, with a query.
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) credentials: bool,
}

/// The findings about the policy, and what happens to the request if the policy compiles.
#[derive(Serialize)]
pub(crate) struct Reply {
    findings: Vec<Finding>,
    way: Option<Way>,
    /// A sentence about an empty field of the form, which leaves nothing to decide.
    missing: Option<&'static str>,
}

/// A finding of `cors check`.
#[derive(Serialize)]
struct Finding {
    severity: &'static str,
    code: &'static str,
    message: String,
    help: Option<String>,
    /// The line and the column, from 1.
    place: Option<(usize, usize)>,
}

#[derive(Serialize)]
struct Way {
    /// The reason for a preflight, if there is one.
    asks: Option<String>,
    stages: Vec<Stage>,
    end: End,
    copies: Copies,
}

/// The outcome for the script.
#[derive(Serialize)]
pub(crate) struct End {
    pub(crate) readable: bool,
    /// No policy applies to the path, so CORS headers are up to the handler.
    pub(crate) undecided: bool,
    /// The reason that the response is not readable, in one clause.
    pub(crate) why: Option<String>,
    /// The message in Chromium's console.
    pub(crate) console: Option<String>,
    /// The header line that would help, if one would.
    fix: Option<String>,
}

impl Question {
    pub(crate) fn reply(&self) -> Reply {
        let file = PolicyFile::new("policy.toml").with_content(&*self.policy);
        let report = file.check().unwrap_or_else(|report| report);
        let findings = report.iter().map(Finding::of).collect();
        let missing = self.missing();
        let way = match (missing, file.load()) {
            (None, Ok(cors)) => Some(self.way(&cors)),
            _ => None,
        };
        Reply { findings, way, missing }
    }

    /// A request to fill an empty field.
    fn missing(&self) -> Option<&'static str> {
        if self.origin.is_empty() {
            return Some(
                "Enter the origin of the page that sends the request: the scheme and host in its \
                 address, such as https://app.example.com.",
            );
        }
        self.method.is_empty().then_some("Enter the request's method, such as GET.")
    }

    fn way(&self, cors: &Cors) -> Way {
        let request = self.request();
        let asks = CorsRequest::new(Profile::Chromium, &request)
            .ok()
            .and_then(|request| request.preflight_needed().map(sentence));
        let mut stages = Vec::new();
        let mut sent = Vec::new();
        let mut undecided = false;
        let mut step = Fetch::start(Profile::Chromium, &request);
        let outcome = loop {
            let fetch = match step {
                Step::Send(fetch) => fetch,
                Step::Done(outcome) => break outcome,
            };
            let (stage, verdict, response) = self.decide(cors, &fetch.sent());
            undecided |= verdict == Verdict::NoPolicy;
            sent.push(fetch.sent().request);
            stages.push(stage);
            step = fetch.receive(Some(&response));
        };
        let end = End::of(&outcome, undecided);
        let copies = Copies::of(self, cors, &sent, &stages, &end);
        Way { asks, stages, end, copies }
    }

    fn request(&self) -> Request {
        let credentials =
            if self.credentials { Credentials::Include } else { Credentials::SameOrigin };
        let url = format!("{SERVER}{}", self.path);
        let request = Request::new(&*self.origin, url, &*self.method).credentials(credentials);
        let headers = self.headers.iter();
        headers.fold(request, |request, (name, value)| request.header(&**name, &**value))
    }

    /// The engine's response, around a handler that adds nothing.
    fn decide(&self, cors: &Cors, sent: &Sent) -> (Stage, Verdict, Response) {
        let decision = cors.decide(&sent.request);
        let verdict = decision.verdict();
        let mut headers = plain::Response::default();
        let status = decision.apply(&mut headers).unwrap_or(200);
        let explanation = cors.explain(&sent.request);
        let stage = Stage::of(Decided {
            policy: &cors.policy_for(&sent.request).unwrap_or_default(),
            pattern: explanation.path(),
            path: str::from_utf8(&sent.request.path).unwrap_or_default(),
            kind: sent.kind,
            verdict,
            sent: &sent.request,
            answered: &headers,
            credentials: self.credentials,
            why: explanation.sentences().to_vec(),
        });
        let lines = headers.headers.iter().map(|(name, value)| (&**name, &**value));
        (stage, verdict, Response::new(status, lines))
    }
}

impl Finding {
    fn of(finding: &cors_file::Finding) -> Self {
        Self {
            severity: finding.severity().code(),
            code: finding.code(),
            message: finding.message().to_owned(),
            help: finding.help().map(str::to_owned),
            place: finding.place().map(|place| (place.line(), place.column())),
        }
    }
}

impl End {
    fn of(outcome: &Outcome, undecided: bool) -> Self {
        let reason = match outcome {
            Outcome::Blocked(reason) => Some(reason),
            Outcome::Allowed { .. } | Outcome::Opaque => None,
        };
        Self {
            readable: reason.is_none(),
            undecided,
            why: reason.map(ToString::to_string),
            console: reason.and_then(|reason| reason.console()),
            fix: reason.and_then(|reason| reason.fix()).map(str::to_owned),
        }
    }
}

fn sentence(why: Why<'_>) -> String {
    match why {
        Why::Method(method) => {
            format!("{method} is not safelisted, so the browser sends a preflight first.")
        }
        Why::Header(name) => {
            format!(
                "{name} is not safelisted with this value, so the browser sends a preflight first."
            )
        }
        Why::UploadListener | Why::StreamBody | Why::Redirect => {
            "The body is watched or streamed.".to_owned()
        }
    }
}

#[cfg(test)]
mod tests;
