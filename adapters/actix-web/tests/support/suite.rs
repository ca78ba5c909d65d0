//! The suite's requests and replies as those of actix-web.

use std::{
    convert::Infallible,
    future::{Ready, ready},
    net::TcpListener,
    panic,
    pin::Pin,
    slice,
    task::{Context, Poll},
};

use actix_web::{
    App, Error, HttpRequest, HttpResponse, HttpServer,
    body::{BodySize, MessageBody},
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{HeaderName, HeaderValue},
    },
    rt::{System, task::spawn_blocking},
    test,
};
use bytes::Bytes;
use cors_conformance::{Body, Reply, Request, Response, Spy, tcp};

/// Calls the suite's handler, and answers 500 where it panics.
pub(crate) fn call(spy: &Spy, request: &HttpRequest) -> Ready<HttpResponse> {
    let (method, path) = (request.method().as_str(), request.path());
    let reply = panic::catch_unwind(|| spy.call(method, path));
    let Reply { status, headers, body } = reply.unwrap_or(Reply::CAUGHT);
    let status = StatusCode::from_u16(status).expect("the suite's replies are valid");
    let mut response = HttpResponse::build(status);
    for line in headers {
        response.append_header(*line);
    }
    ready(match body {
        Body::Full(text) => response.body(text),
        Body::Stream(pieces) => response.body(Pieces(pieces.iter())),
    })
}

/// A body of a length that is not known.
struct Pieces(slice::Iter<'static, &'static str>);

impl MessageBody for Pieces {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Infallible>>> {
        Poll::Ready(self.0.next().map(|piece| Ok(Bytes::from_static(piece.as_bytes()))))
    }
}

/// The head of a response that code between two layers changes.
pub(crate) struct Head<'a, B>(pub(crate) &'a mut HttpResponse<B>);

impl<B> cors_conformance::Head for Head<'_, B> {
    fn lines(&self) -> Vec<(String, Vec<u8>)> {
        let lines = self.0.headers().iter();
        lines.map(|(name, value)| (name.to_string(), value.as_bytes().to_vec())).collect()
    }

    fn set_lines(&mut self, lines: Vec<(String, Vec<u8>)>) {
        self.0.headers_mut().clear();
        for (name, value) in lines {
            let name = HeaderName::try_from(name).expect("it was a name");
            let value = HeaderValue::from_bytes(&value).expect("it was a value");
            self.0.headers_mut().append(name, value);
        }
    }

    fn set(&mut self, name: &'static str, value: &'static str) {
        let value = HeaderValue::try_from(value.to_owned()).expect("it is visible");
        self.0.headers_mut().insert(HeaderName::from_static(name), value);
    }

    fn drop_extensions(&mut self) {
        self.0.extensions_mut().clear();
    }
}

/// What the application answers, without a connection.
pub(crate) fn in_process<S, B>(request: &Request, app: App<S>) -> Response
where
    S: ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<B>,
            Error = Error,
            InitError = (),
        > + 'static,
    B: MessageBody,
{
    started(app)(request)
}

/// The application, to be asked without a connection as often as one likes.
pub(crate) fn started<S, B>(app: App<S>) -> impl Fn(&Request) -> Response
where
    S: ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<B>,
            Error = Error,
            InitError = (),
        > + 'static,
    B: MessageBody,
{
    let system = System::new();
    let app = system.block_on(test::init_service(app));
    move |request| {
        let method = Method::from_bytes(request.method.as_bytes()).expect("a method is a token");
        let mut head = test::TestRequest::with_uri(&request.path).method(method);
        for (name, value) in &request.headers {
            let value = HeaderValue::from_bytes(value).expect("the suite's values are valid");
            head = head.append_header((name.as_str(), value));
        }
        system.block_on(async {
            let response = test::call_service(&app, head.to_request()).await;
            let status = response.status().as_u16();
            let lines = response.headers().iter();
            let headers = lines.map(|(name, value)| (name.to_string(), value.as_bytes().into()));
            let headers = headers.collect();
            Response { status, headers, body: test::read_body(response).await.into() }
        })
    }
}

/// What the server answers, which runs until then.
pub(crate) fn over_tcp<F, S, B>(request: &Request, app: F) -> Response
where
    F: Fn() -> App<S> + Clone + Send + 'static,
    S: ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<B>,
            Error = Error,
            InitError = (),
        > + 'static,
    B: MessageBody + 'static,
{
    let request = request.clone();
    System::new().block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("the listener is bound");
        let server = HttpServer::new(app).workers(1).disable_signals().listen(listener);
        let server = server.expect("the listener listens").run();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        let response = spawn_blocking(move || tcp::exchange(address, &request)).await;
        handle.stop(false).await;
        response.expect("the client does not panic").expect("the server answers")
    })
}
