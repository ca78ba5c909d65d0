//! What people build: two policies side by side, tenants in a shared state, rejections of every kind.

use std::{
    collections::HashSet,
    convert::Infallible,
    sync::{Arc, RwLock},
};

use cors_core::Policy;
use cors_warp::CorsLayer;
use tower::Service;
use warp::{
    Filter,
    http::{Method, Request, Response, header},
    reject::{self, Reject},
};

const APP: &str = "https://app.example.com";
const ADMIN: &str = "https://admin.example.com";
const TENANT: &str = "https://tenant.test";

#[test]
fn two_groups_keep_their_own_policies() {
    let users = warp::path("users").and(warp::put()).map(|| "stored");
    let items = warp::path("items").and(warp::get()).map(|| "[]");
    let admin = cors(Policy::new().allow_origins([ADMIN]).allow_methods(["PUT"]));
    let mut app = warp::service(
        warp::path("admin")
            .and(cors_warp::filter(admin, users))
            .or(cors_warp::filter(cors(Policy::new().allow_any_origin()), items)),
    );

    check(&mut app, Method::GET, "/items", APP, (200, Some("*")));
    check(&mut app, Method::OPTIONS, "/items", APP, (204, Some("*")));
    check(&mut app, Method::PUT, "/admin/users", ADMIN, (200, Some(ADMIN)));
    check(&mut app, Method::OPTIONS, "/admin/users", ADMIN, (204, Some(ADMIN)));
    check(&mut app, Method::PUT, "/admin/users", APP, (200, None));
    check(&mut app, Method::OPTIONS, "/admin/users", APP, (403, None));
}

#[test]
fn of_two_layers_the_inner_one_decides_and_the_outer_one_answers() {
    let users = warp::path("users").and(warp::get()).map(|| "[]");
    let items = warp::path("items").and(warp::get()).map(|| "[]");
    let admin = cors(Policy::new().allow_origins([ADMIN]));
    let routes = warp::path("admin").and(cors_warp::filter(admin, users)).or(items);
    let any = cors(Policy::new().allow_any_origin());
    let mut app = cors_warp::service(any, warp::service(routes));

    check(&mut app, Method::GET, "/items", APP, (200, Some("*")));
    check(&mut app, Method::GET, "/admin/users", ADMIN, (200, Some(ADMIN)));
    check(&mut app, Method::GET, "/admin/users", APP, (200, None));
    check(&mut app, Method::OPTIONS, "/admin/users", APP, (204, Some("*")));
}

#[test]
fn what_a_group_rejects_is_no_longer_its_own() {
    let users = warp::path("users").and(warp::get()).map(|| "[]");
    let others = warp::path!("admin" / "others").map(|| "[]");
    let admin = cors(Policy::new().allow_origins([ADMIN]));
    let routes = warp::path("admin").and(cors_warp::filter(admin, users)).or(others);
    let any = cors(Policy::new().allow_any_origin());
    let mut app = cors_warp::service(any, warp::service(routes));

    check(&mut app, Method::GET, "/admin/others", APP, (200, Some("*")));
    check(&mut app, Method::PUT, "/admin/users", APP, (405, Some("*")));
    check(&mut app, Method::GET, "/admin/unknown", APP, (404, Some("*")));
}

#[test]
fn every_rejection_is_covered_around_a_service() {
    #[derive(Debug)]
    struct Own;
    impl Reject for Own {}

    let own = warp::path("own").and_then(async || Err::<&str, _>(reject::custom(Own)));
    let header = warp::path("header").and(warp::header("x-count")).map(|_: u32| "");
    let query = warp::path("query").and(warp::query()).map(|_: Vec<(String, u32)>| "");
    let body = warp::path("body").and(warp::body::json()).map(|_: u32| "");
    let limit = warp::path("limit").and(warp::body::content_length_limit(1)).map(|| "");
    let missing = warp::path("missing").and(warp::ext::get()).map(|_: u32| "");
    let routes = own.or(header).or(query).or(body).or(limit).or(missing);
    let layer = cors(Policy::new().allow_origins([APP]));
    let mut app = cors_warp::service(layer, warp::service(routes));

    for (path, status) in [
        ("/own", 500),
        ("/header", 400),
        ("/query?a=b", 400),
        ("/body", 400),
        ("/limit", 411),
        ("/missing", 500),
        ("/unknown", 404),
    ] {
        check(&mut app, Method::GET, path, APP, (status, Some(APP)));
    }
}

