//! The conclusions of a browser from two servers.

use std::net::SocketAddr;

use cors_browser::{Credentials, Outcome, Profile, Request, fetch};

use crate::servers::send;

/// Sends what pages send to both servers, as a browser does. Returns the number of pages.
///
/// # Errors
///
/// The first page of which a browser concludes differently.
pub(super) fn pages(theirs: SocketAddr, axum: SocketAddr) -> Result<usize, String> {
    let mut same = 0;
    for (origin, method, header, credentials) in all() {
        let concluded = [theirs, axum].map(|address| {
            let request = Request::new(origin, format!("http://{address}/"), method);
            let request = request.credentials(credentials);
            let request = match header {
                Some(name) => request.header(name, "application/json"),
                None => request,
            };
            fetch(Profile::Fetch, &request, send)
        });
        if concluded.iter().all(|it| matches!(it, Outcome::Allowed { .. }))
            || concluded.iter().all(|it| matches!(it, Outcome::Blocked(_)))
        {
            same += 1;
            continue;
        }
        let [theirs, axum] = concluded;
        return Err(format!(
            "{method} from {origin} with {header:?} and credentials {credentials:?}: a browser \
             concludes {theirs:?} from the library, and {axum:?} from axum"
        ));
    }
    Ok(same)
}

type Page = (&'static str, &'static str, Option<&'static str>, Credentials);

fn all() -> impl Iterator<Item = Page> {
    let credentials = [Credentials::Omit, Credentials::Include];
    let headers = [None, Some("content-type"), Some("authorization"), Some("x-unlisted")];
    PAGES.into_iter().flat_map(move |origin| {
        METHODS.into_iter().flat_map(move |method| {
            headers.into_iter().flat_map(move |header| {
                credentials
                    .into_iter()
                    .map(move |credentials| (origin, method, header, credentials))
            })
        })
    })
}

/// Origins that are allowed, and those that look like them.
const PAGES: [&str; 10] = [
    "https://app.example.com",
    "http://localhost:3000",
    "https://shop.example.net",
    "https://evil.test",
    "https://app.example.com.evil.test",
    "https://evilexample.net",
    "https://example.net",
    "http://app.example.com",
    "http://localhost:3001",
    "null",
];

const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];
