//! A handler on a nested router decides by the path that the client sent.

use cors_conformance::{Response, check_nested, nested_policies};
use cors_salvo::CorsHandler;
use salvo::{
    http::{HeaderName, Method},
    prelude::*,
    test::RequestBuilder,
};

#[handler]
async fn report() -> &'static str {
    "[]"
}

#[test]
fn on_two_nested_routers() {
    let cors = CorsHandler::new(nested_policies().compile().expect("the policies are valid"));
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.expect("a runtime can be built");
    check_nested(|request| {
        let inner = Router::with_path("public").hoop(cors.clone());
        let inner = inner.push(Router::with_path("report").goal(report));
        let service = Service::new(Router::with_path("admin").push(inner));
        let method: Method = request.method.parse().expect("a method");
        let sent = RequestBuilder::new(format!("http://localhost{}", request.path), method);
        let sent = request.headers.iter().fold(sent, |sent, (name, value)| {
            let name = HeaderName::try_from(name).expect("a name");
            sent.add_header(name, value.clone(), true)
        });
        let response = runtime.block_on(sent.send(&service));
        let headers = response.headers().iter();
        let headers = headers.map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()));
        Response { status: 0, headers: headers.collect(), body: Vec::new() }
    });
}
