//! Policies by path in a layer inside a nested router.

use cors_core::{Policy, Resources};

use crate::{Request, Response};

const ADMIN: &str = "https://admin.example.com";

/// The policies that [`check_nested`] wants. A router that shortens `/admin/public/report` to
/// `/public/report` would take the wrong one.
pub fn nested_policies() -> Resources {
    Resources::new()
        .at("/public/*", Policy::new().allow_any_origin())
        .at("/admin/*", Policy::new().allow_origin(ADMIN))
}

/// Sends requests to an application whose route `/public/report` is nested at `/admin`, together
/// with a layer with the [`nested_policies`].
///
/// # Panics
///
/// A path is decided by another policy than the one for the path that was sent.
#[track_caller]
pub fn check_nested(answer: impl Fn(&Request) -> Response) {
    for method in ["GET", "OPTIONS"] {
        for (origin, allowed) in [(ADMIN, Some(ADMIN)), ("https://evil.test", None)] {
            let lines = [("origin", origin), ("access-control-request-method", "GET")];
            let response = answer(&Request::new(method, "/admin/public/report", lines));
            let found = response.lines("access-control-allow-origin").next();
            let found = found.map(String::from_utf8_lossy);
            assert_eq!(found.as_deref(), allowed, "{method} from {origin}: {response:?}");
        }
    }
}
