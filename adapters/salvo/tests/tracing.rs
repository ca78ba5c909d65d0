//! The events of feature `tracing`.

use std::{future::ready, sync::Arc};

use cors_conformance::{check_events, events_policy};
use cors_salvo::CorsHandler;
use salvo::{
    FlowCtrl,
    http::{HeaderValue, Method},
    prelude::*,
};

#[test]
fn each_decision_is_one_event() {
    let handler = CorsHandler::new(events_policy().compile().expect("the policy is valid"));
    let awaited = handler.clone().allow_origin_if_async(|_, _, _| ready(false));
    for handler in [handler, awaited] {
        check_events(|method, lines| {
            let mut request = Request::new();
            *request.method_mut() = method.parse::<Method>().expect("a method");
            *request.uri_mut() = "/items".parse().expect("a path");
            for &(name, value) in lines {
                let value = HeaderValue::from_bytes(value.as_bytes());
                request.headers_mut().append(name, value.expect("the bytes may be sent"));
            }
            let runtime = tokio::runtime::Builder::new_current_thread().build();
            let runtime = runtime.expect("a runtime can be built");
            let (mut depot, mut response) = (Depot::new(), Response::new());
            let mut ctrl = FlowCtrl::new(vec![Arc::new(handler.clone())]);
            runtime.block_on(ctrl.call_next(&mut request, &mut depot, &mut response));
        });
    }
}
