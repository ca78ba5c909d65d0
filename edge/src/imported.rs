//! `cargo xtask imported`: applications with the real libraries, imported by the command that
//! `cors import --how` prints, and served in axum. `cors verify` holds axum to the imported policy, and a
//! browser concludes the same from both.

mod compare;

use std::{
    fs,
    io::Write as _,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Output, Stdio},
};

use clap::Args;

use crate::{
    root,
    running::{Running, free_port},
    servers::installed,
    tally::Tally,
};

/// The arguments of `cargo xtask imported`.
#[derive(Args)]
pub(crate) struct Options {
    /// Run only this library; may be repeated
    #[arg(long, value_name = "LIBRARY")]
    only: Vec<String>,
}

/// Variables that let a shell find the packages.
type Environment = Vec<(&'static str, PathBuf)>;

/// An application in `edge/programs/imported`.
struct Application {
    library: &'static str,
    /// Starts it at `$PORT`. Empty if only its configuration is read.
    serve: &'static str,
    find: fn() -> Result<Environment, String>,
    /// The policy file that `cors import` writes.
    policy: &'static str,
}

const APPLICATIONS: [Application; 7] = [
    Application {
        library: "django",
        serve: "python manage.py runserver --noreload 127.0.0.1:$PORT",
        find: || installed::python(&["django", "django-cors-headers"]).map(python),
        policy: include_str!("../programs/imported/django/policy.toml"),
    },
    Application {
        library: "fastapi",
        serve: "python main.py",
        find: || installed::python(&["fastapi", "uvicorn"]).map(python),
        policy: include_str!("../programs/imported/fastapi/policy.toml"),
    },
    Application {
        library: "flask",
        serve: "python app.py",
        find: || installed::python(&["flask", "flask-cors"]).map(python),
        policy: include_str!("../programs/imported/flask/policy.toml"),
    },
    Application {
        library: "express",
        serve: "node app.js",
        find: || installed::node(&["express", "cors"]).map(node),
        policy: include_str!("../programs/imported/express/policy.toml"),
    },
    Application {
        library: "laravel",
        serve: "",
        find: || present("php", "install php-cli"),
        policy: include_str!("../programs/imported/laravel/policy.toml"),
    },
    Application {
        library: "rails",
        serve: "",
        find: || present("ruby", "install ruby"),
        policy: include_str!("../programs/imported/rails/policy.toml"),
    },
    Application {
        library: "sinatra",
        serve: "ruby app.rb -o 127.0.0.1 -p $PORT",
        find: installed::sinatra,
        policy: include_str!("../programs/imported/sinatra/policy.toml"),
    },
];

/// The environment that every application reads its origins from.
const ORIGINS: &str = "https://app.example.com,http://localhost:3000";

/// # Errors
///
/// Where the program `cors` or the example cannot be built.
pub(crate) fn run(options: &Options) -> Result<ExitCode, String> {
    let mut build = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    build.current_dir(root()).args(["build", "--quiet", "--locked"]);
    build.args(["--package", "cors-cli", "--bin", "cors"]);
    build.args(["--package", "cors-example-axum", "--bin", "axum-configured"]);
    ended(&mut build, "")?;
    let mut tally = Tally::default();
    for application in &APPLICATIONS {
        let library = application.library;
        if !options.only.is_empty() && !options.only.iter().any(|only| only == library) {
            continue;
        }
        let environment = match (application.find)() {
            Ok(environment) => environment,
            Err(missing) => {
                println!("{library}: left out: {missing}");
                continue;
            }
        };
        tally.add(library, application.check(&environment));
    }
    Ok(tally.end("applications"))
}

impl Application {
    /// Imports it, and holds it and axum to what was imported.
    fn check(&self, environment: &[(&str, PathBuf)]) -> Result<String, String> {
        let temporary = tempfile::tempdir().map_err(|error| error.to_string())?;
        let folder = temporary.path();
        copy(&root().join("edge/programs/imported").join(self.library), folder)?;
        let how = ended(program("cors").args(["import", "--how", self.library]), "")?;
        let options = ended(&mut self.shell(&how, folder, environment), "")?;
        let policy = folder.join("imported.toml");
        let mut import = program("cors");
        import.args(["import", "--from", self.library, "-", "-o"]).arg(&policy);
        ended(&mut import, &options)?;
        let written = fs::read_to_string(&policy).map_err(|error| error.to_string())?;
        if written != self.policy {
            return Err(format!("imported as\n{written}"));
        }
        let mut axum = program("axum-configured");
        axum.arg(&policy);
        let (axum, _running) = start(axum, &folder.join("axum.log"))?;
        let mut verify = program("cors");
        verify.arg("verify").arg(format!("http://{axum}/login")).arg("--policy").arg(&policy);
        ended(&mut verify, "").map_err(|error| format!("axum: {error}"))?;
        if self.serve.is_empty() {
            return Ok("imported, and axum keeps the policy".into());
        }
        let theirs = self.shell(self.serve, folder, environment);
        let (theirs, _running) = start(theirs, &folder.join("theirs.log"))?;
        let same = compare::pages(theirs, axum)?;
        Ok(format!("imported, axum keeps the policy, and {same} pages conclude the same from both"))
    }

    fn shell(&self, line: &str, folder: &Path, environment: &[(&str, PathBuf)]) -> Command {
        let mut shell = Command::new("sh");
        shell.args(["-c", line]).current_dir(folder).env("ALLOWED_ORIGINS", ORIGINS);
        for (name, path) in environment {
            match *name {
                "PATH" => shell.env("PATH", first_in_path(path)),
                name => shell.env(name, path),
            };
        }
        shell
    }
}

/// Starts a server at a free port.
fn start(mut server: Command, log: &Path) -> Result<(SocketAddr, Running), String> {
    let port = free_port()?;
    server.env("PORT", port.to_string());
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    Ok((address, Running::start(server, address, log)?))
}

/// A program of this workspace, which was built.
fn program(name: &str) -> Command {
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    Command::new(target.join("debug").join(name))
}

fn python(program: installed::Program) -> Environment {
    match program {
        installed::Program::Python(path) => {
            path.parent().map(|bin| ("PATH", bin.to_owned())).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn node(program: installed::Program) -> Environment {
    match program {
        installed::Program::Node(path) => vec![("NODE_PATH", path.join("node_modules"))],
        _ => Vec::new(),
    }
}

fn present(name: &str, install: &str) -> Result<Environment, String> {
    match Command::new(name).arg("-v").output() {
        Ok(_) => Ok(Vec::new()),
        Err(_) => Err(install.to_owned()),
    }
}

fn first_in_path(folder: &Path) -> std::ffi::OsString {
    let mut path = folder.as_os_str().to_owned();
    if let Some(rest) = std::env::var_os("PATH") {
        path.push(":");
        path.push(rest);
    }
    path
}

/// Runs a command and returns its output. An error has both streams.
fn ended(command: &mut Command, input: &str) -> Result<String, String> {
    let shown = command.get_program().display().to_string();
    let failed = |error: std::io::Error| format!("cannot run {shown}: {error}");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(failed)?;
    if let Some(mut stdin) = child.stdin.take() {
        // A command that reads nothing closes it.
        let _ = stdin.write_all(input.as_bytes());
    }
    let Output { status, stdout, stderr } = child.wait_with_output().map_err(failed)?;
    let out = String::from_utf8_lossy(&stdout).into_owned();
    match status.success() {
        true => Ok(out),
        false => Err(format!("{shown}: {status}\n{out}{}", String::from_utf8_lossy(&stderr))),
    }
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", from.display());
    fs::create_dir_all(to).map_err(failed)?;
    for entry in fs::read_dir(from).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target).map_err(failed)?;
        }
    }
    Ok(())
}
