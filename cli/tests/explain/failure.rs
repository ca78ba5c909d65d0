//! What cannot be told: exit status 2, and a sentence.

use std::{
    io::{Read, Write},
    net::TcpListener,
    thread,
};

use crate::run::ask;

#[track_caller]
fn check(url: &str, args: &[&str], sentence: &str) {
    let said = ask(url, args);
    assert_eq!((said.err.as_str(), said.status), ("", Some(2)), "{}", said.out);
    let line = said.out.lines().find_map(|line| line.strip_prefix("? Unknown: "));
    assert!(line.is_some_and(|line| line.contains(sentence)), "{}", said.out);
}

/// A server that takes one request, or not even that, and says these bytes.
fn raw(text: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it listens");
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("it can accept");
        let _ = stream.read(&mut [0; 4096]);
        // A client that has gone away is part of some tests.
        let _ = stream.write_all(text);
    });
    format!("http://{address}/")
}

#[test]
fn a_server_that_is_not_there() {
    check("http://127.0.0.1:1/", &[], "127.0.0.1:1 refused the connection");
}

#[test]
fn a_name_that_is_not_known() {
    check("http://nowhere.invalid/", &[], "cannot resolve nowhere.invalid");
}

#[test]
fn a_server_that_does_not_answer() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let url = format!("http://{}/", listener.local_addr().expect("it listens"));
    check(&url, &["--timeout", "0.2"], "did not answer within 0.2 s");
}

#[test]
fn a_server_that_breaks_off() {
    check(&raw(b""), &[], "closed the connection before it answered");
    check(
        &raw(b"HTTP/1.1 200 OK\r\naccess-contr"),
        &[],
        "closed the connection before it answered",
    );
}

#[test]
fn a_head_without_an_end() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let url = format!("http://{}/", listener.local_addr().expect("it listens"));
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("it can accept");
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
        // Until the client has had enough.
        while stream.write_all(&[b'x'; 4096]).is_ok() {}
    });
    check(&url, &[], "did not answer with valid HTTP");
}

#[test]
fn a_server_that_does_not_speak_http() {
    for text in [&b"SSH-2.0-OpenSSH\r\n\r\n"[..], b"HTTP/1.1 200 OK\r\n\0\xff: x\r\n\r\n"] {
        check(&raw(text), &[], "did not answer with valid HTTP");
    }
}
