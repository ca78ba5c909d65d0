//! The arguments of `cors explain`.

use std::{path::PathBuf, time::Duration};

use clap::ValueEnum;
use cors_browser::{self as browser, Profile};
use cors_explain::remedy::RemedyPlace;

/// The longest time that can be asked for, in seconds.
const LONGEST: f64 = 3600.0;

/// The largest body that can be asked for, in bytes.
const LARGEST: u64 = 1 << 30;

/// What to explain.
#[derive(clap::Args)]
pub(crate) struct Explain {
    /// URL of the request, a .har file, or a copied curl command or fetch() call; - reads standard input
    #[arg(value_name = "URL", required_unless_present_any = ["paste", "code"], conflicts_with_all = ["paste", "code"])]
    pub(crate) target: Option<String>,

    /// Origin of the page, such as https://app.example.com
    #[arg(long)]
    pub(crate) origin: Option<String>,

    /// Method of the request
    #[arg(long)]
    pub(crate) method: Option<String>,

    /// Header that the script sets; can be repeated
    #[arg(long = "header", value_name = "NAME: VALUE", value_parser = header)]
    pub(crate) headers: Vec<(String, String)>,

    /// Content-Type of the request
    #[arg(long, value_name = "TYPE")]
    pub(crate) body_type: Option<String>,

    /// Send this file as the body [default: no body]
    #[arg(long, value_name = "FILE", conflicts_with = "data_size")]
    pub(crate) data: Option<PathBuf>,

    /// Send a body of this size, such as 2M, to see what a limit on bodies does
    #[arg(long, value_name = "BYTES", value_parser = size)]
    pub(crate) data_size: Option<u64>,

    /// Cookies to send, as NAME=VALUE; NAME=VALUE. Needs --credentials include
    #[arg(long, value_name = "COOKIES")]
    pub(crate) cookie: Option<String>,

    /// User-Agent to send [default: cors-explain]
    #[arg(long, value_name = "NAME")]
    pub(crate) user_agent: Option<String>,

    /// Credentials mode of the request [default: same-origin]
    #[arg(long, value_name = "MODE")]
    pub(crate) credentials: Option<Credentials>,

    /// Browser whose rules apply
    #[arg(long, value_name = "BROWSER", default_value = "chromium", value_parser = Profile::ALL.map(Profile::as_str))]
    profile: String,

    /// The server to print the remedy for: its name, or all [default: the one that answered]
    #[arg(long = "for", value_name = "NAME", value_parser = shown)]
    pub(crate) place: Option<Shown>,

    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,

    /// Print a report in Markdown, for an issue; cookies, tokens and passwords are masked
    #[arg(long, conflicts_with = "json")]
    pub(crate) markdown: bool,

    /// Send the request again until it passes, and print what changes
    #[arg(long, conflicts_with_all = ["json", "markdown", "paste"])]
    pub(crate) watch: bool,

    /// Print what a code means and how to fix it, such as preflight.redirect
    #[arg(long, value_name = "CODE", conflicts_with_all = ["paste", "watch", "markdown", "json"])]
    pub(crate) code: Option<String>,

    /// How long to wait for the headers of each response
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    pub(crate) timeout: Duration,

    /// Stop at the first redirect
    #[arg(long)]
    pub(crate) no_follow: bool,

    /// Accept any certificate, for servers in development; browsers never do
    #[arg(long)]
    pub(crate) insecure: bool,

    /// Explain a console message of Chrome, Firefox or Safari, or a whole console; - reads standard input
    #[arg(long, value_name = "MESSAGE", allow_hyphen_values = true)]
    pub(crate) paste: Option<String>,
}

/// The places whose remedies are printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shown {
    /// The one that answered.
    One,
    Named(RemedyPlace),
    All,
}

fn shown(name: &str) -> Result<Shown, String> {
    if name == "all" {
        return Ok(Shown::All);
    }
    RemedyPlace::from_name(name).map(Shown::Named).ok_or_else(|| {
        let names: Vec<_> = RemedyPlace::ALL.iter().map(|place| place.name()).collect();
        format!("use all, or one of {}", names.join(", "))
    })
}

