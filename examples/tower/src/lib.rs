//! The program of every example, without CORS: the same routes, served in the same way.

use std::{convert::Infallible, env, future::Future, io, pin::pin, process::ExitCode};

use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use http_body::Body;
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{rt::TokioIo, server::graceful::GracefulShutdown, service::TowerToHyperService};
use tokio::net::TcpListener;
use tower::Service;

/// Every route.
pub async fn routes(request: Request<Incoming>) -> Result<Response<String>, Infallible> {
    let (method, path) = (request.method(), request.uri().path());
    Ok(match (path, path.strip_prefix("/items/").map(str::parse::<u32>)) {
        ("/", _) if reads(method) => Response::new("Items are at /items.\n".into()),
        ("/items", _) if reads(method) => {
            let mut items = json("[{\"id\":1},{\"id\":2}]\n".into());
            items.headers_mut().insert(header::ETAG, HeaderValue::from_static("\"1\""));
            items
        }
        ("/error", _) if reads(method) => status(StatusCode::INTERNAL_SERVER_ERROR),
        (_, Some(Ok(id))) if method == Method::PUT => json(format!("{{\"id\":{id}}}\n")),
        (_, Some(Ok(_))) if method == Method::DELETE => status(StatusCode::NO_CONTENT),
        ("/" | "/items" | "/error", _) | (_, Some(Ok(_))) => status(StatusCode::METHOD_NOT_ALLOWED),
        _ => status(StatusCode::NOT_FOUND),
    })
}

/// Whether a request changes something.
pub fn writes(request: &Request<Incoming>) -> bool {
    request.uri().path().starts_with("/items/")
}

fn reads(method: &Method) -> bool {
    method == Method::GET || method == Method::HEAD
}

fn json(text: String) -> Response<String> {
    let mut response = Response::new(text);
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}

/// A response that is only a status.
pub fn status(status: StatusCode) -> Response<String> {
    let mut response = Response::new(String::new());
    *response.status_mut() = status;
    response
}

/// Serves until Ctrl-C or SIGTERM, on the port that `PORT` says or on a free one.
pub async fn serve<S, B>(app: S) -> ExitCode
where
    S: Service<Request<Incoming>, Response = Response<B>, Error = Infallible, Future: Send>,
    S: Clone + Send + 'static,
    B: Body<Data: Send, Error = Infallible> + Send + 'static,
{
    match try_serve(TowerToHyperService::new(app)).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn try_serve<S, B>(app: TowerToHyperService<S>) -> io::Result<()>
where
    S: Service<Request<Incoming>, Response = Response<B>, Error = Infallible, Future: Send>,
    S: Clone + Send + 'static,
    B: Body<Data: Send, Error = Infallible> + Send + 'static,
{
    let port = env::var("PORT").unwrap_or_else(|_| "0".into());
    let address = format!("127.0.0.1:{port}");
    let listener = TcpListener::bind(&address).await.map_err(|error| {
        io::Error::new(error.kind(), format!("cannot listen on {address}: {error}"))
    })?;
    let mut stopped = pin!(stopped()?);
    println!("listening on http://{}", listener.local_addr()?);
    let connections = GracefulShutdown::new();
    loop {
        let stream = tokio::select! {
            accepted = listener.accept() => accepted?.0,
            () = &mut stopped => break,
        };
        let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), app.clone());
        // A connection that fails is the client's affair.
        tokio::spawn(connections.watch(connection));
    }
    connections.shutdown().await;
    Ok(())
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
