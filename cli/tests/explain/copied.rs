//! Copied commands, bodies and cookies, sent to a server.

use crate::{
    run::{explain, explain_with, object},
    server::Server,
};

const PASSING: &str = "204 No Content\naccess-control-allow-origin: https://app.example\n\
                       access-control-allow-credentials: true\naccess-control-allow-methods: PUT\n\
                       access-control-allow-headers: content-type\nvary: origin";

fn server() -> Server {
    Server::start(&[("OPTIONS", PASSING), ("PUT", PASSING), ("POST", PASSING), ("GET", PASSING)])
}

fn curl(url: &str) -> Vec<String> {
    let words = [
        "curl",
        url,
        "-X",
        "PUT",
        "-H",
        "content-type: application/json",
        "-H",
        "origin: https://app.example",
        "-H",
        "user-agent: A Browser",
        "-b",
        "id=it's",
        "--data-raw",
        "{\"a\":1}",
    ];
    words.map(str::to_owned).to_vec()
}

#[track_caller]
fn is_sent_whole(server: &Server) {
    let heads = server.heads();
    let [preflight, request] = &heads[..] else { panic!("two requests: {heads:?}") };
    assert!(preflight.starts_with("OPTIONS / "), "{preflight}");
    assert!(!preflight.contains("cookie: "), "{preflight}");
    for line in
        ["PUT / ", "cookie: id=it's\r\n", "user-agent: A Browser\r\n", "content-length: 7\r\n"]
    {
        assert!(request.contains(line), "{line}: {request}");
    }
}

#[test]
fn a_command_that_the_shell_has_split_is_sent() {
    let server = server();
    let words = curl(&server.url());
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let said = explain(&[&words[..], &["--for", "nginx"]].concat());
    assert_eq!((said.err.as_str(), said.status), ("", Some(0)), "{}", said.out);
    is_sent_whole(&server);
}

#[test]
fn a_command_is_read_from_an_argument_and_from_standard_input() {
    let of = |url: &str| {
        format!(
            "fetch(\"{url}\", {{ headers: {{ cookie: \"id=it's\", \"user-agent\": 'A Browser', \
             'content-type': 'application/json', Referer: 'https://app.example/a' }}, \
             method: 'PUT', body: '{{\"a\":1}}' }});"
        )
    };
    for (target, is_input) in [("", false), ("-", true)] {
        let server = server();
        let text = of(&server.url());
        let args: &[&str] = if is_input { &[target] } else { &[&text] };
        let said = explain_with(args, &[], &text);
        assert_eq!((said.err.as_str(), said.status), ("", Some(0)), "{}", said.out);
        is_sent_whole(&server);
    }
    let server = server();
    let said = explain_with(&["--paste", "-"], &[], &of(&server.url()));
    assert_eq!(said.status, Some(0), "{}", said.out);
    is_sent_whole(&server);
}

#[test]
fn options_come_before_what_a_command_says() {
    let server = server();
    let text = format!("curl {} -H 'origin: https://other.example' -d a=1", server.url());
    let (answer, status) = object(&text, &["--method", "PUT", "--credentials", "omit"]);
    assert_eq!((status, answer["origin"].as_str()), (Some(0), Some("https://app.example")));
    assert_eq!(server.lines(), ["OPTIONS / HTTP/1.1", "PUT / HTTP/1.1"]);
}

#[test]
fn a_body_and_cookies_are_sent_if_asked_for() {
    let server = server();
    let args = ["--data-size", "2K", "--cookie", "a=b", "--credentials", "include"];
    let (answer, status) = object(&server.url(), &[&args[..], &["--user-agent", "me"]].concat());
    assert_eq!(status, Some(0), "{answer}");
    let head = server.heads().concat();
    for line in ["POST / ", "content-length: 2048\r\n", "cookie: a=b\r\n", "user-agent: me\r\n"] {
        assert!(head.contains(line), "{head}");
    }
    for (args, sentence) in [
        (&["--cookie", "a=b"][..], "--credentials include"),
        (&["--data-size", "1", "--method", "GET"], "has no body"),
        (&["--data-size", "2T"], "such as 4096 or 2M"),
        (&["--data", "/missing/file"], "/missing/file"),
    ] {
        let url = server.url();
        let said = explain(&[&[&*url, "--origin", "https://app.example"], args].concat());
        assert_eq!(said.status, Some(2), "{args:?}");
        assert!(said.err.contains(sentence), "{args:?}: {}", said.err);
    }
}

#[test]
fn a_body_that_is_too_large_is_allowed_but() {
    let large = PASSING.replace("204 No Content", "413 Payload Too Large");
    let server = Server::start(&[("POST", &large)]);
    let (answer, status) = object(&server.url(), &["--data-size", "2K"]);
    assert_eq!((answer["outcome"].as_str(), status), (Some("allowed-but"), Some(3)));
    assert_eq!(answer["warnings"][0]["slug"], "body-limit", "{answer}");
}

#[test]
fn what_a_person_writes_is_corrected_in_words() {
    let server = server();
    let said = explain(&[&server.url(), "--origin", "https://app.example/"]);
    assert_eq!(said.status, Some(0), "{}", said.out);
    assert_eq!(said.err, "cors: an origin has no path and no slash: using https://app.example\n");
    let said = explain(&[&server.url(), "--origin", "https://bücher.example"]);
    assert_eq!(
        said.err,
        "cors: browsers send the origin https://bücher.example as https://xn--bcher-kva.example\n"
    );
}
