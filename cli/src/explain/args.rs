//! The arguments of `cors explain`.

use std::time::Duration;

use clap::ValueEnum;
use cors_browser::{self as browser, Profile, Request, is_forbidden_request_header};
use cors_explain::remedy::RemedyPlace;

use crate::status::complain;

/// The longest time that can be asked for, in seconds.
const LONGEST: f64 = 3600.0;

/// What to explain.
#[derive(clap::Args)]
pub(crate) struct Explain {
    /// URL of the request, or a .har file
    #[arg(value_name = "URL", required_unless_present_any = ["paste", "code"], conflicts_with_all = ["paste", "code"])]
    pub(crate) target: Option<String>,

    /// Origin of the page, such as https://app.example.com
    #[arg(long)]
    pub(crate) origin: Option<String>,

    /// Method of the request
    #[arg(long, default_value = "GET")]
    pub(crate) method: String,

    /// Header that the script sets; can be repeated
    #[arg(long = "header", value_name = "NAME: VALUE", value_parser = header)]
    pub(crate) headers: Vec<(String, String)>,

    /// Content-Type of the request; no body is sent
    #[arg(long, value_name = "TYPE")]
    pub(crate) body_type: Option<String>,

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

    /// What the script asks this URL for, or what is missing.
    pub(crate) fn request(&self, url: &str) -> Result<Request, String> {
        let Some(origin) = &self.origin else {
            return Err("missing --origin: pass the origin of the page, such as --origin https://app.example.com"
                .into());
        };
        if !url.contains("://") {
            return Err(format!("{url:?} is no URL: write the scheme too, such as https://{url}"));
        }
        let authority = url.split(['/', '?', '#']).nth(2).unwrap_or_default();
        if authority.contains('@') {
            return Err("scripts cannot request a URL with a user name: remove it".into());
        }
        let host = origin.split_once("://").map_or("", |(_, rest)| rest);
        if let Some(slash) = host.find('/') {
            let right = &origin[..origin.len() - host.len() + slash];
            return Err(format!("an origin has no path and no slash: pass --origin {right}"));
        }
        let lower = url.to_ascii_lowercase();
        if lower.starts_with("ws://") || lower.starts_with("wss://") {
            return Err(
                "CORS does not apply to WebSockets: any page can connect, so the server must \
                        check the Origin header itself"
                    .into(),
            );
        }
        let mut request = Request::new(origin, url, &self.method);
        for (name, value) in &self.headers {
            if is_forbidden_request_header(name, value.as_bytes()) {
                complain(format_args!(
                    "cors: ignoring {name}: browsers set it themselves, and scripts cannot"
                ));
            }
            request = request.header(name, value.as_str());
        }
        if let Some(of_body) = &self.body_type {
            request = request.header("content-type", of_body.as_str());
        }
        Ok(request.credentials(self.credentials()))
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

fn seconds(text: &str) -> Result<Duration, &'static str> {
    match text.parse::<f64>() {
        Ok(seconds) if seconds > 0.0 && seconds <= LONGEST => Ok(Duration::from_secs_f64(seconds)),
        _ => Err("use a number of seconds above 0, at most 3600"),
    }
}

pub(crate) const AFTER_EXPLAIN: &str = "\
Sends what a browser would send: the preflight if one is needed, the request if the preflight passes,
and up to 20 redirects. \">\" marks each request, shown before it is sent. \"<\" marks the headers of the
response that matter to CORS. Nothing else is sent. Bodies are not sent or read, and no cookies are
sent.

    cors explain https://api.example.com/items --origin https://app.example.com --method PUT
    cors explain --paste \"Access to fetch at 'https://...' from origin 'https://...' has been blocked ...\"
    cors explain recorded.har
    cors explain --code preflight.redirect

The User-Agent is cors-explain. A server that checks it may answer a browser differently.

A .har file is a recording saved by a browser's network panel. Every cross-origin request in it is
checked against the recorded responses. --paste explains console messages without contacting a server.

With --json, the output is one object: {\"source\", \"url\", \"origin\", \"outcome\", \"message\", \"reason\",
\"readable\", \"steps\", \"causes\", \"warnings\", \"remedy\"}. docs/explain.md describes its keys.

Exit status: 0 if allowed, 1 if blocked, 2 if unknown: the server cannot be reached, or the arguments
or the file cannot be used. 3 if allowed, but something other than CORS is wrong, such as mixed content
or a missing Vary.";
