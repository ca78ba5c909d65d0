//! A `.har` file, as far as CORS looks at it.

use std::io::{BufReader, Read};

use cors_browser::Response;
use serde::Deserialize;

/// The largest file that is read, in bytes.
const LIMIT: u64 = 256 << 20;

/// What browsers write themselves, and record together with what a script has set.
const OF_BROWSERS: [&str; 7] = [
    "accept",
    "accept-language",
    "cache-control",
    "pragma",
    "priority",
    "user-agent",
    "x-client-data",
];

#[derive(Deserialize)]
struct Har {
    log: Log,
}

#[derive(Deserialize)]
struct Log {
    entries: Vec<Entry>,
}

/// A request, and its answer.
#[derive(Deserialize, Debug)]
pub(super) struct Entry {
    pub(super) request: Asked,
    response: Answered,
}

#[derive(Deserialize, Debug)]
pub(super) struct Asked {
    pub(super) method: String,
    pub(super) url: String,
    #[serde(default)]
    pub(super) headers: Vec<Line>,
}

#[derive(Deserialize, Debug)]
struct Answered {
    /// Browsers write 0 where there is no answer, and some a number below.
    status: i32,
    #[serde(default)]
    headers: Vec<Line>,
    #[serde(default, rename = "redirectURL")]
    redirect: Option<String>,
}

#[derive(Deserialize, Debug)]
pub(super) struct Line {
    pub(super) name: String,
    pub(super) value: String,
}

/// The entries of a file, or what is wrong with it.
pub(super) fn read(file: impl Read) -> Result<Vec<Entry>, String> {
    let mut text = Vec::new();
    BufReader::new(file.take(LIMIT + 1))
        .read_to_end(&mut text)
        .map_err(|error| error.to_string())?;
    if text.len() as u64 > LIMIT {
        return Err(format!("longer than {LIMIT} bytes"));
    }
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
    let har: Har = serde_json::from_slice(text).map_err(|error| format!("no HAR: {error}"))?;
    Ok(har.log.entries)
}

/// Whether a recorded header is the script's own: one that the preflight asked for, or else one that
/// no browser writes.
pub(super) fn is_of_script(name: &str, asked_for: Option<&str>) -> bool {
    let is = |known: &str| known.eq_ignore_ascii_case(name);
    match asked_for {
        Some(names) => names.split(',').map(str::trim).any(is),
        None => !name.starts_with(':') && !OF_BROWSERS.into_iter().any(is),
    }
}

impl Asked {
    /// The first line with this name.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let line = self.headers.iter().find(|line| line.name.eq_ignore_ascii_case(name))?;
        Some(&line.value)
    }
}

impl Entry {
    /// What was answered, if anything was recorded.
    pub(super) fn response(&self) -> Option<Response> {
        let status = u16::try_from(self.response.status).ok().filter(|status| *status > 0)?;
        let lines = self.response.headers.iter();
        Some(Response::new(
            status,
            lines.flat_map(|line| {
                // Several lines of one name are recorded as one, with line breaks between.
                line.value.split('\n').map(|value| (line.name.as_str(), bytes(value)))
            }),
        ))
    }

    pub(super) fn is_preflight(&self) -> bool {
        self.request.method == "OPTIONS"
            && self.request.header("access-control-request-method").is_some()
    }

    /// Where this was redirected to.
    pub(super) fn leads_to(&self) -> Option<&str> {
        let is_redirect = (300..400).contains(&self.response.status);
        self.response.redirect.as_deref().filter(|url| is_redirect && !url.is_empty())
    }
}

/// A code point is a byte, where it can be one.
fn bytes(value: &str) -> Vec<u8> {
    let bytes: Result<Vec<u8>, _> = value.chars().map(u8::try_from).collect();
    bytes.unwrap_or_else(|_| value.into())
}
