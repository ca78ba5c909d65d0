//! Reading recordings.

use std::{
    collections::HashMap,
    fmt,
    fs::{self, File},
    io::{BufRead, BufReader},
    mem,
    path::Path,
};

use cors_browser as browser;
use cors_import::Library;
use flate2::read::GzDecoder;
use serde::{Deserialize, de::DeserializeOwned};

use super::Request;

/// A library's answer.
pub(super) struct Response {
    /// The status, and the headers of CORS with `Vary`, in order.
    pub(super) head: browser::Response,
    recorded: Recorded,
}

#[derive(Deserialize)]
struct Recorded {
    #[serde(rename = "c")]
    config: String,
    #[serde(rename = "r")]
    request: String,
    /// None where an exception left the library.
    #[serde(rename = "s")]
    status: Option<u16>,
    #[serde(rename = "h")]
    headers: Vec<(String, String)>,
    /// Whether the handler ran.
    #[serde(rename = "d")]
    ran: Option<bool>,
    config_error: Option<String>,
    #[serde(default)]
    rejected_by_transport: bool,
}

impl Response {
    /// Whether the handler ran.
    pub(super) fn ran(&self) -> bool {
        self.recorded.ran == Some(true)
    }

    /// Whether the library answered: it may have crashed.
    pub(super) fn is_answer(&self) -> bool {
        self.recorded.status.is_some() && !self.is_unseen()
    }

    /// Whether the server refused the request before anybody saw it, as ours do.
    pub(super) fn is_unseen(&self) -> bool {
        self.recorded.rejected_by_transport
    }

    /// Whether the library refused the configuration.
    pub(super) fn is_refused(&self) -> bool {
        self.recorded.config_error.is_some()
    }
}

impl fmt::Display for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Shown(&self.head).fmt(f)
    }
}

/// A response in one line.
pub(super) struct Shown<'a>(pub(super) &'a browser::Response);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.status)?;
        let mut lines = self.0.headers.iter();
        lines
            .try_for_each(|(name, value)| write!(f, "; {name}: {}", String::from_utf8_lossy(value)))
    }
}

#[derive(Deserialize)]
struct Config {
    id: String,
    config: serde_json::Value,
}

pub(super) fn requests(folder: &Path) -> Result<Vec<Request>, String> {
    let path = folder.join("requests.jsonl");
    lines(&path, BufReader::new(open(&path)?))
}

pub(super) fn configs(
    folder: &Path,
    library: Library,
) -> Result<Vec<(String, serde_json::Value)>, String> {
    let path = folder.join(format!("{library}.configs.jsonl"));
    let configs: Vec<Config> = lines(&path, BufReader::new(open(&path)?))?;
    Ok(configs.into_iter().map(|config| (config.id, config.config)).collect())
}

/// The responses by configuration and request.
pub(super) fn responses(
    folder: &Path,
    library: Library,
) -> Result<HashMap<(String, String), Response>, String> {
    let path = folder.join(format!("{library}.responses.jsonl.gz"));
    let recorded: Vec<Recorded> = lines(&path, BufReader::new(GzDecoder::new(open(&path)?)))?;
    let response = |mut recorded: Recorded| {
        let key = (mem::take(&mut recorded.config), mem::take(&mut recorded.request));
        let bytes = |value: String| value.chars().map(|c| c as u8).collect::<Vec<u8>>();
        let headers = mem::take(&mut recorded.headers);
        let lines = headers.into_iter().map(|(name, value)| (name, bytes(value)));
        let head = browser::Response::new(recorded.status.unwrap_or_default(), lines);
        (key, Response { head, recorded })
    };
    Ok(recorded.into_iter().map(response).collect())
}

fn open(path: &Path) -> Result<File, String> {
    fs::File::open(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn lines<T: DeserializeOwned>(path: &Path, reader: impl BufRead) -> Result<Vec<T>, String> {
    let read = |(at, line): (usize, Result<String, std::io::Error>)| {
        let place = || format!("{}:{}", path.display(), at + 1);
        let line = line.map_err(|error| format!("{}: {error}", place()))?;
        serde_json::from_str(&line).map_err(|error| format!("{}: {error}", place()))
    };
    reader.lines().enumerate().map(read).collect()
}
