//! The program of every example, without CORS: the same routes, served in the same way.

use std::{env, future::Future, io, net::TcpListener, process::ExitCode};

use actix_web::{
    App, Error, HttpResponse, HttpServer, Resource, Responder, Route, Scope,
    body::MessageBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    guard::{Any, Get, Head},
    http::{StatusCode, header},
    web::{self, ServiceConfig},
};

/// Every route.
pub fn routes(app: &mut ServiceConfig) {
    app.service(writing()).service(reading());
}

/// What anyone may ask for. It comes last, because its scope is everything.
pub fn reading() -> Scope {
    web::scope("")
        .service(web::resource("/").route(get().to(async || "Items are at /items.\n")))
        .service(web::resource("/items").route(get().to(items)))
        .service(web::resource("/error").route(get().to(HttpResponse::InternalServerError)))
        .default_service(web::to(HttpResponse::NotFound))
}

/// What changes something.
pub fn writing() -> Resource {
    web::resource("/items/{id}").route(web::put().to(store)).route(web::delete().to(remove))
}

/// `HEAD` too, which actix-web does not answer of its own accord.
fn get() -> Route {
    web::route().guard(Any(Get()).or(Head()))
}

async fn items() -> impl Responder {
    "[{\"id\":1},{\"id\":2}]\n"
        .customize()
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .insert_header((header::ETAG, "\"1\""))
}

async fn store(id: web::Path<u32>) -> impl Responder {
    format!("{{\"id\":{id}}}\n")
        .customize()
        .insert_header((header::CONTENT_TYPE, "application/json"))
}

async fn remove(_: web::Path<u32>) -> impl Responder {
    HttpResponse::new(StatusCode::NO_CONTENT)
}

/// Serves until Ctrl-C or SIGTERM, on the port that `PORT` says or on a free one.
pub async fn serve<F, S, B>(app: F) -> ExitCode
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
    match try_serve(app).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn try_serve<F, S, B>(app: F) -> io::Result<()>
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
    let port = env::var("PORT").unwrap_or_else(|_| "0".into());
    let address = format!("127.0.0.1:{port}");
    let listener = TcpListener::bind(&address).map_err(|error| {
        io::Error::new(error.kind(), format!("cannot listen on {address}: {error}"))
    })?;
    let stopped = stopped()?;
    println!("listening on http://{}", listener.local_addr()?);
    HttpServer::new(app).listen(listener)?.shutdown_signal(stopped).run().await
}

/// Ends when the program is told to stop, and listens for that from now on.
#[cfg(unix)]
fn stopped() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ends when the program is told to stop, and listens for that from now on.
#[cfg(windows)]
fn stopped() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}
