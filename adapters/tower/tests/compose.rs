//! The layer among others: bodies of any type, boxed services, and what is outside it.

use std::{cell::RefCell, convert::Infallible, future::ready};

use bytes::Bytes;
use cors_core::{Denial, Policy, Verdict};
use cors_tower::{CorsLayer, verdict};
use http::{HeaderMap, HeaderValue, Method, Request, Response, header};
use http_body_util::{BodyExt, Channel, Full};
use tower::{Layer, ServiceBuilder, ServiceExt, service_fn, util::BoxCloneService};

const ORIGIN: &str = "https://app.example.com";

#[tokio::test]
async fn bodies_and_errors_are_of_any_type() {
    /// It implements no trait, `Default` and `Body` least of all.
    struct Anything;

    let handler = service_fn(async |request: Request<Anything>| match request.uri().path() {
        "/error" => Err(Anything),
        _ => Ok(Response::new(request.into_body())),
    });
    let service = layer().allow_origin_if_async(|_, _| ready(true)).layer(handler);
    let service = layer().layer(service);

    let response = service.clone().oneshot(request(Method::GET, "/", Anything)).await;
    let response = response.unwrap_or_else(|Anything| panic!("the handler answers"));
    check_allowed(response.headers());
    assert!(response.into_body().into_inner().is_some());

    let response = service.clone().oneshot(request(Method::OPTIONS, "/", Anything)).await;
    let response = response.unwrap_or_else(|Anything| panic!("the layer answers"));
    check_allowed(response.headers());
    assert!(response.into_body().into_inner().is_none());

    assert!(service.oneshot(request(Method::GET, "/error", Anything)).await.is_err());
}

#[tokio::test]
async fn services_are_boxed_inside_and_outside() {
    let handler = service_fn(async |_| Ok::<_, Infallible>(Response::new(Full::from("hello"))));
    let boxed: BoxCloneService<Request<()>, Response<Full<Bytes>>, Infallible> =
        handler.boxed_clone();
    let service = ServiceBuilder::new().boxed_clone().layer(layer()).service(boxed);

    let Ok(response) = service.oneshot(request(Method::GET, "/", ())).await;
    check_allowed(response.headers());
    let Ok(body) = response.into_body().collect().await;
    assert_eq!(body.to_bytes(), "hello");
}

#[tokio::test]
async fn a_body_streams_through() {
    let (mut sender, body) = Channel::<Bytes>::new(1);
    let body = RefCell::new(Some(body));
    let handler = service_fn(|_: Request<()>| {
        let body = body.take().expect("one request is sent");
        ready(Ok::<_, Infallible>(Response::new(body)))
    });

    let Ok(response) = layer().layer(handler).oneshot(request(Method::GET, "/", ())).await;
    check_allowed(response.headers());
    let mut body = response.into_body();
    for piece in ["first", "second"] {
        sender.send_data(piece.into()).await.expect("the body is read");
        let frame = body.frame().await.expect("the body goes on").expect("the body is sound");
        assert_eq!(frame.into_data().expect("a piece is data"), piece);
    }
    drop(sender);
    assert!(body.frame().await.is_none());
}

#[tokio::test]
async fn the_verdict_is_left_inside_and_outside() {
    /// What the handler found, if it ran, and what was found beside the response.
    async fn left(layer: CorsLayer, request: Request<()>) -> (Option<Verdict>, Option<Verdict>) {
        let handler = service_fn(async |request: Request<()>| {
            Ok::<_, Infallible>(Response::new(verdict(request.extensions())))
        });
        let Ok(response) = layer.layer(handler).oneshot(request).await;
        let outside = verdict(response.extensions());
        (response.into_body().into_inner().flatten(), outside)
    }
    let allowed = Some(Verdict::Allow);
    let denied = Some(Verdict::Deny(Denial::Origin));
    let leaves = || layer().leave_verdict();

    let actual = || request(Method::GET, "/", ());
    assert_eq!(left(leaves(), actual()).await, (allowed, allowed));
    assert_eq!(left(leaves(), from_stranger(actual())).await, (denied, denied));
    assert_eq!(left(layer(), actual()).await, (None, None));

    let preflight = || request(Method::OPTIONS, "/", ());
    assert_eq!(left(leaves(), preflight()).await, (None, allowed));
    assert_eq!(left(leaves(), from_stranger(preflight())).await, (None, denied));
    assert_eq!(left(layer(), preflight()).await, (None, None));
}

fn from_stranger(mut request: Request<()>) -> Request<()> {
    let stranger = HeaderValue::from_static("https://evil.test");
    request.headers_mut().insert(header::ORIGIN, stranger);
    request
}

fn layer() -> CorsLayer {
    let policy = Policy::new().allow_origins([ORIGIN]).allow_methods(["PUT"]);
    CorsLayer::new(policy.compile().expect("the policy is valid"))
}

/// A request from the allowed origin; a preflight if the method is `OPTIONS`.
fn request<B>(method: Method, path: &str, body: B) -> Request<B> {
    Request::builder()
        .method(method)
        .uri(path)
        .header(header::ORIGIN, ORIGIN)
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT")
        .body(body)
        .expect("the request is valid")
}

#[track_caller]
fn check_allowed(headers: &HeaderMap) {
    assert_eq!(headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], ORIGIN);
    assert_eq!(headers.get_all(header::VARY).iter().count(), 1);
}
