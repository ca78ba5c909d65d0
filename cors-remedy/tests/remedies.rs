//! What remedies keep, what they add, and what they never suggest.

use std::{env, fs};

use cors_browser::{Credentials, Request, Response};
use cors_core::Policy;
use cors_remedy::{Instead, Place, Union, remedy};

fn request() -> Request {
    Request::new("http://localhost:5173", "https://api.example.com/", "PATCH")
        .header("authorization", "x")
        .credentials(Credentials::Include)
}

/// An answer that works for another page.
fn answer() -> Response {
    Response::new(
        204,
        [
            ("access-control-allow-origin", "https://app.example.com"),
            ("access-control-allow-credentials", "true"),
            ("access-control-allow-methods", "GET, PUT"),
            ("access-control-allow-headers", "Content-Type"),
            ("access-control-expose-headers", "ETag"),
            ("access-control-max-age", "60"),
        ],
    )
}

fn union() -> Policy {
    Union::of(&request(), Some(&answer()), None).expect("a policy helps").policy
}

#[test]
fn a_remedy_keeps_what_worked_and_adds_what_is_missing() {
    let expected = Policy::new()
        .allow_origins(["https://app.example.com", "http://localhost:5173"])
        .allow_methods(["PUT", "PATCH"])
        .allow_headers(["content-type", "authorization"])
        .expose_headers(["etag"])
        .allow_credentials(true)
        .max_age(60_u64);
    assert_eq!(union(), expected);
}

#[test]
fn every_place_has_every_value() {
    let policy = union();
    for place in Place::ALL {
        let remedy = remedy(*place, &policy);
        assert!(!remedy.position.is_empty() && remedy.text.ends_with('\n'), "{place}");
        // Dev servers' proxies need no policy.
        if [Place::Vite, Place::Webpack].contains(place) {
            continue;
        }
        let text = remedy.text.replace('\\', "").to_lowercase();
        let values = ["https://app.example.com", "http://localhost:5173", "put", "etag", "60"];
        for value in values.into_iter().chain(["authorization", "content-type"]) {
            assert!(text.contains(value), "{place}: no {value} in\n{}", remedy.text);
        }
        let is_patch = text.contains("patch") || *place == Place::S3;
        assert!(is_patch, "{place}: no PATCH in\n{}", remedy.text);
    }
}

#[test]
fn a_star_stays_where_no_credentials_are_needed() {
    let star = Response::new(
        200,
        [("access-control-allow-origin", "*"), ("access-control-allow-headers", "*")],
    );
    let request = Request::new("https://a.example", "https://api.example.com/", "PUT");
    let union = Union::of(&request, Some(&star), None).expect("a policy helps");
    let expected = Policy::new().allow_any_origin().allow_methods(["PUT"]).allow_headers(["*"]);
    assert_eq!(union.policy, expected);
    let request = request.credentials(Credentials::Include);
    let union = Union::of(&request, Some(&star), None).expect("a policy helps");
    assert_eq!(union.policy.allow_origins, ["https://a.example"]);
    assert_eq!(union.notes.len(), 1, "{:?}", union.notes);
}

#[track_caller]
fn instead(request: Request, preflight: Option<Response>, message: &str) {
    let instead = Union::of(&request, preflight.as_ref(), None).expect_err("no policy helps");
    assert_eq!(instead.to_string(), message);
}

#[test]
fn no_policy_is_suggested_where_something_else_has_to_change() {
    let of = |origin: &str, method: &str| Request::new(origin, "https://api.example.com/", method);
    assert_eq!(
        Union::of(&of("null", "GET"), None, None),
        Err(Instead::NullOrigin),
        "any sandboxed page has it"
    );
    instead(
        of("https://a.example", "patch"),
        None,
        "methods are case-sensitive: write \"PATCH\" in the script, not \"patch\"",
    );
    instead(
        of("https://a.example", "PUT"),
        Some(Response::new(301, [("location", "https://api.example.com/items/")])),
        "the server redirects the preflight, which browsers do not follow: request https://api.example.com/items/ in the script, or answer OPTIONS before the redirect",
    );
}

#[test]
fn names_are_unique_and_read_again() {
    for place in Place::ALL {
        assert_eq!(Place::from_name(place.name()), Some(*place));
    }
    assert_eq!(Place::from_name("iis"), None);
}

/// The programs in the examples serve this file, and `cargo xtask servers` requests them.
/// `BLESS=1 cargo test -p cors-remedy --test remedies` writes it.
#[test]
fn the_pasted_remedy_of_each_framework_is_what_is_printed() {
    let answer = Response::new(200, [("access-control-allow-origin", "https://app.example.com")]);
    let union = Union::of(&request(), None, Some(&answer)).expect("a policy helps");
    let mut count = 0;
    for place in Place::ALL {
        let path =
            format!("{}/../examples/{}/src/pasted.rs", env!("CARGO_MANIFEST_DIR"), place.name());
        let text = remedy(*place, &union.policy).text;
        let is_ours = text.starts_with("// Cargo.toml: cors-adapters");
        if is_ours && env::var_os("BLESS").is_some() {
            fs::write(&path, &text).expect("the file can be written");
        }
        if is_ours {
            assert_eq!(text, fs::read_to_string(&path).expect("the example is there"), "{place}");
            count += 1;
        }
    }
    assert_eq!(count, 8);
}
