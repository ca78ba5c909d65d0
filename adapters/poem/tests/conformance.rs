//! The conformance suite, in process and over TCP through poem's server.

use cors_conformance::{Adapter, App, Predicate, Request, Spy, http as suite, permission};
use cors_poem::{Cors, CorsMiddleware};
use http_body_util::BodyExt;
use poem::{
    Body, Endpoint, EndpointExt, Response, Route, Server,
    endpoint::{BoxEndpoint, make_sync},
    get,
    http::uri::Scheme,
    listener::TcpAcceptor,
    web::{LocalAddr, RemoteAddr},
};

enum Poem {
    InProcess,
    OverTcp,
}

impl Poem {
    /// The predicate is called in process, and awaited over TCP.
    fn form(&self) -> Predicate {
        match self {
            Self::InProcess => Predicate::AtOnce,
            Self::OverTcp => Predicate::Awaited,
        }
    }
}

impl Adapter for Poem {
    fn name(&self) -> &str {
        match self {
            Self::InProcess => "poem",
            Self::OverTcp => "poem over tcp",
        }
    }

    fn answer(&self, app: &App, request: &Request) -> cors_conformance::Response {
        match self {
            Self::InProcess => in_process(request, &endpoint(app, self.form())),
            Self::OverTcp => suite::over_tcp(request, async |listener| {
                let acceptor = TcpAcceptor::from_tokio(listener).expect("the listener is bound");
                let served =
                    Server::new_with_acceptor(acceptor).run(endpoint(app, self.form())).await;
                unreachable!("the server never stops: {served:?}")
            }),
        }
    }
}

fn in_process(request: &Request, endpoint: &impl Endpoint) -> cors_conformance::Response {
    suite::in_process(request, async |request| {
        let (head, ()) = request.into_parts();
        let parts = (head, LocalAddr::default(), RemoteAddr::default(), Scheme::HTTP).into();
        let request = poem::Request::from_parts(parts, Body::empty());
        Ok(endpoint.get_response(request).await.into())
    })
}

fn endpoint(app: &App, form: Predicate) -> BoxEndpoint<'static> {
    let layers = app.layers(form).into_iter().rev().map(layer);
    layers.enumerate().fold(routes(&app.spy), |endpoint, (nth, cors)| {
        let between = app.between.filter(|_| nth > 0);
        let change = move |mut response: Response| {
            let mut extensions = std::mem::take(response.extensions_mut());
            suite::change(between, response.headers_mut(), &mut extensions);
            *response.extensions_mut() = extensions;
            response
        };
        let changed =
            endpoint.after(move |result: poem::Result<_>| async move { result.map(change) });
        changed.with(cors).boxed()
    })
}

fn routes(spy: &Spy) -> BoxEndpoint<'static> {
    let routed = cors_conformance::routes().fold(Route::new(), |router, route| {
        let spy = spy.clone();
        let handler = make_sync(move |request| {
            let answer = suite::call(&spy, &http::Request::from(request));
            Response::from(
                answer.map(|body| body.map_err(|never| -> std::io::Error { match never {} })),
            )
        });
        router.at(route.path, if route.get_only { get(handler).boxed() } else { handler.boxed() })
    });
    routed.boxed()
}

/// A layer with the suite's predicate, if it is given one.
fn layer((cors, predicate): (Cors, Predicate)) -> CorsMiddleware {
    let layer = CorsMiddleware::new(cors);
    match predicate {
        Predicate::None => layer,
        Predicate::AtOnce => layer.allow_origin_if(|origin, _| permission(origin)),
        Predicate::Awaited => {
            layer.allow_origin_if_async(|origin, _| async move { permission(&origin.as_origin()) })
        }
    }
}

fn main() {
    let swaps = cors_conformance::swaps("poem", |spy, live| {
        let endpoint = routes(spy).with(CorsMiddleware::live(live));
        move |request| in_process(request, &endpoint)
    });
    cors_conformance::main_with(&[&Poem::InProcess, &Poem::OverTcp], &[], vec![swaps]);
}
