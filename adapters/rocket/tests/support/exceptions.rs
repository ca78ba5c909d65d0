//! What rocket does that no fairing can change, and the cases that show it.

use cors_conformance::Exception;

const NO_405: &str = "rocket has no 405: it answers 404, with the same headers";
const METHODS: &str = "rocket answers a method that it does not know by itself, without fairings";
const UTF_8: &str = "rocket drops lines that are not UTF-8, so that a fairing sees no preflight";
const OUTER: &str =
    "of two fairings on one path, the outer one calls its predicate for preflights alone";

const COPIES: &str = "rocket has no extensions of a response that could be dropped: a copied head is the inner one's";

const CASES: &[(&str, &str)] = &[
    ("between/any around listed, a friend, and it copies the head", COPIES),
    ("between/any around listed, not CORS, and it copies the head", COPIES),
    ("composition/another method, allowed", NO_405),
    ("composition/another method, any", NO_405),
    ("not-cors/another method under any", NO_405),
    ("not-cors/another method under listed", NO_405),
    ("vary/another method, denied", NO_405),
    ("actual/PURGE allowed", METHODS),
    ("hostile/Options in mixed case, any", METHODS),
    ("hostile/options in lower case", METHODS),
    ("hostile/options in lower case, denied", METHODS),
    ("not-cors/a method of nobody's", METHODS),
    ("hostile/a request method with a byte beyond ASCII", UTF_8),
    ("hostile/a request method with a byte beyond ASCII, echoed", UTF_8),
    ("hostile/an origin with a byte beyond ASCII, preflight", UTF_8),
    ("hostile/hostile in everything, denied origin", UTF_8),
    ("predicates/predicate around any, failed", OUTER),
    ("predicates/predicate around listed, varies", OUTER),
];

/// The exceptions of the adapter with this name.
pub(crate) fn of(adapter: &str) -> impl Iterator<Item = Exception> {
    CASES.iter().map(move |(case, reason)| {
        // The suite keeps the name for as long as it runs.
        Exception { test: format!("{adapter}::{case}").leak(), reason }
    })
}
