// Imported from Django. What always differs: docs/coming-from/django.md#what-differs

// Cargo.toml: cors-adapters = { git = "...", features = ["rocket", "regex"] }
use cors_adapters::{Policy, PolicyErrors, Resources, rocket::CorsFairing};

/// Adds CORS to every route and every catcher.
fn with_cors(
    rocket: rocket::Rocket<rocket::Build>,
) -> Result<rocket::Rocket<rocket::Build>, PolicyErrors> {
    let cors = Resources::new()
        .at(
            "/api/*",
            Policy::new()
                .allow_origin_patterns(["https://\\w+-shop\\.example\\.com"])
                .allow_methods(["DELETE", "OPTIONS", "PATCH", "PUT"])
                .allow_headers([
                    "authorization",
                    "content-type",
                    "user-agent",
                    "x-csrftoken",
                    "x-requested-with",
                ])
                .max_age(7200),
        )
        .compile()?;
    Ok(rocket.attach(CorsFairing::new(cors)))
}
