//! An application with tenants: each has its own frontends, whose origins are in a database and change
//! while the application serves.

mod admin;
mod items;
mod store;

use axum::{Router, http::request::Parts};
use cors_adapters::{Policy, PolicyErrors, Resources, axum::CorsLayer};

pub use store::Store;

/// The environment that the application runs in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Development servers on this machine are allowed, and cookies need no TLS.
    Development,
    /// Only origins from the database are allowed.
    Production,
}

/// The settings from the environment.
#[derive(Clone, Debug)]
pub struct Settings {
    pub mode: Mode,
    /// The token of the admin API.
    pub admin_token: String,
}

/// The state of every handler.
#[derive(Clone)]
struct App {
    store: Store,
    settings: Settings,
}

/// The whole application.
pub fn app(store: Store, settings: Settings) -> Result<Router, PolicyErrors> {
    let layer = cors(&settings)?;
    let tenants = store.clone();
    let layer = layer.allow_origin_if_async(|origin, request| async move {
        let Some(tenant) = tenant(&request) else { return false };
        // A database that does not answer allows no one.
        tenants.allows(tenant, origin.as_str()).await.unwrap_or(false)
    });
    Ok(Router::new()
        .merge(items::routes())
        .nest("/admin", admin::routes())
        .with_state(App { store, settings })
        .layer(layer)) // the last layer: sessions are checked inside it
}

/// The policies by path. The admin API is for `curl` and servers, so it has none.
fn cors(settings: &Settings) -> Result<CorsLayer, PolicyErrors> {
    let mut tenants = Policy::new()
        .dynamic_origins()
        .allow_methods(["DELETE"])
        .allow_headers(["content-type"])
        .allow_credentials(true);
    if settings.mode == Mode::Development {
        tenants = tenants.allow_origins(["http://localhost:*"]).max_age(0);
    }
    let cors = Resources::new().at("/t/*", tenants).without("/admin/*").compile()?;
    Ok(CorsLayer::new(cors))
}

/// The tenant of a request: the second part of its path.
fn tenant(request: &Parts) -> Option<&str> {
    let mut parts = request.uri.path().split('/').skip(1);
    (parts.next() == Some("t")).then(|| parts.next()).flatten()
}
