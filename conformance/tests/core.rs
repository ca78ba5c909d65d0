//! The engine alone as an adapter: what a framework is to do, without one.

use std::panic;

use cors_conformance::{Adapter, App, Reply, Request, Response, Spy};
use cors_core::{Cors, Decision, Live, plain};

struct Core;

impl Adapter for Core {
    fn name(&self) -> &str {
        "core"
    }

    fn answer(&self, app: &App, request: &Request) -> Response {
        answer(&app.compile(), &app.spy, request)
    }
}

fn answer(layers: &[Cors], spy: &Spy, request: &Request) -> Response {
    let head = plain::Request::new(request.method.clone(), request.headers.clone())
        .to(request.path.clone());
    let Served { status, head, body } = serve(layers, &head, || call(spy, request));
    let headers =
        head.headers.into_iter().map(|(name, value)| (name.into(), value.into_owned().into()));
    Response { status, headers: headers.collect(), body }
}

struct Served {
    status: u16,
    head: plain::Response,
    body: Vec<u8>,
}

fn serve(layers: &[Cors], request: &plain::Request, handler: impl FnOnce() -> Served) -> Served {
    let Some((cors, inner)) = layers.split_first() else { return handler() };
    match cors.decide(request) {
        Decision::Answer(answer) => {
            let mut head = plain::Response::default();
            let status = answer.status();
            answer.apply(&mut head);
            Served { status, head, body: Vec::new() }
        }
        Decision::Forward(forward) => {
            let mut served = serve(inner, request, handler);
            forward.apply(&mut served.head);
            served
        }
    }
}

fn call(spy: &Spy, request: &Request) -> Served {
    let reply = panic::catch_unwind(|| spy.call(&request.method, &request.path));
    let Reply { status, headers: lines, body } = reply.unwrap_or(Reply::CAUGHT);
    let mut head = plain::Response::default();
    for (name, value) in lines {
        head.push(name, value);
    }
    Served { status, head, body: body.chunks().concat().into() }
}

fn main() {
    let swaps = cors_conformance::swaps("core", |spy, live| {
        let spy = spy.clone();
        move |request| answer(&[live.current()], &spy, request)
    });
    cors_conformance::main_with(&[&Core], &[], vec![swaps]);
}
