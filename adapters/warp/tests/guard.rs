//! A guard around a filter, and around a service.

use cors_conformance::{check_guard, guarded_policy, http::in_process};
use cors_warp::CorsLayer;
use tower::ServiceExt;
use warp::Filter;

#[test]
fn strangers_are_refused_before_a_filter() {
    let cors = CorsLayer::new(guarded_policy());
    check_guard(|request| {
        let routes = warp::path!("transfer").map(warp::reply);
        let service = warp::service(cors_warp::filter(cors.clone(), routes));
        in_process(request, async |request| service.oneshot(request.map(|()| String::new())).await)
    });
}

#[test]
fn strangers_are_refused_before_a_service() {
    let cors = CorsLayer::new(guarded_policy());
    check_guard(|request| {
        let routes = warp::path!("transfer").map(warp::reply);
        let service = cors_warp::service(cors.clone(), warp::service(routes));
        in_process(request, async |request| service.oneshot(request.map(|()| String::new())).await)
    });
}
