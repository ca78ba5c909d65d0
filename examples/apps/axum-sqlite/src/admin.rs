//! The admin API: which origins a tenant has.

use axum::{
    Json, Router,
    extract::{FromRequestParts, Path, State},
    http::{StatusCode, header, request::Parts},
    routing::get,
};
use cors_adapters::Policy;
use serde::Deserialize;

use crate::App;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/{tenant}/origins", get(list).put(add).delete(remove))
}

#[derive(Deserialize)]
struct Change {
    origin: String,
}

/// An extractor that requires the admin's token.
struct Admin;

impl FromRequestParts<App> for Admin {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, StatusCode> {
        let sent = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let sent = sent.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
        match same(sent, &app.settings.admin_token) {
            true => Ok(Self),
            false => Err(StatusCode::UNAUTHORIZED),
        }
    }
}

async fn list(
    _: Admin,
    State(app): State<App>,
    Path(tenant): Path<String>,
) -> Result<Json<Vec<String>>, StatusCode> {
    app.store.origins(&tenant).await.map(Json).map_err(unavailable)
}

/// Adds an origin. A mistake in it is answered with its fix.
async fn add(
    _: Admin,
    State(app): State<App>,
    Path(tenant): Path<String>,
    Json(change): Json<Change>,
) -> Result<StatusCode, (StatusCode, String)> {
    let wrong = |text: String| (StatusCode::UNPROCESSABLE_ENTITY, text);
    let policy = Policy::new().allow_origin(&*change.origin).allow_credentials(true);
    policy.compile().map_err(|errors| wrong(errors.to_string()))?;
    if change.origin.contains('*') {
        return Err(wrong("a tenant lists its origins one by one, without \"*\"".to_owned()));
    }
    let done = app.store.add(&tenant, &change.origin).await;
    done.map(|()| StatusCode::NO_CONTENT).map_err(|error| (unavailable(error), String::new()))
}

async fn remove(
    _: Admin,
    State(app): State<App>,
    Path(tenant): Path<String>,
    Json(change): Json<Change>,
) -> Result<StatusCode, StatusCode> {
    let done = app.store.remove(&tenant, &change.origin).await;
    done.map(|()| StatusCode::NO_CONTENT).map_err(unavailable)
}

/// Compares in a time that does not depend on where the texts differ.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len()
        && one.bytes().zip(other.bytes()).fold(0, |found, (one, other)| found | (one ^ other)) == 0
}

/// The database does not answer.
pub(crate) fn unavailable(_: sqlx::Error) -> StatusCode {
    StatusCode::SERVICE_UNAVAILABLE
}
