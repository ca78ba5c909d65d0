//! The command that repeats a request.

use std::borrow::Cow;

use cors_browser::{Credentials, Request};

use crate::trace::text;

/// Returns the command line that sends a server the same request.
pub fn command(request: &Request) -> String {
    let mut command =
        format!("cors explain {} --origin {}", quoted(&request.url), quoted(&request.origin));
    if request.method != "GET" {
        command += &format!(" --method {}", quoted(&request.method));
    }
    for (name, value) in &request.headers {
        command += &format!(" --header {}", quoted(&format!("{name}: {}", text(value))));
    }
    if request.credentials == Credentials::Include {
        command += " --credentials include";
    }
    command
}

/// Quotes a word for a shell.
fn quoted(word: &str) -> Cow<'_, str> {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "/:.-_=@%+".contains(letter);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.into(),
        false => format!("'{}'", word.replace('\'', r"'\''")).into(),
    }
}
