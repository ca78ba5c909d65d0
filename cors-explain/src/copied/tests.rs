//! Commands as Chrome 156, Firefox 153 and Safari write them.

use cors_browser::Credentials;

use super::{Copied, is_copied, read};

const CHROME: &str = r#"curl 'https://api.example.com/items?a=1&b=2' \
  -X 'PUT' \
  -H 'accept: */*' \
  -H 'accept-language: en-US,en;q=0.9' \
  -H 'authorization: Bearer x' \
  -H 'cache-control: no-cache' \
  -H 'content-type: application/json' \
  -b 'id=1; theme=dark' \
  -H 'origin: http://localhost:5173' \
  -H 'pragma: no-cache' \
  -H 'priority: u=1, i' \
  -H 'referer: http://localhost:5173/' \
  -H 'sec-ch-ua: "Chromium";v="156", "Not A(Brand";v="24"' \
  -H 'sec-fetch-mode: cors' \
  -H 'user-agent: Mozilla/5.0 (X11)' \
  --data-raw $'{"a":"it\'s \u0021"}'"#;

const CHROME_ON_WINDOWS: &str = r#"curl ^"https://api.example.com/items?a=1^&b=2^" ^
  -X ^"PUT^" ^
  -H ^"accept: */*^" ^
  -H ^"accept-language: en-US,en;q=0.9^" ^
  -H ^"authorization: Bearer x^" ^
  -H ^"content-type: application/json^" ^
  -b ^"id=1; theme=dark^" ^
  -H ^"origin: http://localhost:5173^" ^
  -H ^"sec-ch-ua: ^\^"Chromium^\^";v=^\^"156^\^"^" ^
  -H ^"user-agent: Mozilla/5.0 (X11)^" ^
  --data-raw ^"^{^\^"a^\^":^\^"it's ^!^\^"^}^""#;

const FIREFOX: &str = r#"curl 'https://api.example.com/items?a=1&b=2' \
  --compressed \
  -X PUT \
  -H 'User-Agent: Mozilla/5.0 (X11)' \
  -H 'Accept: */*' \
  -H 'Accept-Language: en-US,en;q=0.5' \
  -H 'Accept-Encoding: gzip, deflate, br, zstd' \
  -H 'Referer: http://localhost:5173/items' \
  -H 'authorization: Bearer x' \
  -H 'content-type: application/json' \
  -H 'Origin: http://localhost:5173' \
  -H 'Connection: keep-alive' \
  -H 'Cookie: id=1; theme=dark' \
  -H 'Sec-Fetch-Mode: cors' \
  --data-raw $'{"a":"it\'s \u0021"}'"#;

const FIREFOX_ON_WINDOWS: &str = r#"curl ^"https://api.example.com/items?a=1^&b=2^" ^
  --compressed ^
  -X PUT ^
  -H ^"User-Agent: Mozilla/5.0 (X11)^" ^
  -H ^"Accept: */*^" ^
  -H ^"authorization: Bearer x^" ^
  -H ^"content-type: application/json^" ^
  -H ^"Origin: http://localhost:5173^" ^
  -H ^"Cookie: id=1; theme=dark^" ^
  --data-raw ^"^{^"^"a^"^":^"^"it's ^!^"^"^}^""#;

const NODE: &str = r#"fetch("https://api.example.com/items?a=1&b=2", {
  "headers": {
    "accept": "*/*",
    "authorization": "Bearer x",
    "content-type": "application/json",
    "cookie": "id=1; theme=dark",
    "user-agent": "Mozilla/5.0 (X11)",
    "sec-ch-ua": "\"Chromium\";v=\"156\"",
    "Referer": "http://localhost:5173/"
  },
  "body": "{\"a\":\"it's \u0021\"}",
  "method": "PUT"
});"#;

const POWERSHELL: &str = r#"$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession
$session.UserAgent = "Mozilla/5.0 (X11)"
$session.Cookies.Add((New-Object System.Net.Cookie("id", "1", "/", "api.example.com")))
$session.Cookies.Add((New-Object System.Net.Cookie("theme", "dark", "/", "api.example.com")))
Invoke-WebRequest -UseBasicParsing -Uri "https://api.example.com/items?a=1&b=2" `
-Method "PUT" `
-WebSession $session `
-Headers @{
"authority"="api.example.com"
  "accept"="*/*"
  "authorization"="Bearer x"
  "origin"="http://localhost:5173"
} `
-ContentType "application/json" `
-Body "{`"a`":`"it's !`"}""#;

/// The script's request, without what only browsers write.
fn essence(mut copied: Copied) -> Copied {
    copied.headers.retain(|(name, _)| !matches!(&**name, "accept" | "authority"));
    copied
}

