//! The binary, and what it says.

use std::{
    fs,
    io::Write,
    path::PathBuf,
    process::{Command, Stdio},
};

use serde_json::Value;

/// The page that asks.
pub(crate) const PAGE: &str = "https://app.example";

/// What a run said, and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) status: Option<i32>,
}

/// Runs `cors explain` with these arguments.
pub(crate) fn explain(args: &[&str]) -> Said {
    explain_with(args, &[], "")
}

/// The same in an environment, and with standard input.
pub(crate) fn explain_with(args: &[&str], environment: &[(&str, &str)], input: &str) -> Said {
    let mut child = Command::new(env!("CARGO_BIN_EXE_cors"))
        .arg("explain")
        .args(args)
        .envs(environment.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    // Whoever reads nothing has ended already.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("the binary ends");
    let text = |bytes| String::from_utf8(bytes).expect("the binary writes UTF-8");
    Said { out: text(output.stdout), err: text(output.stderr), status: output.status.code() }
}

/// Asks as [`PAGE`].
pub(crate) fn ask(url: &str, args: &[&str]) -> Said {
    explain(&[&[url, "--origin", PAGE], args].concat())
}

/// Asks as [`PAGE`] for JSON, and says how that ended.
pub(crate) fn object(url: &str, args: &[&str]) -> (Value, Option<i32>) {
    let said = ask(url, &[args, &["--json"]].concat());
    assert_eq!(said.err, "");
    (serde_json::from_str(&said.out).expect("one JSON object"), said.status)
}

/// The values under a key of a list of objects.
pub(crate) fn each(list: &Value, key: &str) -> Vec<String> {
    let list = list.as_array().expect("a list").iter();
    list.map(|object| object[key].as_str().expect("a text").to_owned()).collect()
}

/// Writes a file with this name, and says where.
pub(crate) fn file(name: &str, text: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).expect("the folder can be written to");
    path.to_str().expect("a text").to_owned()
}
