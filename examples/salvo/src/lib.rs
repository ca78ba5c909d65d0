//! The program of every example, without CORS: the same routes, served in the same way.

use std::{env, future::Future, io, process::ExitCode};

use salvo::{
    catcher::Catcher,
    conn::tcp::TcpAcceptor,
    extract::PathParam,
    http::{HeaderValue, header},
    prelude::*,
};
use tokio::net::TcpListener;

/// Every route.
pub fn routes() -> Router {
    Router::new()
        .get(index)
        .head(index)
        .push(Router::with_path("items").get(items).head(items))
        .push(Router::with_path("items/{id}").put(store).delete(remove))
        .push(Router::with_path("error").get(fail).head(fail))
}

#[handler]
async fn index() -> &'static str {
    "Items are at /items.\n"
}

#[handler]
async fn items(res: &mut Response) {
    res.headers_mut().insert(header::ETAG, HeaderValue::from_static("\"1\""));
    json(res, "[{\"id\":1},{\"id\":2}]\n".into());
}

#[handler]
async fn fail() -> StatusCode {
    StatusCode::INTERNAL_SERVER_ERROR
}

#[handler]
async fn store(id: PathParam<u32>, res: &mut Response) {
    json(res, format!("{{\"id\":{id}}}\n"));
}

#[handler]
async fn remove(_id: PathParam<u32>) -> StatusCode {
    StatusCode::NO_CONTENT
}

fn json(res: &mut Response, text: String) {
    res.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    res.body(text);
}

/// Serves until Ctrl-C or SIGTERM, on the port that `PORT` says or on a free one.
pub async fn serve(service: Service) -> ExitCode {
    match try_serve(service).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn try_serve(service: Service) -> io::Result<()> {
    let port = env::var("PORT").unwrap_or_else(|_| "0".into());
    let address = format!("127.0.0.1:{port}");
    let listener = TcpListener::bind(&address).await.map_err(|error| {
        io::Error::new(error.kind(), format!("cannot listen on {address}: {error}"))
    })?;
    let stopped = stopped()?;
    println!("listening on http://{}", listener.local_addr()?);
    let server = Server::new(TcpAcceptor::try_from(listener)?);
    let handle = server.handle();
    tokio::spawn(async move {
        stopped.await;
        handle.stop_graceful(None);
    });
    server.try_serve(service.catcher(Catcher::new(no_page))).await
}

/// Leaves errors as they are, where salvo would write a page.
#[handler]
async fn no_page() {}

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
