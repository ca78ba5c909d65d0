//! Files that Chrome, Firefox and Playwright have saved of the same pages.

use std::collections::HashMap;

use cors_browser::Profile;
use cors_explain::{
    Outcome,
    har::{Har, Options},
};
use serde_json::Value;

const CHROME: &str = include_str!("data/devtools.har");
const FIREFOX: &str = include_str!("data/firefox.har");
const PLAYWRIGHT: &str = include_str!("data/playwright.har");

fn outcomes(text: &str, profile: Profile) -> Vec<(String, String, Outcome)> {
    let har = Har::read(text.as_bytes()).expect("a HAR file");
    let reports = har.reports(&Options { profile, ..Options::default() });
    let of = reports.into_iter().map(|report| {
        let outcome = match report.outcome() {
            Outcome::AllowedBut => Outcome::Allowed,
            outcome => outcome,
        };
        (report.request.method, report.request.url, outcome)
    });
    of.collect()
}

/// The entries of a file: method, URL, status and error.
fn entries(text: &str) -> Vec<(String, String, i64, Option<String>)> {
    let har: Value = serde_json::from_str(text).expect("JSON");
    let entries = har["log"]["entries"].as_array().expect("entries").iter();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let error = |entry: &Value| {
        let response = &entry["response"];
        let errors = [&response["_error"], &response["_failureText"]];
        errors.into_iter().find_map(Value::as_str).map(str::to_owned)
    };
    let status = |entry: &Value| entry["response"]["status"].as_i64().expect("a status");
    let of = entries.map(|entry| {
        let request = &entry["request"];
        (text(&request["method"]), text(&request["url"]), status(entry), error(entry))
    });
    of.filter(|(method, url, ..)| {
        method != "OPTIONS" && !url.starts_with("http://localhost:23400/")
    })
    .collect()
}

fn counts(outcomes: &[(String, String, Outcome)]) -> [usize; 3] {
    [Outcome::Allowed, Outcome::Blocked, Outcome::Unknown]
        .map(|outcome| outcomes.iter().filter(|(.., found)| *found == outcome).count())
}

#[test]
fn what_chrome_failed_is_never_allowed_and_nothing_is_left_out() {
    let (found, entries) = (outcomes(CHROME, Profile::Chromium), entries(CHROME));
    assert_eq!(found.len(), entries.len());
    for ((method, url, outcome), (_, _, status, error)) in found.iter().zip(&entries) {
        let expected = match error.as_deref() {
            Some("net::ERR_FAILED") => Outcome::Blocked,
            Some(_) => Outcome::Unknown,
            // The other end of the redirect is not in the file.
            None if (300..400).contains(status) => Outcome::Unknown,
            None => Outcome::Allowed,
        };
        assert_eq!(*outcome, expected, "{method} {url}");
    }
    assert_eq!(counts(&found), [5, 39, 7]);
}

#[test]
fn firefox_agrees_with_chrome_on_the_same_requests() {
    let mut chrome: HashMap<(String, String), Outcome> = HashMap::new();
    for (method, url, outcome) in outcomes(CHROME, Profile::Chromium) {
        chrome.insert((method, url), outcome);
    }
    let found = outcomes(FIREFOX, Profile::Firefox);
    assert_eq!(found.len(), entries(FIREFOX).len());
    let mut wrong = Vec::new();
    for (method, url, outcome) in &found {
        let Some(chrome) = chrome.get(&(method.clone(), url.clone())) else { continue };
        if chrome != outcome {
            wrong.push((method, url, outcome, chrome));
        }
    }
    assert!(wrong.iter().all(|(.., outcome, _)| **outcome != Outcome::Allowed), "{wrong:#?}");
    // One URL answered twice, one answer that is not HTTP, and those that credentials decide.
    assert!(wrong.len() <= 9, "{wrong:#?}");
}

#[test]
fn playwright_says_that_a_request_was_blocked() {
    let (found, entries) = (outcomes(PLAYWRIGHT, Profile::Chromium), entries(PLAYWRIGHT));
    assert_eq!(found.len(), entries.len());
    for ((method, url, outcome), (_, _, status, error)) in found.iter().zip(&entries) {
        match error.as_deref() {
            Some("net::ERR_FAILED") => assert_eq!(*outcome, Outcome::Blocked, "{method} {url}"),
            Some(_) => assert_eq!(*outcome, Outcome::Unknown, "{method} {url}"),
            None if *status < 300 => assert_eq!(*outcome, Outcome::Allowed, "{method} {url}"),
            None => {}
        }
    }
}
