//! The server. See README.md for its variables.

use std::{env, error::Error};

use cors_app_axum_sqlite::{Mode, Settings, Store, app};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // Decisions are events with the target "cors": each says why.
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("cors=debug,info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();

    let variable =
        |name: &str, default: &str| env::var(name).unwrap_or_else(|_| default.to_owned());
    let mode = match &*variable("APP_ENV", "production") {
        "development" => Mode::Development,
        "production" => Mode::Production,
        other => return Err(format!("APP_ENV is {other:?}: use development or production").into()),
    };
    let admin_token = match (mode, env::var("ADMIN_TOKEN")) {
        (_, Ok(token)) if !token.is_empty() => token,
        (Mode::Development, _) => "development".to_owned(),
        (Mode::Production, _) => return Err("set ADMIN_TOKEN".into()),
    };
    let store = Store::open(&variable("DATABASE_URL", "sqlite://app.db?mode=rwc")).await?;
    let app = app(store, Settings { mode, admin_token })?;

    let listener = TcpListener::bind(("127.0.0.1", variable("PORT", "3000").parse()?)).await?;
    println!("listening on http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, app).await?)
}
