//! Programs, and packages of Python and Node in a folder of the target directory.

use std::{env, fs, path::PathBuf, process::Command};

use cors_export::Server;
use cors_remedy::Place;

use crate::{program, root};

/// What runs a place.
pub(crate) enum Program {
    Server(Server, PathBuf),
    /// A Python with the packages.
    Python(PathBuf),
    /// A folder with `node_modules`.
    Node(PathBuf),
    /// A program of an example, whose remedy is compiled.
    Example(PathBuf),
}

/// The program for a place, with its packages installed.
///
/// # Errors
///
/// What is missing.
pub(crate) fn find(place: Place) -> Result<Program, String> {
    let server = |server| match program::find(server) {
        Some(path) => Ok(Program::Server(server, path)),
        None => Err(program::install(server).to_owned()),
    };
    match place {
        Place::Nginx => server(Server::Nginx),
        Place::Apache => server(Server::Apache),
        Place::Caddy => server(Server::Caddy),
        Place::HaProxy => server(Server::HaProxy),
        Place::Envoy => server(Server::Envoy),
        Place::FastApi => python(&["fastapi", "uvicorn"]),
        Place::Flask => python(&["flask", "flask-cors"]),
        Place::Django => python(&["django", "django-cors-headers"]),
        Place::Express => node(&["express", "cors"]),
        Place::Fastify => node(&["fastify", "@fastify/cors"]),
        Place::Hono => node(&["hono", "@hono/node-server"]),
        other if is_example(other) => example(other),
        other => Err(format!("{other} cannot be run here")),
    }
}

fn is_example(place: Place) -> bool {
    root().join("examples").join(place.name()).join("src/pasted.rs").is_file()
}

/// Builds the program where this one is.
fn example(place: Place) -> Result<Program, String> {
    let name = place.name();
    let binary = format!("{name}-remedy");
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    run(Command::new(cargo)
        .current_dir(root())
        .args(["build", "--quiet", "--locked", "--package"])
        .arg(format!("cors-example-{name}"))
        .args(["--bin", &binary]))?;
    let this = env::current_exe().map_err(|error| error.to_string())?;
    Ok(Program::Example(this.with_file_name(binary).with_extension(env::consts::EXE_EXTENSION)))
}

fn folder() -> PathBuf {
    root().join("target/servers")
}

pub(crate) fn python(packages: &[&str]) -> Result<Program, String> {
    let folder = folder().join("python");
    let python = folder.join("bin/python");
    if !python.exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    }
    let modules = fs::read_dir(folder.join("lib")).ok().and_then(|mut list| list.next()?.ok());
    let modules = modules.map(|entry| entry.path().join("site-packages")).unwrap_or_default();
    let is_missing = |name: &&&str| {
        let module = match **name {
            "django-cors-headers" => "corsheaders".to_owned(),
            name => name.replace('-', "_"),
        };
        !modules.join(module).exists()
    };
    if packages.iter().any(|name| is_missing(&name)) {
        run(Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(packages))?;
    }
    Ok(Program::Python(python))
}

pub(crate) fn node(packages: &[&str]) -> Result<Program, String> {
    let folder = folder().join("node");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    if packages.iter().any(|name| !folder.join("node_modules").join(name).exists()) {
        let flags = ["install", "--silent", "--no-audit", "--no-fund", "--prefix"];
        run(Command::new("npm").args(flags).arg(&folder).args(packages))?;
    }
    Ok(Program::Node(folder))
}

/// The environment in which Ruby finds Sinatra and its CORS gem, from the system or a folder.
///
/// # Errors
///
/// What is missing.
pub(crate) fn sinatra() -> Result<Vec<(&'static str, PathBuf)>, String> {
    let folder = folder().join("ruby");
    let environment = vec![("GEM_PATH", folder.clone())];
    let require = ["-e", "require 'sinatra/base'; require 'sinatra/cross_origin'; require 'puma'"];
    let is_found = |environment: &[(&str, PathBuf)]| {
        let mut ruby = Command::new("ruby");
        run(ruby.args(require).envs(environment.iter().cloned())).is_ok()
    };
    if is_found(&[]) {
        return Ok(Vec::new());
    }
    if !is_found(&environment) {
        let gems = ["sinatra", "sinatra-cross_origin", "rackup", "puma"];
        let mut install = Command::new("gem");
        install.args(["install", "--no-document", "--install-dir"]).arg(&folder).args(gems);
        run(&mut install).map_err(|error| {
            let reason = error.lines().next().unwrap_or_default();
            format!("needs the gems {}: {reason}", gems.join(", "))
        })?;
    }
    Ok(environment)
}

fn run(command: &mut Command) -> Result<(), String> {
    let shown = command.get_program().display().to_string();
    match command.output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            Err(format!("{shown} fails: {}", String::from_utf8_lossy(&output.stderr).trim()))
        }
        Err(error) => Err(format!("cannot run {shown}: {error}")),
    }
}
