//! Two scopes with two policies, in one middleware around the application.

use actix_web::{HttpRequest, HttpResponse, web};
use cors_adapters::{Cors, Policy, PolicyErrors, Resources};

/// The policies by path. One middleware around everything also covers 404 and 405, which a middleware
/// on each scope does not.
pub fn cors() -> Result<Cors, PolicyErrors> {
    Resources::new()
        .at("/public/*", Policy::new().allow_any_origin())
        .at(
            "/account/*",
            Policy::new()
                .allow_origin("https://app.example.com")
                .allow_methods(["DELETE"])
                .allow_credentials(true),
        )
        .compile()
}

/// The routes: `App::new().configure(routes).wrap(CorsMiddleware::new(cors))`.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::scope("/public").route("/items", web::get().to(items)))
        .service(web::scope("/account").route("/session", web::delete().to(log_out)));
}

async fn items() -> &'static str {
    "[]"
}

async fn log_out(request: HttpRequest) -> HttpResponse {
    match request.cookie("session") {
        Some(_) => HttpResponse::NoContent().finish(),
        None => HttpResponse::Unauthorized().finish(),
    }
}
