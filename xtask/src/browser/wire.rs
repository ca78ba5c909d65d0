//! What the browser sends and receives, as it tells it itself.

use std::collections::HashMap;

use cors_core::plain;
use serde_json::Value;

use super::{devtools::Event, tab::Tab};

/// A request that was on its way, and what became of it.
#[derive(Default, Debug)]
pub(super) struct Exchange {
    url: String,
    method: String,
    pub(super) preflight: bool,
    /// The lines sent; none where the browser stopped it before.
    sent: Option<Vec<(String, String)>>,
    /// The status and the lines that came back.
    pub(super) received: Option<(u16, Vec<(String, String)>)>,
    /// Chromium's own word for what CORS has against it.
    pub(super) cors_error: Option<String>,
    ended: bool,
}

/// Every exchange of a page, in the order begun.
#[derive(Default)]
pub(super) struct Wire {
    exchanges: Vec<Exchange>,
    by_id: HashMap<String, usize>,
    console: Vec<String>,
}

impl Wire {
    /// Reads what the page told since it was last asked, until every exchange has ended.
    pub(super) fn listen(&mut self, tab: &mut Tab<'_>) -> Result<(), String> {
        // What was told before the answer to a call has come by then.
        tab.call("Page.enable", serde_json::json!({}))?;
        while let Some(event) = tab.devtools.told() {
            self.take(&tab.session, event);
        }
        while self.exchanges.iter().any(|exchange| !exchange.ended) {
            let event = tab.devtools.event()?;
            self.take(&tab.session, event);
        }
        Ok(())
    }

    /// The exchanges of one URL, in the order begun.
    pub(super) fn of<'a>(&'a self, url: &'a str) -> impl Iterator<Item = &'a Exchange> {
        self.exchanges.iter().filter(move |exchange| exchange.url == url)
    }

    /// What the console says of one URL.
    pub(super) fn console(&self, url: &str) -> Option<&str> {
        self.says(&format!("'{url}'"))
    }

    /// The first thing that the console says with this text in it.
    pub(super) fn says(&self, text: &str) -> Option<&str> {
        self.console.iter().map(String::as_str).find(|said| said.contains(text))
    }

    /// Everything that was asked for.
    pub(super) fn urls(&self) -> impl Iterator<Item = &str> {
        self.exchanges.iter().map(|exchange| exchange.url.as_str())
    }

    fn take(&mut self, session: &str, Event { session: of, method, params }: Event) {
        if of != session {
            return;
        }
        if method == "Log.entryAdded" {
            self.console.extend(params["entry"]["text"].as_str().map(str::to_owned));
        }
        let Some(id) = params["requestId"].as_str() else { return };
        let exchange = match self.by_id.get(id) {
            Some(at) => &mut self.exchanges[*at],
            None if method.starts_with("Network.request") => {
                self.by_id.insert(id.to_owned(), self.exchanges.len());
                self.exchanges.push(Exchange::default());
                let Some(new) = self.exchanges.last_mut() else { return };
                new
            }
            None => return,
        };
        exchange.take(&method, &params);
    }
}

impl Exchange {
    /// The head as it was sent, if it was.
    pub(super) fn sent(&self) -> Option<plain::Request> {
        let lines = self.sent.as_ref()?.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        Some(plain::Request::new(self.method.as_str(), lines))
    }

    fn take(&mut self, event: &str, params: &Value) {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        match event {
            "Network.requestWillBeSent" => {
                let request = &params["request"];
                self.url = text(&request["url"]).unwrap_or_default();
                self.preflight = params["initiator"]["type"] == "preflight";
                self.method = text(&request["method"]).unwrap_or_default();
            }
            // It is told of what is on its way alone, and so not of what a preflight stopped.
            "Network.requestWillBeSentExtraInfo" => {
                self.sent = Some(lines(&params["headers"]).collect());
            }
            "Network.responseReceivedExtraInfo" => {
                let status =
                    params["statusCode"].as_u64().and_then(|code| u16::try_from(code).ok());
                self.received = status.map(|status| (status, lines(&params["headers"]).collect()));
            }
            "Network.loadingFailed" => {
                self.cors_error = text(&params["corsErrorStatus"]["corsError"]);
                self.ended = true;
            }
            "Network.loadingFinished" => self.ended = true,
            _ => {}
        }
    }
}

/// Header lines: those of one name stand behind one another in one text.
fn lines(headers: &Value) -> impl Iterator<Item = (String, String)> {
    let headers = headers.as_object().into_iter().flatten();
    headers.flat_map(|(name, value)| {
        let values = value.as_str().unwrap_or_default().split('\n');
        values.map(|value| (name.to_ascii_lowercase(), value.to_owned())).collect::<Vec<_>>()
    })
}
