//! Requests to one host, several at a time.

use std::{io, time::Duration};

use cors_browser::Response;
use cors_core::plain;
use http::{Request, Uri};
use http_body_util::{BodyExt, Empty};
use hyper_util::{
    client::legacy,
    rt::{TokioExecutor, TokioTimer},
};
use tokio::{runtime, time::timeout};

use crate::connector::{self, Connector};

type Pool = legacy::Client<Connector, Empty<&'static [u8]>>;

/// How many requests are under way at once.
const AT_ONCE: usize = 16;

/// Sends every request to the URL's host, and returns the heads of the answers in the same order.
///
/// # Errors
///
/// Where a request gets no answer.
pub(crate) fn send(
    url: &Uri,
    requests: &[&plain::Request],
    limit: Duration,
) -> Result<Vec<Response>, String> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| format!("cannot start: {error}"))?;
    let pool = pool(url, limit).map_err(|error| format!("cannot connect: {error}"))?;
    let answers = runtime.block_on(async {
        let mut answers = Vec::with_capacity(requests.len());
        for some in requests.chunks(AT_ONCE) {
            let sent: Vec<_> = some
                .iter()
                .map(|request| {
                    let request = build(url, request);
                    let pool = pool.clone();
                    tokio::spawn(async move { answer(pool, request?, limit).await })
                })
                .collect();
            for answer in sent {
                answers.push(answer.await.map_err(|error| error.to_string())??);
            }
        }
        Ok(answers)
    });
    runtime.shutdown_background();
    answers
}

fn build(url: &Uri, request: &plain::Request) -> Result<Request<Empty<&'static [u8]>>, String> {
    let path = String::from_utf8_lossy(&request.path).into_owned();
    let uri = Uri::builder()
        .scheme(url.scheme_str().unwrap_or("http"))
        .authority(url.authority().map(|authority| authority.as_str()).unwrap_or_default())
        .path_and_query(path)
        .build()
        .map_err(|error| format!("cannot build the request: {error}"))?;
    let mut built = Request::builder()
        .method(&*request.method)
        .uri(uri)
        .header("user-agent", concat!("cors-verify/", env!("CARGO_PKG_VERSION")))
        .header("accept", "*/*");
    for (name, value) in &request.headers {
        built = built.header(name, &value[..]);
    }
    built.body(Empty::new()).map_err(|error| format!("cannot build the request: {error}"))
}

async fn answer(
    pool: Pool,
    request: Request<Empty<&'static [u8]>>,
    limit: Duration,
) -> Result<Response, String> {
    let shown = format!("{} {}", request.method(), request.uri());
    let response = match timeout(limit, pool.request(request)).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => return Err(format!("no answer to {shown}: {}", source(&error))),
        Err(_) => return Err(format!("no answer to {shown} within {} s", limit.as_secs())),
    };
    let lines = response.headers().iter();
    let lines: Vec<_> =
        lines.map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec())).collect();
    let status = response.status().as_u16();
    // The connection can be used again only after a short body; a long one is left.
    let _ = timeout(Duration::from_millis(50), response.into_body().collect()).await;
    Ok(Response { status, headers: lines })
}

/// The cause at the end of a chain of errors.
fn source(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause.to_string()
}

fn pool(url: &Uri, limit: Duration) -> io::Result<Pool> {
    let connector = match url.scheme_str() {
        Some("https") => connector::https(limit)?,
        _ => connector::http(limit),
    };
    let mut builder = legacy::Client::builder(TokioExecutor::new());
    Ok(builder.timer(TokioTimer::new()).build(connector))
}
