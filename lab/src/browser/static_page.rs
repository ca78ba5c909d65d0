//! The playground without a server: from a plain file server, in each browser.

use std::{fs, io, net::SocketAddr, path::PathBuf, process::ExitCode};

use axum::{Router, http::header, routing::get};

use super::{
    Browser,
    chromium::Chromium,
    firefox::{self, Firefox},
};
use crate::{background, processes::Processes};

/// The page's files, with the media types of a file server that does not know WebAssembly.
const FILES: [(&str, &str); 5] = [
    ("index.html", "text/html"),
    ("playground.css", "text/css"),
    ("playground.js", "text/javascript"),
    ("playground.json", "application/json"),
    ("playground.wasm", "application/octet-stream"),
];

/// The strictest policy that lets WebAssembly run.
const CONTENT_SECURITY_POLICY: &str =
    "default-src 'self'; img-src data:; script-src 'self' 'wasm-unsafe-eval'";

/// The exit status of `cargo xtask playground` where the compiler's target is missing.
const NO_TARGET: i32 = 3;

/// A script that uses the page, and returns its complaints.
const SCRIPT: &str = include_str!("static_page/script.js");

/// Uses the page in Chromium and, if it is installed, Firefox.
pub(super) fn run(chromium: PathBuf) -> Result<ExitCode, String> {
    let processes = Processes::new()?;
    let address = serve(&processes)?.ok_or("the page does not build here")?;
    let mut browsers: Vec<Box<dyn Browser>> =
        vec![Box::new(Chromium::start(chromium, &processes)?)];
    if let Some(program) = firefox::find() {
        browsers.push(Box::new(Firefox::start(program, &processes)?));
    }
    let mut all = true;
    for mut browser in browsers {
        all &= holds(address, browser.as_mut())?;
        browser.close(&processes)?;
    }
    Ok(if all { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Builds the page and serves its files. `None` if the compiler cannot build it here.
pub(super) fn serve(processes: &Processes) -> Result<Option<SocketAddr>, String> {
    let mut build = crate::cargo();
    build.args(["run", "--quiet", "--locked", "--package", "xtask", "--", "playground"]);
    let (id, _) = processes.start(&mut build).map_err(|error| error.to_string())?;
    let status = processes.wait(id).map_err(|error| error.to_string())?;
    match status.code() {
        Some(0) => listen().map(Some).map_err(|error| format!("the playground: {error}")),
        Some(NO_TARGET) => {
            println!("The playground without a server is not tested.");
            Ok(None)
        }
        _ => Err(format!("the playground does not build: {status}")),
    }
}

fn listen() -> io::Result<SocketAddr> {
    let folder = crate::root().join("target/playground/page");
    let mut app = Router::new();
    for (name, media_type) in FILES {
        let bytes = fs::read(folder.join(name))?;
        let headers = [
            (header::CONTENT_TYPE, media_type),
            (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        ];
        app = app.route(&format!("/{name}"), get(async move || (headers, bytes.clone())));
    }
    background::serve(|_| app)
}

/// Uses the page in a browser, and prints every complaint. Returns false if there is one.
pub(super) fn holds(address: SocketAddr, browser: &mut dyn Browser) -> Result<bool, String> {
    let (complaints, wire) = browser.visit(&format!("http://{address}/index.html"), SCRIPT)?;
    let complaints = complaints.as_array().ok_or("the script returns no list")?;
    let mut complaints: Vec<String> =
        complaints.iter().map(|text| text.as_str().unwrap_or_default().to_owned()).collect();
    let own = format!("http://{address}/");
    let others = wire.exchanges.iter().map(|exchange| &exchange.url);
    let others = others.filter(|url| !url.starts_with(&own) && !url.starts_with("data:"));
    complaints.extend(others.map(|url| format!("it sends a request to {url}")));
    complaints.extend(wire.says("Content Security Policy").map(str::to_owned));
    for complaint in &complaints {
        println!("✗ playground without a server, {}: {complaint}", browser.version());
    }
    if complaints.is_empty() {
        println!("The playground without a server works in {}.", browser.version());
    }
    Ok(complaints.is_empty())
}
