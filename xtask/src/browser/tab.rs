//! A page in the browser.

use serde_json::{Value, json};

use super::devtools::Devtools;

/// A page, and the connection to it.
pub(super) struct Tab<'a> {
    pub(super) devtools: &'a mut Devtools,
    target: Value,
    pub(super) session: String,
}

impl<'a> Tab<'a> {
    /// An empty page, whose requests are told as events.
    pub(super) fn new(devtools: &'a mut Devtools) -> Result<Self, String> {
        let created = devtools.call("", "Target.createTarget", json!({ "url": "about:blank" }))?;
        let target = created["targetId"].clone();
        let attach = json!({ "targetId": target, "flatten": true });
        let attached = devtools.call("", "Target.attachToTarget", attach)?;
        let session = attached["sessionId"].as_str().ok_or("a page without a session")?.to_owned();
        let mut tab = Self { devtools, target, session };
        for domain in ["Page.enable", "Network.enable", "Log.enable"] {
            tab.call(domain, json!({}))?;
        }
        Ok(tab)
    }

    pub(super) fn call(&mut self, method: &str, params: Value) -> Result<Value, String> {
        self.devtools.call(&self.session, method, params)
    }

    pub(super) fn close(self) -> Result<(), String> {
        let target = json!({ "targetId": self.target });
        self.devtools.call("", "Target.closeTarget", target).map(drop)
    }

    /// Loads a page, from whoever serves it.
    pub(super) fn load(&mut self, url: &str) -> Result<(), String> {
        let loaded = self.call("Page.navigate", json!({ "url": url }))?;
        if let Some(error) = loaded["errorText"].as_str() {
            return Err(format!("{url} cannot be loaded: {error}"));
        }
        self.devtools.wait_for(&self.session, "Page.loadEventFired").map(drop)
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
            self.devtools.send(&self.session, "Page.navigate", json!({ "url": url }))?;
        let paused = self.devtools.wait_for(&self.session, "Fetch.requestPaused")?;
        let answer = json!({ "requestId": paused["requestId"], "responseCode": 200, "responseHeaders": headers });
        self.call("Fetch.fulfillRequest", answer)?;
        self.devtools.answer(navigation, "Page.navigate")?;
        self.devtools.wait_for(&self.session, "Page.loadEventFired")?;
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
}
