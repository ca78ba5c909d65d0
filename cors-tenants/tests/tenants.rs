//! A policy for each tenant, behind the layer of tower: how often it is loaded, and what is answered.

use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use cors_core::Policy;
use cors_tenants::Tenants;
use cors_tower::{CorsLayer, Verdict, verdict};
use http::{Request, Response};
use tower::{Layer, ServiceExt, service_fn};

const ACME: &str = "https://app.acme.example";
const OTHER: &str = "https://app.other.example";

/// A database that counts its queries.
#[derive(Clone, Default)]
struct Database(Arc<AtomicUsize>);

impl Database {
    fn policy(&self, tenant: &str) -> Result<Option<Policy>, &'static str> {
        self.0.fetch_add(1, Ordering::Relaxed);
        let allow = |origin| Policy::new().allow_origin(origin).allow_methods("PUT");
        match tenant {
            "acme" => Ok(Some(allow(ACME))),
            "other" => Ok(Some(allow(OTHER))),
            "any" => Ok(Some(Policy::permissive())),
            "wrong" => Ok(Some(allow("https://Wrong.example/"))),
            "down" => Err("the database is down"),
            _ => Ok(None),
        }
    }

    fn queries(&self) -> usize {
        self.0.swap(0, Ordering::Relaxed)
    }
}

/// The layer that loads at once, and the one that waits.
fn layers(db: &Database) -> [CorsLayer; 2] {
    let by = || Tenants::by_header("x-tenant");
    let (at_once, awaited) = (db.clone(), db.clone());
    [
        CorsLayer::by(by().load(move |tenant| at_once.policy(tenant))),
        CorsLayer::by(by().load_async(move |tenant| async move {
            tokio::task::yield_now().await;
            awaited.policy(&tenant)
        })),
    ]
}

async fn answer(layer: &CorsLayer, request: http::request::Builder) -> Response<()> {
    let request = request.body(()).expect("the request is valid");
    let handler = |_: Request<()>| async { Ok::<_, Infallible>(Response::new(())) };
    let service = layer.clone().leave_verdict().layer(service_fn(handler));
    let Ok(response) = service.oneshot(request).await;
    response.map(drop)
}

fn get(tenant: &str, origin: &str) -> http::request::Builder {
    Request::get("/items").header("x-tenant", tenant).header("origin", origin)
}

fn preflight(tenant: &str, origin: &str) -> http::request::Builder {
    let request = Request::options("/items").header("x-tenant", tenant).header("origin", origin);
    request.header("access-control-request-method", "PUT")
}

#[track_caller]
fn check(response: &Response<()>, status: u16, allowed: Option<&str>) {
    assert_eq!(response.status(), status);
    let found = response.headers().get("access-control-allow-origin");
    assert_eq!(found.map(|value| value.to_str().expect("ASCII")), allowed);
}

#[tokio::test]
async fn a_tenant_is_loaded_once_for_a_preflight_and_its_request() {
    let db = Database::default();
    for layer in layers(&db) {
        check(&answer(&layer, preflight("acme", ACME)).await, 204, Some(ACME));
        check(&answer(&layer, get("acme", ACME)).await, 200, Some(ACME));
        check(&answer(&layer, get("acme", OTHER)).await, 200, None);
        assert_eq!(db.queries(), 1);
        check(&answer(&layer, get("other", ACME)).await, 200, None);
        check(&answer(&layer, preflight("other", OTHER)).await, 204, Some(OTHER));
        assert_eq!(db.queries(), 1);
    }
}

#[tokio::test]
async fn vary_says_what_names_the_tenant() {
    let db = Database::default();
    for layer in layers(&db) {
        let vary = async |request| {
            let response = answer(&layer, request).await;
            response.headers()["vary"].to_str().expect("ASCII").to_owned()
        };
        assert_eq!(vary(get("acme", ACME)).await, "Origin, x-tenant");
        assert_eq!(vary(get("acme", OTHER)).await, "Origin, x-tenant");
        assert_eq!(vary(preflight("acme", ACME)).await, "Origin, x-tenant");
        assert_eq!(vary(get("nobody", ACME)).await, "Origin, x-tenant");
        assert_eq!(vary(get("down", ACME)).await, "Origin, x-tenant");
        assert_eq!(vary(get("any", ACME)).await, "x-tenant");
        assert_eq!(vary(Request::get("/")).await, "Origin, x-tenant");
    }
}

