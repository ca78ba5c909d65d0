//! Child processes that do not outlive this one.

use std::{
    io,
    process::{Child, Command, ExitStatus, Stdio, exit},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

/// The exit status of whoever is told to stop, as shells have it for Ctrl-C.
const STOPPED: i32 = 130;

/// Child processes. They end when this value is dropped, a panic's unwinding included, and when
/// this process is told to end: by Ctrl-C, by SIGTERM, or by SIGHUP, as a closed terminal sends.
pub(crate) struct Processes(Arc<Mutex<Vec<Child>>>);

/// One of the processes.
#[derive(Clone, Copy)]
pub(crate) struct Id(usize);

impl Processes {
    /// None yet. There is one value of this in a process, because there is one handler of signals.
    pub(crate) fn new() -> Result<Self, String> {
        let children = Arc::default();
        let handled = Arc::clone(&children);
        ctrlc::set_handler(move || {
            // Held to the end, so that no other process is started meanwhile.
            let mut children = lock(&handled);
            end(&mut children);
            exit(STOPPED);
        })
        .map_err(|error| format!("signals cannot be handled: {error}"))?;
        Ok(Self(children))
    }

    /// Starts a process, and hands over its output as far as that is piped.
    pub(crate) fn start(
        &self,
        command: &mut Command,
    ) -> io::Result<(Id, Option<std::process::ChildStdout>)> {
        // A group of its own, so that it can be ended together with whatever it starts.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let mut children = lock(&self.0);
        let mut child = command.stdin(Stdio::null()).spawn()?;
        let output = child.stdout.take();
        children.push(child);
        Ok((Id(children.len() - 1), output))
    }

    /// How the process ended, if it did.
    pub(crate) fn ended(&self, id: Id) -> io::Result<Option<ExitStatus>> {
        lock(&self.0)[id.0].try_wait()
    }

    /// Waits for the process's end.
    pub(crate) fn wait(&self, id: Id) -> io::Result<ExitStatus> {
        loop {
            // Not `Child::wait`: it would hold the lock that the handler of signals needs.
            if let Some(status) = self.ended(id)? {
                return Ok(status);
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Processes {
    fn drop(&mut self) {
        end(&mut lock(&self.0));
    }
}

fn lock(children: &Mutex<Vec<Child>>) -> MutexGuard<'_, Vec<Child>> {
    children.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends every process that is left. One that cannot be ended has ended.
fn end(children: &mut Vec<Child>) {
    for mut child in children.drain(..) {
        // The number of a process that was waited for may belong to another by now.
        if !matches!(child.try_wait(), Ok(Some(_))) {
            kill_group(&child);
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

#[cfg(unix)]
fn kill_group(child: &Child) {
    use nix::{
        sys::signal::{Signal, killpg},
        unistd::Pid,
    };
    if let Ok(id) = i32::try_from(child.id()) {
        let _ = killpg(Pid::from_raw(id), Signal::SIGKILL);
    }
}

#[cfg(not(unix))]
fn kill_group(_: &Child) {}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn sleeper() -> (Processes, u32) {
        let processes = Processes(Arc::default());
        processes.start(Command::new("sleep").arg("1000")).expect("sleep exists");
        let id = lock(&processes.0)[0].id();
        (processes, id)
    }

    #[track_caller]
    fn is_gone(id: u32) {
        let id = nix::unistd::Pid::from_raw(i32::try_from(id).expect("a process id"));
        assert!(nix::sys::signal::kill(id, None).is_err(), "{id} is still there");
    }

    #[test]
    fn a_process_ends_with_its_owner() {
        let (processes, id) = sleeper();
        drop(processes);
        is_gone(id);
    }

    #[test]
    fn a_process_ends_with_a_panic_of_its_owner() {
        let (processes, id) = sleeper();
        let panic = thread::spawn(move || {
            let _processes = processes;
            panic!("on purpose");
        });
        panic.join().expect_err("it panics");
        is_gone(id);
    }
}
