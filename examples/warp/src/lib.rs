//! The program of every example, without CORS: the same routes, served in the same way.

use std::{convert::Infallible, env, future::Future, io, process::ExitCode};

use tokio::net::TcpListener;
use warp::{
    Filter, Rejection, Reply,
    filters::BoxedFilter,
    http::{Response, StatusCode, header},
    path::Peek,
    reject::{self, MethodNotAllowed},
};

/// Every route.
pub fn routes() -> impl Filter<Extract = (impl Reply,), Error = Infallible> + Clone {
    item().and(writing()).or(reading())
}

/// What anyone may ask for.
pub fn reading() -> impl Filter<Extract = (impl Reply,), Error = Infallible> + Clone {
    let index = warp::path::end().and(get_or_head()).map(|| "Items are at /items.\n");
    let items = warp::path!("items").and(get_or_head()).map(items);
    let error = warp::path!("error").and(get_or_head()).map(|| StatusCode::INTERNAL_SERVER_ERROR);
    index.or(items).or(error).recover(render)
}

/// What changes something.
pub fn writing() -> impl Filter<Extract = (impl Reply,), Error = Infallible> + Clone {
    let store = warp::path!("items" / u32).and(warp::put()).map(store);
    let remove = warp::path!("items" / u32).and(warp::delete()).map(|_| StatusCode::NO_CONTENT);
    store.or(remove).recover(render)
}

/// Looks whether the path is that of one item, and leaves it to be read.
pub fn item() -> impl Filter<Extract = (), Error = Rejection> + Copy {
    let looks = async |path: Peek| match path.segments().collect::<Vec<_>>()[..] {
        ["items", _] => Ok(()),
        _ => Err(reject::not_found()),
    };
    warp::path::peek().and_then(looks).untuple_one()
}

fn get_or_head() -> impl Filter<Extract = (), Error = Rejection> + Copy {
    warp::get().or(warp::head()).unify()
}

fn items() -> impl Reply {
    Response::builder()
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ETAG, "\"1\"")
        .body("[{\"id\":1},{\"id\":2}]\n")
}

fn store(id: u32) -> impl Reply {
    Response::builder()
        .header(header::CONTENT_TYPE, "application/json")
        .body(format!("{{\"id\":{id}}}\n"))
}

/// A rejection becomes a response here, and not in warp, where no filter sees it any more.
async fn render(rejection: Rejection) -> Result<StatusCode, Infallible> {
    Ok(match rejection.find::<MethodNotAllowed>() {
        Some(_) => StatusCode::METHOD_NOT_ALLOWED,
        None => StatusCode::NOT_FOUND,
    })
}

/// Serves until Ctrl-C or SIGTERM, on the port that `PORT` says or on a free one.
pub async fn serve<F, R>(app: F) -> ExitCode
where
    F: Filter<Extract = (R,), Error: Into<Rejection>> + Send + Sync + 'static,
    R: Reply + 'static,
{
    match try_serve(app.boxed()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn try_serve(app: BoxedFilter<(impl Reply + 'static,)>) -> io::Result<()> {
    let port = env::var("PORT").unwrap_or_else(|_| "0".into());
    let address = format!("127.0.0.1:{port}");
    let listener = TcpListener::bind(&address).await.map_err(|error| {
        io::Error::new(error.kind(), format!("cannot listen on {address}: {error}"))
    })?;
    let stopped = stopped()?;
    println!("listening on http://{}", listener.local_addr()?);
    warp::serve(app).incoming(listener).graceful(stopped).run().await;
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
