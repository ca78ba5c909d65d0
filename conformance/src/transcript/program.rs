//! A program that serves, for as long as this value lives.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
};

pub(super) struct Program {
    child: Child,
    address: SocketAddr,
}

impl Program {
    /// Starts it, and waits for its first line.
    pub(super) fn start(program: &Path, arguments: &[&Path]) -> Result<Self, String> {
        let failed = |why: &dyn std::fmt::Display| format!("{}: {why}", program.display());
        let mut child = Command::new(program)
            .args(arguments)
            .env("PORT", "0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| failed(&error))?;
        let mut line = String::new();
        if let Some(output) = &mut child.stdout {
            BufReader::new(output).read_line(&mut line).map_err(|error| failed(&error))?;
        }
        let address = line.trim_end().strip_prefix("listening on http://").unwrap_or(&line).parse();
        // From here on it is ended by `drop`, whatever it said.
        let mut started = Self { child, address: SocketAddr::from(([127, 0, 0, 1], 0)) };
        started.address = address.map_err(|_| failed(&format!("its first line is {line:?}")))?;
        Ok(started)
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // One that cannot be ended has ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
