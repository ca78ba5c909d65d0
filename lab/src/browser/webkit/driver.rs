//! The [WebDriver protocol](https://www.w3.org/TR/webdriver2/): calls over HTTP, one at a time.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

/// The longest time of one call. A script makes hundreds of requests.
const PATIENCE: Duration = Duration::from_secs(180);

/// The longest time until the driver listens.
const START: Duration = Duration::from_secs(20);

/// A session with a browser.
pub(super) struct Driver {
    port: u16,
    session: String,
}

impl Driver {
    /// Starts a browser, and returns its description of itself.
    pub(super) fn start(port: u16, capabilities: &Value) -> Result<(Self, Value), String> {
        let started = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if started.elapsed() > START {
                return Err("WebKitWebDriver does not listen".to_owned());
            }
            thread::sleep(Duration::from_millis(20));
        }
        let answer =
            send(port, "POST", "/session", Some(&json!({ "capabilities": capabilities })))?;
        let session = answer["sessionId"].as_str();
        let session = session.ok_or_else(|| format!("WebKit cannot be started: {answer}"))?;
        let driver = Self { port, session: session.to_owned() };
        driver.call("timeouts", &json!({ "script": PATIENCE.as_millis() }))?;
        Ok((driver, answer))
    }

    /// Calls a command of the session.
    pub(super) fn call(&self, command: &str, parameters: &Value) -> Result<Value, String> {
        let path = format!("/session/{}/{command}", self.session);
        send(self.port, "POST", &path, Some(parameters))
    }

    /// Returns the value of a script's promise.
    pub(super) fn evaluate(&self, script: &str) -> Result<Value, String> {
        // As text, because WebDriver has a notation of its own for some values.
        let script = format!(
            "const done = arguments[arguments.length - 1];
             (async () => JSON.stringify([await ({script})]))()
                 .then(done, (error) => done(`fails: ${{error}}`));"
        );
        let answer = self.call("execute/async", &json!({ "script": script, "args": [] }))?;
        let text = answer.as_str().unwrap_or_default();
        let values: Result<[Value; 1], _> = serde_json::from_str(text);
        values.map(|[value]| value).map_err(|_| format!("a script {answer}"))
    }

    /// Ends the browser.
    pub(super) fn end(&self) -> Result<(), String> {
        send(self.port, "DELETE", &format!("/session/{}", self.session), None).map(drop)
    }
}

/// A port that was free a moment ago.
pub(super) fn free_port() -> io::Result<u16> {
    TcpListener::bind("127.0.0.1:0")?.local_addr().map(|address| address.port())
}

fn send(port: u16, method: &str, path: &str, body: Option<&Value>) -> Result<Value, String> {
    let failed = |error: &dyn std::fmt::Display| format!("{method} {path}: {error}");
    let answer = exchange(port, method, path, body).map_err(|error| failed(&error))?;
    let (_, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
    let mut answer: Value = serde_json::from_str(body).map_err(|error| failed(&error))?;
    match answer["value"]["error"].as_str() {
        Some(error) => Err(failed(&format!("{error}: {}", answer["value"]["message"]))),
        None => Ok(answer["value"].take()),
    }
}

fn exchange(port: u16, method: &str, path: &str, body: Option<&Value>) -> io::Result<String> {
    let mut stream = TcpStream::connect(SocketAddr::from(([127, 0, 0, 1], port)))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let body = body.map(Value::to_string).unwrap_or_default();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )?;
    // The driver keeps its connections, so the length counts.
    let mut answer = Vec::new();
    let mut chunk = [0; 4096];
    while !is_whole(&answer) {
        match stream.read(&mut chunk)? {
            0 => break,
            read => answer.extend_from_slice(&chunk[..read]),
        }
    }
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

fn is_whole(answer: &[u8]) -> bool {
    let text = String::from_utf8_lossy(answer);
    let Some((head, _)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    length.is_some_and(|length| answer.len() >= head.len() + 4 + length)
}
