//! Which policy stands for a path, and that no spelling of a path gets around it.

use cors_core::{Cors, Policy, Resources, Verdict, plain::Request};

/// A policy whose number is told by the origins that it allows.
fn policy(number: usize) -> Policy {
    Policy::new().allow_origins([format!("https://p{number}.example")])
}

/// What stands for a path: the policy's number, none, or that it is refused.
fn found(cors: &Cors, path: &[u8]) -> String {
    let request = Request::new("GET", [("origin", "https://a.example")]).to(path);
    match cors.decide(&request).verdict() {
        Verdict::NoPolicy => "none".into(),
        Verdict::Deny(denial @ cors_core::Denial::Path) => format!("{denial:?}").to_lowercase(),
        _ => {
            let policy = cors.policy_for(&request).expect("it decided");
            policy.allow_origins[0].trim_start_matches("https://").replace(".example", "")
        }
    }
}

/// An application with a strict part in a lax one, and the other way round.
fn cors() -> Cors {
    let resources = Resources::new()
        .at("*", policy(0))
        .at("/api/*", policy(1))
        .at("/api/public/*", policy(2))
        .at("/api/public/Users", policy(3))
        .without("/health")
        .at("/caf\u{e9} bar/*", policy(4))
        .at("/a+b", policy(5))
        .at("/again/*", policy(1));
    resources.compile().expect("valid paths")
}

#[track_caller]
fn check(path: &str, wanted: &str) {
    assert_eq!(found(&cors(), path.as_bytes()), wanted, "{path}");
}

#[test]
fn the_closest_path_decides() {
    check("/", "p0");
    check("", "p0");
    check("/index.html", "p0");
    check("/api", "p0");
    check("/apis/x", "p0");
    check("/api/", "p1");
    check("/api/items", "p1");
    check("/api/items/7/tags", "p1");
    check("/api/public", "p1");
    check("/api/public/", "p2");
    check("/api/public/logo", "p2");
    check("/api/public/Users", "p3");
    check("/api/public/Users/", "path");
    check("/api/public/Users/7", "p2");
    check("/health", "none");
    check("/health/", "path");
    check("/health/x", "p0");
    check("*", "p0");
}

#[test]
fn the_order_of_the_paths_does_not_matter() {
    let forward: Cors = Resources::new()
        .at("/api/*", policy(1))
        .at("/api/x", policy(2))
        .at("*", policy(0))
        .compile()
        .expect("valid paths");
    let backward: Cors = Resources::new()
        .at("*", policy(0))
        .at("/api/x", policy(2))
        .at("/api/*", policy(1))
        .compile()
        .expect("valid paths");
    for path in ["/", "/api", "/api/", "/api/x", "/api/y"] {
        assert_eq!(found(&forward, path.as_bytes()), found(&backward, path.as_bytes()), "{path}");
    }
}

#[test]
fn what_is_percent_encoded_is_decoded_once() {
    check("/%61pi/items", "p1");
    check("/%2561pi/items", "path");
    check("/index%2525", "p0");
    check("/caf%C3%A9%20bar/x", "p4");
    check("/caf\u{e9}%20bar/x", "p4");
    check("/a+b", "p5");
    check("/a%2Bb", "p5");
    check("/a%20b", "p0");
    check("/a b", "p0");
    check("/api/items/a%20b%2Bc", "p1");
}

#[test]
fn a_path_with_two_readings_is_refused() {
    check("/api/../index.html", "path");
    check("/index/../api/items", "path");
    check("/x/%2e%2e/api/items", "path");
    check("/x/.%2E/api/items", "path");
    check("/./api/items", "path");
    check("//api/items", "path");
    check("/x//../api/items", "path");
    check("/x/..//api/items", "path");
    check("\\api\\items", "path");
    check("/api\\items", "path");
    check("/api%2Fitems", "path");
    check("/api%5citems", "path");
    check("/API/items", "path");
    check("/Health", "path");
    check("/api/public/users", "path");
    check("/api/public/..%2fitems", "path");
}

#[test]
fn readings_that_agree_are_one() {
    check("/api//items", "p1");
    check("/api/a%2Fb", "p1");
    check("/api/items/../tags", "p1");
    check("/api/Items/AbC", "p1");
    check("/Index.html", "p0");
    check("/x/./y", "p0");
    check("/again/../api/x", "p1");
    check("/../x", "p0");
}

