//! The messages in a text that may be a whole console.

use super::{Meaning, Sentence, chromium, firefox, neighbor, webkit};

/// The beginnings of messages that may follow another one without a line break.
const STARTS: [&str; 2] = ["Access to ", "Cross-Origin Request Blocked: "];

/// The most lines over which a message may be wrapped.
const WRAPPED: usize = 8;

/// The sentences of a text in their order, each once. Of several about one failure, the one that
/// says why.
pub(super) fn sentences(text: &str) -> Vec<Sentence> {
    let text = text.replace(['\u{2018}', '\u{2019}'], "'").replace(['\u{201c}', '\u{201d}'], "\"");
    let lines: Vec<String> = text.lines().flat_map(pieces).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let parsed = (at + 1..=lines.len().min(at + WRAPPED)).find_map(|end| {
            let joined = lines[at..end].join(" ");
            // A message that is whole without its first line does not begin there.
            let begins = end == at + 1 || parse(&lines[at + 1..end].join(" ")).is_none();
            parse(&joined).filter(|_| begins).map(|sentence| (sentence, end))
        });
        match parsed {
            Some((sentence, end)) => {
                found.push(sentence);
                at = end;
            }
            None => at += 1,
        }
    }
    distinct(found)
}

/// A line, cut where a message begins, with single spaces.
fn pieces(line: &str) -> Vec<String> {
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut cuts: Vec<usize> = STARTS
        .iter()
        .flat_map(|start| line.match_indices(start).map(|(at, _)| at))
        .filter(|at| *at > 0)
        .collect();
    cuts.sort_unstable();
    let mut pieces = Vec::new();
    let mut rest = 0;
    for cut in cuts {
        pieces.push(line[rest..cut].to_owned());
        rest = cut;
    }
    pieces.push(line[rest..].to_owned());
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}

fn parse(text: &str) -> Option<Sentence> {
    chromium::parse(text)
        .or_else(|| firefox::parse(text))
        .or_else(|| webkit::parse(text))
        .or_else(|| neighbor::parse(text))
}

/// Drops repeated sentences, and those that only repeat that a request failed.
fn distinct(found: Vec<Sentence>) -> Vec<Sentence> {
    let mut kept: Vec<Sentence> = Vec::new();
    let mut followers = Vec::new();
    for sentence in found {
        match sentence.meaning {
            Meaning::Other { follows: true, .. } => followers.push(sentence),
            _ => kept.push(sentence),
        }
    }
    // Safari names the URL only in the line that follows.
    let mut urls = followers.iter().filter_map(|follower| follower.url.clone());
    for sentence in kept.iter_mut().filter(|sentence| sentence.url.is_none()) {
        sentence.url = urls.next();
    }
    if kept.is_empty() {
        kept = followers;
    }
    let mut seen = Vec::new();
    kept.retain(|sentence| {
        let key = format!("{:?}", (&sentence.url, &sentence.origin, &sentence.meaning));
        let is_new = !seen.contains(&key);
        seen.push(key);
        is_new
    });
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    const MISSING: &str =
        "No 'Access-Control-Allow-Origin' header is present on the requested resource.";

    fn access(url: &str) -> String {
        format!(
            "Access to fetch at '{url}' from origin 'https://app.example' has been blocked by CORS policy: {MISSING}"
        )
    }

    #[test]
    fn a_whole_console_is_one_sentence_each() {
        let (a, b) = (access("https://a.example/"), access("https://b.example/"));
        let console = format!(
            "app.js:3 loaded\n{a}\nGET https://a.example/ net::ERR_FAILED 200 (OK)\n{b}\n{a}\nUncaught TypeError: Failed to fetch\n"
        );
        let urls: Vec<_> = sentences(&console).into_iter().map(|found| found.url).collect();
        assert_eq!(
            urls,
            ["https://a.example/", "https://b.example/"].map(|url| Some(url.to_owned()))
        );
        assert_eq!(sentences(&format!("{a} {b}")).len(), 2);
    }

    #[test]
    fn a_wrapped_sentence_is_one() {
        let wrapped = access("https://a.example/").replace(" has been", "\n  has been");
        assert_eq!(sentences(&format!("noise\n{wrapped}\nnoise")).len(), 1);
    }

    #[test]
    fn the_true_line_of_firefox_is_taken() {
        let of = |reason: &str| {
            format!(
                "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://a.example/. (Reason: {reason})."
            )
        };
        let both = format!(
            "{} Status code: 405.\n{} Status code: (null).",
            of("CORS header 'Access-Control-Allow-Origin' missing"),
            of("CORS request did not succeed"),
        );
        let [sentence] = &sentences(&both)[..] else { panic!("one sentence") };
        let Meaning::Fault(fault) = &sentence.meaning else { panic!("{sentence:?}") };
        assert!(fault.in_preflight);
    }

    #[test]
    fn the_line_that_follows_in_safari_names_the_url() {
        let both = "Origin https://app.example is not allowed by Access-Control-Allow-Origin. Status code: 200\n\
                    Fetch API cannot load https://a.example/ due to access control checks.";
        let [sentence] = &sentences(both)[..] else { panic!("one sentence") };
        assert_eq!(sentence.url.as_deref(), Some("https://a.example/"));
        assert_eq!(sentence.origin.as_deref(), Some("https://app.example"));
    }
}
