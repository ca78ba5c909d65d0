//! What people build: two policies, origins in the application's state, a handler that panics.

use std::{
    collections::HashSet,
    sync::{Arc, RwLock},
};

use axum::{
    Router,
    body::Body,
    extract::{Path, Request, State},
    http::{Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, put},
};
use cors_axum::CorsLayer;
use cors_core::Policy;
use tower::ServiceExt;

const APP: &str = "https://app.example.com";
const ADMIN: &str = "https://admin.example.com";
const TENANT: &str = "https://tenant.test";

#[tokio::test]
async fn two_routers_keep_their_own_policies() {
    let public = Router::new()
        .route("/items", get(async || "[]"))
        .layer(cors(Policy::new().allow_any_origin()));
    let admin = Router::new()
        .route("/users", put(async || "stored"))
        .layer(cors(Policy::new().allow_origins([ADMIN]).allow_methods(["PUT"])));
    let app = Router::new().merge(public).nest("/admin", admin);

    check(&app, Method::GET, "/items", APP, (200, Some("*"))).await;
    check(&app, Method::OPTIONS, "/items", APP, (204, Some("*"))).await;
    check(&app, Method::PUT, "/admin/users", ADMIN, (200, Some(ADMIN))).await;
    check(&app, Method::OPTIONS, "/admin/users", ADMIN, (204, Some(ADMIN))).await;
    check(&app, Method::PUT, "/admin/users", APP, (200, None)).await;
    check(&app, Method::OPTIONS, "/admin/users", APP, (403, None)).await;
}

#[tokio::test]
async fn of_two_layers_the_inner_one_decides_and_the_outer_one_answers() {
    let admin = Router::new()
        .route("/users", get(async || "[]"))
        .layer(cors(Policy::new().allow_origins([ADMIN])));
    let app = Router::new()
        .route("/items", get(async || "[]"))
        .nest("/admin", admin)
        .layer(cors(Policy::new().allow_any_origin()));

    check(&app, Method::GET, "/items", APP, (200, Some("*"))).await;
    check(&app, Method::GET, "/admin/users", ADMIN, (200, Some(ADMIN))).await;
    check(&app, Method::GET, "/admin/users", APP, (200, None)).await;
    check(&app, Method::OPTIONS, "/admin/users", APP, (204, Some("*"))).await;
}

#[tokio::test]
async fn a_predicate_asks_the_state_which_requests_change() {
    type Tenants = Arc<RwLock<HashSet<String>>>;
    async fn add(State(tenants): State<Tenants>, Path(host): Path<String>) {
        tenants.write().expect("no handler panics").insert(host);
    }

    let tenants = Tenants::default();
    let known = Arc::clone(&tenants);
    let policy = Policy::new().allow_origins([ADMIN]).dynamic_origins();
    let layer = cors(policy).allow_origin_if_async(move |origin, _| {
        let (known, host) = (Arc::clone(&known), origin.host().to_owned());
        async move { known.read().expect("no handler panics").contains(&host) }
    });
    let app = Router::new().route("/{host}", put(add)).layer(layer).with_state(tenants);

    check(&app, Method::OPTIONS, "/tenant.test", TENANT, (403, None)).await;
    check(&app, Method::PUT, "/tenant.test", ADMIN, (200, Some(ADMIN))).await;
    check(&app, Method::OPTIONS, "/tenant.test", TENANT, (204, Some(TENANT))).await;
    check(&app, Method::PUT, "/tenant.test", TENANT, (200, Some(TENANT))).await;
    check(&app, Method::PUT, "/tenant.test", APP, (200, None)).await;
}

#[tokio::test]
async fn a_caught_panic_is_a_response_like_any_other() {
    async fn panics() -> Response {
        std::panic::resume_unwind(Box::new("the handler panics"))
    }
    let app = Router::new()
        .route("/", get(panics))
        .layer(middleware::from_fn(catch_panic))
        .layer(cors(Policy::new().allow_origins([APP])));

    check(&app, Method::GET, "/", APP, (500, Some(APP))).await;
}

/// A task of its own ends where its future panics.
async fn catch_panic(request: Request, next: Next) -> Response {
    let response = tokio::spawn(next.run(request)).await;
    response.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

fn cors(policy: Policy) -> CorsLayer {
    CorsLayer::new(policy.compile().expect("the policy is valid"))
}

/// Which status is answered, and which origin is allowed to read it. `OPTIONS` is a preflight.
async fn check(
    app: &Router,
    method: Method,
    path: &str,
    origin: &str,
    wanted: (u16, Option<&str>),
) {
    let request = Request::builder()
        .method(&method)
        .uri(path)
        .header(header::ORIGIN, origin)
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT")
        .body(Body::empty())
        .expect("the request is valid");
    let Ok(response) = app.clone().oneshot(request).await;
    let allowed = response.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    let allowed = allowed.map(|value| value.to_str().expect("an origin is text"));
    assert_eq!((response.status().as_u16(), allowed), wanted, "{method} {path} from {origin}");
}
