//! The servers: one example program for each framework.

use std::{
    io::{self, BufRead, BufReader},
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{ChildStdout, Command, Stdio},
    sync::{LazyLock, mpsc},
    thread,
    time::Duration,
};

use crate::{
    cargo,
    processes::{Id, Processes},
};

/// How long a server may take until it listens.
const PATIENCE: Duration = Duration::from_secs(10);

/// A program that serves the example under a policy: it takes the policy's file as its argument
/// and the port from `PORT`, and its first line is `listening on http://` and its address.
pub(crate) struct Server {
    /// The framework's name, and the heading of its column.
    pub(crate) name: &'static str,
    package: String,
    binary: String,
}

/// Every server, a column each: the frameworks of `adapters/frameworks.toml`.
pub(crate) static SERVERS: LazyLock<Vec<Server>> = LazyLock::new(|| {
    let table: toml::Table = FRAMEWORKS.parse().expect("a test reads the table");
    let frameworks = table.get("framework").and_then(toml::Value::as_array);
    let names = frameworks.into_iter().flatten().filter_map(|framework| framework.get("name"));
    let server = |name: &str| Server {
        name: name.to_owned().leak(),
        package: format!("cors-example-{name}"),
        binary: format!("{name}-configured"),
    };
    names.filter_map(toml::Value::as_str).map(server).collect()
});

const FRAMEWORKS: &str = include_str!("../../adapters/frameworks.toml");

/// A server that listens.
pub(crate) struct Running {
    pub(crate) name: &'static str,
    pub(crate) address: SocketAddr,
    id: Id,
}

impl Server {
    /// Starts it once it is built, and waits until it listens.
    pub(crate) fn start(
        &self,
        processes: &Processes,
        policy: &Path,
        port: u16,
    ) -> Result<Running, String> {
        let name = self.name;
        let failed = |error: io::Error| format!("the {name} server cannot be started: {error}");
        // Asked first, because a framework's own error may not name the port.
        TcpListener::bind(("127.0.0.1", port)).map_err(|error| {
            format!("port {port} cannot be had ({error}): choose another with --port")
        })?;

        let mut command = Command::new(built(&self.binary).map_err(failed)?);
        command.arg(policy).env("PORT", port.to_string()).stdout(Stdio::piped());
        let (id, output) = processes.start(&mut command).map_err(failed)?;
        let line = match first_line(output).recv_timeout(PATIENCE) {
            Ok(line) => line,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                return Err(format!("the {name} server does not listen after {PATIENCE:?}"));
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                let status = processes.wait(id).map_err(failed)?;
                return Err(format!("the {name} server ended before it listened: {status}"));
            }
        };
        let address = line
            .strip_prefix("listening on http://")
            .and_then(|address| address.parse().ok())
            .ok_or_else(|| {
                format!("the {name} server's first line is not `listening on http://…`: {line:?}")
            })?;
        Ok(Running { name, address, id })
    }

    /// Builds it.
    pub(crate) fn build(&self, processes: &Processes) -> Result<(), String> {
        build(&self.package, &self.binary, processes)
    }
}

/// Builds a program of the workspace.
pub(crate) fn build(package: &str, binary: &str, processes: &Processes) -> Result<(), String> {
    let failed = |why: &dyn std::fmt::Display| format!("{package} cannot be built: {why}");
    let mut build = cargo();
    build.args(["build", "--quiet", "--locked", "--package", package, "--bin", binary]);
    let (id, _) = processes.start(&mut build).map_err(|error| failed(&error))?;
    let status = processes.wait(id).map_err(|error| failed(&error))?;
    if status.success() { Ok(()) } else { Err(failed(&status)) }
}

/// Where a program is that was built: cargo puts it where it put this one.
pub(crate) fn built(binary: &str) -> io::Result<PathBuf> {
    let this = std::env::current_exe()?;
    Ok(this.with_file_name(binary).with_extension(std::env::consts::EXE_EXTENSION))
}

impl Running {
    /// Fails where the server has ended.
    pub(crate) fn check(&self, processes: &Processes) -> Result<(), String> {
        match processes.ended(self.id) {
            Ok(None) => Ok(()),
            Ok(Some(status)) => Err(format!("the {} server ended: {status}", self.name)),
            Err(error) => Err(format!("the {} server: {error}", self.name)),
        }
    }
}

/// The first line of a server's output. What follows is thrown away, so that the server never
/// waits for a reader; without a line, the channel closes.
fn first_line(output: Option<ChildStdout>) -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let Some(output) = output else { return };
        let mut output = BufReader::new(output);
        let mut line = String::new();
        if output.read_line(&mut line).is_ok_and(|length| length > 0) {
            let _ = sender.send(line.trim_end().to_owned());
            let _ = io::copy(&mut output, &mut io::sink());
        }
    });
    receiver
}
