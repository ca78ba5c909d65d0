//! The events of feature `tracing`.

use std::future::ready;

use actix_web::{
    App,
    http::{Method, header::HeaderValue},
    rt::System,
    test::{TestRequest, call_service, init_service},
};
use cors_actix_web::CorsMiddleware;
use cors_conformance::{check_events, events_policy};

#[test]
fn each_decision_is_one_event() {
    let cors = CorsMiddleware::new(events_policy().compile().expect("the policy is valid"));
    let awaited = cors.clone().allow_origin_if_async(|_, _| ready(false));
    for cors in [cors, awaited] {
        check_events(|method, lines| {
            let method: Method = method.parse().expect("a method");
            let request = TestRequest::with_uri("/items").method(method);
            let request = lines.iter().fold(request, |request, &(name, value)| {
                let value = HeaderValue::from_bytes(value.as_bytes());
                request.insert_header((name, value.expect("the bytes may be sent")))
            });
            System::new().block_on(async {
                let app = init_service(App::new().wrap(cors.clone())).await;
                call_service(&app, request.to_request()).await;
            });
        });
    }
}
