//! Each scope under its own policy.

use actix_web::{
    App,
    http::{Method, StatusCode},
    test,
};
use cors_adapters::actix_web::CorsMiddleware;
use cors_app_actix_scopes::{cors, routes};

const APP: &str = "https://app.example.com";

/// The status, and the origin that may read the response.
async fn send(
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
) -> (StatusCode, Option<String>) {
    let cors = cors().expect("the policies are valid");
    let app = App::new().configure(routes).wrap(CorsMiddleware::new(cors));
    let app = test::init_service(app).await;
    let request = test::TestRequest::with_uri(path).method(method);
    let request = headers.iter().fold(request, |request, header| request.insert_header(*header));
    let response = test::call_service(&app, request.to_request()).await;
    let allowed = response.headers().get("access-control-allow-origin");
    let allowed = allowed.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    (response.status(), allowed)
}

#[actix_web::test]
async fn anyone_reads_the_public_scope() {
    let (status, allowed) =
        send(Method::GET, "/public/items", &[("origin", "https://a.test")]).await;
    assert_eq!((status.as_u16(), allowed.as_deref()), (200, Some("*")));
    let (status, allowed) =
        send(Method::GET, "/public/none", &[("origin", "https://a.test")]).await;
    assert_eq!((status.as_u16(), allowed.as_deref()), (404, Some("*")));
}

#[actix_web::test]
async fn one_page_uses_the_account_scope() {
    let preflight = |origin| [("origin", origin), ("access-control-request-method", "DELETE")];
    let (status, allowed) = send(Method::OPTIONS, "/account/session", &preflight(APP)).await;
    assert_eq!((status.as_u16(), allowed.as_deref()), (204, Some(APP)));
    let (status, allowed) =
        send(Method::OPTIONS, "/account/session", &preflight("https://a.test")).await;
    assert_eq!((status.as_u16(), allowed), (403, None));
    // The page reads the 401, too.
    let (status, allowed) = send(Method::DELETE, "/account/session", &[("origin", APP)]).await;
    assert_eq!((status.as_u16(), allowed.as_deref()), (401, Some(APP)));
    let session = [("origin", APP), ("cookie", "session=1")];
    let (status, _) = send(Method::DELETE, "/account/session", &session).await;
    assert_eq!(status.as_u16(), 204);
}
