//! A Firefox of its own, over [WebDriver BiDi](https://w3c.github.io/webdriver-bidi/), which it
//! speaks itself.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Stdio},
};

use cors_browser::Profile;
use cors_core::RequestField;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{
    Browser,
    connection::Connection,
    program,
    wire::{Lines, Wire},
};
use crate::processes::{Id, Processes};

/// The names under which it is installed.
const NAMES: [&str; 2] = ["firefox-esr", "firefox"];

/// Nothing leaves this machine: whatever is not loopback goes to a proxy that is not there.
const PREFERENCES: &str = r#"
user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "127.0.0.1");
user_pref("network.proxy.http_port", 9);
user_pref("network.proxy.ssl", "127.0.0.1");
user_pref("network.proxy.ssl_port", 9);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("app.normandy.enabled", false);
user_pref("app.update.auto", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("toolkit.telemetry.enabled", false);
user_pref("browser.safebrowsing.malware.enabled", false);
user_pref("dom.security.https_first", false);
user_pref("network.lna.enabled", false);
user_pref("network.lna.blocking", false);
user_pref("browser.chrome.site_icons", false);
"#;

/// The program, if there is one: `FIREFOX`, or what the path has under one of its names.
pub(super) fn find() -> Option<PathBuf> {
    program::find("FIREFOX", &NAMES)
}

/// A browser that runs. It ends with the [`Processes`] that it was started under.
pub(super) struct Firefox {
    connection: Connection,
    version: String,
    id: Id,
    /// Removed behind it.
    _profile: TempDir,
}

impl Firefox {
    /// Starts it, and waits until it can be talked to.
    pub(super) fn start(program: PathBuf, processes: &Processes) -> Result<Self, String> {
        let failed =
            |why: &dyn std::fmt::Display| format!("{} cannot be started: {why}", program.display());
        let profile = tempfile::tempdir().map_err(|error| failed(&error))?;
        fs::write(profile.path().join("user.js"), PREFERENCES).map_err(|error| failed(&error))?;
        let mut command = Command::new(&program);
        command
            .args(["--headless", "--no-remote", "--remote-debugging-port=0", "--profile"])
            .arg(profile.path())
            .arg("about:blank")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let (id, _) = processes.start(&mut command).map_err(|error| failed(&error))?;
        let written = profile.path().join("WebDriverBiDiServer.json");
        let port = program::wait_for(&written, id, processes, |text| {
            let server: Value = serde_json::from_str(text).ok()?;
            u16::try_from(server["ws_port"].as_u64()?).ok()
        });
        let mut connection = Connection::connect(port.map_err(|why| failed(&why))?, "/session")?;
        let session = connection.call("", "session.new", json!({ "capabilities": {} }))?;
        let version = session["capabilities"]["browserVersion"].as_str().unwrap_or_default();
        let version = format!("Firefox {version}");
        connection.call("", "session.subscribe", json!({ "events": ["network"] }))?;
        Ok(Self { connection, version, id, _profile: profile })
    }

    /// Loads an empty page of this origin, as [`Tab::load_empty`](super::tab::Tab::load_empty) does.
    fn load_empty(&mut self, page: &Value, origin: &str) -> Result<(), String> {
        let (url, headers) = match origin {
            "null" => {
                let sandbox = json!({ "type": "string", "value": "sandbox allow-scripts" });
                let name = "content-security-policy";
                ("http://sandbox.test/", json!([{ "name": name, "value": sandbox }]))
            }
            origin => (origin, json!([])),
        };
        let intercept = json!({ "phases": ["beforeRequestSent"], "contexts": [page] });
        let intercept = self.connection.call("", "network.addIntercept", intercept)?;
        let navigate = json!({ "context": page, "url": url, "wait": "complete" });
        let navigation = self.connection.send("", "browsingContext.navigate", navigate)?;
        let asked = self.connection.wait_for(|event| {
            event.method == "network.beforeRequestSent" && event.params["isBlocked"] == true
        })?;
        let answer = json!({
            "request": asked["request"]["request"],
            "statusCode": 200,
            "headers": headers,
            "body": { "type": "string", "value": "" },
        });
        self.connection.call("", "network.provideResponse", answer)?;
        self.connection.answer(navigation, "browsingContext.navigate")?;
        // Not to stand between the page and what it asks for from now on.
        let intercept = json!({ "intercept": intercept["intercept"] });
        self.connection.call("", "network.removeIntercept", intercept).map(drop)
    }

    /// Every request until now, with its response.
    fn wire(&mut self) -> Result<Wire, String> {
        let mut wire = Wire::default();
        // Every earlier event arrives before this answer.
        self.connection.call("", "session.status", json!({}))?;
        while let Some(event) = self.connection.told() {
            take(&mut wire, &event.method, &event.params);
        }
        Ok(wire)
    }

    /// What a script comes to, once its promise is kept.
    fn evaluate(&mut self, page: &Value, script: &str) -> Result<Value, String> {
        let params = json!({
            // As text, because values have a notation of their own.
            "expression": format!("(async () => JSON.stringify(await ({script})))()"),
            "target": { "context": page },
            "awaitPromise": true,
        });
        let answer = self.connection.call("", "script.evaluate", params)?;
        let text = answer["result"]["value"].as_str();
        let text = text.ok_or_else(|| format!("a script fails: {answer}"))?;
        serde_json::from_str(text).map_err(|error| format!("a script says no JSON: {error}"))
    }
}

impl Browser for Firefox {
    fn version(&self) -> &str {
        &self.version
    }

    fn profile(&self) -> Profile {
        Profile::Firefox
    }

    fn ask(&mut self, origin: &str, script: &str) -> Result<(Value, Wire), String> {
        let page = self.connection.call("", "browsingContext.create", json!({ "type": "tab" }))?;
        let page = page["context"].clone();
        self.load_empty(&page, origin)?;
        let found = self.evaluate(&page, "self.origin")?;
        if found != origin {
            return Err(format!("a page of {origin} has the origin {found}"));
        }
        let value = self.evaluate(&page, script)?;
        let mut wire = self.wire()?;
        // It tells of a request as sent that a preflight stopped.
        for unsent in wire.exchanges.iter_mut().filter(|exchange| exchange.received.is_none()) {
            unsent.lines = None;
        }
        self.connection.call("", "browsingContext.close", json!({ "context": page }))?;
        Ok((value, wire))
    }

    fn visit(&mut self, url: &str, script: &str) -> Result<(Value, Wire), String> {
        let page = self.connection.call("", "browsingContext.create", json!({ "type": "tab" }))?;
        let page = page["context"].clone();
        let navigate = json!({ "context": page, "url": url, "wait": "complete" });
        self.connection.call("", "browsingContext.navigate", navigate)?;
        let value = self.evaluate(&page, script)?;
        let wire = self.wire()?;
        self.connection.call("", "browsingContext.close", json!({ "context": page }))?;
        Ok((value, wire))
    }

    fn close(mut self: Box<Self>, processes: &Processes) -> Result<(), String> {
        self.connection.call("", "browser.close", json!({}))?;
        processes.wait(self.id).map(drop).map_err(|error| error.to_string())
    }
}

fn take(wire: &mut Wire, event: &str, params: &Value) {
    let request = &params["request"];
    let Some(id) = request["request"].as_str() else { return };
    let exchange = wire.exchange(id);
    match event {
        "network.beforeRequestSent" => {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            exchange.url = text(&request["url"]);
            exchange.method = text(&request["method"]);
            let lines = lines(&request["headers"]);
            // It does not say so of them. No script can set this header.
            exchange.preflight = lines.iter().any(|(name, _)| name == RequestField::Method.name());
            exchange.lines = Some(lines);
        }
        "network.responseStarted" => {
            let response = &params["response"];
            let status = response["status"].as_u64().and_then(|code| u16::try_from(code).ok());
            exchange.received = status.map(|status| (status, lines(&response["headers"])));
        }
        _ => {}
    }
}

fn lines(headers: &Value) -> Lines {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let headers = headers.as_array().into_iter().flatten();
    headers
        .map(|line| (text(&line["name"]).to_ascii_lowercase(), text(&line["value"]["value"])))
        .collect()
}
