//! One policy for everything, from a file, which is followed while it is served.

use std::{env, process::ExitCode};

use cors_adapters::{file, poem::CorsMiddleware};
use cors_example_poem::{routes, serve};
use poem::EndpointExt;

#[tokio::main]
async fn main() -> Result<ExitCode, file::Report> {
    let path = env::args_os().nth(1).unwrap_or("examples/policy.toml".into());
    // ANCHOR: policy
    let cors = CorsMiddleware::live(file::watch(path)?);
    // ANCHOR_END: policy
    Ok(serve(routes().with(cors)).await)
}
