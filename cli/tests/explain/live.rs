//! A live server, and what is said of its answers.

use std::{
    io::{Read, Write},
    net::TcpListener,
    thread,
};

use crate::{
    run::{PAGE, ask, each, object},
    server::Server,
};

const PASSING: &str = "204 No Content\naccess-control-allow-origin: https://app.example\n\
                       access-control-allow-methods: PUT\naccess-control-allow-headers: x-a\n\
                       vary: origin";

#[test]
fn a_request_that_is_allowed() {
    let server = Server::start(&[("OPTIONS", PASSING), ("PUT", PASSING)]);
    let said = ask(&server.url(), &["--method", "PUT", "--header", "X-A: 1"]);
    assert_eq!((said.err.as_str(), said.status), ("", Some(0)));
    let version = env!("CARGO_PKG_VERSION");
    let wanted = format!(
        "Preflight
> OPTIONS {url}
> accept: */*
> access-control-request-method: PUT
> access-control-request-headers: x-a
> origin: {PAGE}
> user-agent: cors-explain/{version}
< 204
< access-control-allow-origin: {PAGE}
< access-control-allow-methods: PUT
< access-control-allow-headers: x-a
< vary: origin
✓ every check passes

Request
> PUT {url}
> x-a: 1
> origin: {PAGE}
> accept: */*
> user-agent: cors-explain/{version}
< 204
",
        url = server.url()
    );
    assert!(said.out.starts_with(&wanted), "{}", said.out);
    assert!(said.out.contains("✓ Allowed. The script can read the response"), "{}", said.out);
    assert_eq!(server.lines(), ["OPTIONS / HTTP/1.1", "PUT / HTTP/1.1"]);
}

#[test]
fn what_is_shown_is_what_arrives() {
    let server = Server::start(&[("OPTIONS", PASSING), ("PUT", PASSING)]);
    let (answer, _) = object(&server.url(), &["--method", "PUT"]);
    for (head, step) in server.heads().iter().zip(answer["steps"].as_array().expect("steps")) {
        let mut arrived: Vec<&str> = head.lines().skip(1).filter(|line| !line.is_empty()).collect();
        arrived.retain(|line| !line.starts_with("host: ") && !line.starts_with("content-length: "));
        let lines = step["request"]["headers"].as_array().expect("lines").iter();
        let shown: Vec<String> = lines
            .map(|line| {
                let [name, value] = [0, 1].map(|at| line[at].as_str().expect("a text"));
                format!("{name}: {value}")
            })
            .collect();
        assert_eq!(arrived, shown);
    }
}

#[test]
fn every_fault_is_told_and_the_request_is_not_sent() {
    let server = Server::start(&[(
        "OPTIONS",
        "401 Unauthorized\naccess-control-allow-origin: https://app.example/\n\
         access-control-allow-methods: GET",
    )]);
    let args = ["--method", "PUT", "--body-type", "application/json", "--credentials", "include"];
    let (answer, status) = object(&server.url(), &args);
    assert_eq!((answer["outcome"].as_str(), status), (Some("blocked"), Some(1)));
    let faults = &answer["steps"][0]["faults"];
    assert_eq!(
        each(faults, "slug"),
        [
            "preflight.acao.invalid",
            "preflight.acac.missing",
            "preflight.status",
            "preflight.method.not-allowed",
            "preflight.header.not-allowed"
        ]
    );
    assert_eq!(faults[0]["received"], "https://app.example/");
    assert_eq!(faults[0]["fix"], "access-control-allow-origin: https://app.example");
    assert_eq!(answer["reason"]["slug"], "preflight.acao.invalid");
    assert_eq!(each(&answer["causes"], "slug"), ["origin-spelling", "in-front-of-options"]);
    assert_eq!(server.lines(), ["OPTIONS / HTTP/1.1"]);

    let said = ask(&server.url(), &args);
    for part in [
        "    received: access-control-allow-origin: https://app.example/\n",
        "    expected: access-control-allow-methods: PUT\n",
        "    received: (no access-control-allow-credentials)\n",
        "✗ Blocked: ",
        "  Chrome's console: Access to fetch at ",
        "For any server, on every answer, error pages included, instead of its CORS headers:\n",
        "    access-control-allow-methods: PUT\n",
        "Other servers: --for NAME, or --for all.\n",
    ] {
        assert!(said.out.contains(part), "{part}: {}", said.out);
    }
}

