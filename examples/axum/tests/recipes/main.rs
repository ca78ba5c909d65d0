//! The programs of `docs/recipes`, each as a router and what a browser sees of it.

mod development;
mod environment;
mod frontends;
mod grpc_web;
mod mobile;
mod one_policy;
mod previews;
mod proxy;
mod sessions;
mod static_files;
mod streams;
mod testing;
mod tokens;
mod uploads;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use tower::ServiceExt;

/// A response's head, as far as a recipe is about it.
struct Seen {
    status: StatusCode,
    headers: HeaderMap,
}

impl Seen {
    fn get(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The page that sent the request may read the response.
    fn allows(&self, origin: &str) -> bool {
        matches!(self.get("access-control-allow-origin"), Some(found) if found == origin || found == "*")
    }
}

/// Sends a request without a body.
async fn send(app: &Router, method: &str, path: &str, headers: &[(&str, &str)]) -> Seen {
    let mut request =
        Request::builder().method(method).uri(path).header(header::HOST, "api.example.com");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).expect("the request is valid");
    let response = app.clone().oneshot(request).await.expect("a router never fails");
    Seen { status: response.status(), headers: response.headers().clone() }
}

/// Checks if a page of this origin may read the response to a `GET`.
#[track_caller]
fn check(app: &Router, origin: &str, allowed: bool) {
    check_at(app, "/items", origin, allowed);
}

#[track_caller]
fn check_at(app: &Router, path: &str, origin: &str, allowed: bool) {
    let seen = wait(send(app, "GET", path, &[("origin", origin)]));
    assert_eq!(seen.allows(origin), allowed, "{path} from {origin}");
}

/// Sends a preflight.
fn preflight(app: &Router, path: &str, origin: &str, method: &str, names: &str) -> Seen {
    let mut headers = vec![("origin", origin), ("access-control-request-method", method)];
    if !names.is_empty() {
        headers.push(("access-control-request-headers", names));
    }
    wait(send(app, "OPTIONS", path, &headers))
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(future)
}
