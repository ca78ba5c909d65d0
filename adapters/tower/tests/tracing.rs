//! The events of feature `tracing`.

use std::{convert::Infallible, future::ready};

use cors_conformance::{check_events, events_policy};
use cors_tower::CorsLayer;
use http::{Request, Response};
use tower::{Layer, ServiceExt, service_fn};

#[test]
fn each_decision_is_one_event() {
    let layer = CorsLayer::new(events_policy().compile().expect("the policy is valid"));
    let awaited = layer.clone().allow_origin_if_async(|_, _| ready(false));
    for layer in [layer, awaited] {
        check_events(|method, lines| {
            let request = Request::builder().method(method).uri("/items");
            let request = lines
                .iter()
                .fold(request, |request, &(name, value)| request.header(name, value.as_bytes()));
            let request = request.body(()).expect("the request is valid");
            let handler = service_fn(|_| ready(Ok::<_, Infallible>(Response::new(()))));
            let runtime = tokio::runtime::Builder::new_current_thread().build();
            let runtime = runtime.expect("a runtime can be built");
            let Ok(_) = runtime.block_on(layer.layer(handler).oneshot(request));
        });
    }
}
