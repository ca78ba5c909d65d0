//! The command line, and the policy.

use std::process::Command;

use crate::process::{Proxy, command, file};

/// It ends before it listens, with this on standard error.
#[track_caller]
fn rejects(command: &mut Command, message: &str) {
    let output = command.output().expect("the binary runs");
    let error = String::from_utf8(output.stderr).expect("it is a text");
    assert!(error.contains(message), "{error}");
    assert_eq!((output.status.code(), &*output.stdout), (Some(2), &b""[..]));
}

#[test]
fn an_upstream_is_one_server() {
    for (to, message) in [
        ("api.example.com", "include the scheme and the host, such as https://api.example.com"),
        (
            "https://api.example.com/v1",
            "remove the path: the path of each request is forwarded unchanged",
        ),
    ] {
        rejects(&mut command(to), message);
    }
}

#[test]
fn a_limit_is_a_time() {
    let to = "http://127.0.0.1:1";
    for limit in ["0", "-1", "NaN", "inf", "1e9", "soon"] {
        let message = "use a number of seconds above 0, at most 86400";
        rejects(command(to).arg(format!("--head-timeout={limit}")), message);
    }
}

#[test]
fn an_invalid_policy_serves_nothing() {
    let policy = file("invalid.toml", "allow_origins = ['https://app.example.com/']");
    let mut command = Command::new(env!("CARGO_BIN_EXE_cors"));
    command.args(["proxy", "--to", "http://127.0.0.1:1", "--listen", "127.0.0.1:0", "--policy"]);
    rejects(command.arg(policy), "[origin-trailing-slash]");
}

#[test]
fn an_origin_replaces_a_policy_file() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cors"));
    command.args(["proxy", "--to", "http://127.0.0.1:1", "--listen", "0"]);
    let proxy = Proxy::spawn(
        command.args(["--origin", "http://localhost:5173"]).stdout(std::process::Stdio::piped()),
    );
    assert!(proxy.address.ip().is_loopback());
    let mut command = Command::new(env!("CARGO_BIN_EXE_cors"));
    command.args(["proxy", "--to", "http://127.0.0.1:1", "--origin", "localhost:5173"]);
    rejects(&mut command, "[origin-missing-scheme]");
}

#[test]
fn an_address_that_is_taken_is_said() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = taken.local_addr().expect("it listens").to_string();
    let message = format!("cors: cannot listen on {address}: ");
    rejects(command("http://127.0.0.1:1").args(["--listen", &address]), &message);
}
