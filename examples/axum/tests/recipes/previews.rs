use crate::check;

// ANCHOR: app
use axum::{Router, routing::get};
use cors_adapters::{Policy, PolicyErrors, axum::CorsLayer};

/// `https://shop-git-feature-acme.vercel.app`, or the same at Netlify or Cloudflare Pages.
fn app() -> Result<Router, PolicyErrors> {
    let cors = Policy::new().allow_origins(["https://shop.example.com"]).compile()?;
    let layer = CorsLayer::new(cors).allow_origin_if(|origin, _request| {
        // The project's own names. "https://*.vercel.app" would allow everyone's projects.
        let host = origin.host();
        let name =
            host.strip_prefix("shop-").and_then(|rest| rest.strip_suffix("-acme.vercel.app"));
        origin.scheme() == "https"
            && origin.port().is_none()
            && name.is_some_and(|name| !name.contains('.'))
    });
    Ok(Router::new().route("/items", get(async || "[]")).layer(layer))
}
// ANCHOR_END: app

#[test]
fn only_the_projects_own_previews_are_allowed() {
    let app = app().expect("the policy is valid");
    check(&app, "https://shop.example.com", true);
    check(&app, "https://shop-git-feature-acme.vercel.app", true);
    check(&app, "https://shop-git-feature-evil.vercel.app", false);
    check(&app, "https://shop-x.evil-acme.vercel.app", false);
    check(&app, "http://shop-git-feature-acme.vercel.app", false);
    check(&app, "https://shop-git-feature-acme.vercel.app.evil.example", false);
}
