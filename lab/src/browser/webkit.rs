//! A WebKitGTK of its own: MiniBrowser on a screen of its own, driven over WebDriver, behind a proxy
//! that serves the pages and records what is sent.

mod driver;
mod proxy;

use std::{
    fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Command, Stdio},
    sync::Arc,
};

use cors_browser::Profile;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{Browser, program, wire::Wire};
use crate::processes::Processes;
use driver::Driver;
use proxy::Proxy;

/// The programs that take part.
pub(super) struct Programs {
    driver: PathBuf,
    browser: PathBuf,
    screen: PathBuf,
}

/// The programs, or the ones that are missing.
pub(super) fn find() -> Result<Programs, String> {
    let driver = program::find("WEBKIT_DRIVER", &["WebKitWebDriver"]);
    let screen = program::find("XVFB", &["Xvfb"]);
    let browser = program::find("MINIBROWSER", &["MiniBrowser"]).or_else(installed);
    match (driver, browser, screen) {
        (Some(driver), Some(browser), Some(screen)) => Ok(Programs { driver, browser, screen }),
        (driver, browser, screen) => {
            let names = ["WebKitWebDriver", "MiniBrowser", "Xvfb"];
            let found = [driver, browser, screen];
            let missing = names.iter().zip(found).filter(|(_, found)| found.is_none());
            Err(missing.map(|(name, _)| *name).collect::<Vec<_>>().join(" and "))
        }
    }
}

/// MiniBrowser beside the library, where no path leads.
fn installed() -> Option<PathBuf> {
    let folders = ["/usr/libexec", "/usr/lib64", "/usr/lib"].map(PathBuf::from);
    let below = |folder: &PathBuf| {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect::<Vec<_>>()
    };
    let folders = folders.iter().flat_map(|folder| {
        // `/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1`, or without the middle.
        let triples =
            below(folder).into_iter().filter(|path| path.to_string_lossy().contains("-linux-"));
        let triples: Vec<PathBuf> = triples.collect();
        triples.into_iter().chain([folder.clone()]).collect::<Vec<_>>()
    });
    folders
        .flat_map(|folder| below(&folder))
        .filter(|path| path.to_string_lossy().contains("webkit"))
        .map(|path| path.join("MiniBrowser"))
        .find(|path| path.is_file())
}

/// A browser that runs. It ends with the [`Processes`] that it was started under.
pub(super) struct WebKit {
    driver: Driver,
    proxy: Arc<Proxy>,
    version: String,
    /// Removed behind it.
    _home: TempDir,
}

impl WebKit {
    /// Starts it, and waits until it can be talked to.
    pub(super) fn start(programs: &Programs, processes: &Processes) -> Result<Self, String> {
        let failed = |error: std::io::Error| format!("WebKit cannot be started: {error}");
        let mut command = Command::new(&programs.screen);
        command
            .args(["-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let (_, output) = processes.start(&mut command).map_err(failed)?;
        let mut number = String::new();
        let output = output.ok_or("Xvfb has no output")?;
        BufReader::new(output).read_line(&mut number).map_err(failed)?;
        let home = tempfile::tempdir().map_err(failed)?;
        let proxy = Proxy::start()?;
        let port = driver::free_port().map_err(failed)?;
        let mut command = Command::new(&programs.driver);
        command
            .arg(format!("--port={port}"))
            .env("DISPLAY", format!(":{}", number.trim()))
            .env("HOME", home.path())
            .env("XDG_DATA_HOME", home.path())
            .env("XDG_CACHE_HOME", home.path())
            .env("XDG_CONFIG_HOME", home.path())
            // Root has no sandbox, and every page here is our own.
            .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")
            .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
            .env("NO_AT_BRIDGE", "1")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        processes.start(&mut command).map_err(failed)?;
        let options = json!({
            "binary": programs.browser,
            "args": [
                "--automation",
                "--private",
                "--ignore-tls-errors",
                format!("--proxy=http://127.0.0.1:{}", proxy.port()),
                // Without a list, loopback is not sent to the proxy.
                "--ignore-host=nothing.invalid",
            ],
        });
        let capabilities = json!({ "alwaysMatch": { "acceptInsecureCerts": true, "webkitgtk:browserOptions": options } });
        let (driver, session) = Driver::start(port, &capabilities)?;
        let version = session["capabilities"]["browserVersion"].as_str().unwrap_or_default();
        let version = format!("WebKitGTK {version}");
        Ok(Self { driver, proxy, version, _home: home })
    }
}

impl Browser for WebKit {
    fn version(&self) -> &str {
        &self.version
    }

    fn profile(&self) -> Profile {
        Profile::WebKit
    }

    /// A page over `https` may not request `http`, not even from loopback. The proxy has a certificate
    /// for every host.
    fn scheme(&self) -> &'static str {
        "https"
    }

    fn ask(&mut self, origin: &str, script: &str) -> Result<(Value, Wire), String> {
        let page = self.proxy.serve_page(origin);
        self.driver.call("url", &json!({ "url": page }))?;
        let found = self.driver.evaluate("self.origin")?;
        if found != origin {
            return Err(format!("a page of {origin} has the origin {found}"));
        }
        self.proxy.take();
        let value = self.driver.evaluate(script)?;
        Ok((value, self.proxy.take()))
    }

    fn visit(&mut self, url: &str, script: &str) -> Result<(Value, Wire), String> {
        self.proxy.take();
        self.driver.call("url", &json!({ "url": url }))?;
        let value = self.driver.evaluate(script)?;
        Ok((value, self.proxy.take()))
    }

    fn close(self: Box<Self>, _: &Processes) -> Result<(), String> {
        self.driver.end()
    }
}
