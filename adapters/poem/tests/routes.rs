//! What people build: two policies, and origins in the application's state.

use std::{
    collections::HashSet,
    sync::{Arc, RwLock},
};

use cors_core::{Origin, Policy};
use cors_poem::CorsMiddleware;
use poem::{
    Endpoint, EndpointExt, IntoEndpoint, Request, Route,
    endpoint::make_sync,
    get, handler,
    http::{Method, header},
    put,
    web::{Data, Path},
};

const APP: &str = "https://app.example.com";
const ADMIN: &str = "https://admin.example.com";
const TENANT: &str = "https://tenant.test";

#[tokio::test]
async fn two_nested_routes_keep_their_own_policies() {
    let public = at("/items").with(cors(Policy::new().allow_any_origin()));
    let admin = at("/users").with(cors(admin()));
    check_two(Route::new().nest("/api", public).nest("/admin", admin)).await;
}

#[tokio::test]
async fn two_paths_keep_their_own_policies() {
    let public = get(ok()).with(cors(Policy::new().allow_any_origin()));
    let admin = get(ok()).with(cors(admin()));
    check_two(Route::new().at("/api/items", public).at("/admin/users", admin)).await;
}

async fn check_two(app: Route) {
    check(&app, Method::GET, "/api/items", APP, (200, Some("*"))).await;
    check(&app, Method::OPTIONS, "/api/items", APP, (204, Some("*"))).await;
    check(&app, Method::GET, "/admin/users", ADMIN, (200, Some(ADMIN))).await;
    check(&app, Method::OPTIONS, "/admin/users", ADMIN, (204, Some(ADMIN))).await;
    check(&app, Method::GET, "/admin/users", APP, (200, None)).await;
    check(&app, Method::OPTIONS, "/admin/users", APP, (403, None)).await;
}

#[tokio::test]
async fn of_two_around_one_another_the_inner_one_decides_and_the_outer_one_answers() {
    let app = at("/items")
        .nest("/admin", at("/users").with(cors(admin())))
        .with(cors(Policy::new().allow_any_origin()));

    check(&app, Method::GET, "/items", APP, (200, Some("*"))).await;
    check(&app, Method::GET, "/admin/users", ADMIN, (200, Some(ADMIN))).await;
    check(&app, Method::GET, "/admin/users", APP, (200, None)).await;
    check(&app, Method::OPTIONS, "/admin/users", APP, (204, Some("*"))).await;
}

type Tenants = Arc<RwLock<HashSet<String>>>;

#[handler]
fn add(Path(host): Path<String>, Data(tenants): Data<&Tenants>) {
    tenants.write().expect("no handler panics").insert(host);
}

#[tokio::test]
async fn a_predicate_asks_the_state_which_requests_change() {
    check_tenants(|cors| {
        cors.allow_origin_if(|origin, request| {
            let tenants = request.data::<Tenants>().expect("the state is beside the request");
            tenants.read().expect("no handler panics").contains(origin.host())
        })
    })
    .await;
}

#[tokio::test]
async fn an_awaited_predicate_asks_the_state_which_requests_change() {
    check_tenants(|cors| {
        cors.allow_origin_if_async(|origin, request| {
            let (tenants, host) = (request.data::<Tenants>().cloned(), origin.host().to_owned());
            async move {
                tokio::task::yield_now().await;
                let tenants = tenants.expect("the state is beside the request");
                tenants.read().expect("no handler panics").contains(&host)
            }
        })
    })
    .await;
}

async fn check_tenants(asking: impl FnOnce(CorsMiddleware) -> CorsMiddleware) {
    let app = Route::new()
        .at("/:host", put(add))
        .with(asking(cors(admin().dynamic_origins())))
        .data(Tenants::default());

    check(&app, Method::OPTIONS, "/tenant.test", TENANT, (403, None)).await;
    check(&app, Method::PUT, "/tenant.test", ADMIN, (200, Some(ADMIN))).await;
    check(&app, Method::OPTIONS, "/tenant.test", TENANT, (204, Some(TENANT))).await;
    check(&app, Method::PUT, "/tenant.test", TENANT, (200, Some(TENANT))).await;
    check(&app, Method::PUT, "/tenant.test", APP, (200, None)).await;
}

#[tokio::test]
async fn a_predicate_is_asked_about_nothing_that_is_decided_already() {
    fn refuse(origin: &Origin<'_>) -> bool {
        panic!("asked about {origin}")
    }
    let at_once = cors(admin()).allow_origin_if(|origin, _| refuse(origin));
    let awaited = cors(admin()).allow_origin_if_async(|origin, _| {
        let allowed = refuse(&origin.as_origin());
        async move { allowed }
    });
    for cors in [at_once, awaited] {
        let app = at("/").with(cors);
        check(&app, Method::GET, "/", ADMIN, (200, Some(ADMIN))).await;
        check(&app, Method::GET, "/", "null", (200, None)).await;
        check(&app, Method::GET, "/", "https://Admin.example.com/", (200, None)).await;
    }
}

fn at(path: &str) -> Route {
    Route::new().at(path, get(ok()))
}

fn ok() -> impl IntoEndpoint<Endpoint: 'static> {
    make_sync(|_| "[]")
}

fn admin() -> Policy {
    Policy::new().allow_origins([ADMIN]).allow_methods(["PUT"])
}

fn cors(policy: Policy) -> CorsMiddleware {
    CorsMiddleware::new(policy.compile().expect("the policy is valid"))
}

/// Which status is answered, and which origin is allowed to read it. `OPTIONS` is a preflight.
async fn check(
    app: &impl Endpoint,
    method: Method,
    path: &str,
    origin: &str,
    wanted: (u16, Option<&str>),
) {
    let request = Request::builder()
        .method(method.clone())
        .uri(path.parse().expect("a path is a target"))
        .header(header::ORIGIN, origin)
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT")
        .finish();
    let response = app.get_response(request).await;
    let allowed = response.header(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    assert_eq!((response.status().as_u16(), allowed), wanted, "{method} {path} from {origin}");
}
