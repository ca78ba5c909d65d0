//! Chromium's messages, in the words of its `cors_error_string.cc`.

use alloc::{format, string::String};
use core::fmt::Write;

use super::{Cause, Reason, Stage};
use crate::url::Url;
use cors_core::syntax::is_scheme;

const OF_PREFLIGHT: &str = "Response to preflight request doesn't pass access control check: ";
const HAVE_IT_VALID: &str = " Have the server send the header with a valid value.";

/// The sentence of a `fetch()`.
pub(super) fn sentence(reason: &Reason) -> Option<String> {
    let context = &*reason.context;
    if reason.cause == Cause::CrossOrigin {
        return Some(format!(
            "Fetch API cannot load {}. Request mode is \"same-origin\" but the URL's origin is not \
            same as the request origin {}.",
            context.url, context.page
        ));
    }
    let mut text = format!("Access to fetch at '{}' ", context.url);
    if let Some(from) = &context.redirected_from {
        text += &format!("(redirected from '{from}') ");
    }
    text += &format!("from origin '{}' has been blocked by CORS policy: ", context.page);
    if is_access_check(reason.cause) {
        text += OF_PREFLIGHT;
    }
    text += &clause(reason)?;
    Some(text)
}

/// Whether Chromium says first that it is about a preflight: of the lists it does not.
fn is_access_check(cause: Cause) -> bool {
    use Stage::Preflight;
    matches!(
        cause,
        Cause::OriginMissing(Preflight)
            | Cause::OriginMultiple(Preflight)
            | Cause::OriginInvalid(Preflight)
            | Cause::OriginMismatch(Preflight)
            | Cause::OriginWildcard(Preflight)
            | Cause::CredentialsMissing(Preflight)
            | Cause::CredentialsInvalid(Preflight)
            | Cause::PreflightRedirect
            | Cause::PreflightStatus
    )
}

fn clause(reason: &Reason) -> Option<String> {
    let (value, subject) = (encoded(reason.received_or_empty()), encoded(&reason.subject));
    Some(match reason.cause {
        Cause::Scheme => "Cross origin requests are only supported for protocol schemes: chrome, \
            chrome-extension, chrome-untrusted, data, http, https, isolated-app."
            .into(),
        Cause::OriginMissing(_) => {
            "No 'Access-Control-Allow-Origin' header is present on the requested resource.".into()
        }
        Cause::OriginWildcard(_) => "The value of the 'Access-Control-Allow-Origin' header in the \
            response must not be the wildcard '*' when the request's credentials mode is 'include'."
            .into(),
        Cause::OriginMultiple(_) | Cause::OriginInvalid(_) | Cause::OriginMismatch(_) => {
            wrong_origin(reason.received_or_empty(), &value)
        }
        Cause::CredentialsMissing(_) | Cause::CredentialsInvalid(_) => format!(
            "The value of the 'Access-Control-Allow-Credentials' header in the response is \
            '{value}' which must be 'true' when the request's credentials mode is 'include'."
        ),
        Cause::PreflightRedirect => "Redirect is not allowed for a preflight request.".into(),
        Cause::PreflightStatus => "It does not have HTTP ok status.".into(),
        Cause::UnparsableMethods => "Cannot parse Access-Control-Allow-Methods response header \
            field in preflight response."
            .into(),
        Cause::UnparsableHeaders => "Cannot parse Access-Control-Allow-Headers response header \
            field in preflight response."
            .into(),
        Cause::MethodNotAllowed => format!(
            "Method {subject} is not allowed by Access-Control-Allow-Methods in preflight response."
        ),
        Cause::HeaderNotAllowed | Cause::AuthorizationNotListed => format!(
            "Request header field {subject} is not allowed by Access-Control-Allow-Headers in \
            preflight response."
        ),
        // It leaves the location out.
        Cause::RedirectCredentials => "Redirect location '' contains a username and password, \
            which is disallowed for cross-origin requests."
            .into(),
        _ => return None,
    })
}

/// Chromium sorts wrong origins by rules of its own: a space makes several values, and whatever is
/// a URL is an origin that differs.
fn wrong_origin(value: &str, shown: &str) -> String {
    let sentence = if value.contains([' ', ',']) {
        format!(
            "The 'Access-Control-Allow-Origin' header contains multiple values '{shown}', but only \
            one is allowed."
        )
    } else if value == "null" || is_url(value) {
        format!(
            "The 'Access-Control-Allow-Origin' header has a value '{shown}' that is not equal to \
            the supplied origin."
        )
    } else {
        format!("The 'Access-Control-Allow-Origin' header contains the invalid value '{shown}'.")
    };
    sentence + HAVE_IT_VALID
}

/// Nearly: a URL of `http` without slashes is one as well, and a scheme that is not special takes
/// anything.
fn is_url(value: &str) -> bool {
    match value.split_once(':') {
        Some((scheme @ ("http" | "https"), rest)) => {
            // A `*` is valid in the host of a URL, if in no origin.
            let rest = rest.trim_start_matches('/').replace('*', "x");
            Url::parse(&format!("{scheme}://{rest}")).is_some()
        }
        Some((scheme, _)) => is_scheme(scheme.to_ascii_lowercase().as_bytes()),
        None => false,
    }
}

/// What is not printable is written as `\uXXXX`.
fn encoded(value: &str) -> String {
    let mut text = String::new();
    for letter in value.chars() {
        match letter {
            ' '..='~' => text.push(letter),
            // A string takes what is written.
            _ => drop(write!(text, "\\u{:04X}", u32::from(letter))),
        }
    }
    text
}
