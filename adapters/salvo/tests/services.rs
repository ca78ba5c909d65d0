//! What people build: two policies, origins in the depot, and every way to end in an error.

use std::{
    collections::HashSet,
    sync::{Arc, RwLock},
};

use cors_core::Policy;
use cors_salvo::CorsHandler;
use salvo::{
    affix_state,
    catch_panic::CatchPanic,
    catcher::Catcher,
    extract::{JsonBody, PathParam},
    http::{Method, header, mime},
    prelude::*,
    test::{RequestBuilder, ResponseExt},
};

const APP: &str = "https://app.example.com";
const ADMIN: &str = "https://admin.example.com";
const TENANT: &str = "https://tenant.test";

#[tokio::test]
async fn two_hoops_side_by_side_keep_their_own_policies() {
    fn is_admin(req: &Request, _: &Depot) -> bool {
        req.uri().path().starts_with("/admin/")
    }
    let public = cors(Policy::new().allow_any_origin());
    let admin = cors(Policy::new().allow_origins([ADMIN]).allow_methods(["PUT"]));
    let service = Service::new(routes())
        .hoop_when(public, |req, depot| !is_admin(req, depot))
        .hoop_when(admin, is_admin);

    check(&service, Method::GET, "/items", APP, (200, Some("*"))).await;
    check(&service, Method::OPTIONS, "/items", APP, (204, Some("*"))).await;
    check(&service, Method::PUT, "/admin/users", ADMIN, (200, Some(ADMIN))).await;
    check(&service, Method::OPTIONS, "/admin/users", ADMIN, (204, Some(ADMIN))).await;
    check(&service, Method::DELETE, "/admin/users", ADMIN, (405, Some(ADMIN))).await;
    check(&service, Method::GET, "/admin/unknown", ADMIN, (404, Some(ADMIN))).await;
    check(&service, Method::PUT, "/admin/users", APP, (200, None)).await;
    check(&service, Method::OPTIONS, "/admin/users", APP, (403, None)).await;
}

#[tokio::test]
async fn of_two_handlers_the_inner_one_decides_and_the_outer_one_answers() {
    let admin = Router::with_path("admin/users")
        .hoop(cors(Policy::new().allow_origins([ADMIN])))
        .put(hello);
    let service =
        Service::new(Router::new().push(Router::with_path("items").get(hello)).push(admin))
            .hoop(cors(Policy::new().allow_any_origin().allow_methods(["PUT"])));

    check(&service, Method::GET, "/items", APP, (200, Some("*"))).await;
    check(&service, Method::PUT, "/admin/users", ADMIN, (200, Some(ADMIN))).await;
    check(&service, Method::PUT, "/admin/users", APP, (200, None)).await;
    check(&service, Method::OPTIONS, "/admin/users", APP, (204, Some("*"))).await;
}

#[tokio::test]
async fn a_predicate_asks_the_state_which_requests_change() {
    type Tenants = Arc<RwLock<HashSet<String>>>;

    #[handler]
    async fn add(host: PathParam<String>, depot: &mut Depot) {
        let tenants = depot.get_typed::<Tenants>().expect("the service has tenants");
        tenants.write().expect("no handler panics").insert(host.into_inner());
    }

    fn knows(host: &str, depot: &Depot) -> bool {
        let tenants = depot.get_typed::<Tenants>().expect("the service has tenants");
        tenants.read().expect("no handler panics").contains(host)
    }

    let policy = Policy::new().allow_origins([ADMIN]).dynamic_origins().allow_methods(["PUT"]);
    let at_once =
        cors(policy.clone()).allow_origin_if(|origin, _, depot| knows(origin.host(), depot));
    let awaited = cors(policy).allow_origin_if_async(|origin, _, depot| {
        let known = knows(origin.host(), depot);
        async move {
            tokio::task::yield_now().await;
            known
        }
    });
    for cors in [at_once, awaited] {
        let service = Service::new(Router::with_path("{host}").put(add))
            .hoop(affix_state::inject(Tenants::default()))
            .hoop(cors);

        check(&service, Method::OPTIONS, "/tenant.test", TENANT, (403, None)).await;
        check(&service, Method::PUT, "/tenant.test", ADMIN, (200, Some(ADMIN))).await;
        check(&service, Method::OPTIONS, "/tenant.test", TENANT, (204, Some(TENANT))).await;
        check(&service, Method::PUT, "/tenant.test", TENANT, (200, Some(TENANT))).await;
        check(&service, Method::PUT, "/tenant.test", APP, (200, None)).await;
    }
}

#[tokio::test]
async fn a_panic_that_is_caught_inside() {
    check_inside(Router::new().get(panics), 500).await;
}

#[tokio::test]
async fn a_panic_that_is_caught_outside_has_no_headers() {
    let cors = cors(Policy::new().allow_origins([APP]));
    let service = Service::new(Router::new().get(panics)).hoop(CatchPanic::new()).hoop(cors);
    check(&service, Method::GET, "/", APP, (500, None)).await;
}

