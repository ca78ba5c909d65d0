//! A layer inside a nested router decides by the path that the client sent.

use axum::{Router, body::Body, http::Request, routing::get};
use cors_axum::{CorsLayer, Policy};
use cors_conformance::{check_nested, http::over_tcp, nested_policies};
use tower::{ServiceBuilder, ServiceExt};

#[test]
fn inside_a_nested_router() {
    check(|routes, layer| Router::new().nest("/admin", routes.layer(layer)));
}

#[test]
fn inside_two_nested_routers() {
    check(|_, layer| {
        let inner = Router::new().route("/report", get(async || "[]")).layer(layer);
        Router::new().nest("/admin", Router::new().nest("/public", inner))
    });
}

#[test]
fn around_a_nested_service() {
    check(|routes, layer| {
        let service = ServiceBuilder::new().layer(layer).service(routes);
        Router::new().nest_service("/admin", service)
    });
}

#[test]
fn on_the_outermost_router() {
    check(|routes, layer| Router::new().nest("/admin", routes).layer(layer));
}

#[track_caller]
fn check(nest: fn(Router, CorsLayer) -> Router) {
    let layer = CorsLayer::new(nested_policies().compile().expect("the policies are valid"));
    let routes = Router::new().route("/public/report", get(async || "[]"));
    let app = nest(routes, layer);
    check_nested(|request| {
        over_tcp(request, async |listener| {
            axum::serve(listener, app.clone()).await.expect("no I/O fails");
            unreachable!("the server never stops")
        })
    });
}

#[tokio::test]
async fn a_predicate_sees_the_path_that_the_client_sent() {
    let cors = Policy::new().dynamic_origins().compile().expect("the policy is valid");
    let layer = CorsLayer::new(cors);
    let at_once = layer.clone().allow_origin_if(|_, request| request.uri.path() == "/admin/report");
    let awaited = layer
        .allow_origin_if_async(|_, request| async move { request.uri.path() == "/admin/report" });
    for layer in [at_once, awaited] {
        let routes = Router::new().route("/report", get(async || "[]")).layer(layer);
        let app = Router::new().nest("/admin", routes);
        let request = Request::get("/admin/report").header("origin", "https://app.example.com");
        let request = request.body(Body::empty()).expect("the request is valid");
        let Ok(response) = app.oneshot(request).await;
        assert_eq!(response.headers()["access-control-allow-origin"], "https://app.example.com");
    }
}
