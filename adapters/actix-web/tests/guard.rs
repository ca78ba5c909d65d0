//! A guard around a whole application.

use actix_web::{
    App,
    http::{
        Method,
        header::{HeaderMap, HeaderName, HeaderValue},
    },
    rt::System,
    test::{TestRequest, call_service, init_service},
    web,
};
use cors_actix_web::CorsMiddleware;
use cors_conformance::{Response, check_guard, guarded_policy};

#[test]
fn strangers_are_refused() {
    let cors = CorsMiddleware::new(guarded_policy());
    check_guard(|request| {
        let method: Method = request.method.parse().expect("a method");
        let sent = TestRequest::with_uri(&request.path).method(method);
        let sent = request.headers.iter().fold(sent, |sent, (name, value)| {
            sent.insert_header((name.as_str(), value.as_slice()))
        });
        System::new().block_on(async {
            let transfer = web::resource("/transfer").to(async || "done");
            let app = init_service(App::new().wrap(cors.clone()).service(transfer)).await;
            let answered = call_service(&app, sent.to_request()).await;
            Response {
                status: answered.status().as_u16(),
                headers: lines(answered.headers()),
                body: Vec::new(),
            }
        })
    });
}

fn lines(headers: &HeaderMap) -> Vec<(String, Vec<u8>)> {
    let line =
        |(name, value): (&HeaderName, &HeaderValue)| (name.to_string(), value.as_bytes().to_vec());
    headers.iter().map(line).collect()
}
