//! One policy for everything, from a file, which is followed while it is served.

use std::{env, process::ExitCode};

use actix_web::App;
use cors_adapters::{actix_web::CorsMiddleware, file};
use cors_example_actix_web::{routes, serve};

#[actix_web::main]
async fn main() -> Result<ExitCode, file::Report> {
    let path = env::args_os().nth(1).unwrap_or("examples/policy.toml".into());
    // ANCHOR: policy
    let cors = CorsMiddleware::live(file::watch(path)?);
    // ANCHOR_END: policy
    Ok(serve(move || App::new().configure(routes).wrap(cors.clone())).await)
}
