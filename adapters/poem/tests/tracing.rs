//! The events of feature `tracing`.

use std::future::ready;

use cors_conformance::{check_events, events_policy};
use cors_poem::CorsMiddleware;
use poem::{Endpoint, EndpointExt, Request, endpoint::make_sync, http::Method};

#[test]
fn each_decision_is_one_event() {
    let cors = CorsMiddleware::new(events_policy().compile().expect("the policy is valid"));
    let awaited = cors.clone().allow_origin_if_async(|_, _| ready(false));
    for cors in [cors, awaited] {
        check_events(|method, lines| {
            let method: Method = method.parse().expect("a method");
            let request = Request::builder().method(method).uri_str("/items");
            let request = lines
                .iter()
                .fold(request, |request, &(name, value)| request.header(name, value.as_bytes()));
            let runtime = tokio::runtime::Builder::new_current_thread().build();
            let runtime = runtime.expect("a runtime can be built");
            let app = make_sync(|_| "hello").with(cors.clone());
            drop(runtime.block_on(app.get_response(request.finish())));
        });
    }
}
