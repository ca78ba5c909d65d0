//! A Chromium of its own: a new profile, no screen, and nobody to talk to but loopback.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
};

use cors_browser::Profile;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{Browser, connection::Connection, program, tab::Tab, wire::Wire};
use crate::processes::{Id, Processes};

/// The names under which it is installed, the most specific first.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Its switches. A sandbox is what containers and root do not have, and every page here is our own.
/// A page of a made-up host would otherwise have to ask its user before it may ask loopback.
const SWITCHES: [&str; 13] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--remote-debugging-port=0",
    "--disable-features=LocalNetworkAccessChecks,HttpsUpgrades,MediaRouter",
    // Nothing leaves this machine: no name but these is ever looked up.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
];

/// The program, if there is one: `CHROMIUM`, or what the path has under one of its names.
pub(super) fn find() -> Option<PathBuf> {
    program::find("CHROMIUM", &NAMES)
}

/// A browser that runs. It ends with the [`Processes`] that it was started under.
pub(super) struct Chromium {
    connection: Connection,
    version: String,
    id: Id,
    /// Removed behind it.
    _profile: TempDir,
}

impl Chromium {
    /// Starts it, and waits until it can be talked to.
    pub(super) fn start(program: PathBuf, processes: &Processes) -> Result<Self, String> {
        let failed =
            |why: &dyn std::fmt::Display| format!("{} cannot be started: {why}", program.display());
        let profile = tempfile::tempdir().map_err(|error| failed(&error))?;
        let mut command = Command::new(&program);
        command
            .args(SWITCHES)
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let (id, _) = processes.start(&mut command).map_err(|error| failed(&error))?;

        let written = profile.path().join("DevToolsActivePort");
        let (port, path) = program::wait_for(&written, id, processes, |text| {
            let (port, path) = text.split_once('\n')?;
            Some((port.parse().ok()?, path.trim_end().to_owned()))
                .filter(|(_, path)| !path.is_empty())
        })
        .map_err(|why| failed(&why))?;
        let mut connection = Connection::connect(port, &path)?;
        let version = connection.call("", "Browser.getVersion", json!({}))?;
        let version = version["product"].as_str().unwrap_or_default();
        let version =
            version.replace("HeadlessChrome/", "Chromium ").replace("Chrome/", "Chromium ");
        Ok(Self { connection, version, id, _profile: profile })
    }

    /// An empty page.
    pub(super) fn tab(&mut self) -> Result<Tab<'_>, String> {
        Tab::new(&mut self.connection)
    }
}

impl Browser for Chromium {
    fn version(&self) -> &str {
        &self.version
    }

    fn profile(&self) -> Profile {
        Profile::Chromium
    }

    fn ask(&mut self, origin: &str, script: &str) -> Result<(Value, Wire), String> {
        let mut tab = self.tab()?;
        tab.load_empty(origin)?;
        let value = tab.evaluate(script)?;
        let wire = tab.wire()?;
        tab.close()?;
        Ok((value, wire))
    }

    fn visit(&mut self, url: &str, script: &str) -> Result<(Value, Wire), String> {
        let mut tab = self.tab()?;
        tab.load(url)?;
        let value = tab.evaluate(script)?;
        let wire = tab.wire()?;
        tab.close()?;
        Ok((value, wire))
    }

    fn close(mut self: Box<Self>, processes: &Processes) -> Result<(), String> {
        self.connection.call("", "Browser.close", json!({}))?;
        processes.wait(self.id).map(drop).map_err(|error| error.to_string())
    }
}
