//! The policy that a remedy writes: what the answers allow, and what the request needs.

use std::fmt;

use cors_browser::{CorsRequest, Credentials, Profile, Request, Response};
use cors_core::{Origin, Policy, ResponseField, method, syntax::elements};

/// What the answers allow together with what the request needs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Union {
    /// The policy. It compiles.
    pub policy: Policy,
    /// What a person has to check, one sentence each.
    pub notes: Vec<String>,
}

/// What has to change where no policy helps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Instead {
    /// The page's origin is `null`.
    NullOrigin,
    /// The script writes a method in a case that the server does not know.
    MethodCase(String),
    /// The server redirects the preflight.
    Redirect(String),
    /// The request was redirected to another server, which answered.
    OtherServer(String),
    /// The server redirects the request to a login page.
    Login,
    /// The server refuses the size of the body.
    BodyLimit,
    /// A proxy got no answer from the server behind it.
    Gateway(u16),
    /// No browser sends the request.
    Unsent(String),
    /// The policy does not compile.
    Policy(String),
}

impl fmt::Display for Instead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NullOrigin => f.write_str(
                "the page's origin is \"null\", which any sandboxed page has: serve the page over http, not from a file or a sandboxed frame",
            ),
            Self::MethodCase(method) => write!(
                f,
                "methods are case-sensitive: write \"{}\" in the script, not \"{method}\"",
                method.to_ascii_uppercase()
            ),
            Self::Redirect(location) => write!(
                f,
                "the server redirects the preflight, which browsers do not follow: request {location} in the script, or answer OPTIONS before the redirect"
            ),
            Self::OtherServer(url) => write!(
                f,
                "the request was redirected to {url}, which has to allow the page: request that URL in the script, or answer 401 instead of redirecting to a login page"
            ),
            Self::Login => f.write_str(
                "the server redirects to a login page, which a script cannot use: answer 401 with CORS headers instead, and log in before the script runs",
            ),
            Self::BodyLimit => f.write_str(
                "the server refuses the size of the body before CORS is handled: raise its limit, such as client_max_body_size in nginx",
            ),
            Self::Gateway(status) => write!(
                f,
                "a proxy answered {status}, because the server behind it did not: start that server, then ask again"
            ),
            Self::Unsent(why) => f.write_str(why),
            Self::Policy(why) => write!(f, "no policy allows this request: {why}"),
        }
    }
}

/// Methods that people write in lower case by mistake.
const KNOWN: [&str; 2] = ["PATCH", "QUERY"];

impl Union {
    /// The union for a request and the answers to its preflight and to itself, as far as there are
    /// any.
    ///
    /// # Errors
    ///
    /// Where something else than the server's policy has to change.
    pub fn of(
        request: &Request,
        preflight: Option<&Response>,
        actual: Option<&Response>,
    ) -> Result<Self, Instead> {
        let needed = CorsRequest::new(Profile::Fetch, request)
            .map_err(|reason| Instead::Unsent(reason.to_string()))?;
        if request.origin == "null" {
            return Err(Instead::NullOrigin);
        }
        let is_mistyped = |known: &&str| {
            known.eq_ignore_ascii_case(needed.method()) && **known != *needed.method()
        };
        if KNOWN.iter().any(is_mistyped) {
            return Err(Instead::MethodCase(needed.method().to_owned()));
        }
        let redirect = preflight.filter(|answer| (300..400).contains(&answer.status));
        if let Some(location) = redirect.and_then(|answer| answer.get("location")) {
            return Err(Instead::Redirect(String::from_utf8_lossy(&location).into_owned()));
        }
        let mut union = Self { policy: Policy::new(), notes: Vec::new() };
        union.answers([preflight, actual]);
        union.needs(request, &needed);
        // A server that compares origins does not show its list.
        let answers = || [preflight, actual].into_iter().flatten();
        let compares = |answer: &Response| answer.varies_by("origin");
        let is_alone = union.policy.allow_origins.len() == 1 && union.policy.allow_origins != ["*"];
        if is_alone && (answers().next().is_none() || answers().any(compares)) {
            union.notes.push("keep the other origins that the server allows today".into());
        }
        let page = Origin::parse(request.origin.as_bytes());
        if page.is_some_and(|page| page.is_loopback() && page.port().is_some()) {
            union.notes.push(
                "during development, the proxy of the dev server needs no CORS: --for vite or --for webpack".into(),
            );
        }
        match union.policy.compile() {
            Ok(_) => Ok(union),
            Err(errors) => Err(Instead::Policy(errors.to_string())),
        }
    }

