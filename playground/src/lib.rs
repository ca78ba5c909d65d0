//! The playground: a policy, a script's request, and the path from one to the other.
//!
//! [`answer`] takes a question and returns the answer, both as JSON. The demo's server calls it, and
//! so does the WebAssembly module in `playground/wasm`, which makes the page work without a server.
//! [`PAGE`] is the page.

mod copies;
mod decide;
mod path;

use decide::Question;

/// The page's files: name, media type, and text.
pub const PAGE: [(&str, &str, &str); 3] = [
    ("index.html", "text/html; charset=utf-8", include_str!("../page/index.html")),
    ("playground.css", "text/css; charset=utf-8", include_str!("../page/playground.css")),
    ("playground.js", "text/javascript; charset=utf-8", include_str!("../page/playground.js")),
];

/// Answers a question of the page: what is wrong with the policy and, if it compiles, what happens to
/// the request.
///
/// ```
/// let answer = cors_playground::answer(
///     r#"{"policy": "allow_origins = [\"https://a.example\"]", "origin": "https://a.example",
///         "method": "GET", "path": "/", "headers": [], "credentials": false}"#,
/// );
/// assert!(answer.contains(r#""readable":true"#));
/// ```
pub fn answer(question: &str) -> String {
    let question: Question = match serde_json::from_str(question) {
        Ok(question) => question,
        Err(error) => return serde_json::json!({ "error": error.to_string() }).to_string(),
    };
    serde_json::to_string(&question.reply()).unwrap_or_default()
}
