//! What `serve` does beside headers: errors, bodies, and whether the handler runs.

use std::{
    convert::Infallible,
    future::{Ready, ready},
};

use bytes::Bytes;
use cors_core::Policy;
use cors_http::{CorsBody, HttpCors, serve};
use http::{HeaderMap, Method, Request, Response, StatusCode, header};
use http_body::Body;
use http_body_util::{BodyExt, Full};

const ORIGIN: &str = "https://app.example.com";

#[tokio::test]
async fn an_error_passes_as_it_is() {
    let handler = |_| ready(Err::<Response<()>, _>("gone"));
    let Err(error) = serve(&cors(), request(Method::GET), handler).await else {
        panic!("the handler fails")
    };
    assert_eq!(error, "gone");
}

#[tokio::test]
async fn a_preflight_runs_no_handler() {
    let handler =
        |_| -> Ready<Result<Response<Full<Bytes>>, Infallible>> { panic!("the handler ran") };
    let Ok(response) = serve(&cors(), request(Method::OPTIONS), handler).await;
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
    check_empty(response.into_body());
}

#[test]
fn an_empty_body_has_ended() {
    check_empty(CorsBody::<Full<Bytes>>::empty());
    check_empty(CorsBody::new(Full::<Bytes>::default()));
}

#[tokio::test]
async fn a_body_keeps_its_length_and_its_trailers() {
    let trailers = HeaderMap::from_iter([(header::ETAG, "\"1\"".parse().expect("a value"))]);
    let body = Full::<Bytes>::from("hello").with_trailers(ready(Some(Ok(trailers.clone()))));
    let handler = |_| ready(Ok::<_, Infallible>(Response::new(body)));
    let Ok(response) = serve(&cors(), request(Method::GET), handler).await;

    let body = response.into_body();
    assert_eq!((body.is_end_stream(), body.size_hint().exact()), (false, Some(5)));
    let Ok(collected) = body.collect().await;
    assert_eq!(collected.trailers(), Some(&trailers));
    assert_eq!(collected.to_bytes(), "hello");
}

#[track_caller]
fn check_empty(body: impl Body) {
    assert!(body.is_end_stream());
    assert_eq!(body.size_hint().exact(), Some(0));
}

fn cors() -> HttpCors {
    let policy = Policy::new().allow_origins([ORIGIN]).allow_methods(["PUT"]);
    policy.compile_for().expect("the policy is valid")
}

/// A preflight if the method is `OPTIONS`.
fn request(method: Method) -> Request<()> {
    Request::builder()
        .method(method)
        .header(header::ORIGIN, ORIGIN)
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT")
        .body(())
        .expect("the request is valid")
}
