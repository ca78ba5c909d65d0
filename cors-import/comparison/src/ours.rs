//! Our answer to a recorded request.

use std::fmt;

use cors_browser as browser;
use cors_core::{
    Cors, Decision, Denial, Verdict,
    plain::{self, Plain},
};

use super::{Request, Response, app, data::Shown, list::When, recorded::Configuration};

pub(super) struct Ours {
    pub(super) head: browser::Response,
    /// What decided.
    pub(super) when: When,
    verdict: Verdict,
}

impl Ours {
    pub(super) fn new(
        configuration: &Configuration,
        policies: &Cors<Plain>,
        request: &Request,
        response: &Response,
    ) -> Self {
        let decision = policies.decide(&request.plain);
        let verdict = decision.verdict();
        let mut lines = plain::Response::default();
        let handler = app::handler_lines(configuration, request, response);
        for (name, value) in handler {
            lines.push(name, value);
        }
        let unrouted = app::is_unrouted(configuration, request, response);
        let decides = app::decides(handler, configuration);
        let (status, when) = match decision {
            _ if unrouted => (404, When::Unrouted),
            Decision::Answer(answer) => {
                let status = answer.status();
                answer.apply(&mut lines);
                (status, When::of(verdict, request))
            }
            Decision::Forward(_) if app::raises(configuration, request) => (500, When::Exception),
            Decision::Forward(forward) => {
                lines.verdict = decides.then_some(Verdict::Allow);
                forward.apply(&mut lines);
                let own = handler.iter().any(|(name, _)| name.starts_with("access-control-"));
                (200, if own { When::HandlerHeaders } else { When::of(verdict, request) })
            }
        };
        let lines = lines.headers.iter().map(|(name, value)| (&**name, value.as_bytes()));
        Self { head: browser::Response::new(status, lines), when, verdict }
    }
}

impl When {
    fn of(verdict: Verdict, request: &Request) -> Self {
        match verdict {
            Verdict::Deny(Denial::Origin) if request.origin() == Some("null") => Self::OriginNull,
            // No imported policy has a predicate.
            Verdict::Deny(Denial::Origin) | Verdict::Undecided => Self::Origin,
            Verdict::Deny(Denial::Method) => Self::Method,
            Verdict::Deny(Denial::Header) => Self::Header,
            Verdict::Deny(Denial::Path) => Self::PathForm,
            Verdict::NoPolicy => Self::Path,
            Verdict::Allow | Verdict::NotCors => Self::Allowed,
        }
    }
}

impl fmt::Display for Ours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", Shown(&self.head), self.verdict)
    }
}
