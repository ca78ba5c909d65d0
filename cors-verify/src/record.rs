//! A policy from what a server does with given origins.

use cors_browser::Response;
use cors_core::{Policy, RequestField, ResponseField, plain::Request, syntax::elements};

use crate::{Conclusion, origins::STRANGER};

/// The requests to record for these origins: for each a `GET` and a preflight.
pub fn requests(origins: &[String], path: &str) -> Vec<Request> {
    let strangers = [STRANGER.to_owned(), "null".to_owned()];
    origins
        .iter()
        .chain(&strangers)
        .flat_map(|origin| {
            let origin = (RequestField::Origin.name(), origin.as_str());
            let preflight = [
                origin,
                (RequestField::Method.name(), "PUT"),
                (RequestField::Headers.name(), "authorization,content-type"),
            ];
            [Request::new("GET", [origin]).to(path), Request::new("OPTIONS", preflight).to(path)]
        })
        .collect()
}

/// A policy that allows what the server was seen to allow, and what a person should look at.
pub fn policy(requests: &[Request], answers: &[Response]) -> (Policy, Vec<String>) {
    let mut policy = Policy::new();
    let mut notes = Vec::new();
    let mut reflects = false;
    for (request, answer) in requests.iter().zip(answers) {
        let conclusion = Conclusion::of(request, answer);
        let Some(origin) = origin(request) else { continue };
        let is_preflight = request.method == "OPTIONS";
        if !is_preflight && (conclusion.allows || conclusion.allows_with_credentials) {
            let star = !conclusion.names_origin;
            match (origin, star) {
                (_, true) => policy.allow_origins = vec!["*".into()],
                (STRANGER, _) => reflects = true,
                ("null", _) => policy.dangerously_allow_null_origin = true,
                (origin, _) => add(&mut policy.allow_origins, origin),
            }
            policy.allow_credentials |= conclusion.allows_with_credentials;
            for name in names(answer, ResponseField::ExposeHeaders) {
                add(&mut policy.expose_headers, &name.to_ascii_lowercase());
            }
            if conclusion.names_origin && !conclusion.varies {
                let note = format!("the answer to {origin} lacks \"Vary: Origin\"");
                add(&mut notes, &note);
            }
        }
        // A stranger's answer says nothing about friends.
        if is_preflight && origin != STRANGER && answer.status < 300 && names_origin(answer, origin)
        {
            for name in names(answer, ResponseField::AllowMethods) {
                if !["GET", "HEAD", "POST", "OPTIONS"].contains(&&*name) {
                    add(&mut policy.allow_methods, &name);
                }
            }
            for name in names(answer, ResponseField::AllowHeaders) {
                add(&mut policy.allow_headers, &name.to_ascii_lowercase());
            }
            let age = answer.get(ResponseField::MaxAge.name());
            let age = age.as_deref().and_then(|age| std::str::from_utf8(age).ok()?.parse().ok());
            policy.max_age = age.map_or(5, |age: u64| age.min(86_400));
        }
    }
    settle(&mut policy, reflects, &mut notes);
    (policy, notes)
}

/// Makes it a policy that compiles, where that allows no more.
fn settle(policy: &mut Policy, reflects: bool, notes: &mut Vec<String>) {
    if reflects {
        notes.push(format!("the server lets any origin read, such as {STRANGER}"));
        if policy.allow_credentials {
            policy.allow_origins.clear();
            policy.dangerously_allow_any_origin_with_credentials = true;
        } else {
            policy.allow_origins = vec!["*".into()];
        }
    }
    if policy.allow_origins == ["*"] || policy.dangerously_allow_any_origin_with_credentials {
        policy.dangerously_allow_null_origin = false;
    }
    for list in [&mut policy.allow_methods, &mut policy.allow_headers, &mut policy.expose_headers] {
        if list.iter().any(|name| name == "*") {
            *list = vec!["*".into()];
        }
    }
    let credentials = policy.allow_credentials;
    if credentials && policy.expose_headers == ["*"] {
        policy.expose_headers.clear();
        notes.push("\"*\" exposes nothing with credentials: list the headers".into());
    }
    for list in [&mut policy.allow_methods, &mut policy.allow_headers] {
        if credentials && *list == ["*"] {
            list.clear();
            notes.push("\"*\" in a list is not a wildcard with credentials: list the names".into());
        }
    }
    if policy.allow_origins.is_empty()
        && !policy.dangerously_allow_any_origin_with_credentials
        && !policy.dangerously_allow_null_origin
    {
        notes.push("the server allows none of the given origins".into());
    }
    if credentials && policy.allow_origins.iter().any(|origin| origin.starts_with("http://")) {
        policy.dangerously_allow_insecure_origins = policy.compile().is_err();
    }
}

fn origin(request: &Request) -> Option<&str> {
    let (_, value) =
        request.headers.iter().find(|(name, _)| name == RequestField::Origin.name())?;
    std::str::from_utf8(value).ok()
}

fn names_origin(answer: &Response, origin: &str) -> bool {
    let value = answer.get(ResponseField::AllowOrigin.name());
    value.is_some_and(|value| &*value == b"*" || *value == *origin.as_bytes())
}

fn names(answer: &Response, field: ResponseField) -> Vec<String> {
    answer
        .lines(field.name())
        .flat_map(elements)
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .collect()
}

fn add(list: &mut Vec<String>, name: &str) {
    if !list.iter().any(|known| known == name) {
        list.push(name.to_owned());
    }
}