#[tokio::test]
async fn an_error_of_the_handlers() {
    #[handler]
    async fn fails() -> Result<&'static str, StatusError> {
        Err(StatusError::bad_gateway())
    }
    check_inside(Router::new().get(fails), 502).await;
}

#[tokio::test]
async fn an_error_of_an_extractor() {
    #[handler]
    async fn reads(body: JsonBody<u32>) -> String {
        body.into_inner().to_string()
    }
    check_inside(Router::new().get(reads), 400).await;
}

#[tokio::test]
async fn an_error_of_a_hoop_inside() {
    #[handler]
    async fn refuse(res: &mut Response, ctrl: &mut FlowCtrl) {
        res.render(StatusError::too_many_requests());
        ctrl.skip_rest();
    }
    check_inside(Router::new().hoop(refuse).get(hello), 429).await;
}

#[tokio::test]
async fn a_hoop_that_ceases_the_flow() {
    #[handler]
    async fn cease(res: &mut Response, ctrl: &mut FlowCtrl) {
        res.status_code(StatusCode::SERVICE_UNAVAILABLE);
        ctrl.cease();
    }
    check_inside(Router::new().hoop(cease).get(hello), 503).await;
}

#[tokio::test]
async fn a_media_type_that_the_service_does_not_send() {
    let service = service(Router::new().get(hello)).allowed_media_types(vec![mime::TEXT_HTML]);
    check(&service, Method::GET, "/", APP, (415, Some(APP))).await;
}

#[tokio::test]
async fn a_page_of_the_catchers() {
    #[handler]
    async fn page(res: &mut Response) {
        res.render("nothing here");
    }
    let service = service(Router::new().get(hello)).catcher(Catcher::new(page));
    let mut response = ask(&service, Method::GET, "/unknown", APP).await;
    assert_eq!(allowed(&response), (404, Some(APP)));
    assert_eq!(response.take_string().await.ok().as_deref(), Some("nothing here"));
}

#[tokio::test]
async fn a_refused_preflight_has_no_page_of_the_catchers() {
    let service = service(Router::new().get(hello));
    let mut response = ask(&service, Method::OPTIONS, "/", TENANT).await;
    assert_eq!(allowed(&response), (403, None));
    assert_eq!(response.take_string().await.ok().as_deref(), Some(""));
}

#[tokio::test]
async fn a_preflight_runs_nothing_inside_and_everything_outside() {
    #[handler]
    async fn unreachable() {
        panic!("the chain ran")
    }
    #[handler]
    async fn stamp(req: &mut Request, depot: &mut Depot, res: &mut Response, ctrl: &mut FlowCtrl) {
        res.render("what an outer hoop wrote too early");
        ctrl.call_next(req, depot, res).await;
        res.headers_mut().insert("x-outer", "1".parse().expect("a value"));
    }
    let service = Service::new(Router::new().goal(unreachable))
        .hoop(stamp)
        .hoop(cors(Policy::new().allow_origins([APP])))
        .hoop(unreachable);
    let mut response = ask(&service, Method::OPTIONS, "/", APP).await;
    assert_eq!(allowed(&response), (204, Some(APP)));
    assert!(response.headers().contains_key("x-outer"));
    assert_eq!(response.take_string().await.ok().as_deref(), Some(""));
}

fn routes() -> Router {
    Router::new()
        .push(Router::with_path("items").get(hello))
        .push(Router::with_path("admin/users").put(hello))
}

#[handler]
async fn hello() -> &'static str {
    "hello"
}

#[handler]
async fn panics() {
    std::panic::resume_unwind(Box::new("the handler panics"))
}

fn cors(policy: Policy) -> CorsHandler {
    CorsHandler::new(policy.compile().expect("the policy is valid"))
}

fn service(router: Router) -> Service {
    Service::new(router).hoop(cors(Policy::new().allow_origins([APP]))).hoop(CatchPanic::new())
}

/// Whatever goes wrong inside, the response carries the headers.
async fn check_inside(router: Router, status: u16) {
    check(&service(router), Method::GET, "/", APP, (status, Some(APP))).await;
}

/// Which status is answered, and which origin is allowed to read it. `OPTIONS` is a preflight.
async fn check(
    service: &Service,
    method: Method,
    path: &str,
    origin: &str,
    wanted: (u16, Option<&str>),
) {
    let response = ask(service, method.clone(), path, origin).await;
    assert_eq!(allowed(&response), wanted, "{method} {path} from {origin}");
}

async fn ask(service: &Service, method: Method, path: &str, origin: &str) -> Response {
    RequestBuilder::new(format!("http://localhost{path}"), method)
        .add_header(header::ORIGIN, origin, true)
        .add_header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT", true)
        .send(service)
        .await
}

fn allowed(response: &Response) -> (u16, Option<&str>) {
    let status = response.status_code.expect("a service sets the status");
    let allowed = response.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    (status.as_u16(), allowed.map(|value| value.to_str().expect("an origin is text")))
}
