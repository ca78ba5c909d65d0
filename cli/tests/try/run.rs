//! The binary, and what it says.

use std::{
    fs,
    io::Write,
    path::PathBuf,
    process::{Command, Output, Stdio},
    thread,
};

/// The binary, with its streams piped, in the folder where [`policy`] writes.
pub(crate) fn cors(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cors"));
    command
        .args(args)
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// What a run said, and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) status: Option<i32>,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the binary writes UTF-8");
        Self { out: text(output.stdout), err: text(output.stderr), status: output.status.code() }
    }
}

/// Runs the binary with this standard input, to its end.
pub(crate) fn run(args: &[&str], input: &[u8]) -> Said {
    let mut child = cors(args).spawn().expect("the binary starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    let input = input.to_vec();
    // Beside the reading, so that neither pipe can fill up; it fails where nobody listens.
    let writer = thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("the binary ends");
    let _ = writer.join().expect("the writer does not panic");
    output.into()
}

/// Writes a file that the next run can name.
pub(crate) fn policy(name: &str, text: &str) {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(path, text).expect("the folder can be written to");
}

/// Reads a file that the last run wrote.
#[allow(dead_code, reason = "not every program that runs the binary lets it write")]
pub(crate) fn read(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::read_to_string(path).expect("the run wrote it")
}
