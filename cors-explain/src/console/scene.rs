//! Requests that are blocked, one for each fault that a console names.

use cors_browser::{Credentials, Profile, Request, Response};
use cors_core::Kind;

use crate::trace::Report;

/// A fault of a response.
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

    /// The stages that can have it: `true` for a preflight, `false` for the request.
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

    /// A value that causes this fault, which the message may repeat.
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

    /// The meaning of a message that does not name a value, if it needs one.
    pub(super) fn meaning(self) -> Option<&'static str> {
        match self {
            Self::OriginMultiple => {
                Some("access-control-allow-origin contains several values, but only one is allowed")
            }
            Self::PreflightRedirect => Some(
                "the preflight is answered with a redirect, and a preflight must not be redirected",
            ),
            Self::PreflightStatus => {
                Some("the preflight is answered with a status outside the range 200 to 299")
            }
            Self::Method => Some("access-control-allow-methods does not allow the script's method"),
            Self::Methods => Some(
                "access-control-allow-methods is not a valid list of methods: the browser rejects the whole header",
            ),
            Self::Headers => Some(
                "access-control-allow-headers is not a valid list of header names: the browser rejects the whole header",
            ),
            Self::Credentials => Some(
                "access-control-allow-credentials is not true, but the request includes credentials",
            ),
            Self::RedirectCredentials => {
                Some("a redirect leads to a URL that contains a user name or password")
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
        // Where a message leaves the value out, the header is mostly missing.
        let is_missing = self == Self::Credentials && subject.is_none();
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
            if !is_stage {
                return Ok(Response::new(200, [("a", "")]));
            }
            let mut response = self.answer(&page, subject);
            if is_missing {
                response.headers.remove(0);
            }
            Ok(response)
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
