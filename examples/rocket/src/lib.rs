//! The program of every example, without CORS: the same routes, served in the same way.

use std::{
    env,
    fmt::Display,
    net::{Ipv4Addr, SocketAddr},
    process::ExitCode,
};

use rocket::{
    Build, Config, Responder, Rocket, Route, catch, catchers,
    config::LogLevel,
    delete,
    error::ErrorKind,
    fairing::AdHoc,
    get,
    http::{Header, Status},
    put,
    response::content::RawJson,
    routes,
};

/// Every route.
pub fn routes() -> Rocket<Build> {
    let config = Config {
        address: Ipv4Addr::LOCALHOST.into(),
        log_level: LogLevel::Off,
        ..Config::default()
    };
    rocket::custom(config)
        .mount("/", reading())
        .mount("/", writing())
        .register("/", catchers![empty])
}

/// What anyone may ask for.
fn reading() -> Vec<Route> {
    routes![index, items, error]
}

/// What changes something.
fn writing() -> Vec<Route> {
    routes![store, remove]
}

#[get("/")]
fn index() -> &'static str {
    "Items are at /items.\n"
}

#[derive(Responder)]
struct Tagged {
    body: RawJson<&'static str>,
    etag: Header<'static>,
}

#[get("/items")]
fn items() -> Tagged {
    let body = RawJson("[{\"id\":1},{\"id\":2}]\n");
    Tagged { body, etag: Header::new("etag", "\"1\"") }
}

#[get("/error")]
fn error() -> Status {
    Status::InternalServerError
}

#[put("/items/<id>")]
fn store(id: u32) -> RawJson<String> {
    RawJson(format!("{{\"id\":{id}}}\n"))
}

#[delete("/items/<_id>")]
fn remove(_id: u32) -> Status {
    Status::NoContent
}

/// Rocket's own catchers answer with a page.
#[catch(default)]
fn empty() {}

/// Serves until Ctrl-C or SIGTERM, on the port that `PORT` says or on a free one.
pub async fn serve(app: Rocket<Build>) -> ExitCode {
    match try_serve(app).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn try_serve(app: Rocket<Build>) -> Result<(), String> {
    let port = env::var("PORT").unwrap_or_else(|_| "0".into());
    let address = format!("127.0.0.1:{port}");
    let cannot = |error: &dyn Display| format!("cannot listen on {address}: {error}");
    let wanted: SocketAddr = address.parse().map_err(|error| cannot(&error))?;
    let config = app.figment().clone().merge(("port", wanted.port()));
    let listening = AdHoc::on_liftoff("listening", |app| {
        Box::pin(async move { println!("listening on http://127.0.0.1:{}", app.config().port) })
    });
    match app.configure(config).attach(listening).launch().await {
        Ok(_) => Ok(()),
        Err(error) => Err(match error.kind() {
            ErrorKind::Bind(error) => cannot(error),
            _ => error.to_string(),
        }),
    }
}
