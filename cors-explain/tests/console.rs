//! The messages in `data/console.jsonl`, which Chromium 156, Firefox 153 and WebKitGTK 2.50 wrote, each
//! with the fault that the response really had.

use cors_explain::console::{Known, Message, explain};
use serde_json::Value;

/// Messages that say less than the response showed, and the fault that they say.
const SAYS_LESS: [(&str, &str, &str); 10] = [
    // The redirect is what the browser says, and a redirect mostly has no CORS headers either.
    ("chromium", "n05", "preflight.redirect"),
    ("webkit", "n05", "preflight.redirect"),
    ("webkit", "f02", "preflight.status"),
    // In browsers, "*" covers Authorization.
    ("chromium", "n12", "preflight.header.not-allowed"),
    ("firefox", "n12", "preflight.header.not-allowed"),
    ("webkit", "n12", "preflight.header.not-allowed"),
    // Its second line, without the first.
    ("firefox", "n04", "actual.no-response"),
    ("webkit", "n01", "access-control"),
    // The status does not say whether the preflight had it, or the request.
    ("firefox", "n05", "actual.acao.missing"),
    ("firefox", "n27", "actual.acao.missing"),
];

#[test]
fn every_message_is_explained() {
    let mut wrong = Vec::new();
    let mut messages = 0;
    for line in include_str!("data/console.jsonl").lines() {
        let row: Value = serde_json::from_str(line).expect("a line of JSON");
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        let (sentence, fault) = (text("sentence"), text("fault"));
        let found = explain(&sentence, &Known::default());
        let code = match found.as_deref() {
            Ok([Message::Fault(found)]) => found.reason.code(),
            Ok([Message::Other(found)]) => found.slug,
            _ => "not explained",
        };
        let known = SAYS_LESS
            .iter()
            .find(|(engine, set_up, _)| *engine == text("engine") && *set_up == text("set_up"));
        let expected = known.map_or(fault.as_str(), |(_, _, code)| code);
        if code == "not explained" || !expected.is_empty() && code != expected {
            wrong.push(format!(
                "(\"{}\", \"{}\", \"{code}\") {expected} {sentence}",
                text("engine"),
                text("set_up")
            ));
        }
        messages += 1;
    }
    assert_eq!(messages, 71);
    assert!(wrong.is_empty(), "{wrong:#?}");
}
