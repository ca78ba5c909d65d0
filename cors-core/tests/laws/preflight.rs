//! The check of `Access-Control-Request-Headers` does what its naive twin does, up to its budget
//! and beyond.

use cors_core::{Cors, Denial, Policy, Verdict, plain::Request};
use proptest::{
    collection::vec,
    prelude::{Just, Strategy, prop_oneof, proptest},
    sample::{select, subsequence},
};

use crate::{strategy, support::preflight};

const NAMES: [&str; 6] = ["authorization", "content-type", "X-A", "x-a", "x-a-b", "x-b"];

/// Lines of elements that are names, or nearly, between white space.
fn lines() -> impl Strategy<Value = Vec<String>> {
    let name = prop_oneof![
        6 => select(&NAMES[..]),
        1 => select(&["x", "x-c", "X-a-B", "x a", "x-a\0", "\u{e9}"][..]),
        3 => Just(""),
    ];
    let space = || select(&["", "", "", " ", "\t ", "   "][..]);
    let element =
        (space(), name, space()).prop_map(|(before, name, after)| format!("{before}{name}{after}"));
    vec(vec(element, 0..5).prop_map(|elements| elements.join(",")), 0..4)
}

#[track_caller]
fn check(allowed: &[&str], lines: &[String]) {
    let policy = Policy::new().allow_origins(["https://a"]).allow_headers(allowed.iter().copied());
    let cors: Cors = policy.compile().expect("a valid policy");
    let mut request = Request::new(
        "OPTIONS",
        [("origin", "https://a"), ("access-control-request-method", "GET")],
    );
    for line in lines {
        let line = line.clone().into_bytes();
        request.headers.push(("access-control-request-headers".into(), line));
    }
    let lines: Vec<_> = lines.iter().map(String::as_bytes).collect();
    let expected = if preflight::allows_headers(&policy, &lines) {
        Verdict::Allow
    } else {
        Verdict::Deny(Denial::Header)
    };
    assert_eq!(cors.decide(&request).verdict(), expected, "{policy:?} {request:?}");
}

proptest! {
    #![proptest_config(strategy::cases(3000))]

    #[test]
    fn a_list_passes_if_each_name_is_allowed(
        allowed in subsequence(&NAMES[..], 0..=NAMES.len()),
        lines in lines(),
    ) {
        check(&allowed, &lines);
    }

    #[test]
    fn beyond_the_budget_nothing_passes(
        allowed in subsequence(&NAMES[..], 0..=NAMES.len()),
        filler in select(&[",", " ", ", "][..]),
        len in 60_usize..140,
    ) {
        let line = filler.repeat(len);
        check(&allowed, &[line[..len].into()]);
        check(&allowed, &[line, allowed.join(",")]);
        check(&allowed, &vec![String::new(); len]);
    }
}
