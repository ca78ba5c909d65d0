//! The suite's application in rocket, and the two ways to ask it.

use std::io::Cursor;

use cors_conformance::{Between, Body, Reply, Request, Response, Spy, tcp};
use rocket::{
    Build, Config, Data, Rocket, Route,
    config::LogLevel,
    fairing::AdHoc,
    futures::stream,
    http::{Header, Method, Status},
    local::blocking::Client,
    response::{Responder, stream::ByteStream},
    route::{Handler, Outcome},
    shield::Shield,
};
use tokio::{runtime, sync::oneshot, task::spawn_blocking};

/// Every method that rocket knows.
const METHODS: [Method; 9] = {
    use Method::*;
    [Get, Put, Post, Delete, Options, Head, Trace, Connect, Patch]
};

/// The suite's routes, and nothing that rocket adds of its own.
pub(crate) fn rocket(spy: &Spy) -> Rocket<Build> {
    let config = Config { port: 0, log_level: LogLevel::Off, ..Config::debug_default() };
    let routes = cors_conformance::routes().flat_map(|route| {
        let methods =
            METHODS.into_iter().filter(move |method| !route.get_only || *method == Method::Get);
        methods.map(move |method| Route::new(method, route.path, Calls(spy.clone())))
    });
    rocket::custom(config).attach(Shield::new()).mount("/", routes.collect::<Vec<_>>())
}

#[derive(Clone)]
struct Calls(Spy);

#[rocket::async_trait]
impl Handler for Calls {
    async fn handle<'r>(&self, request: &'r rocket::Request<'_>, _: Data<'r>) -> Outcome<'r> {
        let Reply { status, headers, body } =
            self.0.call(request.method().as_str(), request.uri().path().as_str());
        let mut response = match body {
            Body::Full(text) => {
                rocket::Response::build().sized_body(text.len(), Cursor::new(text)).ok()
            }
            Body::Stream(pieces) => {
                ByteStream(stream::iter(pieces.iter().copied())).respond_to(request)
            }
        }
        .expect("a body is a response");
        response.set_status(Status::new(status));
        for &(name, value) in headers {
            response.adjoin_raw_header(name, value);
        }
        Outcome::Success(response)
    }
}

/// A fairing that changes the response between two others.
pub(crate) fn change(between: Between) -> AdHoc {
    AdHoc::on_response("between", move |_, response| {
        Box::pin(async move { between.change(&mut Head(response)) })
    })
}

struct Head<'a, 'r>(&'a mut rocket::Response<'r>);

impl cors_conformance::Head for Head<'_, '_> {
    fn lines(&self) -> Vec<(String, Vec<u8>)> {
        let lines = self.0.headers().iter();
        lines.map(|line| (line.name.to_string(), line.value.as_bytes().to_vec())).collect()
    }

    fn set_lines(&mut self, lines: Vec<(String, Vec<u8>)>) {
        for (name, _) in self.lines() {
            self.0.remove_header(&name);
        }
        for (name, value) in lines {
            self.0.adjoin_raw_header(name, String::from_utf8(value).expect("it was text"));
        }
    }

    fn set(&mut self, name: &'static str, value: &'static str) {
        self.0.set_raw_header(name, value.to_owned());
    }

    fn drop_extensions(&mut self) {}
}

/// What the application answers, without a connection.
pub(crate) fn in_process(rocket: Rocket<Build>, request: &Request) -> Response {
    started(rocket)(request)
}

/// The application, to be asked without a connection as often as one likes. What rocket's server
/// keeps from it cannot be asked here either: lines that are not UTF-8, and other methods, to which
/// the server answers 400.
pub(crate) fn started(rocket: Rocket<Build>) -> impl Fn(&Request) -> Response {
    let client = Client::untracked(rocket).expect("the application is valid");
    move |request| {
        let method = METHODS.into_iter().find(|method| method.as_str() == request.method);
        let Some(method) = method else {
            return Response { status: 400, headers: Vec::new(), body: Vec::new() };
        };
        let mut local = client.req(method, request.path.as_str());
        for (name, value) in &request.headers {
            if let Ok(value) = String::from_utf8(value.clone()) {
                local.add_header(Header::new(name.clone(), value));
            }
        }
        let response = local.dispatch();
        let status = response.status().code;
        let lines = response.headers().iter();
        let headers =
            lines.map(|line| (line.name.to_string(), line.value.as_bytes().into())).collect();
        Response { status, headers, body: response.into_bytes().unwrap_or_default() }
    }
}

/// What rocket's server answers, which runs until then.
pub(crate) fn over_tcp(rocket: Rocket<Build>, request: &Request) -> Response {
    let request = request.clone();
    let (sender, port) = oneshot::channel();
    let rocket = rocket.attach(AdHoc::on_liftoff("port", |rocket| {
        Box::pin(async move { sender.send(rocket.config().port).expect("the client waits") })
    }));
    let client = async {
        let port = port.await.expect("the server lifts off");
        let exchange = move || tcp::exchange(([127, 0, 0, 1], port).into(), &request);
        spawn_blocking(exchange).await.expect("the client does not panic")
    };
    let runtime = runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime can be built").block_on(async {
        tokio::select! {
            response = client => response.expect("the server answers"),
            stopped = rocket.launch() => panic!("the server stopped: {:?}", stopped.err()),
        }
    })
}
