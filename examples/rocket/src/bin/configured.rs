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
    rocket::{Cors, CorsFairing},
};
use cors_example_rocket::{routes, serve};

#[rocket::main]
async fn main() -> ExitCode {
    let path = env::args_os().nth(1).map_or("examples/policy.toml".into(), PathBuf::from);
    let cors = match read(&path) {
        Ok(cors) => cors,
        Err(error) => {
            eprintln!("{}:\n{error}", path.display());
            return ExitCode::from(2);
        }
    };
    serve(routes().attach(CorsFairing::new(cors))).await
}

/// The policy, or every mistake in it.
fn read(path: &Path) -> Result<Cors, Box<dyn Error>> {
    let policy: Policy = toml::from_str(&fs::read_to_string(path)?)?;
    Ok(policy.compile()?)
}
