//! A guard, in front of an application of any framework.

use cors_core::{Cors, Guard, Policy};

use crate::{Request, Response};

const OWN: &str = "api.example.com";

/// The guarded policy that [`check_guard`] wants.
///
/// # Panics
///
/// Never: the policy is valid.
pub fn guarded_policy() -> Cors {
    let cors = Policy::new().allow_origin("https://app.example.com").compile();
    let guard = Guard::new().own_hosts([OWN]);
    cors.expect("the policy is valid").guard(&guard).expect("the hosts are valid")
}

/// The method, `Host`, `Origin`, another line, and the status.
type Row = (&'static str, &'static str, &'static str, Option<(&'static str, &'static str)>, u16);

const UPGRADE: Option<(&str, &str)> = Some(("upgrade", "websocket"));

const ROWS: &[Row] = &[
    ("POST", OWN, "https://app.example.com", None, 200),
    ("POST", OWN, "https://api.example.com", None, 200),
    ("POST", "API.example.com:443", "https://api.example.com", None, 200),
    ("POST", "api.example.com:8080", "http://api.example.com:8080", None, 200),
    ("GET", OWN, "https://evil.test", None, 200),
    ("GET", OWN, "https://api.example.com", UPGRADE, 200),
    ("POST", OWN, "https://evil.test", None, 403),
    ("POST", OWN, "null", None, 403),
    ("POST", "evil.test", "http://evil.test", None, 403),
    ("POST", "evil.test:8080", "http://evil.test:8080", None, 403),
    ("POST", "localhost", "http://localhost", None, 403),
    ("POST", "[::1]:8080", "http://[::1]:8080", None, 403),
    ("POST", "api.example.com:8080", "https://api.example.com", None, 403),
    ("POST", "api.example.com.", "https://api.example.com", None, 403),
    ("POST", "evil.test", "http://evil.test", Some(("x-forwarded-host", OWN)), 403),
    ("GET", OWN, "https://evil.test", UPGRADE, 403),
    ("GET", "evil.test", "http://evil.test", UPGRADE, 403),
];

/// Sends requests to an application that answers `GET` and `POST` for `/transfer` with 200, inside a
/// layer with the [`guarded_policy`].
///
/// # Panics
///
/// A stranger passes, or a friend does not.
#[track_caller]
pub fn check_guard(answer: impl Fn(&Request) -> Response) {
    for &(method, host, origin, line, status) in ROWS {
        let lines = [Some(("host", host)), Some(("origin", origin)), line];
        let request = Request::new(method, "/transfer", lines.into_iter().flatten());
        let response = answer(&request);
        assert_eq!(response.status, status, "{method} from {origin} to {host}, {line:?}");
        let vary: Vec<_> = response.lines("vary").collect();
        assert_eq!(vary, [b"Origin"], "{method} from {origin} to {host}, {line:?}");
    }
}
