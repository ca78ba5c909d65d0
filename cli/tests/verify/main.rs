//! `cors verify` against real servers: with configurations written by hand, and exported ones.

mod server;

use std::process::{Command, Output};

use serde_json::Value;
use server::{Server, application, nginx, program, start};

const POLICY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/policy.toml");

fn cors(arguments: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_cors")).args(arguments).output();
    let output = output.expect("the program runs");
    eprintln!("{}", text(&output.stderr));
    output
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn verify(server: &Server, more: &[&str]) -> Output {
    let url = format!("http://127.0.0.1:{}/", server.port);
    cors(&[&["verify", &url, "--policy", POLICY], more].concat())
}

/// Each finding as its code and the request's origin.
fn findings(server: &Server, more: &[&str]) -> Vec<(String, String)> {
    let output = verify(server, &[&["--json"], more].concat());
    let report: Value = serde_json::from_slice(&output.stdout).expect("one object");
    let findings = report["findings"].as_array().expect("a list");
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    findings.iter().map(|finding| (word(&finding["code"]), word(&finding["origin"]))).collect()
}

/// The text of a part of the exported policy.
fn exported(server: &str) -> Vec<String> {
    let output = cors(&["export", "--to", server, "--json", POLICY]);
    let object: Value = serde_json::from_slice(&output.stdout).expect("one object");
    let parts = object["parts"].as_array().expect("a list");
    parts.iter().map(|part| part["text"].as_str().expect("a text").to_owned()).collect()
}

#[test]
fn every_hole_in_nginx_as_written_by_hand_is_found() {
    let Some(program) = program("nginx") else { return };
    let configuration = nginx(include_str!("naive/nginx.conf"), application());
    let server = start(&program, &["-c"], &configuration);
    let found = findings(&server, &["--path", "/own", "--path", "/error"]);
    let has = |code: &str, origin: &str| {
        let is = |(known, of): &(String, String)| known == code && of.contains(origin);
        assert!(found.iter().any(is), "{code} {origin} in {found:#?}");
    };
    // Plain texts of a map match in any case, and ".*" matches a slash.
    has("stranger-reads-with-credentials", "HTTPS://APP.EXAMPLE.COM");
    has("stranger-reads-with-credentials", "https://evil.test/.");
    has("stranger-reads-with-credentials", "http://localhost:99999");
    // `if` drops what is outside of it.
    has("vary-missing", "");
    // Preflights of strangers get the lists.
    has("lists-leak", "");
    // The application's own headers stay beside the server's.
    has("friend-blocked", "https://app.example.com");
    let output = verify(&server, &[]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stdout));
    let page = text(&output.stdout);
    assert!(page.contains("  $ curl -i 'http://127.0.0.1:"), "{page}");
    assert!(page.lines().next().is_some_and(|line| line.contains("error")), "{page}");
    assert!(!page.contains("  send:   access-control-allow-origin: https://evil.test"), "{page}");
    // The policy as the configuration of the server that answered.
    assert!(page.contains("For nginx, instead of every add_header line"), "{page}");
    assert!(page.contains("map $http_origin $cors_origin_ok {"), "{page}");
}

