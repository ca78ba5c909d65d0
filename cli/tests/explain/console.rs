//! Sentences of consoles.

use serde_json::Value;

use crate::run::{explain, explain_with};

const AT: &str = "Access to fetch at 'https://api.example/a' from origin 'https://app.example' has been \
                  blocked by CORS policy: ";

#[track_caller]
fn check(sentence: &str, reason: &str, args: &[&str]) -> Value {
    let said = explain(&[&["--paste", sentence, "--json"], args].concat());
    assert_eq!((said.err.as_str(), said.status), ("", Some(1)), "{sentence}");
    let object: Value = serde_json::from_str(&said.out).expect("one JSON object");
    assert_eq!(object["reason"]["slug"], reason, "{sentence}");
    object
}

#[test]
fn a_sentence_of_chrome_is_its_own_report() {
    const SENDING: &str = " Have the server send the header with a valid value.";
    const PREFLIGHT: &str = "Response to preflight request doesn't pass access control check: ";
    for (clause, reason) in [
        ("No 'Access-Control-Allow-Origin' header is present on the requested resource.".to_owned(), "actual.acao.missing"),
        (format!("{PREFLIGHT}No 'Access-Control-Allow-Origin' header is present on the requested resource. If an opaque response serves your needs, set the request's mode to 'no-cors' to fetch the resource with CORS disabled."), "preflight.acao.missing"),
        (format!("{PREFLIGHT}It does not have HTTP ok status."), "preflight.status"),
        (format!("The 'Access-Control-Allow-Origin' header has a value 'https://b.example' that is not equal to the supplied origin.{SENDING}"), "actual.acao.mismatch"),
        (format!("The 'Access-Control-Allow-Origin' header contains multiple values '*, https://b.example', but only one is allowed.{SENDING}"), "actual.acao.multiple"),
        ("The value of the 'Access-Control-Allow-Credentials' header in the response is '' which must be 'true' when the request's credentials mode is 'include'.".to_owned(), "actual.acac.missing"),
        ("Method PATCH is not allowed by Access-Control-Allow-Methods in preflight response.".to_owned(), "preflight.method.not-allowed"),
        ("Request header field x-a is not allowed by Access-Control-Allow-Headers in preflight response.".to_owned(), "preflight.header.not-allowed"),
    ] {
        let object = check(&format!("{AT}{clause}"), reason, &[]);
        assert_eq!(object["url"], "https://api.example/a");
        assert_eq!(object["origin"], "https://app.example");
    }
}

#[test]
fn a_sentence_says_what_to_write() {
    let sentence = format!(
        "{AT}Method PATCH is not allowed by Access-Control-Allow-Methods in preflight response."
    );
    let said = explain_with(&["--paste", "-"], &[], &sentence);
    assert_eq!((said.err.as_str(), said.status), ("", Some(1)));
    for part in [
        "    expected: access-control-allow-methods: PATCH\n",
        "    access-control-allow-methods: PATCH\n",
        "    cors explain https://api.example/a --origin https://app.example --method PATCH\n",
    ] {
        assert!(said.out.contains(part), "{part}: {}", said.out);
    }
}

#[test]
fn the_remedy_is_for_the_server_that_is_named() {
    let sentence = format!(
        "{AT}Method PATCH is not allowed by Access-Control-Allow-Methods in preflight response."
    );
    let of = |name: &str| explain_with(&["--paste", "-", "--for", name], &[], &sentence);
    let axum = of("axum").out;
    assert!(
        axum.contains("    use cors_adapters::{Policy, PolicyErrors, axum::CorsLayer};\n"),
        "{axum}"
    );
    assert!(axum.contains(".allow_methods([\"PATCH\"])"), "{axum}");
    let all = of("all").out;
    for title in ["For nginx, ", "For Express, ", "For Django, ", "For Amazon S3, ", "For salvo, "]
    {
        assert!(all.contains(title), "{title}: {all}");
    }
    assert_eq!(of("iis").status, Some(2));
}

