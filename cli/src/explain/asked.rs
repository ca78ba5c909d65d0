//! The request that a server is asked: from a URL and options, or from a copied command.

use std::{ffi::OsString, fs};

use cors_browser::{self as browser, Credentials, Request, Sent, is_forbidden_request_header};
use cors_core::Kind;
use cors_explain::copied::{self, Copied};
use hyper::body::Bytes;

use super::{address, args::Explain};
use crate::status::complain;

/// The `User-Agent`, unless another is asked for.
const USER_AGENT: &str = concat!("cors-explain/", env!("CARGO_PKG_VERSION"));

/// A script's request, and what the browser adds to it.
pub(crate) struct Asked {
    pub(crate) request: Request,
    pub(crate) is_insecure: bool,
    cookie: Option<String>,
    user_agent: String,
    body: Option<Bytes>,
}

/// Reads a URL or a copied command. Options come before what a command says.
///
/// # Errors
///
/// If something is missing, or cannot be used.
pub(crate) fn read(args: &Explain, target: &str) -> Result<Asked, String> {
    let copied = match copied::is_copied(target) {
        true => Some(copied::read(target)?),
        false => None,
    };
    let url = address::url(copied.as_ref().map_or(target, |copied| &copied.url))?;
    let of_copy = copied.as_ref().and_then(|copied| copied.origin.as_deref());
    let Some(origin) = args.origin.as_deref().or(of_copy) else {
        return Err(
            "missing --origin: pass the origin of the page, such as --origin https://app.example.com"
                .into(),
        );
    };
    let origin = address::origin(origin);
    let body = body(args, copied.as_ref())?;
    let method = match (&args.method, &copied) {
        (Some(method), _) => method,
        (None, Some(copied)) => &copied.method,
        (None, None) if body.is_some() => "POST",
        (None, None) => "GET",
    };
    if body.is_some() && ["GET", "HEAD"].iter().any(|known| known.eq_ignore_ascii_case(method)) {
        return Err(format!("a {method} request has no body: use --method POST"));
    }
    let mut request = Request::new(origin, url, method);
    for (name, value) in copied.iter().flat_map(|copied| &copied.headers) {
        let is_replaced = args.headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name))
            || args.body_type.is_some() && name == "content-type";
        if !is_replaced {
            request = request.header(name, value.as_str());
        }
    }
    for (name, value) in &args.headers {
        if is_forbidden_request_header(name, value.as_bytes()) {
            let instead = match name.to_ascii_lowercase().as_str() {
                "cookie" => ": use --cookie",
                "user-agent" => ": use --user-agent",
                _ => "",
            };
            complain(format_args!(
                "cors: ignoring {name}: browsers set it themselves, and scripts cannot{instead}"
            ));
        }
        request = request.header(name, value.as_str());
    }
    if let Some(of_body) = &args.body_type {
        request = request.header("content-type", of_body.as_str());
    }
    let of_copy = copied.as_ref().and_then(|copied| copied.credentials);
    let credentials = match (args.credentials, of_copy) {
        (None, Some(credentials)) => credentials,
        _ => args.credentials(),
    };
    let cookie = args.cookie.clone().or_else(|| copied.as_ref()?.cookie.clone());
    if args.cookie.is_some() && credentials != Credentials::Include {
        return Err("browsers send cookies to another origin only with credentials: pass \
                    --credentials include as well"
            .into());
    }
    let user_agent = args.user_agent.clone().or_else(|| copied.as_ref()?.user_agent.clone());
    Ok(Asked {
        request: request.credentials(credentials),
        is_insecure: args.insecure || copied.is_some_and(|copied| copied.is_insecure),
        cookie,
        user_agent: user_agent.unwrap_or_else(|| USER_AGENT.to_owned()),
        body,
    })
}

