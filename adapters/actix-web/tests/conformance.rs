//! The conformance suite, in process and over TCP through actix-web's own server.

#[path = "support/suite.rs"]
mod suite;

use actix_web::{
    App, HttpRequest, Scope,
    dev::{Service, ServiceRequest, ServiceResponse},
    http::Method,
    web,
};
use cors_actix_web::{Cors, CorsMiddleware};
use cors_conformance::{
    Adapter, Predicate, Request, Response, Spy, Test, check_guard, check_nested, guarded_policy,
    nested_policies, permission,
};

enum ActixWeb {
    InProcess,
    OverTcp,
}

impl ActixWeb {
    /// The predicate is called in process, and awaited over TCP.
    fn form(&self) -> Predicate {
        match self {
            Self::InProcess => Predicate::AtOnce,
            Self::OverTcp => Predicate::Awaited,
        }
    }
}

impl Adapter for ActixWeb {
    fn name(&self) -> &str {
        match self {
            Self::InProcess => "actix-web",
            Self::OverTcp => "actix-web over tcp",
        }
    }

    fn answer(&self, app: &cors_conformance::App, request: &Request) -> Response {
        let (app, form) = (app.clone(), self.form());
        // The outermost policy is the application's, and the other one a scope's.
        let build = move || {
            let mut layers = app.layers(form).into_iter().map(layer);
            let outermost = layers.next().expect("every case has a policy");
            let inside = layers
                .rev()
                .fold(routes(&app.spy), |inside, cors| web::scope("").service(inside.wrap(cors)));
            let between = app.between;
            let change = move |request: ServiceRequest, inside: &_| {
                let response = Service::call(inside, request);
                async move {
                    let mut response: ServiceResponse<_> = response.await?;
                    if let Some(between) = between {
                        between.change(&mut suite::Head(response.response_mut()));
                    }
                    Ok(response)
                }
            };
            App::new().service(inside).wrap_fn(change).wrap(outermost)
        };
        match self {
            Self::InProcess => suite::in_process(request, build()),
            Self::OverTcp => suite::over_tcp(request, build),
        }
    }
}

fn routes(spy: &Spy) -> Scope {
    cors_conformance::routes().fold(web::scope(""), |scope, route| {
        let spy = spy.clone();
        let handler = web::to(move |request: HttpRequest| suite::call(&spy, &request));
        let handler = if route.get_only { handler.method(Method::GET) } else { handler };
        scope.service(web::resource(route.path).route(handler))
    })
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
    let swaps = cors_conformance::swaps("actix-web", |spy, live| {
        suite::started(App::new().service(routes(spy)).wrap(CorsMiddleware::live(live)))
    });
    let nested = Test::new("actix-web over tcp::nested/inside two scopes", || {
        let cors = nested_policies().compile().expect("the policies are valid");
        let cors = CorsMiddleware::new(cors);
        check_nested(|request| {
            let cors = cors.clone();
            suite::over_tcp(request, move || {
                let report = web::resource("/report").to(async || "[]");
                let public = web::scope("/public").wrap(cors.clone()).service(report);
                App::new().service(web::scope("/admin").service(public))
            })
        });
    });
    let guard = Test::new("actix-web over tcp::guard/around the application", || {
        check_guard(|request| {
            suite::over_tcp(request, || {
                let transfer = web::resource("/transfer").to(async || "done");
                App::new().service(transfer).wrap(CorsMiddleware::new(guarded_policy()))
            })
        });
    });
    let tests = vec![swaps, nested, guard];
    cors_conformance::main_with(&[&ActixWeb::InProcess, &ActixWeb::OverTcp], &[], tests);
}
