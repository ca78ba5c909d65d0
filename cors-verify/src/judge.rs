//! One answer, compared with the engine's.

use std::collections::BTreeSet;

use cors_browser::{CorsRequest, Credentials, Profile, Response};
use cors_core::{
    Cors, Denial, RequestField, ResponseField, Verdict,
    plain::{self, Request},
    syntax::elements,
};

use crate::{Code, Conclusion, Finding, Probe, Way};

/// The findings about a server's answer to a probe. With `exact`, CORS headers are compared as bytes too.
pub fn judge(cors: &Cors, probe: &Probe, theirs: &Response, exact: bool) -> Vec<Finding> {
    let (verdict, expected) = answer(cors, &probe.request, theirs.status);
    if verdict == Verdict::NoPolicy {
        return Vec::new();
    }
    let ours = Conclusion::of(&probe.request, &expected);
    let server = Conclusion::of(&probe.request, theirs);
    let is_stranger = matches!(verdict, Verdict::Deny(Denial::Origin | Denial::Path));
    let mut found: Vec<(Code, Vec<String>)> = Vec::new();
    let laxer = server.beyond(&ours);
    for way in &laxer {
        found.extend(match way {
            Way::Access if is_stranger && server.allows_with_credentials => None,
            Way::Access if is_stranger => Some((Code::StrangerReads, Vec::new())),
            Way::AccessWithCredentials if is_stranger => {
                Some((Code::StrangerReadsWithCredentials, Vec::new()))
            }
            // A method or header that passes is in the lists as well, unless it is "*".
            Way::Access => denied(verdict, probe),
            Way::AccessWithCredentials if ours.allows => {
                Some((Code::CredentialsAllowed, Vec::new()))
            }
            Way::AccessWithCredentials => None,
            Way::Methods if ours.allows => {
                Some((Code::MethodAllowed, beyond(&server.methods, &ours.methods)))
            }
            Way::Headers if ours.allows => {
                Some((Code::HeaderAllowed, beyond(&server.headers, &ours.headers)))
            }
            Way::Exposed if ours.allows => {
                Some((Code::HeaderExposed, beyond(&server.exposes, &ours.exposes)))
            }
            Way::MaxAge => Some((Code::KeptLonger, Vec::new())),
            Way::Methods | Way::Headers | Way::Exposed => None,
        });
    }
    let stricter = ours.beyond(&server);
    for way in &stricter {
        found.extend(match way {
            Way::Access => Some((Code::FriendBlocked, Vec::new())),
            Way::AccessWithCredentials if server.allows => {
                Some((Code::CredentialsBlocked, Vec::new()))
            }
            Way::AccessWithCredentials if !ours.allows => Some((Code::FriendBlocked, Vec::new())),
            Way::AccessWithCredentials => None,
            Way::Methods if server.allows => {
                Some((Code::MethodMissing, beyond(&ours.methods, &server.methods)))
            }
            Way::Headers if server.allows => {
                Some((Code::HeaderMissing, beyond(&ours.headers, &server.headers)))
            }
            Way::Exposed if server.allows => {
                Some((Code::ExposedMissing, beyond(&ours.exposes, &server.exposes)))
            }
            Way::MaxAge if server.allows => Some((Code::KeptShorter, Vec::new())),
            Way::Methods | Way::Headers | Way::Exposed | Way::MaxAge => None,
        });
    }
    if ours.varies && !server.varies {
        found.push((Code::VaryMissing, Vec::new()));
    }
    if is_stranger && probe.is_preflight() && !server.allows && has_lists(theirs) {
        found.push((Code::ListsLeak, Vec::new()));
    }
    if exact && found.is_empty() && lines(&expected) != lines(theirs) {
        found.push((Code::BytesDiffer, Vec::new()));
    }
    // A request that the policy denies is blocked rightly.
    let (cause, remedy) = if ours.allows { blocked(probe, theirs, &ours) } else { (None, None) };
    found.sort();
    found
        .into_iter()
        .map(|(code, names)| Finding {
            code,
            names,
            expected: expected.clone(),
            cause: cause.clone().filter(|_| !code.is_laxer()),
            remedy: match code {
                Code::VaryMissing => Some("vary: Origin".into()),
                code if code.is_laxer() => None,
                _ => remedy.clone(),
            },
        })
        .collect()
}

fn denied(verdict: Verdict, probe: &Probe) -> Option<(Code, Vec<String>)> {
    let name = |field| probe.line(field).map(str::to_owned).into_iter().collect();
    match verdict {
        Verdict::Deny(Denial::Method) => Some((Code::MethodAllowed, name(RequestField::Method))),
        Verdict::Deny(Denial::Header) => Some((Code::HeaderAllowed, name(RequestField::Headers))),
        _ => Some((Code::StrangerReads, Vec::new())),
    }
}

fn beyond(more: &BTreeSet<String>, less: &BTreeSet<String>) -> Vec<String> {
    more.difference(less).cloned().collect()
}

/// The engine's answer. What the application adds to it is not known, but for its status.
fn answer(cors: &Cors, request: &Request, status: u16) -> (Verdict, Response) {
    let mut headers = plain::Response::default();
    let decision = cors.decide(request);
    let verdict = decision.verdict();
    let status = decision.apply(&mut headers).unwrap_or(status);
    let lines = headers.headers.into_iter().map(|(name, value)| (name, value.into_owned()));
    (verdict, Response::new(status, lines))
}

fn has_lists(response: &Response) -> bool {
    [ResponseField::AllowMethods, ResponseField::AllowHeaders]
        .iter()
        .any(|field| response.get(field.name()).is_some())
}

/// The CORS headers, and the names in `Vary` that are the engine's.
fn lines(response: &Response) -> BTreeSet<(String, Vec<u8>)> {
    let mut lines: BTreeSet<(String, Vec<u8>)> = response
        .headers
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value.clone()))
        .filter(|(name, _)| ResponseField::OWNED.iter().any(|field| field.name() == name))
        .collect();
    let vary = response.lines(ResponseField::Vary.name()).flat_map(elements);
    let is_ours = |name: &[u8]| {
        [RequestField::Origin, RequestField::Method, RequestField::Headers]
            .iter()
            .any(|field| name.eq_ignore_ascii_case(field.name().as_bytes()))
    };
    lines.extend(
        vary.filter(|name| is_ours(name))
            .map(|name| ("vary".to_owned(), name.to_ascii_lowercase())),
    );
    lines
}

/// Why a browser blocks the request, and the line that would do.
fn blocked(
    probe: &Probe,
    theirs: &Response,
    ours: &Conclusion,
) -> (Option<String>, Option<String>) {
    let credentials = match ours.allows_with_credentials {
        true => Credentials::Include,
        false => Credentials::Omit,
    };
    let script = probe.script("https://api.invalid/", credentials);
    let Some(script) = script else { return (None, None) };
    let Ok(cors) = CorsRequest::new(Profile::Fetch, &script) else { return (None, None) };
    let checked = match probe.is_preflight() {
        true => cors.preflight_check(theirs),
        false => cors.cors_check(theirs),
    };
    match checked {
        Ok(()) => (None, None),
        Err(reason) => {
            (Some(format!("{reason} [{}]", reason.code())), reason.fix().map(str::to_owned))
        }
    }
}
