//! The program of every example, without CORS: the same routes, served in the same way.

use std::{env, future::Future, io, process::ExitCode};

use poem::{
    Endpoint, EndpointExt, Error, IntoResponse, Response, Route, Server, get, handler,
    http::{StatusCode, header},
    listener::TcpAcceptor,
    put,
    web::Path,
};
use tokio::net::TcpListener;

/// Every route.
pub fn routes() -> Route {
    Route::new().nest("/", reading()).at("/items/:id", writing())
}

/// What anyone may ask for.
pub fn reading() -> impl Endpoint<Output = Response> + 'static {
    Route::new()
        .at("/", get(index))
        .at("/items", get(items))
        .at("/error", get(fail))
        .catch_all_error(status)
}

/// What changes something.
pub fn writing() -> impl Endpoint<Output = Response> + 'static {
    put(store).delete(remove).catch_all_error(status)
}

#[handler]
fn index() -> &'static str {
    "Items are at /items.\n"
}

#[handler]
fn items() -> impl IntoResponse {
    "[{\"id\":1},{\"id\":2}]\n"
        .with_content_type("application/json")
        .with_header(header::ETAG, "\"1\"")
}

#[handler]
fn fail() -> StatusCode {
    StatusCode::INTERNAL_SERVER_ERROR
}

#[handler]
fn store(Path(id): Path<u32>) -> impl IntoResponse {
    format!("{{\"id\":{id}}}\n").with_content_type("application/json")
}

#[handler]
fn remove(Path(_): Path<u32>) -> StatusCode {
    StatusCode::NO_CONTENT
}

/// A 404 or 405 without poem's words for it.
async fn status(error: Error) -> StatusCode {
    error.status()
}

/// Serves until Ctrl-C or SIGTERM, on the port that `PORT` says or on a free one.
pub async fn serve(app: impl Endpoint + 'static) -> ExitCode {
    match try_serve(app).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn try_serve(app: impl Endpoint + 'static) -> io::Result<()> {
    let port = env::var("PORT").unwrap_or_else(|_| "0".into());
    let address = format!("127.0.0.1:{port}");
    let listener = TcpListener::bind(&address).await.map_err(|error| {
        io::Error::new(error.kind(), format!("cannot listen on {address}: {error}"))
    })?;
    let stopped = stopped()?;
    println!("listening on http://{}", listener.local_addr()?);
    let server = Server::new_with_acceptor(TcpAcceptor::from_tokio(listener)?);
    server.run_with_graceful_shutdown(app, stopped, None).await
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
