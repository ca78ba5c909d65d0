//! A page in the browser.

use serde_json::{Value, json};

use super::{
    connection::{Connection, Event},
    wire::{Exchange, Lines, Wire},
};

/// A page, and the connection to it.
pub(super) struct Tab<'a> {
    pub(super) connection: &'a mut Connection,
    target: Value,
    pub(super) session: String,
}

impl<'a> Tab<'a> {
    /// An empty page, whose requests are told as events.
    pub(super) fn new(connection: &'a mut Connection) -> Result<Self, String> {
        let created =
            connection.call("", "Target.createTarget", json!({ "url": "about:blank" }))?;
        let target = created["targetId"].clone();
        let attach = json!({ "targetId": target, "flatten": true });
        let attached = connection.call("", "Target.attachToTarget", attach)?;
        let session = attached["sessionId"].as_str().ok_or("a page without a session")?.to_owned();
        let mut tab = Self { connection, target, session };
        for domain in ["Page.enable", "Network.enable", "Log.enable"] {
            tab.call(domain, json!({}))?;
        }
        Ok(tab)
    }

    pub(super) fn call(&mut self, method: &str, params: Value) -> Result<Value, String> {
        self.connection.call(&self.session, method, params)
    }

    fn wait_for(&mut self, method: &str) -> Result<Value, String> {
        let session = &self.session;
        self.connection.wait_for(|event| event.session == *session && event.method == method)
    }

    pub(super) fn close(self) -> Result<(), String> {
        let target = json!({ "targetId": self.target });
        self.connection.call("", "Target.closeTarget", target).map(drop)
    }

    /// Loads a page, from whoever serves it.
    pub(super) fn load(&mut self, url: &str) -> Result<(), String> {
        let loaded = self.call("Page.navigate", json!({ "url": url }))?;
        if let Some(error) = loaded["errorText"].as_str() {
            return Err(format!("{url} cannot be loaded: {error}"));
        }
        self.wait_for("Page.loadEventFired").map(drop)
    }

    /// Loads an empty page of this origin, which nobody has to serve: the browser asks for it, and
    /// is answered here. For everything behind that, the page is one of that origin. `null` is a
    /// page that its headers put into a sandbox.
    pub(super) fn load_empty(&mut self, origin: &str) -> Result<(), String> {
        let (url, headers) = match origin {
            "null" => (
                "http://sandbox.test/",
                json!([{ "name": "content-security-policy", "value": "sandbox allow-scripts" }]),
            ),
            origin => (origin, json!([])),
        };
        self.call("Fetch.enable", json!({ "patterns": [{ "urlPattern": "*" }] }))?;
        let navigation =
            self.connection.send(&self.session, "Page.navigate", json!({ "url": url }))?;
        let paused = self.wait_for("Fetch.requestPaused")?;
        let answer = json!({ "requestId": paused["requestId"], "responseCode": 200, "responseHeaders": headers });
        self.call("Fetch.fulfillRequest", answer)?;
        self.connection.answer(navigation, "Page.navigate")?;
        self.wait_for("Page.loadEventFired")?;
        // Not to stand between the page and what it asks for from now on.
        self.call("Fetch.disable", json!({}))?;
        let found = self.evaluate("self.origin")?;
        if found == origin {
            Ok(())
        } else {
            Err(format!("a page of {origin} has the origin {found}"))
        }
    }

    /// What a script comes to, once its promise is kept.
    pub(super) fn evaluate(&mut self, script: &str) -> Result<Value, String> {
        let params = json!({ "expression": script, "awaitPromise": true, "returnByValue": true });
        let mut answer = self.call("Runtime.evaluate", params)?;
        match answer.get("exceptionDetails") {
            Some(details) => Err(format!("a script fails: {details}")),
            None => Ok(answer["result"]["value"].take()),
        }
    }

    /// What the page has sent and received, and what its console says, once everything has ended.
    pub(super) fn wire(&mut self) -> Result<Wire, String> {
        let mut wire = Wire::default();
        // What was told before the answer to a call has come by then.
        self.call("Page.enable", json!({}))?;
        while let Some(event) = self.connection.told() {
            self.take(&mut wire, &event);
        }
        while wire.exchanges.iter().any(|exchange| !exchange.ended) {
            let event = self.connection.event()?;
            self.take(&mut wire, &event);
        }
        Ok(wire)
    }

    fn take(&self, wire: &mut Wire, Event { session, method, params }: &Event) {
        if *session != self.session {
            return;
        }
        if method == "Log.entryAdded" {
            wire.console.extend(params["entry"]["text"].as_str().map(str::to_owned));
        }
        if let Some(id) = params["requestId"].as_str()
            && method.starts_with("Network.")
        {
            take(wire.exchange(id), method, params);
        }
    }
}

fn take(exchange: &mut Exchange, event: &str, params: &Value) {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    match event {
        "Network.requestWillBeSent" => {
            let request = &params["request"];
            exchange.url = text(&request["url"]).unwrap_or_default();
            exchange.preflight = params["initiator"]["type"] == "preflight";
            exchange.method = text(&request["method"]).unwrap_or_default();
        }
        // It is told of what is on its way alone, and so not of what a preflight stopped.
        "Network.requestWillBeSentExtraInfo" => exchange.lines = Some(lines(&params["headers"])),
        "Network.responseReceivedExtraInfo" => {
            let status = params["statusCode"].as_u64().and_then(|code| u16::try_from(code).ok());
            exchange.received = status.map(|status| (status, lines(&params["headers"])));
        }
        "Network.loadingFailed" => {
            exchange.cors_error = text(&params["corsErrorStatus"]["corsError"]);
            exchange.ended = true;
        }
        "Network.loadingFinished" => exchange.ended = true,
        _ => {}
    }
}

/// Those of one name stand below one another in one text.
fn lines(headers: &Value) -> Lines {
    let headers = headers.as_object().into_iter().flatten();
    headers
        .flat_map(|(name, value)| {
            let values = value.as_str().unwrap_or_default().split('\n');
            values.map(|value| (name.to_ascii_lowercase(), value.to_owned()))
        })
        .collect()
}
