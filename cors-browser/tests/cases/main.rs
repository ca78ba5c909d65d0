//! What browsers must do: recorded cases, and rows for what they leave out.

mod cached;
mod cases;
mod console;
mod engines;
mod faults;
mod redirects;
mod requests;

use cors_browser::{CorsRequest, Credentials, Profile, Request, Response};

const PAGE: &str = "https://app.example";
const API: &str = "https://api.example/";

/// A request of the page to the API.
fn to_api(method: &str, headers: &[(&str, &str)]) -> Request {
    headers.iter().fold(Request::new(PAGE, API, method), |request, (name, value)| {
        request.header(*name, *value)
    })
}

fn with_credentials(request: Request) -> Request {
    request.credentials(Credentials::Include)
}

#[track_caller]
fn cors(profile: Profile, request: &Request) -> CorsRequest {
    CorsRequest::new(profile, request).expect("a request that a browser sends")
}

/// A response whose lines are written `acao: …`, `acac`, `acam`, `acah`, `aceh` and `acma`, and all
/// others in full.
fn answer(status: u16, lines: &[(&'static str, &str)]) -> Response {
    let name = |name| match name {
        "acao" => "Access-Control-Allow-Origin",
        "acac" => "Access-Control-Allow-Credentials",
        "acam" => "Access-Control-Allow-Methods",
        "acah" => "Access-Control-Allow-Headers",
        "aceh" => "Access-Control-Expose-Headers",
        "acma" => "Access-Control-Max-Age",
        name => name,
    };
    Response::new(status, lines.iter().map(|(short, value)| (name(*short), *value)))
}
