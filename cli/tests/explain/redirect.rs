//! Redirects.

use crate::{
    run::{each, object},
    server::Server,
};

const OPEN: &str = "200 OK\naccess-control-allow-origin: *";

fn to(url: &str) -> String {
    format!("302 Found\naccess-control-allow-origin: *\nlocation: {url}")
}

#[test]
fn a_redirect_is_followed_as_a_browser_does() {
    let server = Server::start(&[("GET /b", OPEN), ("GET /", &to("/b"))]);
    let (answer, status) = object(&server.url(), &[]);
    assert_eq!((answer["outcome"].as_str(), status), (Some("allowed"), Some(0)));
    assert_eq!(server.lines(), ["GET / HTTP/1.1", "GET /b HTTP/1.1"]);
}

#[test]
fn an_origin_is_lost_on_the_way_to_another_server() {
    let there =
        Server::start(&[("GET", "200 OK\naccess-control-allow-origin: https://app.example")]);
    let here = Server::start(&[("GET", &to(&there.url()))]);
    let (answer, status) = object(&here.url(), &[]);
    assert_eq!(status, Some(1));
    assert_eq!(each(&answer["causes"], "slug"), ["origin-lost"]);
    assert!(there.heads()[0].contains("\r\norigin: null\r\n"));
}

#[test]
fn nothing_is_sent_on_where_that_is_not_wanted() {
    let there = Server::start(&[("GET", OPEN)]);
    let here = Server::start(&[("GET", &to(&there.url()))]);
    let (answer, status) = object(&here.url(), &["--no-follow"]);
    assert_eq!((answer["outcome"].as_str(), status), (Some("unknown"), Some(2)));
    assert_eq!((here.lines().len(), there.lines().len()), (1, 0));
}

#[test]
fn a_loop_ends_after_twenty_redirects() {
    let server = Server::start(&[("GET", &to("/"))]);
    let (answer, status) = object(&server.url(), &[]);
    assert_eq!((answer["reason"]["slug"].as_str(), status), (Some("redirect.too-many"), Some(1)));
    assert_eq!(server.lines().len(), 21);
    let steps = answer["steps"].as_array().expect("steps");
    assert_eq!(each(&steps[20]["faults"], "slug"), ["redirect.too-many"]);
}

#[test]
fn a_redirect_in_front_of_options_is_not_followed() {
    let server = Server::start(&[("OPTIONS", &to("/login"))]);
    let (answer, _) = object(&server.url(), &["--method", "DELETE"]);
    assert_eq!(answer["reason"]["slug"], "preflight.redirect");
    assert_eq!(each(&answer["causes"], "slug"), ["in-front-of-options"]);
    assert_eq!(server.lines(), ["OPTIONS / HTTP/1.1"]);
}
