//! Servers that do not outlive this process.

use std::{
    fs::File,
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio, exit},
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

/// The process groups that are running.
static GROUPS: Mutex<Vec<u32>> = Mutex::new(Vec::new());

/// How long a server may take until it accepts a connection.
const START: Duration = Duration::from_secs(20);

/// Lets every server end with this process, when it is interrupted.
///
/// # Errors
///
/// Where signals cannot be handled.
pub(crate) fn end_with_this() -> Result<(), String> {
    ctrlc::set_handler(|| {
        for group in groups().drain(..) {
            kill(group);
        }
        exit(130);
    })
    .map_err(|error| format!("cannot handle signals: {error}"))
}

/// A server that ends with this value.
pub(crate) struct Running(Child);

impl Running {
    /// Starts a server, and waits until it accepts connections at this address.
    ///
    /// # Errors
    ///
    /// Where it does not start, with what it printed.
    pub(crate) fn start(
        mut command: Command,
        address: SocketAddr,
        log: &Path,
    ) -> Result<Self, String> {
        let shown = command.get_program().display().to_string();
        let output = File::create(log).and_then(|file| Ok((file.try_clone()?, file)));
        let (out, err) = output.map_err(|error| format!("{}: {error}", log.display()))?;
        // A group of its own, to end it together with its workers.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command.stdin(Stdio::null()).stdout(out).stderr(err);
        let child = {
            let mut groups = groups();
            let child = command.spawn().map_err(|error| format!("cannot run {shown}: {error}"))?;
            groups.push(child.id());
            child
        };
        let mut running = Self(child);
        let started = Instant::now();
        while TcpStream::connect(address).is_err() {
            let ended = running.0.try_wait().is_ok_and(|status| status.is_some());
            if ended || started.elapsed() > START {
                let printed = std::fs::read_to_string(log).unwrap_or_default();
                return Err(format!("{shown} does not start:\n{printed}"));
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(running)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let group = self.0.id();
        groups().retain(|known| *known != group);
        kill(group);
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A port that was free a moment ago.
///
/// # Errors
///
/// Where there is none.
pub(crate) fn free_port() -> Result<u16, String> {
    TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|error| format!("cannot find a free port: {error}"))
}

fn groups() -> MutexGuard<'static, Vec<u32>> {
    GROUPS.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(unix)]
fn kill(group: u32) {
    use nix::{
        sys::signal::{Signal, killpg},
        unistd::Pid,
    };
    if let Ok(group) = i32::try_from(group) {
        let _ = killpg(Pid::from_raw(group), Signal::SIGKILL);
    }
}

#[cfg(not(unix))]
fn kill(_: u32) {}
