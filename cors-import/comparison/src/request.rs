//! A recorded request, and the browser that would send it.

use cors_browser::{self as browser, CorsRequest, Credentials, Profile};
use cors_core::{RequestField, RequestHead, plain};
use serde::Deserialize;

/// A request that was sent to every configuration.
#[derive(Deserialize)]
#[serde(from = "Recorded")]
pub(super) struct Request {
    pub(super) id: String,
    /// With the query, if any.
    target: String,
    /// As the engine reads it, bytes and all.
    pub(super) plain: plain::Request,
    /// What a browser makes of the script that leads to this request, without credentials and with
    /// them; nothing where no browser can send it.
    pub(super) sent: Option<[CorsRequest; 2]>,
}

#[derive(Deserialize)]
struct Recorded {
    id: String,
    method: String,
    path: String,
    /// Values are isomorphic: one code point is one byte.
    headers: Vec<(String, String)>,
}

/// What every header's name that only preflights have begins with.
const PREFLIGHT: &str = "access-control-request-";

impl From<Recorded> for Request {
    fn from(Recorded { id, method, path: target, headers }: Recorded) -> Self {
        let bytes = |value: &str| value.chars().map(|c| c as u8).collect::<Vec<u8>>();
        let headers = headers.iter().map(|(name, value)| (name.as_str(), bytes(value)));
        let path = target.split('?').next().unwrap_or_default();
        let plain = plain::Request::new(method, headers).to(path);
        let mut request = Self { id, target, plain, sent: None };
        request.sent = request.sent();
        request
    }
}

impl Request {
    pub(super) fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// What a shared cache files a response under.
    pub(super) fn key(&self) -> (&str, &str) {
        (&self.plain.method, &self.target)
    }

    fn line(&self, field: RequestField) -> Option<&str> {
        self.plain.lines(field).next().and_then(|line| str::from_utf8(line).ok())
    }

    pub(super) fn origin(&self) -> Option<&str> {
        self.line(RequestField::Origin)
    }

    pub(super) fn is_preflight(&self) -> bool {
        let has = |field| self.plain.lines(field).next().is_some();
        self.plain.is_options() && has(RequestField::Origin) && has(RequestField::Method)
    }

    pub(super) fn asks_private_network(&self) -> bool {
        self.line(RequestField::PrivateNetwork).is_some()
    }

    /// Whether a browser can send it, across origins or not.
    pub(super) fn is_sendable(&self) -> bool {
        self.sent.is_some()
            || self.origin().is_none() && self.plain.lines(RequestField::Origin).next().is_none()
    }

    fn sent(&self) -> Option<[CorsRequest; 2]> {
        let names = self.line(RequestField::Headers);
        let method = self.line(RequestField::Method).filter(|_| self.is_preflight());
        let mut script = browser::Request::new(
            self.origin()?,
            "http://localhost",
            method.unwrap_or(&self.plain.method),
        );
        if method.is_some() {
            // The quote makes every name need a preflight; where there is none, a listener does.
            for name in names.iter().flat_map(|names| names.split(',')) {
                script = script.header(name, "\"");
            }
            script.upload_listener = names.is_none();
        }
        let sent = [Credentials::Omit, Credentials::Include].map(|credentials| {
            CorsRequest::new(Profile::Chromium, &script.clone().credentials(credentials))
        });
        let [Ok(omitting), Ok(including)] = sent else { return None };
        let preflight = omitting.preflight();
        let expected = match method {
            Some(_) => &preflight,
            None if omitting.method() == self.plain.method => &plain::Request::default(),
            None => return None,
        };
        let own = |request: &plain::Request| -> Vec<(String, Vec<u8>)> {
            let line =
                |(name, value): &(String, Vec<u8>)| (name.to_ascii_lowercase(), value.clone());
            let lines = request.headers.iter().map(line);
            let mut lines: Vec<_> = lines
                .filter(|(name, value)| {
                    name.starts_with(PREFLIGHT)
                        && (name != RequestField::PrivateNetwork.name() || value != b"true")
                })
                .collect();
            lines.sort();
            lines
        };
        let once = self.plain.lines(RequestField::Origin).nth(1).is_none()
            && self.plain.lines(RequestField::PrivateNetwork).nth(1).is_none();
        (once && own(expected) == own(&self.plain)).then_some([omitting, including])
    }
}
