use super::*;

#[track_caller]
fn check(policy: Policy, shown: &[&str], left_out: &[&str]) {
    let cases = Cases::of(&policy, &policy.compile().expect("the policy is valid"));
    let is_shown = |name: &str| cases.shown.iter().any(|case| case.name == name);
    let is_left_out = |name: &str| cases.left_out.iter().any(|(of, _)| *of == name);
    for name in shown {
        assert!(is_shown(name) && !is_left_out(name), "{name} is not shown");
    }
    for name in left_out {
        assert!(!is_shown(name) && is_left_out(name), "{name} is not left out");
    }
}

#[test]
fn a_policy_shows_what_it_lists() {
    let policy = Policy::new().allow_origins(["https://a.example", "http://localhost:*"]);
    let shown = ["a listed origin, prefixed", "any port of a \":*\"", "preflight, method denied"];
    check(policy, &shown, &["a subdomain of a \"*.\""]);
}

#[test]
fn a_look_alike_that_another_entry_allows_is_not_shown() {
    let origins = ["https://a.b.example", "https://*.b.example"];
    let shown = ["a listed origin, suffixed", "the domain of a \"*.\", prefixed"];
    check(Policy::new().allow_origins(origins), &shown, &["a listed origin, prefixed"]);
}

#[test]
fn what_is_always_allowed_shows_no_denial() {
    let policy = Policy::new().allow_any_origin().allow_methods(["*"]).allow_headers(["*"]);
    let left_out = [
        "an origin not listed",
        "preflight, origin denied",
        "preflight, method denied",
        "preflight, header denied",
    ];
    check(policy, &["preflight", "a handler that fails"], &left_out);
}

#[test]
fn a_pattern_shows_no_allowed_origin() {
    let policy = Policy::new().allow_origin_patterns([r"https://pr-[0-9]+\.example"]);
    check(policy, &["no Origin"], &["everything from an allowed origin", "a listed origin"]);
}