#[track_caller]
fn check(head: &str, args: &[&str], outcome: &str, causes: &[&str], warnings: &[&str]) {
    let server = Server::start(&[("OPTIONS", head), ("GET", head), ("PUT", head), ("POST", head)]);
    let (answer, status) = object(&server.url(), args);
    assert_eq!(answer["outcome"], outcome, "{head}: {answer}");
    let expected = match outcome {
        "allowed" => 0,
        "allowed-but" => 3,
        _ => 1,
    };
    assert_eq!(status, Some(expected));
    assert_eq!(each(&answer["causes"], "slug"), causes, "{head}");
    let warned = each(&answer["warnings"], "slug");
    let warned: Vec<_> = warned.iter().filter(|slug| *slug != "local-network").collect();
    assert_eq!(warned, warnings, "{head}");
}

#[test]
fn causes_are_guessed_from_what_arrived() {
    let own = "access-control-allow-origin: https://app.example";
    check(&format!("200 OK\nvary: origin\n{own}\n{own}"), &[], "blocked", &["two-layers"], &[]);
    let listed = "200 OK\naccess-control-allow-origin: https://a.example, https://b.example";
    check(listed, &[], "blocked", &["origin-list"], &[]);
    check(
        "200 OK\naccess-control-allow-origin: https://b.example",
        &[],
        "blocked",
        &["origin-fixed"],
        &[],
    );
    let star = "200 OK\naccess-control-allow-origin: *\naccess-control-allow-credentials: true";
    check(star, &["--credentials", "include"], "blocked", &["credentials-star"], &[]);
    check("500 Internal Server Error", &[], "blocked", &["error-page"], &[]);
    check("200 OK", &[], "blocked", &["no-cors"], &[]);
    check("405 Method Not Allowed", &["--method", "PUT"], "blocked", &["in-front-of-options"], &[]);
    check(&format!("200 OK\n{own}"), &[], "allowed-but", &[], &["vary-missing"]);
    check("200 OK\naccess-control-allow-origin: *", &[], "allowed", &[], &[]);
}

#[test]
fn a_server_that_closes_every_connection_is_asked_to_the_end() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let url = format!("http://{}/", listener.local_addr().expect("it listens"));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("it is connected");
            let _ = stream.read(&mut [0; 4096]);
            write!(stream, "HTTP/1.1 {}\r\n\r\n", PASSING.replace('\n', "\r\n"))
                .expect("it is read");
        }
    });
    let (answer, status) = object(&url, &["--method", "PUT"]);
    assert_eq!(status, Some(0), "{answer}");
}

#[test]
fn a_profile_has_rules_of_its_own() {
    let head = "200 OK\naccess-control-allow-origin: *\naccess-control-allow-headers: *";
    let args = ["--header", "Authorization: x"];
    check(head, &args, "allowed", &[], &["star-authorization"]);
    check(head, &[&args[..], &["--profile", "fetch"]].concat(), "blocked", &["star"], &[]);
}

#[test]
fn what_a_server_says_is_no_command_to_a_terminal() {
    let server = Server::start(&[("GET", "200 OK\naccess-control-allow-origin: a\u{9b}31m")]);
    let said = ask(&server.url(), &[]);
    assert_eq!(said.status, Some(1));
    assert!(!said.out.contains(|letter: char| letter.is_control() && letter != '\n'));
}
