//! A server that says what it is told to.

use std::{
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// A server with an answer for each request line that begins so. It ends with the test's process.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
    answers: Arc<Mutex<Vec<(String, String)>>>,
}

impl Server {
    /// Answers are heads, their lines without carriage returns; what is in none gets a 404.
    pub(crate) fn start(answers: &[(&str, &str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let server = Self {
            address: listener.local_addr().expect("it listens"),
            heads: Arc::default(),
            answers: Arc::default(),
        };
        server.replace(answers);
        let running = server.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let running = running.clone();
                thread::spawn(move || running.serve(&stream.expect("it is connected")));
            }
        });
        server
    }

    /// Answers with these from now on.
    pub(crate) fn replace(&self, answers: &[(&str, &str)]) {
        let answers = answers.iter().map(|(line, head)| (line.to_string(), head.to_string()));
        *self.answers.lock().expect("no one panics") = answers.collect();
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The request heads that have arrived.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.heads.lock().expect("no one panics").clone()
    }

    /// Their first lines.
    pub(crate) fn lines(&self) -> Vec<String> {
        let first = |head: &String| head.lines().next().unwrap_or_default().to_owned();
        self.heads().iter().map(first).collect()
    }

    fn serve(&self, mut stream: &TcpStream) {
        let mut reader = BufReader::new(stream);
        loop {
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") {
                // A client that goes away is done.
                if reader.read_line(&mut head).is_ok_and(|read| read > 0) {
                    continue;
                }
                return;
            }
            let answers = self.answers.lock().expect("no one panics").clone();
            let answer = answers.iter().find(|(line, _)| head.starts_with(line));
            let answer = answer.map_or("404 Not Found", |(_, answer)| answer).to_owned();
            self.heads.lock().expect("no one panics").push(head);
            let answer = answer.replace('\n', "\r\n");
            if write!(stream, "HTTP/1.1 {answer}\r\ncontent-length: 0\r\n\r\n").is_err() {
                return;
            }
        }
    }
}
