//! The code that users of other libraries write first compiles, and does what they mean.

use std::{sync::Arc, time::Duration};

use axum::Router;
use cors_adapters::{Any, Cors, CorsLayer, Policy, PolicyErrors, actix_web::CorsMiddleware, poem};
use http::{HeaderName, Method, header};

/// A database of tenants.
#[derive(Default)]
struct Tenants;

impl Tenants {
    async fn allows(&self, origin: &str) -> bool {
        origin == "https://tenant.example"
    }
}

/// One type for the policy, whatever the framework.
fn cors() -> Result<Cors, PolicyErrors> {
    Policy::new()
        .allow_origin("https://a.example")
        .allow_origins("https://b.example")
        .allow_origins(["https://c.example".to_owned()])
        .allow_methods([Method::PUT, Method::DELETE])
        .allow_methods(Method::PATCH)
        .allow_headers([header::AUTHORIZATION, HeaderName::from_static("x-tenant")])
        .allow_headers("content-type")
        .expose_headers(vec!["etag"])
        .max_age(Duration::from_secs(60))
        .dynamic_origins()
        .compile()
}

/// A predicate does not change the type, so `if` and a return type can choose between layers.
fn layer(production: bool) -> Result<CorsLayer, PolicyErrors> {
    let db = Arc::new(Tenants);
    Ok(if production {
        CorsLayer::new(cors()?)
            .allow_origin_if_async(|origin, _request| async move { db.allows(&origin).await })
    } else if cfg!(debug_assertions) {
        CorsLayer::new(cors()?).allow_origin_if(|origin, _| origin.is_under("example.com"))
    } else {
        CorsLayer::permissive()
    })
}

/// A layer in a field.
struct Application {
    cors: CorsLayer,
}

#[test]
fn a_layer_is_returned_stored_and_chosen() -> Result<(), PolicyErrors> {
    for production in [true, false] {
        let application = Application { cors: layer(production)? };
        let _: Router = Router::new().layer(application.cors);
    }
    Ok(())
}

#[test]
fn one_compiled_policy_is_for_every_framework() -> Result<(), PolicyErrors> {
    let cors = cors()?;
    let _ = (CorsLayer::new(cors.clone()), CorsMiddleware::new(cors.clone()));
    let _ = poem::CorsMiddleware::new(cors);
    Ok(())
}

#[test]
fn any_is_every_origin_method_and_header() -> Result<(), PolicyErrors> {
    let any = Policy::new().allow_origin(Any).allow_methods(Any).allow_headers(Any);
    assert_eq!(any.expose_headers("*"), Policy::permissive());
    let unused = Policy::permissive().compile()?;
    drop(unused);
    Ok(())
}

#[test]
fn a_request_s_parts_outlive_the_call() -> Result<(), PolicyErrors> {
    let db = Arc::new(Tenants);
    let _ = CorsLayer::new(cors()?).allow_origin_if_async(move |origin, request| async move {
        request.headers.contains_key("x-tenant") && db.allows(origin.as_str()).await
    });
    Ok(())
}

#[test]
fn patterns_need_their_feature_and_say_so() {
    let compiled = Policy::new().allow_origin_patterns(r"https://pr-\d+\.example\.com").compile();
    let said = compiled.err().map(|errors| errors.to_string());
    assert_eq!(said.is_none(), cfg!(feature = "regex"));
    assert!(said.is_none_or(|said| said.contains("features = [\"regex\"]")));
}

#[test]
fn origins_come_from_a_list_or_the_environment() {
    let listed = Policy::new().allow_origins_list("https://a.example, https://b.example");
    assert_eq!(listed.allow_origins, ["https://a.example", "https://b.example"]);
    assert!(Policy::new().allow_origins_from_env("CORS_UNSET").compile().is_err());
    assert!(Policy::new().allow_origins_from_env_or_none("CORS_UNSET").compile().is_ok());
    assert!(Policy::none().compile().is_ok());
}
