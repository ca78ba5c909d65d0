use crate::{check_at, preflight};

// ANCHOR: app
use axum::{Router, routing::get};
use cors_adapters::{Policy, PolicyErrors, Resources, axum::CorsLayer};

fn app() -> Result<Router, PolicyErrors> {
    let cors = Resources::new()
        // Anyone's page may read the public part.
        .at("/public/*", Policy::new().allow_any_origin())
        // The shop and its subdomains, with cookies.
        .at(
            "/shop/*",
            Policy::new()
                .allow_origins(["https://shop.example.com", "https://partner.example.org"])
                .allow_credentials(true),
        )
        // One page, which also changes things.
        .at(
            "/admin/*",
            Policy::new()
                .allow_origin("https://admin.example.com")
                .allow_methods(["PUT", "DELETE"])
                .allow_headers(["content-type"])
                .allow_credentials(true),
        )
        .compile()?;
    Ok(Router::new()
        .route("/public/items", get(async || "[]"))
        .route("/shop/cart", get(async || "[]"))
        .route("/admin/items", get(async || "[]").put(async || "stored"))
        .layer(CorsLayer::new(cors)))
}
// ANCHOR_END: app

#[test]
fn each_frontend_reads_its_own_part() {
    let app = app().expect("the policies are valid");
    check_at(&app, "/public/items", "https://anyone.example", true);
    check_at(&app, "/shop/cart", "https://shop.example.com", true);
    check_at(&app, "/shop/cart", "https://admin.example.com", false);
    check_at(&app, "/admin/items", "https://admin.example.com", true);
    check_at(&app, "/admin/items", "https://shop.example.com", false);
    let put =
        |path| preflight(&app, path, "https://admin.example.com", "PUT", "content-type").status;
    assert_eq!((put("/admin/items").as_u16(), put("/shop/cart").as_u16()), (204, 403));
}