#[test]
fn what_cannot_be_read_is_refused() {
    check("/api/%", "path");
    check("/api/%2", "path");
    check("/api/%zz", "path");
    check("/api/%ff", "path");
    check("/%c0%afapi/items", "path");
    check("/%c0%ae%c0%ae/api", "path");
    check("/api/%00", "path");
    check("/api/\t", "path");
    assert_eq!(found(&cors(), b"/api/\xff"), "path");
}

/// Readers of servers behind a proxy, and of file systems.
#[test]
fn no_reader_gets_around_a_policy() {
    let denied = [
        // Path parameters.
        "/public/..;/api/items",
        "/public/..%3B/api/items",
        "/public/..;v=1/api/items",
        "/api;v=1/items",
        "/;/api/items",
        "/;v=1/api/items",
        "/api;/items",
        "/api%3bv=1/items",
        "/api%253bv=1/items",
        // Decoded again.
        "/public/%252e%252e/api/items",
        "/api%252fitems",
        "/api%25252fitems",
        "/api%2525252fitems",
        "/public/..%255capi/items",
        "/public/.%252e/api/items",
        "/%25u0061pi/items",
        "/public/%25c0%25ae/api",
        // Dots and spaces around a name.
        "/api%20/items",
        "/api /items",
        "/%20api/items",
        "/api./items",
        "/api../items",
        "/api.%20./items",
        "/api+/items",
        "/api%C2%A0/items",
        "/public/.../api/items",
        "/public/x/..../api/items",
        "/public/..%20/api/items",
        "/public/.%20./api/items",
        // Backslashes.
        "/public/..\\api\\items",
        "/public\\..\\api/items",
        "/public/..%5Capi/items",
        "/\\api/items",
        // Streams and short names.
        "/api::$INDEX_ALLOCATION/items",
        "/api:$i30:$INDEX_ALLOCATION/items",
        "/api/public/Users::$DATA",
        "/AP~1/items",
        // What a second parser takes for a query or a fragment.
        "/health%3Fx/y",
        "/health%23",
        "/health%253f",
        // Characters that are mapped to ASCII, or skipped.
        "/\u{ff41}\u{ff50}\u{ff49}/items",
        "/api\u{ff0f}items",
        "/public/\u{ff0e}\u{ff0e}/api/items",
        "/public/\u{2025}/api/items",
        "/public/%E2%80%A5/api/items",
        "/ap\u{200b}i/items",
        "/CAF\u{c9} bar/x",
        "/%EF%BC%8561pi/items",
        // A host.
        "//host/api/items",
        "/\\host/api/items",
        // Several at once.
        "/public/..;/API;v=1/items",
        "/public/%252e%252e;/api%20/items",
        "/public/x%2f..%5c..;/api/items",
    ];
    for path in denied {
        check(path, "path");
    }
}

#[test]
fn what_looks_odd_and_has_one_policy_is_decided() {
    check("/items;v=1/x", "p0");
    check("/api/items;v=1/tags;a=b", "p1");
    check("/api/batch:get", "p1");
    check("/files/report~2.txt", "p0");
    check("/x~b/c+d/e:f", "p0");
    check("/what%3F", "p0");
    check("/100%25", "p0");
    check("/100%25/%2541", "p0");
    check("/api/caf%C3%A9/%E6%9D%B1%E4%BA%AC\u{ff08}1\u{ff09}", "p1");
    check("/wait...", "p0");
    check("/api/v1.2/x.", "p1");
}

/// Work is bounded by a limit on what is read: a longer path is refused unread.
#[test]
fn a_path_that_is_too_long_is_refused() {
    let long = |piece: &str, length: usize| format!("/x{}", piece.repeat(length / piece.len()));
    check(&long("/y", 8_000), "p0");
    check(&long("/y", 8_200), "path");
    check(&long("%C3%A9", 1_000), "p0");
    check(&long("%C3%A9", 1_100), "path");
    check(&long("/", 60_000), "path");
    check(&long("/", 20), "path");
}

#[test]
fn where_one_policy_stands_for_all_no_path_is_looked_at() {
    let cors: Cors = Resources::from(policy(0)).compile().expect("a valid policy");
    for path in ["/x/../y", "/%ff", "//", "", "/%"] {
        assert_eq!(found(&cors, path.as_bytes()), "p0", "{path}");
    }
}

#[test]
fn what_was_compiled_is_told_as_it_was_written() {
    let resources = Resources::new().at("/b/*", policy(1)).without("/a").at("*", policy(1));
    let cors: Cors = resources.compile().expect("valid paths");
    assert_eq!(cors.resources(), resources);
}
