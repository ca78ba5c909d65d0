//! The part for a tenant's frontends: sessions, and the items of the user.

use axum::{
    Json, Router,
    extract::{FromRequestParts, Path, State},
    http::{HeaderName, StatusCode, header, request::Parts},
    routing::{delete, get, post},
};
use serde::Deserialize;

use crate::{App, Mode, admin::unavailable};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/t/{tenant}/login", post(login))
        .route("/t/{tenant}/items", get(list).post(add))
        .route("/t/{tenant}/items/{item}", delete(remove))
}

#[derive(Deserialize)]
struct Login {
    user: String,
}

/// Starts a session. A real application checks a password first.
async fn login(
    State(app): State<App>,
    Path(tenant): Path<String>,
    Json(Login { user }): Json<Login>,
) -> Result<(StatusCode, [(HeaderName, String); 1]), StatusCode> {
    let session = app.store.login(&tenant, &user).await.map_err(unavailable)?;
    // Frontends on another site need `SameSite=None`, which requires `Secure`.
    let rest = match app.settings.mode {
        Mode::Development => "SameSite=Lax",
        Mode::Production => "SameSite=None; Secure",
    };
    let cookie = format!("session={session}; HttpOnly; Path=/t/{tenant}; {rest}");
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]))
}

/// The user of a session.
struct User(String);

impl FromRequestParts<App> for User {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, StatusCode> {
        let tenant = crate::tenant(parts).unwrap_or_default().to_owned();
        let cookies = parts.headers.get(header::COOKIE).and_then(|value| value.to_str().ok());
        let mut cookies = cookies.unwrap_or_default().split("; ");
        let session = cookies.find_map(|cookie| cookie.strip_prefix("session="));
        let session = session.ok_or(StatusCode::UNAUTHORIZED)?;
        let user = app.store.user(&tenant, session).await.map_err(unavailable)?;
        user.map(Self).ok_or(StatusCode::UNAUTHORIZED)
    }
}

async fn list(
    User(user): User,
    State(app): State<App>,
    Path(tenant): Path<String>,
) -> Result<Json<Vec<String>>, StatusCode> {
    app.store.items(&tenant, &user).await.map(Json).map_err(unavailable)
}

#[derive(Deserialize)]
struct Item {
    name: String,
}

async fn add(
    User(user): User,
    State(app): State<App>,
    Path(tenant): Path<String>,
    Json(Item { name }): Json<Item>,
) -> Result<StatusCode, StatusCode> {
    let done = app.store.add_item(&tenant, &user, &name).await;
    done.map(|()| StatusCode::CREATED).map_err(unavailable)
}

async fn remove(
    User(user): User,
    State(app): State<App>,
    Path((tenant, name)): Path<(String, String)>,
) -> Result<StatusCode, StatusCode> {
    let done = app.store.remove_item(&tenant, &user, &name).await;
    done.map(|()| StatusCode::NO_CONTENT).map_err(unavailable)
}
