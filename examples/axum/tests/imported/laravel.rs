// Imported from Laravel. What always differs: docs/coming-from/laravel.md#what-differs
// Laravel allows any method, and echoes it in uppercase. The policy lists the methods that its router knows, because others reach no route. [method-echo]

// Cargo.toml: cors-adapters = { git = "...", features = ["axum"] }
use cors_adapters::{Policy, PolicyErrors, Resources, axum::CorsLayer};

/// Adds CORS to the finished router: call it after every route.
fn with_cors(router: axum::Router) -> Result<axum::Router, PolicyErrors> {
    let policy = Policy::new()
        .allow_origins(["https://app.example.com"])
        .allow_methods(["DELETE", "OPTIONS", "PATCH", "PUT"])
        .allow_headers(["*"])
        .allow_credentials(true)
        .max_age(0);
    let cors = Resources::new()
        .at("/api/*", policy.clone())
        .at("/login", policy.clone())
        .at("/logout", policy)
        .without("/api")
        .compile()?;
    Ok(router.layer(CorsLayer::new(cors)))
}