/// A [credentials mode](https://fetch.spec.whatwg.org/#concept-request-credentials-mode).
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Credentials {
    Include,
    Omit,
}

impl Explain {
    /// Whose rules apply.
    pub(crate) fn profile(&self) -> Profile {
        // The parser of the argument takes these names alone.
        Profile::from_name(&self.profile).unwrap_or_default()
    }

    /// The places whose remedies are printed.
    pub(crate) fn shown(&self) -> Shown {
        self.place.unwrap_or(Shown::One)
    }

    /// The method, as the script writes it.
    pub(crate) fn method(&self) -> &str {
        self.method.as_deref().unwrap_or("GET")
    }

    /// What `fetch()` is told about credentials.
    pub(crate) fn credentials(&self) -> browser::Credentials {
        match self.credentials {
            Some(Credentials::Include) => browser::Credentials::Include,
            Some(Credentials::Omit) => browser::Credentials::Omit,
            None => browser::Credentials::SameOrigin,
        }
    }
}

/// Whether a target is a file of records, and no URL.
pub(crate) fn is_har(target: &str) -> bool {
    !target.contains("://") && target.to_ascii_lowercase().ends_with(".har")
}

fn header(text: &str) -> Result<(String, String), &'static str> {
    let (name, value) = text.split_once(':').ok_or("expected NAME: VALUE")?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

/// A number of bytes, or of KiB, MiB or GiB.
fn size(text: &str) -> Result<u64, &'static str> {
    let (digits, shift) = match text.trim_end_matches(['B', 'b', 'i']) {
        text if text.ends_with(['k', 'K']) => (&text[..text.len() - 1], 10),
        text if text.ends_with(['m', 'M']) => (&text[..text.len() - 1], 20),
        text if text.ends_with(['g', 'G']) => (&text[..text.len() - 1], 30),
        text => (text, 0),
    };
    let bytes = digits.parse::<u64>().ok().and_then(|count| count.checked_mul(1 << shift));
    bytes
        .filter(|bytes| *bytes <= LARGEST)
        .ok_or("use a number of bytes, such as 4096 or 2M, at most 1G")
}

fn seconds(text: &str) -> Result<Duration, &'static str> {
    match text.parse::<f64>() {
        Ok(seconds) if seconds > 0.0 && seconds <= LONGEST => Ok(Duration::from_secs_f64(seconds)),
        _ => Err("use a number of seconds above 0, at most 3600"),
    }
}

pub(crate) const AFTER_EXPLAIN: &str = "\
Sends what a browser would send: the preflight if one is needed, the request if the preflight passes,
and up to 20 redirects. \">\" marks each request, shown before it is sent. \"<\" marks the headers of the
response that matter to CORS. Nothing else is sent. Bodies and cookies are sent only with --data,
--data-size and --cookie, or if a copied command has them. No body is read.

    cors explain https://api.example.com/items --origin https://app.example.com --method PUT
    cors explain --paste \"Access to fetch at 'https://...' from origin 'https://...' has been blocked ...\"
    cors explain recorded.har
    cors explain curl 'https://api.example.com/items' -X 'PUT' -H 'origin: https://app.example.com'
    cors explain - < copied.txt
    cors explain --code preflight.redirect

A copied command is what Copy as cURL, fetch or PowerShell of a browser writes. Its page is its Origin or
Referer, unless --origin sets it. Options of cors come before curl.

The User-Agent is cors-explain. A server that checks it may answer a browser differently.

A .har file is a recording saved by a browser's network panel. Every cross-origin request in it is
checked against the recorded responses. --paste explains console messages without contacting a server.

With --json, the output is one object: {\"source\", \"url\", \"origin\", \"outcome\", \"message\", \"reason\",
\"readable\", \"steps\", \"causes\", \"warnings\", \"remedy\"}. docs/explain.md describes its keys.

Exit status: 0 if allowed, 1 if blocked, 2 if unknown: the server cannot be reached, or the arguments
or the file cannot be used. 3 if allowed, but something other than CORS is wrong, such as mixed content
or a missing Vary.";
