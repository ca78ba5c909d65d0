//! What a browser remembers of preflights.

use std::time::Duration;

use cors_browser::{Cache, Profile, Request};

use crate::{answer, cors, to_api, with_credentials};

const NOW: Duration = Duration::from_secs(1_000_000);

/// Whether a preflight of `first` that was answered with these lines spares one for `second`.
fn spares(
    profile: Profile,
    first: &Request,
    lines: &[(&'static str, &str)],
    second: &Request,
    after: Duration,
) -> bool {
    let (first, second) = (cors(profile, first), cors(profile, second));
    let mut cache = Cache::default();
    assert!(!cache.covers(&first, NOW));
    cache.store(&first, &answer(204, lines), NOW);
    cache.covers(&second, NOW + after)
}

#[track_caller]
fn check(first: &Request, lines: &[(&'static str, &str)], second: &Request, spared: [bool; 4]) {
    let got = Profile::ALL.map(|profile| spares(profile, first, lines, second, Duration::ZERO));
    assert_eq!(got, spared);
}

#[test]
fn what_is_listed_is_kept_though_it_was_not_asked_for() {
    let first = to_api("PUT", &[]);
    let lines = [("acam", "PUT, DELETE"), ("acah", "x-a")];
    check(&first, &lines, &to_api("DELETE", &[("X-A", "1")]), [true; 4]);
    check(&first, &lines, &to_api("GET", &[("x-a", "1")]), [true; 4]);
    check(&first, &lines, &to_api("PATCH", &[]), [false; 4]);
    check(&first, &lines, &to_api("PUT", &[("x-b", "1")]), [false; 4]);
}

#[test]
fn a_star_is_kept_and_covers_all_but_authorization() {
    let (first, star) = (to_api("PUT", &[]), [("acam", "*"), ("acah", "*")]);
    check(&first, &star, &to_api("PATCH", &[("x-a", "1")]), [true; 4]);
    let authorized = to_api("PATCH", &[("authorization", "x")]);
    check(&first, &star, &authorized, [false, true, true, true]);
    let star = [("acam", "*"), ("acah", "*, Authorization")];
    check(&first, &star, &authorized, [true; 4]);
}

#[test]
fn a_star_with_credentials_is_a_name_to_all_but_the_letter_of_the_standard() {
    let first = with_credentials(to_api("PUT", &[]));
    let lines = [("acam", "PUT, *"), ("acah", "*")];
    check(&first, &lines, &with_credentials(to_api("PUT", &[])), [true; 4]);
    let other = with_credentials(to_api("PATCH", &[]));
    check(&first, &lines, &other, [true, false, false, false]);
    let header = with_credentials(to_api("PUT", &[("x-a", "1")]));
    check(&first, &lines, &header, [true, false, false, false]);
}

#[test]
fn with_credentials_covers_without_and_not_the_other_way_round() {
    let (without, lines) = (to_api("PUT", &[]), [("acam", "PUT")]);
    let with = with_credentials(without.clone());
    check(&with, &lines, &without, [true; 4]);
    check(&without, &lines, &with, [false; 4]);
}

#[test]
fn another_origin_or_url_is_asked_again() {
    let first = to_api("PUT", &[]);
    let lines = [("acam", "PUT")];
    check(&first, &lines, &Request::new("https://b.example", &*first.url, "PUT"), [false; 4]);
    check(&first, &lines, &Request::new("null", &*first.url, "PUT"), [false; 4]);
    let other = format!("{}?", first.url);
    check(&first, &lines, &Request::new(&*first.origin, other, "PUT"), [false; 4]);
}

#[test]
fn a_flag_alone_is_asked_about_again_unless_the_method_was_kept() {
    let listened = Request { upload_listener: true, ..to_api("POST", &[]) };
    check(&listened, &[], &listened, [true; 4]);
    check(&to_api("PUT", &[]), &[("acam", "PUT")], &listened, [false; 4]);
}

#[test]
fn an_entry_ends_when_it_says_or_when_the_browser_likes() {
    let request = to_api("PUT", &[]);
    let lines = [("acam", "PUT"), ("acma", "100000")];
    for (seconds, spared) in [
        (599, [true, true, true, true]),
        (600, [true, true, true, false]),
        (7200, [true, false, true, false]),
        (86_400, [true, false, false, false]),
        (100_000, [false; 4]),
    ] {
        let after = Duration::from_secs(seconds);
        let got = Profile::ALL.map(|profile| spares(profile, &request, &lines, &request, after));
        assert_eq!(got, spared, "{seconds}");
    }
}

#[test]
fn a_later_answer_replaces_an_earlier_one() {
    let request = cors(Profile::Fetch, &to_api("PUT", &[]));
    let mut cache = Cache::default();
    cache.store(&request, &answer(204, &[("acam", "PUT"), ("acma", "60")]), NOW);
    cache.store(&request, &answer(204, &[("acam", "PUT"), ("acma", "0")]), NOW);
    assert!(!cache.covers(&request, NOW));
}

#[test]
fn the_oldest_entry_goes_first() {
    let names: Vec<_> = (0..2000).map(|n| format!("M{n}")).collect();
    let request = cors(Profile::Fetch, &to_api("M0", &[]));
    let mut cache = Cache::default();
    cache.store(&request, &answer(204, &[("acam", "M0")]), NOW);
    assert!(cache.covers(&request, NOW));
    cache.store(&request, &answer(204, &[("acam", &names[1..].join(","))]), NOW);
    assert!(!cache.covers(&request, NOW));
    assert!(cache.covers(&cors(Profile::Fetch, &to_api("M1024", &[])), NOW));
}
