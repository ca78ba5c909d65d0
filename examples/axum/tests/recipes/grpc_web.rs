use crate::{preflight, send, wait};

// ANCHOR: app
use axum::{Router, routing::post};
use cors_adapters::{Policy, PolicyErrors, axum::CorsLayer};

fn app(service: Router) -> Result<Router, PolicyErrors> {
    let cors = Policy::new()
        .allow_origins(["https://app.example.com"])
        .allow_headers([
            "content-type",
            "x-grpc-web",
            "x-user-agent",
            "grpc-timeout",
            "authorization",
        ])
        .expose_headers(["grpc-status", "grpc-message", "grpc-status-details-bin"])
        .compile()?;
    // With tonic: `Routes::new(GreeterServer::new(..)).into_axum_router().layer(GrpcWebLayer::new())`.
    Ok(service.layer(CorsLayer::new(cors)))
}
// ANCHOR_END: app

#[test]
fn a_failed_call_tells_the_client_its_status() {
    const PATH: &str = "/greeter.Greeter/SayHello";
    const ORIGIN: &str = "https://app.example.com";
    let failed = async || [("grpc-status", "5"), ("grpc-message", "no such greeting")];
    let app = app(Router::new().route(PATH, post(failed))).expect("the policy is valid");
    let seen = preflight(&app, PATH, ORIGIN, "POST", "content-type,x-grpc-web,x-user-agent");
    assert_eq!(seen.status, 204);
    let call = [("origin", ORIGIN), ("content-type", "application/grpc-web-text")];
    let seen = wait(send(&app, "POST", PATH, &call));
    let exposed = seen.get("access-control-expose-headers").unwrap_or_default();
    assert!(exposed.contains("grpc-status") && exposed.contains("grpc-message"), "{exposed}");
}