#[test]
fn a_redirect_that_lost_the_origin_is_told() {
    let sentence = AT.replace("/a' from", "/a' (redirected from 'https://b.example/') from");
    let sentence =
        sentence + "No 'Access-Control-Allow-Origin' header is present on the requested resource.";
    let object = check(&sentence, "actual.acao.missing", &[]);
    assert_eq!(object["causes"][0]["slug"], "origin-lost");
}

#[test]
fn a_sentence_of_firefox_leaves_the_page_out() {
    let sentence = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote \
                    resource at https://api.example/a. (Reason: CORS header \
                    ‘Access-Control-Allow-Origin’ missing). Status code: 200.";
    let object = check(sentence, "actual.acao.missing", &[]);
    assert_eq!(object["origin"], Value::Null);
    assert_eq!(object["reason"]["console"], Value::Null);
    let several = sentence.replace("CORS header ‘", "Multiple CORS header ‘");
    let several = several.replace("missing", "not allowed");
    let object = check(&several, "actual.acao.multiple", &[]);
    assert_eq!(object["causes"], Value::Array(Vec::new()));
    let object = check(sentence, "actual.acao.missing", &["--origin", "https://app.example"]);
    assert_eq!(object["reason"]["fix"], "access-control-allow-origin: https://app.example");
}

#[test]
fn a_status_is_told_where_firefox_tells_it() {
    for (status, says) in
        [("405", " 405,"), ("(null)", "a status outside"), ("200", "a status outside")]
    {
        let sentence = format!(
            "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote \
             resource at https://api.example/a. (Reason: CORS preflight response did not succeed). \
             Status code: {status}."
        );
        let object = check(&sentence, "preflight.status", &[]);
        let message = object["message"].as_str().expect("a text");
        assert!(message.contains(says), "{message}");
    }
}

#[test]
fn no_header_opens_a_local_network() {
    for clause in [
        "Permission was denied for this request to access the `loopback` address space.",
        "Permission was denied for this request to access the `local` address space.",
        "The request client is not a secure context and the resource is in more-private address space `local`.",
        "Request had a target IP address space of `unknown` yet the resource is in address space `local`.",
    ] {
        let object = check_other(&format!("{AT}{clause}"));
        assert_eq!(object["causes"][0]["slug"], "local-network");
        let message = object["message"].as_str().expect("a text");
        assert!(message.starts_with("no header can fix this"), "{message}");
    }
}

#[track_caller]
fn check_other(sentence: &str) -> Value {
    let said = explain(&["--paste", sentence, "--json"]);
    assert_eq!((said.err.as_str(), said.status), ("", Some(1)), "{sentence}");
    serde_json::from_str(&said.out).expect("one JSON object")
}

#[test]
fn a_sentence_that_was_changed_is_refused() {
    const METHOD: &str = "is not allowed by Access-Control-Allow-Methods in preflight response.";
    let same_origin = AT.replace("api.example", "app.example");
    for sentence in [
        format!("{AT}Method GET {METHOD}"),
        format!("{same_origin}Method PUT {METHOD}"),
        format!("{}Method PUT {METHOD}", AT.replace("https://api", "blob:api")),
    ] {
        let said = explain(&["--paste", &sentence]);
        assert_eq!((said.out.as_str(), said.status), ("", Some(2)), "{sentence}");
        assert!(said.err.starts_with("cors: no browser writes this"), "{}", said.err);
    }
}

#[test]
fn what_is_no_sentence_is_refused() {
    let long = "x".repeat(100_000);
    for text in ["", "hello", "Access to fetch at 'x", AT, &format!("{AT}Something else."), &long] {
        let said = explain_with(&["--paste", "-"], &[], text);
        assert_eq!((said.out.as_str(), said.status), ("", Some(2)), "{text}");
        assert!(said.err.starts_with("cors: this is not a console message"), "{}", said.err);
    }
}
