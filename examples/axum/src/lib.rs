//! The program of every example, without CORS: the same routes, served in the same way.

use std::{env, future::Future, io, process::ExitCode};

use axum::{
    Router,
    extract::Path,
    http::{StatusCode, header},
    response::IntoResponse,
    routing::{get, put},
};
use tokio::net::TcpListener;

/// Every route.
pub fn routes() -> Router {
    reading().merge(writing())
}

/// What anyone may ask for.
pub fn reading() -> Router {
    Router::new()
        .route("/", get(async || "Items are at /items.\n"))
        .route("/items", get(items))
        .route("/error", get(async || StatusCode::INTERNAL_SERVER_ERROR))
        .fallback(async || StatusCode::NOT_FOUND)
}

/// What changes something.
pub fn writing() -> Router {
    Router::new().route("/items/{id}", put(store).delete(remove))
}

async fn items() -> impl IntoResponse {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::ETAG, "\"1\"")];
    (headers, "[{\"id\":1},{\"id\":2}]\n")
}

async fn store(Path(id): Path<u32>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], format!("{{\"id\":{id}}}\n"))
}

async fn remove(Path(_): Path<u32>) -> StatusCode {
    StatusCode::NO_CONTENT
}

/// Serves until Ctrl-C or SIGTERM, on the port that `PORT` says or on a free one.
pub async fn serve(app: Router) -> ExitCode {
    match try_serve(app).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn try_serve(app: Router) -> io::Result<()> {
    let port = env::var("PORT").unwrap_or_else(|_| "0".into());
    let address = format!("127.0.0.1:{port}");
    let listener = TcpListener::bind(&address).await.map_err(|error| {
        io::Error::new(error.kind(), format!("cannot listen on {address}: {error}"))
    })?;
    let stopped = stopped()?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, app).with_graceful_shutdown(stopped).await
}

/// Ends when the program is told to stop, and listens for that from now on.
#[cfg(unix)]
fn stopped() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ends when the program is told to stop, and listens for that from now on.
#[cfg(windows)]
fn stopped() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}
