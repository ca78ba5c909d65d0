//! A guard on a whole router.

use cors_conformance::{Response, check_guard, guarded_policy};
use cors_salvo::CorsHandler;
use salvo::{
    http::{HeaderName, Method},
    prelude::*,
    test::RequestBuilder,
};

#[handler]
async fn transfer() -> &'static str {
    "done"
}

#[test]
fn strangers_are_refused() {
    let cors = CorsHandler::new(guarded_policy());
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.expect("a runtime can be built");
    check_guard(|request| {
        let route = Router::with_path("transfer").goal(transfer);
        let service = Service::new(Router::new().hoop(cors.clone()).push(route));
        let host = request.headers.iter().find(|(name, _)| name == "host");
        let (_, host) = host.expect("every row has a host");
        let host = String::from_utf8_lossy(host);
        let method: Method = request.method.parse().expect("a method");
        let sent = RequestBuilder::new(format!("http://{host}{}", request.path), method);
        let sent = request.headers.iter().fold(sent, |sent, (name, value)| {
            let name = HeaderName::try_from(name).expect("a name");
            sent.add_header(name, value.clone(), true)
        });
        let response = runtime.block_on(sent.send(&service));
        let headers = response.headers().iter();
        let headers = headers.map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()));
        Response {
            status: response.status_code.map_or(0, |status| status.as_u16()),
            headers: headers.collect(),
            body: Vec::new(),
        }
    });
}
