//! The engine alone as an adapter: what a framework is to do, without one.

use std::panic;

use cors_conformance::{
    Adapter, App, Between, Head, Predicate, Reply, Request, Response, Spy, permission,
};
use cors_core::{
    Cors, Decision, Live, Verdict,
    adapter::{Framework, Inside, ResponseField, ResponseHead},
    plain,
};

struct Core;

impl Adapter for Core {
    fn name(&self) -> &str {
        "core"
    }

    fn answer(&self, app: &App, request: &Request) -> Response {
        answer(&app.layers(Predicate::AtOnce), app.between, &app.spy, request)
    }
}

fn answer(
    layers: &[(Cors, Predicate)],
    between: Option<Between>,
    spy: &Spy,
    request: &Request,
) -> Response {
    let head = plain::Request::new(request.method.clone(), request.headers.clone())
        .to(request.path.clone());
    let Served { status, head, body } = serve(layers, between, &head, || call(spy, request));
    let headers =
        head.headers.into_iter().map(|(name, value)| (name.into(), value.into_owned().into()));
    Response { status, headers: headers.collect(), body }
}

struct Served {
    status: u16,
    head: plain::Response,
    body: Vec<u8>,
}

fn serve(
    layers: &[(Cors, Predicate)],
    between: Option<Between>,
    request: &plain::Request,
    handler: impl FnOnce() -> Served,
) -> Served {
    let Some(((cors, predicate), inner)) = layers.split_first() else { return handler() };
    let allows = (*predicate == Predicate::AtOnce).then_some(permission);
    match cors.decide_asking(request, allows) {
        Decision::Answer(answer) => {
            let mut head = plain::Response::default();
            let status = answer.status();
            answer.apply(&mut head);
            Served { status, head, body: Vec::new() }
        }
        Decision::Forward(forward) => {
            let mut inside = Inside::decided(forward.verdict());
            let mut served = inside.run(|| serve(inner, between, request, handler));
            if let (Some(between), [_, ..]) = (between, inner) {
                between.change(&mut Changed(&mut served.head));
            }
            let verdict = inside.report();
            forward.apply(&mut Around { head: &mut served.head, verdict });
            served
        }
    }
}

/// A response that code between two layers changes.
struct Changed<'a>(&'a mut plain::Response);

impl Head for Changed<'_> {
    fn lines(&self) -> Vec<(String, Vec<u8>)> {
        let lines = self.0.headers.iter();
        lines.map(|(name, value)| (name.to_string(), value.as_bytes().to_vec())).collect()
    }

    fn set_lines(&mut self, lines: Vec<(String, Vec<u8>)>) {
        self.0.headers.clear();
        for (name, value) in lines {
            self.0.push(&name, &String::from_utf8(value).expect("it was text"));
        }
    }

    fn set(&mut self, name: &'static str, value: &'static str) {
        self.0.headers.retain(|(known, _)| known != name);
        self.0.push(name, value);
    }

    fn drop_extensions(&mut self) {
        self.0.verdict = None;
    }
}

/// A response with the verdict of a layer inside.
struct Around<'a> {
    head: &'a mut plain::Response,
    verdict: Option<Verdict>,
}

impl ResponseHead for Around<'_> {
    type Framework = plain::Plain;

    fn lines(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.head.lines()
    }

    fn insert(&mut self, field: ResponseField, value: <plain::Plain as Framework>::Value) {
        self.head.insert(field, value);
    }

    fn append(&mut self, field: ResponseField, value: <plain::Plain as Framework>::Value) {
        self.head.append(field, value);
    }

    fn remove(&mut self, field: ResponseField) {
        self.head.remove(field);
    }

    fn verdict(&self) -> Option<Verdict> {
        self.head.verdict()
    }

    fn inside(&self) -> Option<Verdict> {
        self.verdict
    }

    fn leave_verdict(&mut self, verdict: Verdict) {
        self.head.leave_verdict(verdict);
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
        move |request| answer(&[(live.current(), Predicate::None)], None, &spy, request)
    });
    cors_conformance::main_with(&[&Core], &[], vec![swaps]);
}