#[tokio::test]
async fn an_unknown_tenant_allows_no_origin_and_is_remembered() {
    let db = Database::default();
    for layer in layers(&db) {
        check(&answer(&layer, preflight("nobody", ACME)).await, 403, None);
        check(&answer(&layer, get("nobody", ACME)).await, 200, None);
        assert_eq!(db.queries(), 1);
        check(&answer(&layer, Request::get("/").header("origin", ACME)).await, 200, None);
        check(&answer(&layer, get(&"x".repeat(300), ACME)).await, 200, None);
        assert_eq!(db.queries(), 0, "a request that names no tenant loads none");
    }
}

#[tokio::test]
async fn a_tenant_that_cannot_be_loaded_is_503_and_is_loaded_again() {
    let db = Database::default();
    for layer in layers(&db) {
        for tenant in ["down", "wrong"] {
            let response = answer(&layer, preflight(tenant, ACME)).await;
            check(&response, 503, None);
            assert_eq!(verdict(response.extensions()), Some(Verdict::Undecided));
            check(&answer(&layer, get(tenant, ACME)).await, 503, None);
            assert_eq!(db.queries(), 2);
            let plain = Request::get("/").header("x-tenant", tenant);
            check(&answer(&layer, plain).await, 200, None);
            db.queries();
        }
    }
}

#[tokio::test]
async fn strangers_displace_no_tenant_and_time_does() {
    let db = Database::default();
    let load = db.clone();
    let by = Tenants::by_header("x-tenant").at_most(2).keep(Duration::from_secs(3600));
    let layer = CorsLayer::by(by.load(move |tenant| load.policy(tenant)));
    check(&answer(&layer, get("acme", ACME)).await, 200, Some(ACME));
    for at in 0..100 {
        answer(&layer, get(&format!("nobody-{at}"), ACME)).await;
    }
    db.queries();
    check(&answer(&layer, get("acme", ACME)).await, 200, Some(ACME));
    assert_eq!(db.queries(), 0);

    let load = db.clone();
    let by = Tenants::by_header("x-tenant").keep(Duration::ZERO);
    let layer = CorsLayer::by(by.load(move |tenant| load.policy(tenant)));
    answer(&layer, get("acme", ACME)).await;
    answer(&layer, get("acme", ACME)).await;
    assert_eq!(db.queries(), 2);
}

#[tokio::test]
async fn a_tenant_is_a_host_a_segment_or_what_a_function_says() {
    let db = Database::default();
    let load = || {
        let db = db.clone();
        move |tenant: &str| db.policy(tenant)
    };
    let first_label = |host: &str| host.split('.').next().unwrap_or_default().to_owned();
    let host =
        Tenants::by(move |request| Some(first_label(std::str::from_utf8(request.host()?).ok()?)));
    let layer = CorsLayer::by(host.load(load()));
    let request = Request::get("/").header("host", "acme.example.com:8080").header("origin", ACME);
    check(&answer(&layer, request).await, 200, Some(ACME));

    let layer = CorsLayer::by(Tenants::by_host().load(load()));
    let request = Request::get("/").header("host", "ACME:8080").header("origin", ACME);
    check(&answer(&layer, request).await, 200, Some(ACME));

    let layer = CorsLayer::by(Tenants::by_segment(1).load(load()));
    for (path, allowed) in [
        ("/t/acme/items", Some(ACME)),
        ("/t/other/items", None),
        ("/t/%61cme/items", None),
        ("/t//acme", None),
        ("/acme", None),
    ] {
        let request = Request::get(path).header("origin", ACME);
        check(&answer(&layer, request).await, 200, allowed);
    }
}

#[tokio::test]
async fn a_predicate_is_called_for_a_tenant_too() {
    let dynamic = || Tenants::by_host().load(|_| Policy::new().dynamic_origins());
    let awaited = || Tenants::by_host().load_async(async |_| Policy::new().dynamic_origins());
    for layer in [CorsLayer::by(dynamic()), CorsLayer::by(awaited())] {
        let at_once = layer.clone().allow_origin_if(|origin, _| origin.as_str() == ACME);
        let later = layer.allow_origin_if_async(|origin, _| async move { origin.as_str() == ACME });
        for layer in [at_once, later] {
            let request = |origin| Request::get("/").header("host", "a").header("origin", origin);
            check(&answer(&layer, request(ACME)).await, 200, Some(ACME));
            check(&answer(&layer, request(OTHER)).await, 200, None);
        }
    }
}
