//! Around filters of a path, the layer decides by the path that the client sent.

use cors_conformance::{Request, Response, check_nested, http::in_process, nested_policies};
use cors_warp::CorsLayer;
use tower::ServiceExt;
use warp::Filter;

#[test]
fn around_a_filter_of_a_longer_path() {
    let cors = CorsLayer::new(nested_policies().compile().expect("the policies are valid"));
    let answer = |request: &Request| -> Response {
        let routes = warp::path!("report").map(warp::reply);
        let inner = cors_warp::filter(cors.clone(), warp::path("public").and(routes));
        let service = warp::service(warp::path("admin").and(inner));
        in_process(request, async |request| service.oneshot(request.map(|()| String::new())).await)
    };
    check_nested(answer);
}
