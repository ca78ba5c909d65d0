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
    /// The URL that the script asks for, or a file that ends in .har
    #[arg(value_name = "URL", required_unless_present = "paste", conflicts_with = "paste")]
    pub(crate) target: Option<String>,

    /// The origin of the page, such as `https://app.example.com`
    #[arg(long)]
    pub(crate) origin: Option<String>,

    /// The method that the script uses
    #[arg(long, default_value = "GET")]
    pub(crate) method: String,

    /// A header that the script sets; may be given again
    #[arg(long = "header", value_name = "NAME: VALUE", value_parser = header)]
    pub(crate) headers: Vec<(String, String)>,

    /// The Content-Type that the script sets, or that its body has; no body is sent
    #[arg(long, value_name = "TYPE")]
    pub(crate) body_type: Option<String>,

    /// Whether the script asks for cookies to be sent along [default: to the page's own origin]
    #[arg(long, value_name = "WHETHER")]
    pub(crate) credentials: Option<Credentials>,

    /// Whose rules apply
    #[arg(long, value_name = "BROWSER", default_value = "fetch", value_parser = Profile::ALL.map(Profile::as_str))]
    profile: String,

    /// The server to print the remedy for: its name, or all [default: the one that answered]
    #[arg(long = "for", value_name = "NAME", value_parser = shown)]
    pub(crate) place: Option<Shown>,

    /// Write one JSON object
    #[arg(long)]
    pub(crate) json: bool,

    /// The longest that one request may take, up to the head of its answer
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    pub(crate) timeout: Duration,

    /// Stop at the first redirect, and send nothing to where it leads
    #[arg(long)]
    pub(crate) no_follow: bool,

    /// Take any certificate, which no browser does: for servers in development
    #[arg(long)]
    pub(crate) insecure: bool,

    /// A sentence of the console of Chrome or Firefox, or - to read it; nothing is sent
    #[arg(long, value_name = "SENTENCE", allow_hyphen_values = true)]
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
            return Err("--origin is missing: write that of the page, such as --origin \
                        https://app.example.com"
                .into());
        };
        if !url.contains("://") {
            return Err(format!("{url:?} is no URL: write the scheme too, such as https://{url}"));
        }
        let authority = url.split(['/', '?', '#']).nth(2).unwrap_or_default();
        if authority.contains('@') {
            return Err("no script may ask for a URL with a user name: leave it out".into());
        }
        let mut request = Request::new(origin, url, &self.method);
        for (name, value) in &self.headers {
            if is_forbidden_request_header(name, value.as_bytes()) {
                complain(format_args!(
                    "cors: {name} is not sent: browsers set it themselves, and let no script do so"
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
    let (name, value) = text.split_once(':').ok_or("write a name, a colon and a value")?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

fn seconds(text: &str) -> Result<Duration, &'static str> {
    match text.parse::<f64>() {
        Ok(seconds) if seconds > 0.0 && seconds <= LONGEST => Ok(Duration::from_secs_f64(seconds)),
        _ => Err("write a number of seconds above 0, and 3600 at most"),
    }
}

pub(crate) const AFTER_EXPLAIN: &str = "\
It does what a browser would: the preflight where one is needed, then the request if that passes, and
redirects, 20 at most. Each request is shown before it is sent, behind \">\", and what was answered and
has to do with CORS behind \"<\". Nothing else is sent, to nowhere else. Bodies are neither sent nor
read, and there are no cookies to send.

    cors explain https://api.example.com/items --origin https://app.example.com --method PUT
    cors explain --paste \"Access to fetch at 'https://…' from origin 'https://…' has been blocked …\"
    cors explain recorded.har

It says that it is cors-explain in its User-Agent: a server that looks at that may answer a browser
otherwise.

A .har file is what a browser's network panel saves: every request in it that goes to another origin is
judged by what was recorded. --paste explains a sentence of the console, without asking the server.

With --json: {\"source\", \"url\", \"origin\", \"outcome\", \"message\", \"reason\", \"readable\", \"steps\",
\"causes\", \"warnings\", \"remedy\"}; docs/explain.md says what each of them holds.

Exit status: 0 for allowed, 1 for blocked, 2 where that cannot be told: a server that cannot be
reached, or arguments or a file that cannot be used.";