#[test]
fn each_browser_copies_the_same_request() {
    let expected = Copied {
        method: "PUT".into(),
        origin: Some("http://localhost:5173".into()),
        headers: vec![
            ("authorization".into(), "Bearer x".into()),
            ("content-type".into(), "application/json".into()),
        ],
        credentials: Some(Credentials::Include),
        cookie: Some("id=1; theme=dark".into()),
        user_agent: Some("Mozilla/5.0 (X11)".into()),
        body: Some(br#"{"a":"it's !"}"#.to_vec()),
        ..Copied::new("https://api.example.com/items?a=1&b=2".into())
    };
    for text in [CHROME, CHROME_ON_WINDOWS, FIREFOX, FIREFOX_ON_WINDOWS, NODE, POWERSHELL] {
        assert!(is_copied(text));
        assert_eq!(essence(read(text).expect(text)), expected, "{text}");
        let of_windows = text.replace('\n', "\r\n");
        assert_eq!(essence(read(&of_windows).expect(text)), expected, "{text}");
    }
}

#[test]
fn a_call_says_what_the_script_does() {
    let copied = read(
        r#"await fetch("https://api.example.com/items", {
    "credentials": "include",
    "headers": { "User-Agent": "Mozilla/5.0", "X-A": "1", },
    "referrer": "http://localhost:5173/",
    "method": "GET",
    "mode": "cors"
});"#,
    )
    .expect("Firefox writes it");
    assert_eq!(copied.credentials, Some(Credentials::Include));
    assert_eq!(copied.origin.as_deref(), Some("http://localhost:5173"));
    assert_eq!(copied.headers, [("x-a".to_owned(), "1".to_owned())]);
    let copied = read(
        "fetch('https://api.example.com/', { // a comment
            method: 'PATCH', headers: new Headers({ 'X-Token': token, \"A\": 'b' }),
            body: JSON.stringify({ a: [1, 'x', { b: null }] }), keepalive: true })
            .then((response) => response.json())",
    )
    .expect("people write it");
    assert_eq!(copied.method, "PATCH");
    let names: Vec<_> = copied.headers.iter().map(|(name, _)| &**name).collect();
    assert_eq!(names, ["x-token", "a", "content-type"]);
    assert_eq!(copied.body, None);
    assert_eq!(read("fetch('https://a.example/')").map(|copied| copied.method), Ok("GET".into()));
}

#[test]
fn a_command_that_a_person_wrote() {
    for (text, method, url, body) in [
        ("curl https://a.example/", "GET", "https://a.example/", None),
        ("curl -sSL a.example/x -o /dev/null", "GET", "http://a.example/x", None),
        ("curl -XDELETE --url https://a.example/", "DELETE", "https://a.example/", None),
        (
            "curl -d a=1 --data b=2 https://a.example/",
            "POST",
            "https://a.example/",
            Some("a=1&b=2"),
        ),
        ("curl -G -d a=1 https://a.example/", "GET", "https://a.example/?a=1", None),
        ("curl -I https://a.example/ | grep -i access", "HEAD", "https://a.example/", None),
        ("curl --json '{}' \"https://a.example/\"", "POST", "https://a.example/", Some("{}")),
        ("curl https://a.example/ -d @file.json", "POST", "https://a.example/", None),
        ("curl 'https://a.example/'\n -X PUT", "PUT", "https://a.example/", None),
    ] {
        let copied = read(text).expect(text);
        assert_eq!((&*copied.method, &*copied.url), (method, url), "{text}");
        assert_eq!(copied.body.as_deref(), body.map(str::as_bytes), "{text}");
    }
    let copied = read("curl -k -H 'Origin: https://b.example' -H'X-A: b' https://a.example/");
    let copied = copied.expect("a command");
    assert!(copied.is_insecure);
    assert_eq!(copied.origin.as_deref(), Some("https://b.example"));
    assert_eq!(copied.headers, [("x-a".to_owned(), "b".to_owned())]);
}

#[test]
fn what_is_incomplete_is_named() {
    for (text, message) in [
        ("curl 'https://a.example/", "inside '...': copy it whole"),
        ("curl ^\"https://a.example/", "inside \"...\": copy it whole"),
        ("curl -X", "-X has no value"),
        ("curl", "has no URL"),
        ("fetch(url)", "not a URL in quotes"),
        ("fetch('https://a.example/', {", "copy it whole"),
        ("fetch('https://a.example/', { a: function () {} })", "use literal values"),
        ("Invoke-WebRequest -Uri \"https://a", "copy it whole"),
        ("GET /", "not a curl command"),
    ] {
        let error = read(text).expect_err(text);
        assert!(error.contains(message), "{text}: {error}");
    }
}

#[test]
fn a_url_or_a_message_is_not_a_command() {
    for text in [
        "https://api.example.com/curl",
        "curly.har",
        "Access to fetch at 'https://a.example/' from origin 'https://b.example' has been blocked",
        "Fetch API cannot load https://a.example/",
        "",
    ] {
        assert!(!is_copied(text), "{text}");
    }
}

#[test]
fn no_text_panics() {
    for text in [CHROME, CHROME_ON_WINDOWS, FIREFOX_ON_WINDOWS, NODE, POWERSHELL] {
        for (end, _) in text.char_indices() {
            let _ = read(&text[..end]);
        }
    }
}
