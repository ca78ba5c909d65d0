//! What Firefox says (<https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS/Errors>).

use super::{
    Fault, Meaning, Scene, Sentence, other, status::is_of_preflight, webkit::number_after,
};

const PREFIX: &str = "disallows reading the remote resource at ";

/// What stands before the value and behind it; whether it is about a preflight.
const REASONS: [(&str, &str, Scene, bool); 12] = [
    ("CORS header 'Access-Control-Allow-Origin' missing", "", Scene::OriginMissing, false),
    (
        "CORS header 'Access-Control-Allow-Origin' does not match '",
        "'",
        Scene::OriginMismatch,
        false,
    ),
    (
        "Multiple CORS header 'Access-Control-Allow-Origin' not allowed",
        "",
        Scene::OriginMultiple,
        false,
    ),
    (
        "Credential is not supported if the CORS header 'Access-Control-Allow-Origin' is '*'",
        "",
        Scene::OriginStar,
        false,
    ),
    (
        "expected 'true' in CORS header 'Access-Control-Allow-Credentials'",
        "",
        Scene::Credentials,
        false,
    ),
    ("Did not find method in CORS header 'Access-Control-Allow-Methods'", "", Scene::Method, true),
    ("CORS preflight response did not succeed", "", Scene::PreflightStatus, true),
    ("CORS preflight channel did not succeed", "", Scene::PreflightStatus, true),
    ("invalid token '", "' in CORS header 'Access-Control-Allow-Methods'", Scene::Methods, true),
    ("invalid token '", "' in CORS header 'Access-Control-Allow-Headers'", Scene::Headers, true),
    ("missing token '", "' in CORS header 'Access-Control-Allow-Headers'", Scene::Header, true),
    (
        "header '",
        "' is not allowed according to header 'Access-Control-Allow-Headers'",
        Scene::Header,
        true,
    ),
];

/// A sentence, wherever it stands in the text.
pub(super) fn parse(text: &str) -> Option<Sentence> {
    let (_, rest) = text.split_once(PREFIX)?;
    let (url, rest) = rest.split_once(". (Reason: ").or_else(|| rest.split_once(" (Reason: "))?;
    let (reason, behind) = rest.split_once(").").or_else(|| rest.rsplit_once(')'))?;
    let status = number_after(behind, "Status code: ");
    let meaning =
        other::of_firefox(reason).or_else(|| fault(reason, status).map(Meaning::Fault))?;
    // Of a redirect, a missing header, and an answer to OPTIONS, it says the same.
    let evidence = status.filter(|_| reason.contains("missing") || reason.contains("preflight"));
    Some(Sentence {
        url: Some(url.into()),
        redirected_from: None,
        origin: None,
        status: evidence,
        meaning,
    })
}

fn fault(reason: &str, status: Option<u16>) -> Option<Fault> {
    REASONS.into_iter().find_map(|(before, after, scene, in_preflight)| {
        let rest = reason.strip_prefix(before)?;
        let subject = match scene {
            Scene::PreflightStatus => status.filter(is_fault).map(|status| status.to_string()),
            _ if after.is_empty() => None,
            _ => Some(rest.split_once(after)?.0.to_owned()),
        };
        let (scene, subject) = match (scene, subject) {
            // Of a list, and of what is no origin, it says the same.
            (Scene::OriginMismatch, Some(value)) if value.contains([',', ' ']) => {
                (Scene::OriginMultiple, Some(value))
            }
            // It names the one bad element, not the value.
            (Scene::Methods | Scene::Headers, _) => (scene, None),
            other => other,
        };
        let is_missing = scene == Scene::OriginMissing;
        let in_preflight = in_preflight || is_missing && status.is_some_and(is_of_preflight);
        Some(Fault { scene, in_preflight, subject })
    })
}

/// Whether a preflight fails because of this status.
fn is_fault(status: &u16) -> bool {
    !(200..300).contains(status)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_is_known_by_what_it_says() {
        for (before, after, scene, in_preflight) in REASONS {
            let value = if after.is_empty() { "" } else { "x-a" };
            let text = format!(
                "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote \
                 resource at https://api.example/. (Reason: {before}{value}{after}). Status code: 200."
            );
            let sentence = parse(&text).expect("it is known");
            let Meaning::Fault(fault) = sentence.meaning else { panic!("no fault: {text}") };
            assert_eq!((fault.scene, fault.in_preflight), (scene, in_preflight), "{text}");
            assert_eq!(sentence.url.as_deref(), Some("https://api.example/"));
        }
    }
}
