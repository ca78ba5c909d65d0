//! The requests that a browser sends, the responses to them, and every fault in those.

use cors_browser::{self as browser, Cache, Fetch, Profile, Reason, Request, Response, Sent};
use cors_core::{Kind, RequestField, ResponseField};
use std::time::Duration;

use crate::causes;

/// A request and its response.
#[derive(Clone, Debug)]
pub struct Step {
    /// The request.
    pub sent: Sent,
    /// The response, if there is one.
    pub response: Option<Response>,
    /// Set if the response is of another origin, which has to pass the checks.
    pub is_cors: bool,
    /// Every fault in the response, in the order of the checks.
    pub faults: Vec<Reason>,
}

/// How a request ends.
#[derive(Clone, Debug)]
pub enum End {
    /// The script gets the response, with the headers of these names.
    Allowed(Vec<String>),
    /// The script gets an error.
    Blocked(Reason),
    /// The script gets an error, and this is all that is known about it.
    Failed(String),
    /// The result cannot be known, for this reason.
    Unknown(String),
}

/// The verdict of a [`Report`], in one word.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Outcome {
    /// The script gets the response.
    Allowed,
    /// The response passes every check, but a [serious](crate::causes::serious) warning applies.
    AllowedBut,
    /// The script gets an error.
    Blocked,
    /// The result cannot be known.
    Unknown,
}

/// A request in progress.
#[derive(Debug)]
pub struct Trace<'c> {
    state: State<'c>,
    steps: Vec<Step>,
}

#[derive(Debug)]
enum State<'c> {
    Next(Box<Fetch<'c>>),
    End(End),
}

/// A finished request.
#[derive(Clone, Debug)]
pub struct Report {
    /// The script's request.
    pub request: Request,
    /// The requests that the browser sent, in order.
    pub steps: Vec<Step>,
    /// The result.
    pub end: End,
}

impl Trace<'static> {
    /// Starts in a browser that remembers no preflight.
    pub fn start(profile: Profile, request: &Request) -> Self {
        Self { state: Fetch::start(profile, request).into(), steps: Vec::new() }
    }
}

impl<'c> Trace<'c> {
    /// Starts in a browser that remembers the preflights in this cache.
    pub fn start_with(profile: Profile, request: &Request, cache: &'c mut Cache) -> Self {
        let first = Fetch::start_with(profile, request, cache, Duration::ZERO);
        Self { state: first.into(), steps: Vec::new() }
    }

    /// Returns the request to send next, if there is one.
    pub fn next(&self) -> Option<Sent> {
        match &self.state {
            State::Next(fetch) => Some(fetch.sent()),
            State::End(_) => None,
        }
    }

    /// Continues with the response to the request that was sent, or with why there is none.
    pub fn answer(mut self, sent: Sent, answer: Result<Response, String>) -> Self {
        let State::Next(fetch) = self.state else { return self };
        let request = fetch.cors_request();
        let is_cors = request.is_some();
        let (response, faults) = match answer {
            Ok(response) => {
                let faults = request.map(|request| match sent.kind {
                    Kind::Preflight => request.preflight_faults(&response),
                    _ => request.cors_faults(&response),
                });
                self.state = fetch.receive(Some(&response)).into();
                (Some(response), faults.unwrap_or_default())
            }
            Err(why) => {
                self.state = State::End(End::Unknown(why));
                (None, Vec::new())
            }
        };
        let mut step = Step { sent, response, is_cors, faults };
        // That of a redirect is in no list.
        if let State::End(End::Blocked(reason)) = &self.state
            && !step.faults.contains(reason)
        {
            step.faults.push(reason.clone());
        }
        self.steps.push(step);
        self
    }

    /// Ends before the next request, if there is one.
    pub fn stop(mut self) -> Self {
        if let State::Next(fetch) = &self.state {
            let why = format!(
                "stopped at a redirect to {}: remove --no-follow to continue",
                fetch.sent().url
            );
            self.state = State::End(End::Unknown(why));
        }
        self
    }

    /// Returns the last request that was answered.
    pub fn last(&self) -> Option<&Step> {
        self.steps.last()
    }

    /// Returns the report of this request, which is finished.
    pub fn report(self, request: Request) -> Report {
        let end = match self.state {
            State::End(end) => end,
            State::Next(fetch) => {
                End::Unknown(format!("no request was sent to {}", fetch.sent().url))
            }
        };
        Report { request, steps: self.steps, end }
    }
}

