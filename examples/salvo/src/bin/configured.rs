//! One policy for everything, from a file, which is followed while it is served.

use std::{env, process::ExitCode};

use cors_adapters::{file, salvo::CorsHandler};
use cors_example_salvo::{routes, serve};
use salvo::prelude::Service;

#[tokio::main]
async fn main() -> Result<ExitCode, file::Report> {
    let path = env::args_os().nth(1).unwrap_or("examples/policy.toml".into());
    // ANCHOR: policy
    let cors = CorsHandler::live(file::watch(path)?);
    // ANCHOR_END: policy
    Ok(serve(Service::new(routes()).hoop(cors)).await)
}
