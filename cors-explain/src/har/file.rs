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
    #[serde(default)]
    creator: Creator,
    entries: Vec<Entry>,
}

#[derive(Deserialize, Default)]
struct Creator {
    #[serde(default)]
    name: String,
}

/// A file's content.
#[derive(Debug)]
pub(super) struct File {
    pub(super) entries: Vec<Entry>,
    /// Set if the browser records nothing about what it blocks.
    pub(super) hides_blocks: bool,
}

/// A request, and its answer.
#[derive(Deserialize, Debug)]
pub(super) struct Entry {
    pub(super) request: Asked,
    response: Answered,
    #[serde(default, rename = "_error")]
    error: Option<String>,
    #[serde(default, rename = "_resourceType")]
    kind: Option<String>,
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
    #[serde(default, rename = "_error")]
    error: Option<String>,
    #[serde(default, rename = "_failureText")]
    failure: Option<String>,
}

#[derive(Deserialize, Debug)]
pub(super) struct Line {
    pub(super) name: String,
    pub(super) value: String,
}

/// The entries of a file, or what is wrong with it.
pub(super) fn read(file: impl Read) -> Result<File, String> {
    let mut text = Vec::new();
    BufReader::new(file.take(LIMIT + 1))
        .read_to_end(&mut text)
        .map_err(|error| error.to_string())?;
    if text.len() as u64 > LIMIT {
        return Err(format!("larger than the limit of {LIMIT} bytes"));
    }
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
    let har: Har = serde_json::from_slice(text).map_err(|error| format!("invalid HAR: {error}"))?;
    Ok(File { entries: har.log.entries, hides_blocks: har.log.creator.name == "Firefox" })
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

    /// Returns the browser's own name for the failure, such as `net::ERR_FAILED`.
    pub(super) fn error(&self) -> Option<&str> {
        let errors = [&self.response.error, &self.error, &self.response.failure];
        errors.into_iter().flatten().map(String::as_str).find(|error| !error.is_empty())
    }

    /// Returns whether a script made this request, by CORS. Browsers leave `Origin` out of what they
    /// block.
    pub(super) fn is_of_script(&self) -> bool {
        let mode = self.request.header("sec-fetch-mode");
        match (self.request.header("origin"), mode, self.kind.as_deref()) {
            (Some(_), _, _) => true,
            (None, Some(mode), _) => mode == "cors",
            (None, None, Some(kind)) => matches!(kind, "fetch" | "xhr" | "eventsource"),
            (None, None, None) => self.response.status <= 0,
        }
    }
}

/// A code point is a byte, where it can be one.
fn bytes(value: &str) -> Vec<u8> {
    let bytes: Result<Vec<u8>, _> = value.chars().map(u8::try_from).collect();
    bytes.unwrap_or_else(|_| value.into())
}