impl<'c> From<browser::Step<'c>> for State<'c> {
    fn from(step: browser::Step<'c>) -> Self {
        match step {
            browser::Step::Send(fetch) => Self::Next(fetch),
            browser::Step::Done(browser::Outcome::Allowed { readable }) => {
                Self::End(End::Allowed(readable))
            }
            browser::Step::Done(browser::Outcome::Blocked(reason)) => {
                Self::End(End::Blocked(reason))
            }
            // Only for mode `no-cors`, which is not used here.
            browser::Step::Done(browser::Outcome::Opaque) => Self::End(End::Allowed(Vec::new())),
        }
    }
}

impl Report {
    /// Runs a request, and answers every step with this function.
    pub fn of(
        profile: Profile,
        request: Request,
        mut server: impl FnMut(&Sent) -> Result<Response, String>,
    ) -> Self {
        let mut trace = Trace::start(profile, &request);
        while let Some(sent) = trace.next() {
            let answer = server(&sent);
            trace = trace.answer(sent, answer);
        }
        trace.report(request)
    }

    /// Returns the result in one word. A request that a browser does not send is
    /// [`Unknown`](Outcome::Unknown).
    pub fn outcome(&self) -> Outcome {
        match self.end {
            End::Allowed(_) if !causes::serious(self).is_empty() => Outcome::AllowedBut,
            End::Allowed(_) => Outcome::Allowed,
            End::Blocked(_) if !self.steps.is_empty() => Outcome::Blocked,
            End::Failed(_) => Outcome::Blocked,
            End::Blocked(_) | End::Unknown(_) => Outcome::Unknown,
        }
    }
}

impl Report {
    /// Returns the response headers that the script cannot read and that
    /// `Access-Control-Expose-Headers` could expose: in lower case, sorted, without those that no
    /// script needs.
    pub fn hidden(&self, readable: &[String]) -> Vec<String> {
        const PLUMBING: [&str; 11] = [
            "alt-svc",
            "connection",
            "date",
            "keep-alive",
            "nel",
            "report-to",
            "server",
            "strict-transport-security",
            "transfer-encoding",
            "vary",
            "via",
        ];
        let last = self.steps.last().filter(|step| step.is_cors);
        let response = last.and_then(|step| step.response.as_ref());
        let names = response.into_iter().flat_map(|response| &response.headers);
        let mut names: Vec<String> = names
            .map(|(name, _)| name.to_ascii_lowercase())
            .filter(|name| {
                !name.starts_with("access-control-")
                    && !name.starts_with("set-cookie")
                    && !PLUMBING.contains(&&**name)
                    && !readable.contains(name)
            })
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Returns the line that exposes what is exposed today and these headers.
    pub fn exposing(&self, hidden: &[String]) -> String {
        let field = ResponseField::ExposeHeaders.name();
        let lines = self.steps.last().map(|step| step.lines(field)).unwrap_or_default();
        let known = lines.iter().flat_map(|line| line.split(','));
        let mut names: Vec<String> = known.map(|name| name.trim().to_ascii_lowercase()).collect();
        // With credentials, it is a name that nothing has.
        names.retain(|name| !name.is_empty() && name != "*");
        names.extend(
            hidden.iter().filter(|name| !names.contains(name)).cloned().collect::<Vec<_>>(),
        );
        format!("{field}: {}", names.join(", "))
    }
}

impl Outcome {
    /// Returns the stable name, such as `allowed`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::AllowedBut => "allowed-but",
            Self::Blocked => "blocked",
            Self::Unknown => "unknown",
        }
    }
}

impl Step {
    /// Returns whether this is a preflight.
    pub fn is_preflight(&self) -> bool {
        self.sent.kind == Kind::Preflight
    }

    /// Returns the status of the response, or 0 if there is none.
    pub fn status(&self) -> u16 {
        self.response.as_ref().map_or(0, |response| response.status)
    }

    /// Returns the values of the response's lines with this name, as text.
    pub fn lines(&self, name: &str) -> Vec<String> {
        let lines = self.response.iter().flat_map(|response| response.lines(name));
        lines.map(text).collect()
    }

    /// Returns the `Origin` that was sent, or an empty string.
    pub fn origin(&self) -> String {
        let name = RequestField::Origin.name();
        let line = self.sent.request.headers.iter().find(|(known, _)| known == name);
        line.map(|(_, value)| text(value)).unwrap_or_default()
    }

    /// Returns whether a fault's code ends with this name, whichever response it is in.
    pub fn has(&self, fault: &str) -> bool {
        self.faults.iter().any(|reason| reason.code().ends_with(fault))
    }
}

/// Returns the header line with which a response would have passed. The origin `null` has
/// no such line: any sandboxed page has it, so no server should allow it.
pub fn fix(reason: &Reason) -> Option<&str> {
    reason.fix().filter(|line| !line.ends_with(": null"))
}

/// Decodes bytes as text: each byte is a code point.
pub fn text(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}
