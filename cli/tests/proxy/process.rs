//! The binary, as it runs.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::PathBuf,
    process::{Child, Command, Stdio},
};

/// The origin that the policy allows.
pub(crate) const PAGE: &str = "https://app.example.com";

const POLICY: &str = "allow_origins = ['https://app.example.com']\nallow_methods = ['PUT']\n";

/// A running `cors proxy`. It ends with this value.
pub(crate) struct Proxy {
    pub(crate) child: Child,
    pub(crate) address: SocketAddr,
}

impl Proxy {
    /// In front of this, with these arguments besides.
    pub(crate) fn start(to: &str, args: &[&str]) -> Self {
        Self::spawn(command(to).args(["--listen", "127.0.0.1:0", "--quiet"]).args(args))
    }

    /// Runs until it has said where it listens.
    pub(crate) fn spawn(command: &mut Command) -> Self {
        let mut child = command.spawn().expect("the binary starts");
        let mut line = String::new();
        let output = child.stdout.as_mut().expect("it is piped");
        BufReader::new(output).read_line(&mut line).expect("it says where it listens");
        let address = line
            .strip_prefix("listening on http://")
            .and_then(|line| line.split(',').next()?.parse().ok())
            .unwrap_or_else(|| panic!("not an address: {line:?}"));
        Self { child, address }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The binary, about to stand in front of this.
pub(crate) fn command(to: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cors"));
    let policy = file("proxy.toml", POLICY);
    command.args(["proxy", "--to", to, "--policy"]).arg(policy);
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    command
}

/// A file with this text. Tests that write the same one do not see it half written.
pub(crate) fn file(name: &str, text: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let whole = folder.join(name);
    let partial = folder.join(format!("{name}.{:?}", std::thread::current().id()));
    fs::write(&partial, text).expect("the folder can be written to");
    fs::rename(partial, &whole).expect("the folder can be written to");
    whole
}
