//! One policy for everything, from a file, which is followed while it is served.

use std::{env, process::ExitCode};

use cors_adapters::{file, rocket::CorsFairing};
use cors_example_rocket::{routes, serve};

#[rocket::main]
async fn main() -> Result<ExitCode, file::Report> {
    let path = env::args_os().nth(1).unwrap_or("examples/policy.toml".into());
    // ANCHOR: policy
    let cors = CorsFairing::live(file::watch(path)?);
    // ANCHOR_END: policy
    Ok(serve(routes().attach(cors)).await)
}
