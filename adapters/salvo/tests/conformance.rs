//! The conformance suite, in process and over TCP through salvo's own server.

use cors_conformance::{Adapter, App, Predicate, Request, Response, http as suite, permission};
use cors_salvo::{Cors, CorsHandler};
use http_body_util::BodyExt;
use salvo::{conn::tcp::TcpAcceptor, http::ResBody, http::uri::Scheme, prelude::*};

enum Salvo {
    InProcess,
    OverTcp,
}

impl Salvo {
    /// The predicate is called in process, and awaited over TCP.
    fn form(&self) -> Predicate {
        match self {
            Self::InProcess => Predicate::AtOnce,
            Self::OverTcp => Predicate::Awaited,
        }
    }
}

impl Adapter for Salvo {
    fn name(&self) -> &str {
        match self {
            Self::InProcess => "salvo",
            Self::OverTcp => "salvo over tcp",
        }
    }

    fn answer(&self, app: &App, request: &Request) -> Response {
        match self {
            Self::InProcess => in_process(request, &service(app, self.form())),
            Self::OverTcp => suite::over_tcp(request, async |listener| {
                let acceptor = TcpAcceptor::try_from(listener).expect("the listener is bound");
                Server::new(acceptor).serve(service(app, self.form())).await;
                unreachable!("the server never stops")
            }),
        }
    }
}

fn in_process(request: &Request, service: &Service) -> Response {
    suite::in_process(request, async |request| {
        let request = salvo::Request::from_hyper(request.map(|()| ""), Scheme::HTTP);
        Ok(service.handle(request).await.into_hyper())
    })
}

fn service(app: &App, form: Predicate) -> Service {
    let layers = app.layers(form).into_iter().map(layer);
    layers.enumerate().fold(Service::new(routes(&app.spy)), |service, (nth, layer)| {
        match app.between.filter(|_| nth > 0) {
            Some(between) => service.hoop(Between(between)).hoop(layer),
            None => service.hoop(layer),
        }
    })
}

fn routes(spy: &cors_conformance::Spy) -> Router {
    cors_conformance::routes().fold(Router::new(), |router, route| {
        let (path, spy) = (Router::with_path(route.path), Spy(spy.clone()));
        router.push(if route.get_only { path.get(spy) } else { path.goal(spy) })
    })
}

struct Between(cors_conformance::Between);

#[handler]
impl Between {
    async fn handle(
        &self,
        req: &mut salvo::Request,
        depot: &mut Depot,
        res: &mut salvo::Response,
        ctrl: &mut FlowCtrl,
    ) {
        ctrl.call_next(req, depot, res).await;
        // The verdict is in the depot, and not in the response's extensions.
        suite::change(Some(self.0), res.headers_mut(), &mut http::Extensions::new());
    }
}

struct Spy(cors_conformance::Spy);

#[handler]
impl Spy {
    async fn handle(&self, req: &mut salvo::Request, res: &mut salvo::Response) {
        let request = http::Request::builder().method(req.method()).uri(req.uri()).body(());
        let answer = suite::call(&self.0, &request.expect("it came by such a request"));
        *res = answer.map(|body| ResBody::Boxed(Box::pin(body.map_err(Into::into)))).into();
    }
}

/// A layer with the suite's predicate, if it is given one.
fn layer((cors, predicate): (Cors, Predicate)) -> CorsHandler {
    let layer = CorsHandler::new(cors);
    match predicate {
        Predicate::None => layer,
        Predicate::AtOnce => layer.allow_origin_if(|origin, _, _| permission(origin)),
        Predicate::Awaited => layer
            .allow_origin_if_async(|origin, _, _| async move { permission(&origin.as_origin()) }),
    }
}

fn main() {
    let swaps = cors_conformance::swaps("salvo", |spy, live| {
        let service = Service::new(routes(spy)).hoop(CorsHandler::live(live));
        move |request| in_process(request, &service)
    });
    cors_conformance::main_with(&[&Salvo::InProcess, &Salvo::OverTcp], &[], vec![swaps]);
}
