//! Two layers with code between them that rewrites the response. Losing the inner layer's marks never
//! allows more than both layers do.

use std::convert::Infallible;

use cors_core::Policy;
use cors_tower::CorsLayer;
use http::{HeaderMap, HeaderValue, Request, Response, header};
use tower::{Layer, ServiceBuilder, ServiceExt, service_fn};

const FRIEND: &str = "https://app.example.com";
const STRANGER: &str = "https://stranger.example";

#[tokio::test]
async fn a_star_that_code_between_two_layers_writes_does_not_reach_a_denied_origin() {
    let headers = answer(listed(), listed(), STRANGER, write_star).await;
    assert_eq!(headers.get(header::ACCESS_CONTROL_ALLOW_ORIGIN), None);
    assert_eq!(headers[header::VARY], "Origin");
    let headers = answer(any(), listed(), STRANGER, write_star).await;
    assert_eq!(headers.get(header::ACCESS_CONTROL_ALLOW_ORIGIN), None);
}

#[tokio::test]
async fn a_denial_inside_stays_one_whatever_becomes_of_the_response() {
    for rewrite in [forget, overwrite_vary, rebuild] {
        let headers = answer(any(), listed(), STRANGER, rewrite).await;
        assert_eq!(headers.get(header::ACCESS_CONTROL_ALLOW_ORIGIN), None);
    }
}

#[tokio::test]
async fn an_answer_that_depends_on_the_origin_says_so_whatever_becomes_of_vary() {
    let headers = answer(any(), listed(), FRIEND, rebuild).await;
    assert_eq!(headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
    assert_eq!(headers[header::VARY], "Origin");
}

#[tokio::test]
async fn without_code_between_them_the_inner_layer_decides() {
    let headers = answer(listed(), any(), STRANGER, |_| {}).await;
    assert_eq!(headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
    let headers = answer(any(), listed(), FRIEND, |_| {}).await;
    assert_eq!(headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], FRIEND);
    assert_eq!(headers[header::VARY], "Origin");
}

#[tokio::test]
async fn one_request_does_not_learn_of_another() {
    answer(any(), listed(), STRANGER, rebuild).await;
    let alone = CorsLayer::new(any()).layer(service_fn(hello));
    let request = Request::get("/").header(header::ORIGIN, STRANGER).body(()).expect("a request");
    let response = alone.oneshot(request).await.expect("it never fails");
    assert_eq!(response.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
    assert_eq!(response.headers().get(header::VARY), None);
}

type Rewrite = fn(&mut Response<cors_tower::CorsBody<()>>);

fn write_star(response: &mut Response<cors_tower::CorsBody<()>>) {
    let star = HeaderValue::try_from(String::from("*")).expect("it is visible");
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, star);
}

fn forget(response: &mut Response<cors_tower::CorsBody<()>>) {
    response.headers_mut().remove(header::VARY);
    response.extensions_mut().clear();
}

fn overwrite_vary(response: &mut Response<cors_tower::CorsBody<()>>) {
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
}

fn rebuild(response: &mut Response<cors_tower::CorsBody<()>>) {
    *response = Response::new(cors_tower::CorsBody::empty());
}

async fn answer(
    outer: cors_core::Cors,
    inner: cors_core::Cors,
    origin: &str,
    rewrite: Rewrite,
) -> HeaderMap {
    let service = ServiceBuilder::new()
        .layer(CorsLayer::new(outer))
        .map_response(move |mut response| {
            rewrite(&mut response);
            response
        })
        .layer(CorsLayer::new(inner))
        .service(service_fn(hello));
    let request = Request::get("/").header(header::ORIGIN, origin).body(()).expect("a request");
    service.oneshot(request).await.expect("it never fails").into_parts().0.headers
}

/// It waits once, so that the layers inside are known across polls.
async fn hello(_: Request<()>) -> Result<Response<()>, Infallible> {
    tokio::task::yield_now().await;
    Ok(Response::new(()))
}

fn listed() -> cors_core::Cors {
    Policy::new().allow_origins([FRIEND]).compile().expect("the policy is valid")
}

fn any() -> cors_core::Cors {
    Policy::new().allow_any_origin().compile().expect("the policy is valid")
}