#[test]
fn a_blocked_friend_is_explained() {
    let Some(program) = program("nginx") else { return };
    let configuration = nginx(include_str!("naive/nginx.conf"), application());
    let without: String = configuration
        .lines()
        .filter(|line| !line.contains("Access-Control-Allow-Origin"))
        .map(|line| format!("{line}\n"))
        .collect();
    let server = start(&program, &["-c"], &without);
    let likely =
        "likely: the server has looked at the Origin, which `Vary: Origin` shows, and its list";
    for format in ["text", "junit", "github"] {
        let output = verify(&server, &["--format", format]);
        let printed = text(&output.stdout);
        assert!(printed.contains(likely), "{format}: {printed}");
    }
    let output = verify(&server, &["--json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("one object");
    assert_eq!(report["findings"][0]["code"], "friend-blocked");
    assert_eq!(report["findings"][0]["causes"][0]["code"], "origin-not-listed");
    assert_eq!(report["remedy"]["place"], "nginx");
}

#[test]
fn every_hole_of_envoys_own_filter_is_found() {
    let Some(program) = program("envoy") else { return };
    let application = application().to_string();
    let configuration = include_str!("naive/envoy.yaml").replace("APPLICATION", &application);
    let server = start(&program, &["--use-dynamic-base-id", "-l", "error", "-c"], &configuration);
    let found = findings(&server, &["--path", "/own"]);
    let has =
        |code: &str| assert!(found.iter().any(|(known, _)| known == code), "{code}: {found:?}");
    has("stranger-reads");
    has("vary-missing");
}

#[test]
fn nothing_is_found_in_an_exported_nginx() {
    let Some(program) = program("nginx") else { return };
    let parts = exported("nginx");
    let inside = format!(
        "{}\nserver {{ listen 127.0.0.1:PORT; location / {{ {}\nproxy_pass http://APPLICATION; }} }}",
        parts[0], parts[1]
    );
    let server = start(&program, &["-c"], &nginx(&inside, application()));
    let output = verify(&server, &["--path", "/own", "--path", "/error", "--exact"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    assert!(text(&output.stdout).contains("0 errors, 0 notes"), "{}", text(&output.stdout));
}

#[test]
fn nothing_is_found_in_an_exported_nginx_with_a_long_list() {
    let Some(program) = program("nginx") else { return };
    let origins: Vec<String> = (0..500).map(|at| format!("\"https://{at}.example.com\"")).collect();
    let folder = std::env::temp_dir().join(format!("cors-verify-long-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let policy = folder.join("policy.toml");
    let text = format!("allow_origins = [{}]\n", origins.join(", "));
    std::fs::write(&policy, text).expect("a file");
    let policy = policy.to_str().expect("a path of text");
    let output = cors(&["export", "--to", "nginx", "--json", policy]);
    let object: Value = serde_json::from_slice(&output.stdout).expect("one object");
    let part = |at: usize| object["parts"][at]["text"].as_str().expect("a text").to_owned();
    let inside = format!(
        "{}\nserver {{ listen 127.0.0.1:PORT; location / {{ {}\nproxy_pass http://APPLICATION; }} }}",
        part(0),
        part(1)
    );
    let server = start(&program, &["-c"], &nginx(&inside, application()));
    let url = format!("http://127.0.0.1:{}/", server.port);
    let output = cors(&["verify", &url, "--policy", policy, "--exact"]);
    assert_eq!(output.status.code(), Some(0), "{}", text_of(&output));
    let _ = std::fs::remove_dir_all(&folder);
}

fn text_of(output: &Output) -> String {
    text(&output.stdout) + &text(&output.stderr)
}

#[test]
fn nothing_is_found_in_an_exported_haproxy() {
    let Some(program) = program("haproxy") else { return };
    let (rules, application) = (&exported("haproxy")[0], application());
    let configuration = format!(
        "defaults\n  mode http\n  timeout connect 1s\n  timeout client 5s\n  timeout server 5s\n\
         frontend api\n  bind 127.0.0.1:PORT\n{rules}\ndefault_backend app\nbackend app\n  \
         server app 127.0.0.1:{application}\n"
    );
    let server = start(&program, &["-db", "-f"], &configuration);
    let output = verify(&server, &["--path", "/own", "--path", "/error", "--exact"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
}

#[test]
fn a_server_that_knows_no_cors_only_allows_less() {
    let port = application();
    let url = format!("http://127.0.0.1:{port}/");
    let output = cors(&["verify", &url, "--policy", POLICY, "--format", "junit"]);
    // Without `Vary` a cache could mix up answers, which is no less than a hole.
    assert_eq!(output.status.code(), Some(1));
    let page = text(&output.stdout);
    assert!(page.starts_with("<?xml version=\"1.0\""), "{page}");
    assert!(page.contains("friend-blocked: GET / from https://app.example.com"), "{page}");
    let output = cors(&["verify", &url, "--policy", POLICY, "--format", "github"]);
    assert!(text(&output.stdout).starts_with("::error file="), "{}", text(&output.stdout));
}

#[test]
fn nothing_is_sent_in_a_dry_run_and_nobody_answers_on_a_closed_port() {
    let dry = ["verify", "http://127.0.0.1:1/", "--policy", POLICY, "--dry-run"];
    let output = cors(&dry);
    assert_eq!(output.status.code(), Some(0));
    let lines = text(&output.stdout).lines().count();
    assert!((40..=150).contains(&lines), "{lines}");
    assert_eq!(cors(&dry[..4]).status.code(), Some(3));
}
