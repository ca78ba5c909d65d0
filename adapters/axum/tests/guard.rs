//! A guard around a whole router, over TCP.

use axum::{Router, routing::get};
use cors_axum::CorsLayer;
use cors_conformance::{check_guard, guarded_policy, http::over_tcp};

#[test]
fn strangers_are_refused() {
    let app = Router::new()
        .route("/transfer", get(async || "done").post(async || "done"))
        .layer(CorsLayer::new(guarded_policy()));
    check_guard(|request| {
        over_tcp(request, async |listener| {
            axum::serve(listener, app.clone()).await.expect("no I/O fails");
            unreachable!("the server never stops")
        })
    });
}
