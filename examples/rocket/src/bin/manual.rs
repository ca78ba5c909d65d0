//! No library: the headers by hand, as they are often written. It looks right in one browser, and
//! each comment says what is wrong with it.

use std::process::ExitCode;

use cors_example_rocket::{routes, serve};
use rocket::{
    Request, Response,
    fairing::{Fairing, Info, Kind},
    http::{Method, Status},
};

#[rocket::main]
async fn main() -> ExitCode {
    serve(routes().attach(ManualCors)).await
}

struct ManualCors;

#[rocket::async_trait]
impl Fairing for ManualCors {
    fn info(&self) -> Info {
        Info { name: "CORS by hand", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        // Not every OPTIONS is a preflight: the application's own are swallowed. And an answer of
        // 204 to a stranger says nothing about why the browser then refuses.
        if request.method() == Method::Options {
            response.set_status(Status::NoContent);
        }
        // ANCHOR: headers
        if let Some(origin) = request.headers().get_one("origin").filter(|it| is_allowed(it)) {
            // Without `Vary: Origin`, on the responses to strangers too, a cache gives one site the
            // headers that were meant for another.
            response.set_raw_header("access-control-allow-origin", origin);
            response.set_raw_header("access-control-allow-credentials", "true");
            response.set_raw_header("access-control-expose-headers", "etag");
        }
        // ANCHOR_END: headers
        // These are sent to everyone, and with every response, though only a preflight's answer
        // from an allowed origin has a use for them.
        response.set_raw_header("access-control-allow-methods", "PUT, DELETE");
        response.set_raw_header("access-control-allow-headers", "content-type, authorization");
        response.set_raw_header("access-control-max-age", "3600");
    }
}

fn is_allowed(origin: &str) -> bool {
    // What starts or ends like a friend need not be one: https://evilexample.net passes, and so
    // does http://localhost.evil.test. Both then act with the user's cookies.
    origin == "https://app.example.com"
        || origin.ends_with("example.net")
        || origin.starts_with("http://localhost")
}
