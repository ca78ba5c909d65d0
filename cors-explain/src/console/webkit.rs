//! Safari's messages, in the words of WebKit's `CrossOriginAccessControl.cpp`. Most do not name a URL.

use super::{Fault, Meaning, Scene, Sentence, status};

/// The text before the subject and after it; whether it is about a preflight.
const FAULTS: [(&str, &str, Scene, bool); 9] = [
    (
        "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true",
        "",
        Scene::OriginStar,
        false,
    ),
    (
        "Access-Control-Allow-Origin cannot contain more than one origin",
        "",
        Scene::OriginMultiple,
        false,
    ),
    (
        "Credentials flag is true, but Access-Control-Allow-Credentials is not \"true\"",
        "",
        Scene::Credentials,
        false,
    ),
    ("Preflight response is not successful", "", Scene::PreflightStatus, true),
    ("Method ", " is not allowed by Access-Control-Allow-Methods", Scene::Method, true),
    (
        "Request header field ",
        " is not allowed by Access-Control-Allow-Headers",
        Scene::Header,
        true,
    ),
    ("Cannot parse Access-Control-Allow-Methods response header field", "", Scene::Methods, true),
    ("Cannot parse Access-Control-Allow-Headers response header field", "", Scene::Headers, true),
    ("Origin ", " is not allowed by Access-Control-Allow-Origin", Scene::OriginMissing, false),
];

/// The text around the URL of the line that follows a fault.
const FOLLOWS: (&str, &str) = (" cannot load ", " due to access control checks");

const REDIRECTION: (&str, &str) =
    ("Cross-origin redirection to ", " denied by Cross-Origin Resource Sharing policy: ");

/// The code of the line that Safari writes after the reason.
pub(super) const FOLLOWING: &str = "access-control";

/// A message at the beginning of the text, after what a console writes before it.
pub(super) fn parse(text: &str) -> Option<Sentence> {
    let text = text.trim_start_matches("[Error] ").trim_start_matches("Error: ");
    if let Some((url, _)) = text
        .split_once(FOLLOWS.0)
        .and_then(|(_, rest)| rest.split_once(FOLLOWS.1))
        .filter(|(url, _)| !url.contains(' '))
    {
        return Some(Sentence {
            url: Some(url.to_owned()),
            redirected_from: None,
            origin: None,
            status: None,
            meaning: Meaning::Other {
                slug: FOLLOWING,
                message: "Safari blocked the response for the reason in the line before this one, which \
                          begins with \"Origin\", \"Preflight\" or similar: paste that line as well, or \
                          run `cors explain URL`"
                    .to_owned(),
                follows: true,
            },
        });
    }
    let redirection = text.strip_prefix(REDIRECTION.0);
    let (url, text) = match redirection.and_then(|rest| rest.split_once(REDIRECTION.1)) {
        Some((url, reason)) => (Some(url.to_owned()), reason),
        None => (None, text),
    };
    let status = number_after(text, "Status code: ");
    if text.starts_with("URL is either a non-HTTP URL or contains credentials") {
        let fault = Fault { scene: Scene::RedirectCredentials, in_preflight: false, subject: None };
        return Some(sentence(url, None, status, fault));
    }
    FAULTS.into_iter().find_map(|(before, after, scene, in_preflight)| {
        let rest = text.strip_prefix(before)?;
        let subject = match after {
            "" => None,
            after => Some(rest.split_once(after)?.0).filter(|subject| !subject.contains(' ')),
        };
        if !after.is_empty() && subject.is_none() {
            return None;
        }
        let (scene, in_preflight, subject, origin) = match scene {
            // One sentence for a missing origin and for another one.
            Scene::OriginMissing => {
                let in_preflight = status.is_some_and(status::is_of_preflight);
                (scene, in_preflight, None, subject.map(str::to_owned))
            }
            Scene::PreflightStatus if status.is_some_and(is_redirect) => {
                (Scene::PreflightRedirect, true, None, None)
            }
            Scene::PreflightStatus => {
                let status = status.filter(|status| !(200..300).contains(status));
                (scene, true, status.map(|status| status.to_string()), None)
            }
            // It does not accept what it lists itself, in another case.
            Scene::Header => (scene, true, subject.map(str::to_ascii_lowercase), None),
            _ => (scene, in_preflight, subject.map(str::to_owned), None),
        };
        Some(sentence(url.clone(), origin, status, Fault { scene, in_preflight, subject }))
    })
}

fn sentence(
    url: Option<String>,
    origin: Option<String>,
    status: Option<u16>,
    fault: Fault,
) -> Sentence {
    Sentence { url, redirected_from: None, origin, status, meaning: Meaning::Fault(fault) }
}

fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// The number after these words.
pub(super) fn number_after(text: &str, words: &str) -> Option<u16> {
    let (_, rest) = text.split_once(words)?;
    let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    rest[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_is_known_by_what_it_says() {
        for (before, after, scene, in_preflight) in FAULTS {
            let value = if after.is_empty() { "" } else { "x-a" };
            let text = format!("{before}{value}{after}.");
            let sentence = parse(&text).expect("it is known");
            let Meaning::Fault(fault) = sentence.meaning else { panic!("no fault: {text}") };
            assert_eq!((fault.scene, fault.in_preflight), (scene, in_preflight), "{text}");
        }
    }

    #[test]
    fn a_redirected_preflight_is_told_by_its_status() {
        let sentence = parse("Preflight response is not successful. Status code: 308");
        let Some(Meaning::Fault(fault)) = sentence.map(|sentence| sentence.meaning) else {
            panic!("it is a fault")
        };
        assert_eq!(fault.scene, Scene::PreflightRedirect);
    }
}
