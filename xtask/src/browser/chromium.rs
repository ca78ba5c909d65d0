//! A Chromium of its own: a new profile, no screen, and nobody to talk to but loopback.

use std::{
    env, fs,
    path::PathBuf,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::json;
use tempfile::TempDir;

use super::{devtools::Devtools, tab::Tab};
use crate::processes::{Id, Processes};

/// The names under which it is installed, the most specific first.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// How long it may take until it can be talked to.
const PATIENCE: Duration = Duration::from_secs(30);

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
    if let Some(named) = env::var_os("CHROMIUM").filter(|name| !name.is_empty()) {
        return Some(named.into());
    }
    let path = env::var_os("PATH")?;
    let named = |name: &&str| {
        env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
    };
    NAMES.iter().find_map(named)
}

/// A browser that runs. It ends with the [`Processes`] that it was started under.
pub(super) struct Chromium {
    pub(super) devtools: Devtools,
    /// Its name and version.
    pub(super) version: String,
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
        let started = Instant::now();
        let (port, path) = loop {
            let text = fs::read_to_string(&written).unwrap_or_default();
            if let Some((port, path)) = text.split_once('\n')
                && let Ok(port) = port.parse()
                && !path.is_empty()
            {
                break (port, path.trim_end().to_owned());
            }
            if let Some(status) = processes.ended(id).map_err(|error| failed(&error))? {
                return Err(failed(&status));
            }
            if started.elapsed() > PATIENCE {
                return Err(failed(&format!("it says nothing after {PATIENCE:?}")));
            }
            thread::sleep(Duration::from_millis(20));
        };
        let mut devtools = Devtools::connect(port, &path)?;
        let version = devtools.call("", "Browser.getVersion", json!({}))?;
        let version = version["product"].as_str().unwrap_or_default();
        let version =
            version.replace("HeadlessChrome/", "Chromium ").replace("Chrome/", "Chromium ");
        Ok(Self { devtools, version, id, _profile: profile })
    }

    /// Ends it, and so lets go of its profile before that is removed.
    pub(super) fn close(mut self, processes: &Processes) -> Result<(), String> {
        self.devtools.call("", "Browser.close", json!({}))?;
        processes.wait(self.id).map(drop).map_err(|error| error.to_string())
    }

    /// An empty page.
    pub(super) fn tab(&mut self) -> Result<Tab<'_>, String> {
        Tab::new(&mut self.devtools)
    }
}
