//! One policy for everything, from a file.

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use actix_web::App;
use cors_adapters::{
    actix_web::{Cors, CorsMiddleware},
    core::Policy,
};
use cors_example_actix_web::{routes, serve};

#[actix_web::main]
async fn main() -> ExitCode {
    let path = env::args_os().nth(1).map_or("examples/policy.toml".into(), PathBuf::from);
    match read(&path) {
        Ok(cors) => {
            let cors = CorsMiddleware::new(cors);
            serve(move || App::new().configure(routes).wrap(cors.clone())).await
        }
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
