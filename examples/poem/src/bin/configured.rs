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
    poem::{Cors, CorsMiddleware},
};
use cors_example_poem::{routes, serve};
use poem::EndpointExt;

#[tokio::main]
async fn main() -> ExitCode {
    let path = env::args_os().nth(1).map_or("examples/policy.toml".into(), PathBuf::from);
    match read(&path) {
        Ok(cors) => serve(routes().with(CorsMiddleware::new(cors))).await,
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