fn body(args: &Explain, copied: Option<&Copied>) -> Result<Option<Bytes>, String> {
    if let Some(file) = &args.data {
        let read = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
        return Ok(Some(read.into()));
    }
    if let Some(size) = args.data_size {
        let size = usize::try_from(size).map_err(|error| error.to_string())?;
        return Ok(Some(vec![b'x'; size].into()));
    }
    Ok(copied.and_then(|copied| copied.body.clone()).map(Bytes::from))
}

impl Asked {
    /// A request with what browsers add and CORS does not look at.
    pub(crate) fn completed(&self, mut sent: Sent) -> Sent {
        let is_of_target = address::host(&sent.url) == address::host(&self.request.url);
        let has_cookies = sent.kind != Kind::Preflight
            && is_of_target
            && (sent.kind == Kind::NotCors
                || self.request.credentials == browser::Credentials::Include);
        let cookie = self.cookie.as_deref().filter(|_| has_cookies);
        let headers = &mut sent.request.headers;
        for (name, value) in
            [("accept", Some("*/*")), ("user-agent", Some(&self.user_agent)), ("cookie", cookie)]
        {
            if let Some(value) = value
                && !headers.iter().any(|(known, _)| known == name)
            {
                headers.push((name.to_owned(), value.into()));
            }
        }
        sent
    }

    /// The body of a request. A preflight has none, and a redirect may have removed it.
    pub(crate) fn body_of(&self, sent: &Sent) -> Bytes {
        let has_body =
            sent.kind != Kind::Preflight && !matches!(&*sent.request.method, "GET" | "HEAD");
        self.body.clone().filter(|_| has_body).unwrap_or_default()
    }

    /// Returns whether scripts send a body with this method, and none is sent.
    pub(crate) fn lacks_body(&self) -> bool {
        let method = self.request.method.to_ascii_uppercase();
        self.body.is_none() && matches!(&*method, "POST" | "PUT" | "PATCH")
    }
}

/// Options of `cors explain` that may follow a `curl` command, and have a value.
const OWN: [&str; 5] = ["--origin", "--credentials", "--profile", "--for", "--timeout"];

/// Options of `cors explain` that may follow a `curl` command, and have no value.
const OWN_FLAGS: [&str; 3] = ["--markdown", "--watch", "--no-follow"];

/// Joins the words of a `curl` command, which a shell has split, to one argument.
pub(crate) fn joined(args: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut args: Vec<OsString> = args.into_iter().collect();
    let is_explain = args.get(1).is_some_and(|command| command == "explain");
    let curl = args.iter().position(|word| word == "curl");
    let Some(curl) = curl.filter(|at| is_explain && *at > 1) else { return args };
    let mut command = String::new();
    let mut own = Vec::new();
    let mut words = args.split_off(curl).into_iter();
    while let Some(word) = words.next() {
        let text = word.to_string_lossy();
        if OWN_FLAGS.contains(&&*text)
            || OWN.iter().any(|name| text.starts_with(&format!("{name}=")))
        {
            own.push(word);
        } else if OWN.contains(&&*text) {
            own.push(word);
            own.extend(words.next());
        } else if command.is_empty() {
            command.push_str(&text);
        } else {
            command += &format!(" '{}'", text.replace('\'', r"'\''"));
        }
    }
    args.extend(own);
    args.push(command.into());
    args
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &[&str], expected: &[&str]) {
        assert_eq!(joined(words.iter().map(OsString::from)), expected);
    }

    #[test]
    fn the_words_of_curl_are_one_argument() {
        check(
            &["cors", "explain", "curl", "https://a.example/", "-H", "x: it's", "--for", "all"],
            &["cors", "explain", "--for", "all", r"curl 'https://a.example/' '-H' 'x: it'\''s'"],
        );
        check(
            &["cors", "explain", "https://a.example/"],
            &["cors", "explain", "https://a.example/"],
        );
        check(&["cors", "try", "curl", "x"], &["cors", "try", "curl", "x"]);
        check(&["cors", "curl"], &["cors", "curl"]);
    }
}