    /// What the answers allow already.
    fn answers(&mut self, answers: [Option<&Response>; 2]) {
        let policy = &mut self.policy;
        for answer in answers.into_iter().flatten() {
            let names = |field: ResponseField| -> Vec<String> {
                let all = answer.lines(field.name()).flat_map(elements);
                let valid = all.filter(|name| method::is_token(name));
                valid.map(|name| String::from_utf8_lossy(name).into_owned()).collect()
            };
            for origin in answer.lines(ResponseField::AllowOrigin.name()).flat_map(elements) {
                let is_origin = origin == b"*" || Origin::parse(origin).is_some();
                if is_origin {
                    add(&mut policy.allow_origins, &String::from_utf8_lossy(origin));
                }
            }
            let granted = answer.get(ResponseField::AllowCredentials.name());
            policy.allow_credentials |= granted.is_some_and(|value| &*value == b"true");
            for name in names(ResponseField::AllowMethods) {
                if !["GET", "HEAD", "POST", "OPTIONS"].contains(&&*name) {
                    add(&mut policy.allow_methods, method::normalize(&name));
                }
            }
            for name in names(ResponseField::AllowHeaders) {
                add(&mut policy.allow_headers, &name.to_ascii_lowercase());
            }
            for name in names(ResponseField::ExposeHeaders) {
                add(&mut policy.expose_headers, &name.to_ascii_lowercase());
            }
            let age = answer.get(ResponseField::MaxAge.name());
            let age = age.as_deref().and_then(|age| std::str::from_utf8(age).ok()?.parse().ok());
            if let Some(age) = age {
                policy.max_age = std::cmp::min(age, 86_400_u64);
            }
        }
        policy.allow_methods.retain(|name| !method::is_forbidden(name));
        policy.allow_headers.retain(|name| {
            !cors_core::header::is_forbidden(name) && !cors_core::header::is_response_only(name)
        });
        policy.expose_headers.retain(|name| !cors_core::header::is_forbidden_to_read(name));
    }

    fn needs(&mut self, request: &Request, needed: &CorsRequest) {
        let policy = &mut self.policy;
        let includes = request.credentials == Credentials::Include;
        let star = |list: &[String]| list.iter().any(|name| name == "*");
        if star(&policy.allow_origins) && !includes {
            // Credentials together with "*" never worked.
            policy.allow_origins = vec!["*".into()];
            policy.allow_credentials = false;
        } else {
            if star(&policy.allow_origins) {
                policy.allow_origins.retain(|origin| origin != "*");
                self.notes.push(
                    "\"*\" cannot be combined with credentials: add every other origin that reads"
                        .into(),
                );
            }
            add(&mut policy.allow_origins, &request.origin);
            policy.allow_credentials |= includes;
        }
        let credentials = policy.allow_credentials;
        if !method::is_safelisted(needed.method().as_bytes()) {
            add(&mut policy.allow_methods, needed.method());
        }
        for name in needed.unsafe_names() {
            add(&mut policy.allow_headers, name);
        }
        let lists =
            [&mut policy.allow_methods, &mut policy.allow_headers, &mut policy.expose_headers];
        for list in lists {
            if star(list) && credentials {
                // It is a name there, and nothing else.
                list.retain(|name| name != "*");
            } else if star(list) {
                *list = vec!["*".into()];
            }
        }
        if credentials && policy.compile().is_err() {
            let is_insecure = |origin: &String| origin.starts_with("http://");
            if policy.allow_origins.iter().any(is_insecure) {
                policy.dangerously_allow_insecure_origins = true;
                self.notes.push(
                    "an http origin with credentials lets anyone on the user's network act as the user: serve the page over https".into(),
                );
            }
        }
    }
}

fn add(list: &mut Vec<String>, name: &str) {
    if !list.iter().any(|known| known == name) {
        list.push(name.to_owned());
    }
}
