//! The application over TCP.

mod common;

use std::net::SocketAddr;

use common::{Answer, change, send, serve, sqlite};
use cors_app_axum_sqlite::Mode;

const SHOP: &str = "https://shop.example.com";

async fn items(to: SocketAddr, tenant: &str, origin: &str) -> Answer {
    send(to, "GET", &format!("/t/{tenant}/items"), &[("origin", origin)], "").await
}

#[tokio::test]
async fn the_admin_changes_origins_while_the_application_serves() {
    let (_folder, database) = sqlite();
    let server = serve(&database, Mode::Production).await;
    assert!(!items(server, "acme", SHOP).await.is_readable_by(SHOP));

    assert_eq!(change(server, "PUT", "acme", SHOP).await.status(), 204);
    let answer = items(server, "acme", SHOP).await;
    // The page can read that there is no session.
    assert_eq!((answer.status(), answer.is_readable_by(SHOP)), (401, true));
    assert_eq!(answer.header("vary"), Some("Origin"));
    assert!(!items(server, "other", SHOP).await.is_readable_by(SHOP), "of another tenant");

    assert_eq!(change(server, "DELETE", "acme", SHOP).await.status(), 204);
    assert!(!items(server, "acme", SHOP).await.is_readable_by(SHOP));
}

#[tokio::test]
async fn a_session_reads_and_writes_through_preflights() {
    let (_folder, database) = sqlite();
    let server = serve(&database, Mode::Production).await;
    change(server, "PUT", "acme", SHOP).await;
    let preflight = [
        ("origin", SHOP),
        ("access-control-request-method", "POST"),
        ("access-control-request-headers", "content-type"),
    ];
    let answer = send(server, "OPTIONS", "/t/acme/login", &preflight, "").await;
    assert_eq!((answer.status(), answer.is_readable_by(SHOP)), (204, true));

    let json = [("origin", SHOP), ("content-type", "application/json")];
    let answer = send(server, "POST", "/t/acme/login", &json, r#"{"user": "ann"}"#).await;
    let cookie = answer.header("set-cookie").expect("a session");
    assert!(cookie.ends_with("HttpOnly; Path=/t/acme; SameSite=None; Secure"), "{cookie}");
    let cookie = cookie.split(';').next().unwrap_or_default();

    let with = [json[0], json[1], ("cookie", cookie)];
    let answer = send(server, "POST", "/t/acme/items", &with, r#"{"name": "tea"}"#).await;
    assert_eq!(answer.status(), 201);
    let answer = send(server, "GET", "/t/acme/items", &with, "").await;
    assert_eq!((answer.body(), answer.is_readable_by(SHOP)), (r#"["tea"]"#, true));
    // A session belongs to its tenant.
    assert_eq!(send(server, "GET", "/t/other/items", &with, "").await.status(), 401);
}

#[tokio::test]
async fn a_development_server_is_allowed_in_development_alone() {
    const VITE: &str = "http://localhost:5173";
    for (mode, readable) in [(Mode::Development, true), (Mode::Production, false)] {
        let (_folder, database) = sqlite();
        let server = serve(&database, mode).await;
        assert_eq!(items(server, "acme", VITE).await.is_readable_by(VITE), readable, "{mode:?}");
    }
}

#[tokio::test]
async fn the_admin_api_is_not_for_pages_and_explains_mistakes() {
    let (_folder, database) = sqlite();
    let server = serve(&database, Mode::Production).await;
    let answer = change(server, "PUT", "acme", "https://shop.example.com/").await;
    assert_eq!(answer.status(), 422);
    assert!(answer.body().contains("[origin-trailing-slash]"), "{}", answer.body());
    assert_eq!(change(server, "PUT", "acme", "https://*.example.com").await.status(), 422);

    change(server, "PUT", "acme", SHOP).await;
    let answer = send(server, "GET", "/admin/acme/origins", &[("origin", SHOP)], "").await;
    assert_eq!((answer.status(), answer.is_readable_by(SHOP)), (401, false));
}

/// Set `POSTGRES_URL` to run it: `postgres://postgres@127.0.0.1/app`.
#[tokio::test]
async fn a_change_reaches_every_instance_through_postgres() {
    let Ok(database) = std::env::var("POSTGRES_URL") else {
        println!("POSTGRES_URL is not set: SQLite alone is tested");
        return;
    };
    let [one, other] =
        [serve(&database, Mode::Production).await, serve(&database, Mode::Production).await];
    change(one, "DELETE", "acme", SHOP).await;
    assert!(!items(other, "acme", SHOP).await.is_readable_by(SHOP));
    change(one, "PUT", "acme", SHOP).await;
    // The notification is on its way: sooner than an answer grows old.
    let mut left = 100;
    while !items(other, "acme", SHOP).await.is_readable_by(SHOP) {
        left -= 1;
        assert!(left > 0, "the other instance does not learn of the change");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}
