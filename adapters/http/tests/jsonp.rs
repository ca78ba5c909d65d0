//! What may become a script, and what it says.

use cors_http::jsonp::{Callback, CallbackError, jsonp};
use http::header;

#[track_caller]
fn refused(name: &str, wanted: CallbackError) {
    assert_eq!(Callback::parse(name), Err(wanted), "{name:?}");
}

#[test]
fn a_callback_is_identifiers_and_dots() {
    for name in ["cb", "$", "_0", "app.show", "angular.callbacks._0", "jQuery351_17"] {
        assert_eq!(Callback::parse(name).map(Callback::as_str), Ok(name));
    }
    for name in [
        "",
        ".",
        ".a",
        "a.",
        "a..b",
        "0a",
        "a.0",
        "a b",
        "a-b",
        "a[0]",
        "a(1)//",
        "a;b",
        "a\n",
        "<script>",
        "a=b",
        "a`b`",
        "é",
        "a\u{2028}",
        "a\0",
        "a/**/b",
        "\\u0061",
    ] {
        refused(name, CallbackError::NoName);
    }
}

#[test]
fn a_callback_has_an_end() {
    assert!(Callback::parse(&"a".repeat(128)).is_ok());
    refused(&"a".repeat(129), CallbackError::TooLong);
    refused(&"é".repeat(1_000_000), CallbackError::TooLong);
}

/// What is sent for this JSON.
fn script(json: &str) -> Result<String, String> {
    let callback = Callback::parse("cb").expect("it is a name");
    let response = jsonp::<String>(callback, json).map_err(|error| error.to_string())?;
    Ok(response.into_body())
}

#[test]
fn json_is_the_one_argument() {
    for (json, wanted) in [
        (r#"{"a":[1,null]}"#, r#"/**/cb({"a":[1,null]});"#),
        (" 1 \n", "/**/cb(1);"),
        ("\"\u{2028}\u{2029}é\"", r#"/**/cb("\u2028\u2029é");"#),
        (r#""</script>""#, r#"/**/cb("</script>");"#),
    ] {
        assert_eq!(script(json).as_deref(), Ok(wanted));
    }
}

#[test]
fn what_is_no_json_is_no_argument() {
    for json in
        ["", "1);alert(1", "1,2", "{a:1}", "'a'", "\"a\nb\"", "alert(1)", "1//", "NaN", "\u{2028}1"]
    {
        let error = script(json).expect_err(json);
        assert!(error.starts_with("invalid JSON: "), "{error}");
    }
}

#[test]
fn deep_json_is_no_deep_recursion() {
    let deep = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    assert_eq!(script(&deep).map(|script| script.len()), Ok(deep.len() + "/**/cb();".len()));
}

#[test]
fn it_is_a_script_and_nothing_else() {
    let callback = Callback::parse("cb").expect("it is a name");
    let response = jsonp::<String>(callback, "1").expect("it is JSON");
    let headers = response.headers();
    assert_eq!(headers[header::CONTENT_TYPE], "text/javascript; charset=utf-8");
    assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert_eq!(headers.len(), 2);
}
