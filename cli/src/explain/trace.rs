//! What a browser sends for a script's request, what is answered, and every fault in it.

use cors_browser::{
    self as browser, Cache, Fetch, Outcome, Profile, Reason, Request, Response, Sent,
};
use cors_core::{Kind, RequestField};
use std::time::Duration;

use crate::status::Status;

/// A request, and its answer.
pub(crate) struct Step {
    pub(crate) sent: Sent,
    /// None where none came.
    pub(crate) response: Option<Response>,
    /// Whether the answer has to pass the checks: it is that of another origin.
    pub(crate) is_cors: bool,
    /// Every fault in the answer, in the order of the checks.
    pub(crate) faults: Vec<Reason>,
}

/// What came of it.
pub(crate) enum End {
    /// The script gets the answer, with the headers of these names.
    Allowed(Vec<String>),
    /// The script gets an error.
    Blocked(Reason),
    /// Nobody can tell, for this reason.
    Unknown(String),
}

/// A request under way.
pub(crate) struct Trace<'c> {
    state: State<'c>,
    steps: Vec<Step>,
}

enum State<'c> {
    Next(Box<Fetch<'c>>),
    End(End),
}

/// A request that is over.
pub(crate) struct Report {
    pub(crate) request: Request,
    pub(crate) steps: Vec<Step>,
    pub(crate) end: End,
}

impl Trace<'static> {
    pub(crate) fn start(profile: Profile, request: &Request) -> Self {
        Self { state: Fetch::start(profile, request).into(), steps: Vec::new() }
    }
}

impl<'c> Trace<'c> {
    /// Starts in a browser that knows the answers of preflights already.
    pub(crate) fn start_with(profile: Profile, request: &Request, cache: &'c mut Cache) -> Self {
        let first = Fetch::start_with(profile, request, cache, Duration::ZERO);
        Self { state: first.into(), steps: Vec::new() }
    }

    /// What is to be sent now, if anything is.
    pub(crate) fn next(&self) -> Option<Sent> {
        match &self.state {
            State::Next(fetch) => Some(fetch.sent()),
            State::End(_) => None,
        }
    }

    /// Goes on with the answer to what was sent, or with why there is none.
    pub(crate) fn answer(mut self, sent: Sent, answer: Result<Response, String>) -> Self {
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

    /// Ends before what is next, if something is.
    pub(crate) fn stop(mut self) -> Self {
        if let State::Next(fetch) = &self.state {
            let why =
                format!("a redirect leads to {}, and --no-follow stops here", fetch.sent().url);
            self.state = State::End(End::Unknown(why));
        }
        self
    }

    pub(crate) fn last(&self) -> Option<&Step> {
        self.steps.last()
    }

    /// What came of this request, which is over.
    pub(crate) fn report(self, request: Request) -> Report {
        let end = match self.state {
            State::End(end) => end,
            State::Next(fetch) => End::Unknown(format!("{} was not asked", fetch.sent().url)),
        };
        Report { request, steps: self.steps, end }
    }
}

impl<'c> From<browser::Step<'c>> for State<'c> {
    fn from(step: browser::Step<'c>) -> Self {
        match step {
            browser::Step::Send(fetch) => Self::Next(fetch),
            browser::Step::Done(Outcome::Allowed { readable }) => Self::End(End::Allowed(readable)),
            browser::Step::Done(Outcome::Blocked(reason)) => Self::End(End::Blocked(reason)),
            // Of mode `no-cors` alone, which is never asked for here.
            browser::Step::Done(Outcome::Opaque) => Self::End(End::Allowed(Vec::new())),
        }
    }
}

impl Report {
    /// Answers every step from this function.
    pub(crate) fn of(
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

    /// How a run with this report ends. What is refused before anything is sent is an argument that
    /// cannot be used.
    pub(crate) fn status(&self) -> Status {
        match self.end {
            End::Allowed(_) => Status::Allowed,
            End::Blocked(_) if !self.steps.is_empty() => Status::Refused,
            End::Blocked(_) | End::Unknown(_) => Status::Invalid,
        }
    }
}

impl Step {
    pub(crate) fn is_preflight(&self) -> bool {
        self.sent.kind == Kind::Preflight
    }

    /// The status of the answer, or 0.
    pub(crate) fn status(&self) -> u16 {
        self.response.as_ref().map_or(0, |response| response.status)
    }

    /// The lines of the answer with this name, as text.
    pub(crate) fn lines(&self, name: &str) -> Vec<String> {
        let lines = self.response.iter().flat_map(|response| response.lines(name));
        lines.map(text).collect()
    }

    /// The `Origin` that was sent.
    pub(crate) fn origin(&self) -> String {
        let name = RequestField::Origin.name();
        let line = self.sent.request.headers.iter().find(|(known, _)| known == name);
        line.map(|(_, value)| text(value)).unwrap_or_default()
    }

    /// Whether a fault has this name, whichever answer it is in.
    pub(crate) fn has(&self, fault: &str) -> bool {
        self.faults.iter().any(|reason| reason.slug().ends_with(fault))
    }
}

/// Bytes as text: a byte is a code point.
pub(crate) fn text(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}
