//! actix-web, with actix-cors and with ours.

use std::{io, net::TcpListener};

use actix_cors::Cors;
use actix_web::{
    App, Error, HttpServer, Resource,
    body::MessageBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    http::{Method, header::HeaderValue},
    rt::System,
    test, web,
};
use cors_actix_web::CorsMiddleware;

use super::Side;
use crate::{
    answer::Answer,
    application::{Application, Asked, Request, at_once},
    policy::{HEADERS, MAX_AGE, METHODS, Policy},
};

pub(crate) fn application(side: Side, policy: &Policy) -> Box<dyn Application> {
    let app = App::new().service(items());
    match side {
        Side::Bare => asked(app),
        Side::Old => asked(app.wrap(old(policy))),
        Side::Ours => {
            let cors = policy.ours().compile().expect("the policy is valid");
            asked(app.wrap(CorsMiddleware::new(cors)))
        }
    }
}

pub(crate) fn serve(side: Side, policy: &Policy, listener: TcpListener) -> io::Result<()> {
    let app = || App::new().service(items());
    let policy = policy.clone();
    System::new().block_on(async {
        match side {
            Side::Bare => HttpServer::new(app).workers(1).listen(listener)?.run(),
            Side::Old => {
                let app = move || app().wrap(old(&policy));
                HttpServer::new(app).workers(1).listen(listener)?.run()
            }
            Side::Ours => {
                let cors = policy.ours().compile().expect("the policy is valid");
                let app = move || app().wrap(CorsMiddleware::new(cors.clone()));
                HttpServer::new(app).workers(1).listen(listener)?.run()
            }
        }
        .await
    })
}

fn old(policy: &Policy) -> Cors {
    let cors = if policy.is_any() {
        Cors::default().allow_any_origin()
    } else {
        let allow = |cors: Cors, origin: &String| cors.allowed_origin(origin);
        policy.origins.iter().fold(Cors::default(), allow).supports_credentials()
    };
    cors.allowed_methods(METHODS)
        .allowed_headers(HEADERS)
        .expose_headers(policy.exposed.iter().copied())
        .max_age(MAX_AGE as usize)
}

fn items() -> Resource {
    web::resource("/items")
        .route(web::get().to(async || "[]"))
        .route(web::put().to(async || "stored"))
}

fn asked<S, B>(app: App<S>) -> Box<dyn Application>
where
    S: ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<B>,
            Error = Error,
            InitError = (),
        > + 'static,
    B: MessageBody + 'static,
{
    let system = System::new();
    let app = system.block_on(test::init_service(app));
    Box::new(Asked {
        // In actix-web's own types, which are of `http` 0.2.
        make: |request: &Request| {
            let method = request.method().as_str().as_bytes();
            let method = Method::from_bytes(method).expect("a method is a token");
            let mut made = test::TestRequest::with_uri(request.uri().path()).method(method);
            for (name, value) in request.headers() {
                let value = HeaderValue::from_bytes(value.as_bytes());
                made =
                    made.append_header((name.as_str(), value.expect("a value is valid in both")));
            }
            made.to_request()
        },
        call: move |request| {
            let _lives_on = &system;
            at_once(test::call_service(&app, request))
        },
        read: |response: &ServiceResponse<B>| {
            let lines = response.headers().iter();
            let lines = lines.map(|(name, value)| (name.as_str(), value.as_bytes()));
            Answer::new(response.status().as_u16(), lines)
        },
    })
}
