//! Who may ask the page's server, and what its pages may do.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// The names of loopback that the page may be opened under: two origins, so that one of them can be
/// a stranger.
pub(super) const HOSTS: [&str; 2] = ["localhost", "127.0.0.1"];

/// What is asked for, and of whom.
pub(super) struct Guard {
    hosts: [String; 2],
    content_security_policy: HeaderValue,
}

impl Guard {
    /// A guard of the server at this port, whose page may ask these origins.
    pub(super) fn new<'a>(port: u16, origins: impl Iterator<Item = &'a str>) -> Self {
        let connect: String = origins.map(|origin| format!(" {origin}")).collect();
        let policy = format!(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; \
             connect-src 'self'{connect}; base-uri 'none'; form-action 'none'; \
             frame-ancestors 'none'"
        );
        Self {
            hosts: HOSTS.map(|host| format!("{host}:{port}")),
            content_security_policy: HeaderValue::from_str(&policy)
                .expect("addresses are visible ASCII"),
        }
    }

    /// Whether the request is for this server by name, and whoever posts is a page of its own. A
    /// name that was bound anew to loopback, as by
    /// [DNS rebinding](https://en.wikipedia.org/wiki/DNS_rebinding), is another.
    fn admits(&self, method: &Method, headers: &HeaderMap) -> bool {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let host = text(header::HOST).filter(|host| self.hosts.iter().any(|known| known == host));
        host.is_some_and(|host| {
            method != Method::POST
                || text(header::ORIGIN).and_then(|origin| origin.strip_prefix("http://"))
                    == Some(host)
        })
    }
}

/// Lets through what is admitted, and marks every answer.
pub(super) async fn check(
    State(guard): State<Arc<Guard>>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = if guard.admits(request.method(), request.headers()) {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, guard.content_security_policy.clone());
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
