//! Requests that are blocked, one for each fault that a console names.

use cors_browser::{Credentials, Profile, Request, Response};
use cors_core::Kind;

use crate::trace::Report;

/// What is wrong with an answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Scene {
    OriginMissing,
    OriginStar,
    OriginMultiple,
    OriginMismatch,
    OriginInvalid,
    Credentials,
    PreflightRedirect,
    PreflightStatus,
    Method,
    Header,
    Methods,
    Headers,
    RedirectCredentials,
}

impl Scene {
    /// Every one.
    pub(super) const ALL: [Self; 13] = [
        Self::OriginMissing,
        Self::OriginStar,
        Self::OriginMultiple,
        Self::OriginMismatch,
        Self::OriginInvalid,
        Self::Credentials,
        Self::PreflightRedirect,
        Self::PreflightStatus,
        Self::Method,
        Self::Header,
        Self::Methods,
        Self::Headers,
        Self::RedirectCredentials,
    ];

    /// Whether a preflight can have it, and whether a request can.
    pub(super) fn stages(self) -> &'static [bool] {
        match self {
            Self::PreflightRedirect
            | Self::PreflightStatus
            | Self::Method
            | Self::Header
            | Self::Methods
            | Self::Headers => &[true],
            Self::RedirectCredentials => &[false],
            _ => &[true, false],
        }
    }

    /// A value that makes this fault, and that a sentence repeats where it repeats one.
    pub(super) fn sample(self) -> &'static str {
        match self {
            Self::OriginMultiple => "https://sample.invalid, https://other.invalid",
            Self::OriginMismatch => "https://sample.invalid",
            Self::PreflightStatus => "500",
            Self::Methods | Self::Headers => "sa mple",
            Self::Method => "SAMPLE",
            _ => "sample",
        }
    }

    /// What it means where the sentence does not name a value; none where it needs none.
    pub(super) fn meaning(self) -> Option<&'static str> {
        match self {
            Self::OriginMultiple => {
                Some("access-control-allow-origin holds several values, where one is allowed")
            }
            Self::PreflightRedirect => {
                Some("the preflight is answered with a redirect, and no preflight is redirected")
            }
            Self::PreflightStatus => {
                Some("the preflight is answered with a status that is not within 200 to 299")
            }
            Self::Method => Some("access-control-allow-methods does not cover the script's method"),
            Self::Methods => {
                Some("access-control-allow-methods is no list of tokens, so that none of it counts")
            }
            Self::Headers => {
                Some("access-control-allow-headers is no list of tokens, so that none of it counts")
            }
            Self::Credentials => Some(
                "access-control-allow-credentials is not true, and the request includes credentials",
            ),
            Self::RedirectCredentials => {
                Some("a redirect leads to a URL with a user name or a password")
            }
            _ => None,
        }
    }

    /// A request that is blocked so.
    pub(super) fn play(
        self,
        wanted: &Request,
        subject: Option<&str>,
        in_preflight: bool,
    ) -> Report {
        let subject = subject.unwrap_or(self.sample());
        let mut request = self.needs(wanted.clone(), Some(subject));
        request.headers.truncate(usize::from(self == Self::Header));
        match self {
            Self::Method => {}
            Self::Header => request.method = "GET".into(),
            _ if in_preflight => request.method = "PUT".into(),
            _ => request.method = "GET".into(),
        }
        let page = request.origin.clone();
        Report::of(Profile::Chromium, request, |sent| {
            let is_stage = (sent.kind == Kind::Preflight) == in_preflight;
            Ok(if is_stage { self.answer(&page, subject) } else { Response::new(200, [("a", "")]) })
        })
    }

    fn answer(self, page: &str, subject: &str) -> Response {
        let mut lines = vec![("access-control-allow-credentials", "true")];
        let origin = match self {
            Self::OriginMissing => None,
            Self::OriginStar => Some("*"),
            Self::OriginMultiple | Self::OriginMismatch | Self::OriginInvalid => Some(subject),
            _ => Some(page),
        };
        lines.extend(origin.map(|origin| ("access-control-allow-origin", origin)));
        let mut status = 200;
        match self {
            Self::Credentials => lines[0].1 = subject,
            Self::PreflightRedirect => status = 301,
            Self::PreflightStatus => status = subject.parse().unwrap_or(500),
            Self::Methods => lines.push(("access-control-allow-methods", subject)),
            Self::Headers => lines.extend([
                ("access-control-allow-methods", "PUT"),
                ("access-control-allow-headers", subject),
            ]),
            Self::RedirectCredentials => {
                status = 302;
                lines.push(("location", "https://user:password@sample.invalid/"));
            }
            _ => {}
        }
        Response::new(status, lines)
    }

    /// The request, with what the fault says about it.
    pub(super) fn needs(self, mut wanted: Request, subject: Option<&str>) -> Request {
        match (self, subject) {
            (Self::OriginStar | Self::Credentials, _) => wanted.credentials = Credentials::Include,
            (Self::Method, Some(method)) => wanted.method = method.into(),
            (Self::Header, Some(name)) => wanted.headers.insert(0, (name.into(), b"x".to_vec())),
            _ => {}
        }
        wanted
    }
}
