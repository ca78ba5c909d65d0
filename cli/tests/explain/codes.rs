//! The browsers' words in docs/codes.md, compared with recordings of Chromium 156, Firefox 153 and
//! WebKitGTK 2.50.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

const PAGE: &str = include_str!("../../../docs/codes.md");

/// The recordings: messages, and scenarios with the messages of each engine.
const MESSAGES: &str = include_str!("../../../cors-explain/tests/data/console.jsonl");
const SCENARIOS: &str = include_str!("../../../cors-browser/tests/cases/engines.jsonl");

/// Words that no recording has: from the browsers' own lists of messages.
const UNRECORDED: [(&str, &str); 25] = [
    ("Chrome", "Cross origin requests are only supported for protocol schemes: ..."),
    ("Chrome", "ERR_ABORTED"),
    ("Chrome", "ERR_BLOCKED_BY_CLIENT"),
    ("Chrome", "ERR_BLOCKED_BY_ORB"),
    ("Chrome", "Failed to fetch"),
    ("Chrome", "Failed to load resource: the server responded with a status of 500"),
    ("Chrome", "Mixed Content: ..."),
    ("Chrome", "net::ERR_TOO_MANY_REDIRECTS"),
    ("Firefox", "Blocked loading mixed active content"),
    ("Firefox", "CORS disabled"),
    ("Firefox", "CORS header 'Origin' cannot be added"),
    ("Firefox", "CORS request external redirect not allowed"),
    (
        "Firefox",
        "Cross-Origin Request Warning: The Same Origin Policy will disallow reading the remote resource at ... soon",
    ),
    ("Firefox", "Loading failed for the <script>"),
    ("Firefox", "NS_BINDING_ABORTED"),
    ("Firefox", "NetworkError when attempting to fetch resource"),
    ("Firefox", "OpaqueResponseBlocking"),
    ("Firefox", "SEC_ERROR_..."),
    (
        "Firefox",
        "has been rejected because it is in a cross-site context and its \"SameSite\" is \"Lax\" or \"Strict\"",
    ),
    ("Safari", "Could not connect to the server"),
    ("Safari", "Cross-origin script load denied"),
    ("Safari", "Load failed"),
    ("Safari", "Request header field x-a is not allowed by Access-Control-Allow-Headers"),
    ("Safari", "URL is either a non-HTTP URL or contains credentials"),
    ("Safari", "was not allowed to load insecure content"),
];

/// The messages of each browser.
fn recorded() -> HashMap<&'static str, Vec<String>> {
    let mut recorded: HashMap<_, Vec<_>> = HashMap::new();
    let browser = |engine: &str| match engine {
        "chromium" => "Chrome",
        "firefox" => "Firefox",
        _ => "Safari",
    };
    let rows = |text: &'static str| {
        text.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line of JSON"))
    };
    for row in rows(MESSAGES) {
        let [engine, sentence] = ["engine", "sentence"].map(|key| row[key].as_str().expect(key));
        recorded.entry(browser(engine)).or_default().push(plain(sentence));
    }
    for row in rows(SCENARIOS) {
        for (engine, seen) in row["seen"].as_object().into_iter().flatten() {
            let console = seen["console"].as_array().into_iter().flatten();
            let console = console.filter_map(Value::as_str).map(plain);
            recorded.entry(browser(engine)).or_default().extend(console);
        }
    }
    recorded
}

fn plain(text: &str) -> String {
    text.replace(['\u{2018}', '\u{2019}'], "'").replace(['\u{201c}', '\u{201d}'], "\"")
}

/// Whether a message has these words, where `...` is any text.
fn has(message: &str, words: &str) -> bool {
    let mut rest = message;
    words.split("...").all(|part| match rest.find(part) {
        Some(at) => {
            rest = &rest[at + part.len()..];
            true
        }
        None => false,
    })
}

/// The browser and the words of each `Browser: \`words\`` on the page.
fn quoted() -> Vec<(&'static str, String)> {
    let mut quoted = Vec::new();
    for part in PAGE.split("**Browsers.**").skip(1) {
        let paragraph = part.split("\n\n").next().unwrap_or_default();
        let paragraph = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
        for browser in ["Chrome", "Firefox", "Safari"] {
            for (at, start) in paragraph.match_indices(&format!("{browser}: `")) {
                let words = paragraph[at + start.len()..].split('`').next().unwrap_or_default();
                quoted.push((browser, words.to_owned()));
            }
        }
    }
    quoted
}

#[test]
fn browsers_say_what_the_page_says() {
    let (recorded, quoted) = (recorded(), quoted());
    assert!(quoted.len() > 60, "{} are few", quoted.len());
    let is_recorded =
        |browser: &str, words: &str| recorded[browser].iter().any(|message| has(message, words));
    let unrecorded: HashSet<(&str, &str)> = quoted
        .iter()
        .map(|(browser, words)| (*browser, words.as_str()))
        .filter(|(browser, words)| !is_recorded(browser, words))
        .collect();
    assert_eq!(unrecorded, HashSet::from(UNRECORDED));
}
