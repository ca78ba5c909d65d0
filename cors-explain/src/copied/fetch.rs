//! Calls of `fetch()`.

use cors_browser::Credentials;

use super::{
    Copied,
    literal::{self, Value},
};

pub(super) fn read(text: &str) -> Result<Copied, String> {
    let (_, text) = text.split_once('(').ok_or("the call has no arguments")?;
    let arguments = literal::arguments(text)?;
    let url = match arguments.first() {
        Some(Value::Text(url)) => url.clone(),
        // `new URL("...")` and `new Request("...")`.
        Some(Value::Call(_, of)) => {
            of.first().and_then(Value::text).map(str::to_owned).unwrap_or_default()
        }
        _ => return Err("the first argument is not a URL in quotes".to_owned()),
    };
    let mut copied = Copied::new(url);
    let Some(init) = arguments.get(1) else { return Ok(copied) };
    let text = |key: &str| init.get(key).and_then(Value::text);
    copied.credentials = match text("credentials") {
        Some("include") => Some(Credentials::Include),
        Some("omit") => Some(Credentials::Omit),
        Some("same-origin") => Some(Credentials::SameOrigin),
        _ => None,
    };
    match init.get("headers") {
        Some(Value::Call(_, of)) => of.first().into_iter().for_each(|of| headers(&mut copied, of)),
        Some(value) => headers(&mut copied, value),
        None => {}
    }
    if let Some(method) = text("method") {
        method.clone_into(&mut copied.method);
    }
    if let Some(page) = text("referrer") {
        copied.page(page);
    }
    match init.get("body") {
        Some(Value::Text(body)) => {
            copied.body = Some(body.clone().into_bytes());
            copied.default_type("text/plain;charset=UTF-8");
        }
        Some(Value::Call(name, _)) if name == "URLSearchParams" => {
            copied.default_type("application/x-www-form-urlencoded;charset=UTF-8");
        }
        Some(Value::Call(name, _)) if name == "FormData" => {
            copied.default_type("multipart/form-data");
        }
        // Its text is not known, and it is one.
        Some(Value::Call(..)) => copied.default_type("text/plain;charset=UTF-8"),
        _ => {}
    }
    Ok(copied)
}

/// An object, or a list of pairs.
fn headers(copied: &mut Copied, value: &Value) {
    // A value that is computed is not known; its header is.
    let shown = |value: &Value| value.text().unwrap_or("***").to_owned();
    match value {
        Value::Object(pairs) => {
            pairs.iter().for_each(|(name, value)| copied.line(name, &shown(value)));
        }
        Value::List(pairs) => {
            for pair in pairs {
                if let Value::List(pair) = pair
                    && let [Value::Text(name), value] = &pair[..]
                {
                    copied.line(name, &shown(value));
                }
            }
        }
        _ => {}
    }
}
