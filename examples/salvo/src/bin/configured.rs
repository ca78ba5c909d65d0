//! One policy for everything, from a file.

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use cors_adapters::{
    core::Policy,
    salvo::{Cors, CorsHandler},
};
use cors_example_salvo::{routes, serve};
use salvo::prelude::Service;

#[tokio::main]
async fn main() -> ExitCode {
    let path = env::args_os().nth(1).map_or("examples/policy.toml".into(), PathBuf::from);
    match read(&path) {
        Ok(cors) => serve(Service::new(routes()).hoop(CorsHandler::new(cors))).await,
        Err(error) => {
            eprintln!("{}:\n{error}", path.display());
            ExitCode::from(2)
        }
    }
}

/// The policy, or every mistake in it.
fn read(path: &Path) -> Result<Cors, Box<dyn Error>> {
    let policy: Policy = toml::from_str(&fs::read_to_string(path)?)?;
    Ok(policy.compile()?)
}
