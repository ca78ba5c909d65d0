//! The [DevTools protocol](https://chromedevtools.github.io/connection-protocol/): calls and events
//! over one WebSocket.

use std::{collections::VecDeque, io::ErrorKind, net::TcpStream, time::Duration};

use serde_json::{Value, json};
use tungstenite::{Message, WebSocket, client};

/// How long the browser may say nothing at all.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection to a browser.
pub(super) struct Connection {
    socket: WebSocket<TcpStream>,
    calls: u64,
    /// What came while an answer was waited for.
    events: VecDeque<Event>,
}

/// Something that the browser tells.
#[derive(Debug)]
pub(super) struct Event {
    pub(super) session: String,
    pub(super) method: String,
    pub(super) params: Value,
}

impl Connection {
    /// Connects to `ws://127.0.0.1:PORT/PATH`.
    pub(super) fn connect(port: u16, path: &str) -> Result<Self, String> {
        let failed =
            |error: &dyn std::fmt::Display| format!("no connection to the browser: {error}");
        let stream = TcpStream::connect(("127.0.0.1", port)).map_err(|error| failed(&error))?;
        stream.set_read_timeout(Some(PATIENCE)).map_err(|error| failed(&error))?;
        stream.set_nodelay(true).map_err(|error| failed(&error))?;
        let url = format!("ws://127.0.0.1:{port}{path}");
        let (socket, _) = client(url, stream).map_err(|error| failed(&error))?;
        Ok(Self { socket, calls: 0, events: VecDeque::new() })
    }

    /// Calls a method of a session, or of the browser itself where that is empty.
    pub(super) fn call(
        &mut self,
        session: &str,
        method: &str,
        params: Value,
    ) -> Result<Value, String> {
        let id = self.send(session, method, params)?;
        self.answer(id, method)
    }

    /// Sends a call whose answer is waited for later.
    pub(super) fn send(
        &mut self,
        session: &str,
        method: &str,
        params: Value,
    ) -> Result<u64, String> {
        self.calls += 1;
        let mut call = json!({ "id": self.calls, "method": method, "params": params });
        if !session.is_empty() {
            call["sessionId"] = session.into();
        }
        let sent = self.socket.send(Message::text(call.to_string()));
        sent.map_err(|error| format!("{method}: the browser does not listen: {error}"))?;
        Ok(self.calls)
    }

    /// Waits for the answer to a call that was sent.
    pub(super) fn answer(&mut self, id: u64, method: &str) -> Result<Value, String> {
        loop {
            let mut message = self.receive()?;
            if message["id"] == id {
                return match message.get("error") {
                    Some(error) => Err(format!("{method}: {error}")),
                    None => Ok(message["result"].take()),
                };
            }
            self.events.extend(Event::of(message));
        }
    }

    /// The next event, in the order told.
    pub(super) fn event(&mut self) -> Result<Event, String> {
        loop {
            if let Some(event) = self.events.pop_front() {
                return Ok(event);
            }
            let message = self.receive()?;
            self.events.extend(Event::of(message));
        }
    }

    /// An event that was told already.
    pub(super) fn told(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    /// Waits for an event, and gives back its parameters. Other events are kept.
    pub(super) fn wait_for(&mut self, is_it: impl Fn(&Event) -> bool) -> Result<Value, String> {
        let mut looked_at = 0;
        loop {
            while let Some(event) = self.events.get(looked_at) {
                if is_it(event) {
                    let event = self.events.remove(looked_at);
                    return Ok(event.map(|event| event.params).unwrap_or_default());
                }
                looked_at += 1;
            }
            let message = self.receive()?;
            self.events.extend(Event::of(message));
        }
    }

    fn receive(&mut self) -> Result<Value, String> {
        loop {
            match self.socket.read() {
                Ok(Message::Text(text)) => {
                    return serde_json::from_str(&text)
                        .map_err(|error| format!("the browser speaks no JSON: {error}"));
                }
                Ok(_) => {}
                // A signal: nothing was read, and nothing is lost.
                Err(tungstenite::Error::Io(error)) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(format!("the browser says nothing: {error}")),
            }
        }
    }
}

impl Event {
    fn of(mut message: Value) -> Option<Self> {
        Some(Self {
            session: message["sessionId"].as_str().unwrap_or_default().to_owned(),
            method: message["method"].as_str()?.to_owned(),
            params: message["params"].take(),
        })
    }
}
