//! Policies by path, as regular expressions on the path as it was sent.

use cors_core::Resources;

use crate::{Cause, Mistake, regex::literal};

/// The paths of several policies.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Paths {
    /// A path with one reading: any other is closed.
    pub(crate) plain: String,
    /// The entries, the closest first: each with a regular expression for its paths as written, and
    /// for the same in any case, which are closed.
    pub(crate) entries: Vec<PathEntry>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct PathEntry {
    pub(crate) regex: String,
    /// Nothing where the path has no letter, or is every path.
    pub(crate) in_any_case: Option<String>,
    /// The class of requests to it: a number from 1, for 0 is closed.
    pub(crate) class: usize,
}

impl Paths {
    pub(crate) fn of(resources: &Resources, mistakes: &mut Vec<Mistake>) -> Self {
        let mut entries: Vec<(usize, bool, PathEntry)> = Vec::new();
        for (at, (path, _)) in resources.iter().enumerate() {
            let (path, below) = match path.strip_suffix('*') {
                Some(path) => (path.trim_end_matches('/'), true),
                None => (path.trim_end_matches('/'), false),
            };
            if !path.chars().all(is_sent_as_written) {
                mistakes.push(Mistake::new(Cause::PathPattern, path));
            }
            let regex = match (path, below) {
                ("", true) => ".*".into(),
                (path, true) => format!("{}/.*", literal(path)),
                ("", false) => "/".into(),
                (path, false) => literal(path),
            };
            let has_case = path.contains(|letter: char| letter.is_ascii_alphabetic());
            let in_any_case = has_case.then(|| format!("(?i:{regex})"));
            let depth = path.matches('/').count();
            // Some servers drop a slash at the end, so that it leads to another entry.
            if !path.is_empty() {
                let slash = format!("(?i:{}/)", literal(path));
                let closed = PathEntry { regex: slash, in_any_case: None, class: 0 };
                entries.push((depth, false, closed));
            }
            entries.push((depth, below, PathEntry { regex, in_any_case, class: at + 1 }));
        }
        // The deepest first, and of one depth the path itself before what is below it. What is below
        // `/a` is as deep as `/a/b`, and wider.
        entries.sort_by_key(|(depth, below, _)| (std::cmp::Reverse(*depth), *below));
        let entries = entries.into_iter().map(|(.., entry)| entry).collect();
        Self { plain: PLAIN.into(), entries }
    }
}

fn is_sent_as_written(character: char) -> bool {
    character.is_ascii_alphanumeric() || "/-._~".contains(character)
}

/// A path that every reader reads alike: segments of letters, digits and a few more, with dots inside
/// only. Escapes, parameters, spaces and marks of file systems all have a second reading somewhere.
const PLAIN: &str = "/(?:[A-Za-z0-9_@,=-]+(?:[.]+[A-Za-z0-9_@,=-]+)*(?:/[A-Za-z0-9_@,=-]+(?:[.]+[A-Za-z0-9_@,=-]+)*)*/?)?";

#[cfg(test)]
mod tests {
    use cors_core::{Cors, Policy, Verdict, plain::Request};
    use regex_automata::{Anchored, Input, meta::Regex};

    use super::*;

    fn matches(regex: &str, path: &str) -> bool {
        let regex = Regex::new(&format!("^(?:{regex})$")).expect(regex);
        regex.is_match(Input::new(path).anchored(Anchored::Yes))
    }

    /// The class of a path, by the regular expressions alone.
    fn class(paths: &Paths, path: &str) -> Option<usize> {
        if !matches(&paths.plain, path) {
            return Some(0);
        }
        paths.entries.iter().find_map(|entry| {
            let in_any_case = entry.in_any_case.as_ref();
            match matches(&entry.regex, path) {
                true => Some(entry.class),
                false => in_any_case.filter(|regex| matches(regex, path)).map(|_| 0),
            }
        })
    }

    #[test]
    fn a_path_has_the_engines_policy_or_none_at_all() {
        let origin = |at: usize| format!("https://{at}.example");
        let written = ["*", "/api", "/api/*", "/api/v1", "/api/v1/x/*", "/Own-All", "/own/*", "/"];
        let resources =
            written.iter().enumerate().fold(Resources::new(), |all, (at, path)| match at {
                6 => all.without(*path),
                at => all.at(*path, Policy::new().allow_origins([origin(at + 1)])),
            });
        let cors: Cors = resources.compile().expect("they compile");
        let paths = Paths::of(&resources, &mut Vec::new());
        let mut exact = 0;
        let sent = [
            "/",
            "/x",
            "/api",
            "/api/",
            "/apis",
            "/api/v1",
            "/api/v1/",
            "/api/v1/x",
            "/api/v1/x/",
            "/api/v1/x/y",
            "/API",
            "/api/V1",
            "/API/x",
            "/Own-All",
            "/own-all",
            "/Own-All/x",
            "/own",
            "/own/x",
            "/OWN/x",
            "/a%20b",
            "/%61pi",
            "/ap%69",
            "/x/../api",
            "/x/./y",
            "//api",
            "/api//v1",
            "/api%2Fv1",
            "/api\\v1",
            "/caf%C3%A9",
            "/%ff",
            "/%zz",
            "/%2561",
            "/.",
            "/..",
            "/...",
            "/.well-known/x",
            "/a.b/c..d",
            "/api/v1/%2e%2e",
            "/x;y",
            "/x%00",
            "/x%7f",
        ];
        for path in sent {
            let found = class(&paths, path);
            for at in 1..=written.len() {
                let request = Request::new("GET", [("origin", origin(at))]).to(path);
                let allowed = cors.decide(&request).verdict() == Verdict::Allow;
                assert!(allowed || found != Some(at) || at == 7, "{path}: {found:?} is laxer");
                exact += usize::from(allowed && found == Some(at));
            }
        }
        assert!(exact >= 11, "{exact} of {} allow whom the engine allows", sent.len());
    }
}
