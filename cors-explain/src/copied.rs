//! Requests that browsers' "Copy as" commands wrote: cURL, fetch and PowerShell.

mod curl;
mod fetch;
mod literal;
mod powershell;
mod shell;

use cors_browser::{Credentials, is_forbidden_request_header};

/// A copied request.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Copied {
    /// The URL.
    pub url: String,
    /// The method.
    pub method: String,
    /// The origin of the page: from `Origin`, or from `Referer`.
    pub origin: Option<String>,
    /// The headers that the script set, without those that browsers write.
    pub headers: Vec<(String, String)>,
    /// The credentials mode. A request with a cookie has `include`.
    pub credentials: Option<Credentials>,
    /// The value of `Cookie`.
    pub cookie: Option<String>,
    /// The value of `User-Agent`.
    pub user_agent: Option<String>,
    /// The body.
    pub body: Option<Vec<u8>>,
    /// Set if the command accepts any certificate.
    pub is_insecure: bool,
}

/// Headers that browsers write themselves, and copy together with those of a script.
const OF_BROWSERS: [&str; 8] = [
    "accept-language",
    "if-modified-since",
    "if-none-match",
    "priority",
    "purpose",
    "rtt",
    "upgrade-insecure-requests",
    "x-client-data",
];

/// Returns whether a text is a command that [`read`] reads, and not a URL or a console message.
pub fn is_copied(text: &str) -> bool {
    reader(text).is_some()
}

/// Reads a command, as "Copy as cURL", "Copy as fetch" and "Copy as PowerShell" write it, or as people
/// do.
///
/// ```
/// use cors_explain::copied;
///
/// let copied = copied::read(
///     "curl 'https://api.example.com/items' -X 'PATCH' \\\n  -H 'origin: https://app.example.com'",
/// )?;
/// assert_eq!(copied.method, "PATCH");
/// assert_eq!(copied.origin.as_deref(), Some("https://app.example.com"));
/// # Ok::<(), String>(())
/// ```
///
/// # Errors
///
/// If the text is not such a command, or is incomplete.
pub fn read(text: &str) -> Result<Copied, String> {
    let read = reader(text).ok_or(
        "not a curl command or a fetch() call: copy the request with Copy as cURL or Copy as fetch",
    )?;
    let copied = read(text.trim())?;
    match copied.url.is_empty() {
        true => Err("the command has no URL: copy it whole".to_owned()),
        false => Ok(copied),
    }
}

type Read = fn(&str) -> Result<Copied, String>;

fn reader(text: &str) -> Option<Read> {
    let text = text.trim_start();
    let word = text.split_whitespace().next()?;
    let is_call = |text: &str| text.starts_with("fetch(") || text.starts_with("window.fetch(");
    let lower = text.to_ascii_lowercase();
    if matches!(word, "curl" | "curl.exe") {
        Some(curl::read)
    } else if is_call(text)
        || text.strip_prefix("await ").is_some_and(|text| is_call(text.trim_start()))
    {
        Some(fetch::read)
    } else if ["invoke-webrequest", "invoke-restmethod", "iwr ", "irm "]
        .iter()
        .any(|name| lower.starts_with(name) || text.starts_with('$') && lower.contains(name))
    {
        Some(powershell::read)
    } else {
        None
    }
}

impl Copied {
    fn new(url: String) -> Self {
        Self {
            url,
            method: "GET".to_owned(),
            origin: None,
            headers: Vec::new(),
            credentials: None,
            cookie: None,
            user_agent: None,
            body: None,
            is_insecure: false,
        }
    }

    /// Sorts a header line: what the page is, what the browser writes, and what the script set.
    fn line(&mut self, name: &str, value: &str) {
        let lower = name.trim().to_ascii_lowercase();
        let value = value.trim();
        match &*lower {
            "origin" => self.origin = Some(value.to_owned()),
            "referer" => self.page(value),
            "cookie" => self.cookies(value),
            "user-agent" => self.user_agent = Some(value.to_owned()),
            _ if lower.starts_with(':') || OF_BROWSERS.contains(&&*lower) => {}
            _ if is_forbidden_request_header(&lower, value.as_bytes()) => {}
            // Browsers send these two for a page that is reloaded, or while the network panel is open.
            "cache-control" | "pragma" if matches!(value, "no-cache" | "max-age=0") => {}
            _ => self.headers.push((lower, value.to_owned())),
        }
    }

    /// The URL of the page. `Origin` counts more.
    fn page(&mut self, url: &str) {
        if self.origin.is_none() {
            self.origin = origin_of(url);
        }
    }

    fn cookies(&mut self, value: &str) {
        if !value.is_empty() {
            self.cookie = Some(value.to_owned());
            self.credentials.get_or_insert(Credentials::Include);
        }
    }

    fn has(&self, name: &str) -> bool {
        self.headers.iter().any(|(known, _)| known == name)
    }

    /// The type that a client sends with a body if nothing sets another.
    fn default_type(&mut self, value: &str) {
        if !self.has("content-type") {
            self.headers.push(("content-type".to_owned(), value.to_owned()));
        }
    }
}

/// The origin of an HTTP URL.
fn origin_of(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let is_http = matches!(scheme, "http" | "https") && !host.is_empty();
    is_http.then(|| format!("{scheme}://{host}"))
}

#[cfg(test)]
mod tests;
