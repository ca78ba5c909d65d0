//! The events of feature `tracing`.

use cors_conformance::{check_events, events_policy};
use cors_warp::CorsLayer;
use tower::Service;
use warp::{Filter, http::Request};

#[test]
fn each_decision_is_one_event() {
    let layer = CorsLayer::new(events_policy().compile().expect("the policy is valid"));
    let routes = warp::any().map(warp::reply);
    let request = |method, lines: &[(&str, &str)]| {
        let request = Request::builder().method(method).uri("/items");
        let request = lines
            .iter()
            .fold(request, |request, &(name, value)| request.header(name, value.as_bytes()));
        request.body(String::new()).expect("the request is valid")
    };
    let runtime = || {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        runtime.expect("a runtime can be built")
    };
    check_events(|method, lines| {
        let mut service = cors_warp::service(layer.clone(), warp::service(routes));
        let Ok(_) = runtime().block_on(service.call(request(method, lines)));
    });
    check_events(|method, lines| {
        let mut filter = warp::service(cors_warp::filter(layer.clone(), routes));
        let Ok(_) = runtime().block_on(filter.call(request(method, lines)));
    });
}