#[test]
fn a_predicate_sees_the_request() {
    let policy = || cors(Policy::new().dynamic_origins());
    let layer = policy().allow_origin_if(|origin, request| {
        request.method == Method::GET
            && request.headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
            && request.uri.path().strip_prefix('/') == Some(origin.host())
    });
    let routes = warp::path::param().map(|host: String| host);
    let mut service = cors_warp::service(layer.clone(), warp::service(routes));
    let mut filter = warp::service(cors_warp::filter(layer, routes));

    for (path, allowed) in [("/tenant.test", Some(TENANT)), ("/app.example.com", None)] {
        check(&mut service, Method::GET, path, TENANT, (200, allowed));
        check(&mut filter, Method::GET, path, TENANT, (200, allowed));
    }
}

#[test]
fn a_predicate_that_waits_asks_the_state_which_requests_change() {
    type Tenants = Arc<RwLock<HashSet<String>>>;

    let tenants = Tenants::default();
    let known = Arc::clone(&tenants);
    let policy = Policy::new().allow_origins([ADMIN]).dynamic_origins();
    let layer = cors(policy).allow_origin_if_async(move |origin, _| {
        let (known, host) = (Arc::clone(&known), origin.host().to_owned());
        async move {
            tokio::task::yield_now().await;
            known.read().expect("no filter panics").contains(&host)
        }
    });
    let add = warp::path::param().map(move |host: String| {
        tenants.write().expect("no filter panics").insert(host);
        "added"
    });
    let mut service = cors_warp::service(layer.clone(), warp::service(add.clone()));
    let mut filter = warp::service(cors_warp::filter(layer, add));

    check(&mut service, Method::OPTIONS, "/tenant.test", TENANT, (403, None));
    check(&mut filter, Method::OPTIONS, "/tenant.test", TENANT, (403, None));
    check(&mut filter, Method::PUT, "/tenant.test", ADMIN, (200, Some(ADMIN)));
    check(&mut service, Method::PUT, "/tenant.test", TENANT, (200, Some(TENANT)));
    check(&mut filter, Method::PUT, "/tenant.test", TENANT, (200, Some(TENANT)));
    check(&mut filter, Method::OPTIONS, "/tenant.test", TENANT, (204, Some(TENANT)));
    check(&mut filter, Method::PUT, "/tenant.test", APP, (200, None));
}

#[test]
fn a_filter_passes_the_body_that_was_sent() {
    let echo = warp::body::bytes().map(|body: bytes::Bytes| Response::new(body));
    let layered = cors_warp::filter(cors(Policy::new().allow_origins([APP])), echo);
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.expect("a runtime can be built");
    let request = warp::test::request().header("origin", APP).body("hello");
    let response = runtime.block_on(request.reply(&layered));
    assert_eq!(response.body(), "hello");
    assert_eq!(response.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], APP);
}

fn cors(policy: Policy) -> CorsLayer {
    CorsLayer::new(policy.compile().expect("the policy is valid"))
}

/// Which status is answered, and which origin is allowed to read it. `OPTIONS` is a preflight.
#[track_caller]
fn check<S, B>(app: &mut S, method: Method, path: &str, origin: &str, wanted: (u16, Option<&str>))
where
    S: Service<Request<String>, Response = Response<B>, Error = Infallible>,
{
    let request = Request::builder()
        .method(&method)
        .uri(path)
        .header(header::ORIGIN, origin)
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT")
        .body(String::new())
        .expect("the request is valid");
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let Ok(response) = runtime.expect("a runtime can be built").block_on(app.call(request));
    let allowed = response.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    let allowed = allowed.map(|value| value.to_str().expect("an origin is text"));
    assert_eq!((response.status().as_u16(), allowed), wanted, "{method} {path} from {origin}");
}
