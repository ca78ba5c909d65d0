//! The suite's requests and replies as those of `http`, for every adapter that is built on it.

mod head;
mod server;

use std::{convert::Infallible, fmt::Debug, panic};

use bytes::Bytes;

use http_body::Frame;
use http_body_util::{BodyExt, Channel, Full, combinators::BoxBody};
use tokio::{net::TcpListener, runtime, task::spawn_blocking};

pub use head::change;
pub use server::serve;

use crate::{Body, Reply, Request, Response, Spy, tcp};

/// What the handler answers.
pub type Answer = http::Response<BoxBody<Bytes, Infallible>>;

/// Calls the suite's handler, and answers 500 where it panics.
pub fn call<B>(spy: &Spy, request: &http::Request<B>) -> Answer {
    let (method, path) = (request.method().as_str(), request.uri().path());
    let reply = panic::catch_unwind(|| spy.call(method, path));
    let Reply { status, headers, body } = reply.unwrap_or(Reply::CAUGHT);
    let body = match body {
        Body::Full(text) => Full::from(text).boxed(),
        Body::Stream(pieces) => {
            let (mut sender, body) = Channel::new(pieces.len());
            for piece in pieces {
                sender.try_send(Frame::data(Bytes::from(*piece))).expect("there is room");
            }
            body.boxed()
        }
    };
    let response = http::Response::builder().status(status);
    let response = headers.iter().fold(response, |head, (name, value)| head.header(*name, *value));
    response.body(body).expect("the suite's replies are valid")
}

/// What the service answers, without a connection.
pub fn in_process<B>(
    request: &Request,
    service: impl AsyncFnOnce(http::Request<()>) -> Result<http::Response<B>, Infallible>,
) -> Response
where
    B: http_body::Body<Error: Debug>,
{
    let head = http::Request::builder().method(request.method.as_str()).uri(&request.path);
    let head = request
        .headers
        .iter()
        .fold(head, |head, (name, value)| head.header(name, value.as_slice()));
    let request = head.body(()).expect("the suite's requests are valid");
    run(async {
        let Ok(response) = service(request).await;
        let (head, body) = response.into_parts();
        let body = body.collect().await.expect("the body is sound").to_bytes().into();
        let lines = head.headers.iter();
        let headers = lines.map(|(name, value)| (name.to_string(), value.as_bytes().into()));
        Response { status: head.status.as_u16(), headers: headers.collect(), body }
    })
}

/// What the server answers, which runs until then.
pub fn over_tcp(
    request: &Request,
    server: impl AsyncFnOnce(TcpListener) -> Infallible,
) -> Response {
    let request = request.clone();
    run(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("the listener is bound");
        tokio::select! {
            response = spawn_blocking(move || tcp::exchange(address, &request)) => {
                response.expect("the client does not panic").expect("the server answers")
            }
            never = server(listener) => match never {},
        }
    })
}

fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime can be built").block_on(future)
}
