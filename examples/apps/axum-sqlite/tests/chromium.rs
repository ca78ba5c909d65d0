//! A page on another origin, in a real Chromium.

mod common;

use std::{env, net::SocketAddr, path::PathBuf, process::Command};

use axum::{Router, response::Html, routing::get};
use common::{change, serve, sqlite};
use cors_app_axum_sqlite::Mode;
use tokio::net::TcpListener;

/// The frontend. It logs in, adds an item, and shows its items or the error.
const PAGE: &str = r#"<!doctype html><p id="shown">waiting</p><script>
const api = "API", json = { "content-type": "application/json" };
const call = (path, init) => fetch(api + path, { credentials: "include", headers: json, ...init });
(async () => {
  try {
    await call("/login", { method: "POST", body: JSON.stringify({ user: "ann" }) });
    await call("/items", { method: "POST", body: JSON.stringify({ name: "tea" }) });
    shown.textContent = "items: " + await (await call("/items")).text();
    await call("/items/tea", { method: "DELETE" });
    shown.textContent += ", then " + await (await call("/items")).text();
  } catch (error) { shown.textContent = "failed: " + error.message; }
})();
</script>"#;

/// `CHROMIUM`, or the path's.
fn chromium() -> Option<PathBuf> {
    let named = env::var_os("CHROMIUM").map(PathBuf::from);
    let folders = env::var_os("PATH").unwrap_or_default();
    named.or_else(|| {
        let names = ["chromium", "chromium-browser", "google-chrome"];
        let mut files = env::split_paths(&folders)
            .flat_map(|folder| names.map(|name| folder.join(name)))
            .filter(|file| file.is_file());
        files.next()
    })
}

/// Serves the page for an API, and returns its origin.
async fn frontend(api: String) -> String {
    let page = PAGE.replace("API", &api);
    let app = Router::new().route("/", get(async move || Html(page.clone())));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address: SocketAddr = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://localhost:{}", address.port())
}

/// The page's text once its script has ended.
fn shown(chromium: &PathBuf, url: &str) -> String {
    let profile = tempfile::tempdir().expect("a folder");
    let output = Command::new(chromium)
        .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--dump-dom"])
        .args([
            "--virtual-time-budget=10000",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
        ])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(url)
        .output()
        .expect("Chromium runs");
    let page = String::from_utf8_lossy(&output.stdout);
    let text = page.split_once("id=\"shown\">").and_then(|(_, rest)| rest.split_once("</p>"));
    text.map_or_else(|| page.clone().into_owned(), |(text, _)| text.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_on_another_origin_uses_the_application_once_it_is_listed() {
    let Some(chromium) = chromium() else {
        println!("there is no Chromium: install it, or name it in CHROMIUM");
        return;
    };
    let (_folder, database) = sqlite();
    // `localhost` and any port are of one site, so the cookie needs no TLS.
    let server = serve(&database, Mode::Development).await;
    let api = format!("http://localhost:{}/t/acme", server.port());
    let origin = frontend(api.clone()).await;
    assert_eq!(shown(&chromium, &origin), r#"items: ["tea"], then []"#);

    // The same page from an origin that is not a development server's has to be listed.
    let (_folder, database) = sqlite();
    let server = serve(&database, Mode::Development).await;
    let api = format!("http://127.0.0.1:{}/t/acme", server.port());
    let page = frontend(api).await.replace("localhost", "127.0.0.1");
    assert_eq!(shown(&chromium, &page), "failed: Failed to fetch");
    assert_eq!(change(server, "PUT", "acme", &page).await.status(), 204);
    assert_eq!(shown(&chromium, &page), r#"items: ["tea"], then []"#);
}
