//! A script's request and the answers to it, and what a browser does with them.

use cors_browser::{
    self as browser, Credentials, Mode, Outcome, Profile, Reason, Request, Response, Sent,
};
use cors_core::Kind;
use serde::Serialize;

use super::line;
use crate::json::{Field, Object};

/// A line of input.
pub(super) struct Recorded {
    profile: Profile,
    request: Request,
    hops: Vec<Hop>,
}

/// A URL, and what its server answers.
struct Hop {
    url: String,
    preflight: Option<Response>,
    response: Option<Response>,
}

/// A line of output.
#[derive(Serialize, Default)]
pub(crate) struct Fetched {
    outcome: &'static str,
    reason: Option<&'static str>,
    message: Option<String>,
    console: Option<String>,
    fix: Option<String>,
    preflights: usize,
    acrh: Option<String>,
    origins: Vec<String>,
    readable: Vec<String>,
}

/// Reads a line, or says which field is wrong.
pub(super) fn parse(line: &[u8]) -> Result<Recorded, String> {
    let line = line::whole(line)?.object(&["request", "hops", "profile"])?;
    let hops = line.get("hops")?;
    let parsed =
        hops.list("a list of hops")?.into_iter().map(hop).collect::<Result<Vec<_>, _>>()?;
    let Some(first) = parsed.first() else { return Err(hops.wrong("there is none")) };
    let profile = word(&line, "profile", &Profile::ALL.map(|known| (known.as_str(), known)))?;
    let request = request(line.get("request")?, &first.url)?;
    Ok(Recorded { profile, request, hops: parsed })
}

fn request(field: Field<'_>, url: &str) -> Result<Request, String> {
    let object = field.object(&[
        "origin",
        "method",
        "headers",
        "mode",
        "credentials",
        "upload_listener",
        "stream_body",
    ])?;
    let text = |key| object.get(key)?.read::<String>("a text");
    let switch =
        |key| object.find(key).map_or(Ok(false), |field| field.read::<bool>("true or false"));
    let mut request = Request::new(text("origin")?, url, text("method")?);
    if let Some(headers) = object.find("headers") {
        request.headers = line::headers(&headers)?;
    }
    request.upload_listener = switch("upload_listener")?;
    request.stream_body = switch("stream_body")?;
    request.mode = word(
        &object,
        "mode",
        &[("cors", Mode::Cors), ("no-cors", Mode::NoCors), ("same-origin", Mode::SameOrigin)],
    )?;
    request.credentials = word(
        &object,
        "credentials",
        &[
            ("same-origin", Credentials::SameOrigin),
            ("omit", Credentials::Omit),
            ("include", Credentials::Include),
        ],
    )?;
    Ok(request)
}

/// One of these words, or the first where there is none.
fn word<T: Copy>(object: &Object<'_>, key: &str, words: &[(&str, T)]) -> Result<T, String> {
    let Some(field) = object.find(key) else { return Ok(words[0].1) };
    let written: String = field.read("a text")?;
    let known = words.iter().find(|(word, _)| *word == written);
    known.map(|(_, value)| *value).ok_or_else(|| {
        let words: Vec<_> = words.iter().map(|(word, _)| *word).collect();
        field.wrong(format_args!("{written:?} is none of {}", words.join(", ")))
    })
}

fn hop(field: Field<'_>) -> Result<Hop, String> {
    let hop = field.object(&["url", "preflight", "response"])?;
    let answer = |key| hop.find(key).map(response).transpose();
    Ok(Hop {
        url: hop.get("url")?.read("a text")?,
        preflight: answer("preflight")?,
        response: answer("response")?,
    })
}

fn response(field: Field<'_>) -> Result<Response, String> {
    let response = field.object(&["status", "headers"])?;
    let status: u16 = response.get("status")?.read("a status")?;
    Ok(Response::new(status, line::headers(&response.get("headers")?)?))
}

impl Recorded {
    /// Fetches from what was recorded.
    pub(super) fn fetch(&self) -> Fetched {
        let mut fetched = Fetched::default();
        let mut hops = self.hops.iter().peekable();
        let mut entered = false;
        let outcome = browser::fetch(self.profile, &self.request, |sent| {
            let hop = hops.peek()?;
            if !entered {
                fetched.origins.extend(sent_value(sent, "origin"));
                entered = true;
            }
            if sent.kind == Kind::Preflight {
                fetched.preflights += 1;
                fetched.acrh = sent_value(sent, "access-control-request-headers");
                return hop.preflight.as_ref().map(|response| filled(response, sent));
            }
            let mut response = hop.response.as_ref().map(|response| filled(response, sent))?;
            hops.next();
            entered = false;
            // Where a redirect leads is the next hop, whether it says so or not.
            if let Some(next) = hops.peek() {
                response.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("location"));
                response.headers.push(("location".to_owned(), next.url.clone().into()));
            }
            Some(response)
        });
        match outcome {
            Outcome::Allowed { readable } => Fetched { outcome: "allowed", readable, ..fetched },
            Outcome::Opaque => Fetched { outcome: "opaque", ..fetched },
            Outcome::Blocked(reason) => fetched.blocked(&reason),
        }
    }
}

impl Fetched {
    fn blocked(self, reason: &Reason) -> Self {
        Self {
            outcome: "blocked",
            reason: Some(reason.code()),
            message: Some(reason.to_string()),
            console: reason.console(),
            fix: reason.fix().map(Into::into),
            ..self
        }
    }
}

/// A header that was sent. What a browser writes itself is ASCII.
fn sent_value(sent: &Sent, name: &str) -> Option<String> {
    let (_, value) = sent.request.headers.iter().find(|(known, _)| known == name)?;
    Some(String::from_utf8_lossy(value).into_owned())
}

/// A response with the values of the request in the place of their names; a line whose value was
/// not sent is left out.
fn filled(response: &Response, sent: &Sent) -> Response {
    let value = |value: &[u8]| {
        let name = match value {
            b"$ORIGIN" => "origin",
            b"$ACRM" => "access-control-request-method",
            b"$ACRH" => "access-control-request-headers",
            value => return Some(value.to_vec()),
        };
        sent_value(sent, name).map(String::into_bytes)
    };
    let lines = response.headers.iter();
    Response::new(
        response.status,
        lines.filter_map(|(name, line)| Some((name.clone(), value(line)?))),
    )
}
