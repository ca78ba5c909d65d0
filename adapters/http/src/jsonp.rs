//! JSONP: JSON as a script, which hands it to a function of the page.

use std::{error::Error, fmt};

use http::{HeaderValue, Response, header};
use serde_json::value::RawValue;

/// The longest name of a callback, in bytes. What libraries make is shorter.
const LONGEST: usize = 128;

/// The name of a page's function: ASCII identifiers with dots between them, 128 bytes at most.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Callback<'a>(&'a str);

impl<'a> Callback<'a> {
    /// Takes a name as it stands in the query, once decoded. Nothing else may reach the script.
    ///
    /// # Errors
    ///
    /// Where it is no such name. The request is to be answered with 400.
    pub fn parse(name: &'a str) -> Result<Self, CallbackError> {
        if name.len() > LONGEST {
            return Err(CallbackError::TooLong);
        }
        let is_name = name.split('.').all(is_identifier);
        if is_name { Ok(Self(name)) } else { Err(CallbackError::NoName) }
    }

    /// The name, as it was given.
    pub fn as_str(self) -> &'a str {
        self.0
    }
}

/// The response that calls the page's function with this JSON, and that no browser takes for
/// anything but a script. **Every site can read it**, as the user whose cookies the browser sends
/// along: it is for what is public and cannot be had by CORS.
///
/// # Errors
///
/// Where the text is no JSON, which would be a script of its own.
///
/// ```
/// use cors_http::jsonp::{Callback, jsonp};
///
/// let callback = Callback::parse("app.show")?;
/// let response = jsonp::<String>(callback, r#"{"a":1}"#)?;
/// assert_eq!(response.body(), r#"/**/app.show({"a":1});"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn jsonp<B: From<String>>(callback: Callback<'_>, json: &str) -> Result<Response<B>, NoJson> {
    let json: &RawValue = serde_json::from_str(json).map_err(NoJson)?;
    // Before ES2019 these two end a line in a script, and in JSON they stand in strings alone.
    let json = json.get().replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    // The comment comes first, so that no file of another format begins with bytes of the request.
    let script = format!("/**/{}({json});", callback.as_str());
    let mut response = Response::new(script.into());
    // RFC 9239: `application/javascript` is obsolete.
    let script = HeaderValue::from_static("text/javascript; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, script);
    let never = HeaderValue::from_static("nosniff");
    response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, never);
    Ok(response)
}

fn is_identifier(text: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_' || byte == b'$';
    let (first, rest) = match text.as_bytes() {
        [first, rest @ ..] => (*first, rest),
        [] => return false,
    };
    is_letter(first) && rest.iter().all(|byte| is_letter(*byte) || byte.is_ascii_digit())
}

/// Why a callback is refused. The name is left out: it is what somebody wants to be shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum CallbackError {
    /// It is something else than identifiers with dots between them.
    NoName,
    /// It has more than 128 bytes.
    TooLong,
}

impl fmt::Display for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoName => "the callback is not a valid name: use identifiers separated by dots, as in app.show",
            Self::TooLong => "the callback is too long: use at most 128 bytes",
        })
    }
}

impl Error for CallbackError {}

/// What was to be sent is no JSON.
#[derive(Debug)]
pub struct NoJson(serde_json::Error);

impl fmt::Display for NoJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid JSON: {}", self.0)
    }
}

impl Error for NoJson {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}
