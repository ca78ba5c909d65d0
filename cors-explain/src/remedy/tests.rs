use cors_browser::{Outcome, Response, fetch};
use cors_core::{Cors, Decision, plain::Headers};

use super::*;

/// Requests of every kind that a remedy is for.
fn requests() -> impl Iterator<Item = Request> {
    let pages = ["https://app.example", "http://app.example", "http://localhost:5173", "null"];
    let methods = ["GET", "PUT", "patch"];
    let credentials = [Credentials::Omit, Credentials::Include];
    pages.into_iter().flat_map(move |page| {
        methods.into_iter().flat_map(move |method| {
            credentials.into_iter().flat_map(move |credentials| {
                let request = Request::new(page, "https://api.example/a", method);
                let request = request.credentials(credentials);
                let named = request.clone().header("Authorization", "x").header("x-a", "1");
                [request, named]
            })
        })
    })
}

#[track_caller]
fn passes(request: &Request, server: impl FnMut(&cors_browser::Sent) -> Option<Response>) {
    let outcome = fetch(Profile::Fetch, request, server);
    assert!(matches!(outcome, Outcome::Allowed { .. }), "{request:?}: {outcome:?}");
}

#[test]
fn the_policy_that_is_told_lets_the_request_pass() {
    for request in requests() {
        let remedy = Remedy::of(&request).expect("browsers send it");
        let cors: Cors = remedy.policy.compile().expect("it compiles");
        passes(&request, |sent| {
            let mut headers = Headers::default();
            let status = match cors.decide(&sent.request) {
                Decision::Answer(answer) => {
                    let status = answer.status();
                    answer.apply(&mut headers);
                    status
                }
                Decision::Forward(forward) => {
                    let _ = forward.apply(&mut headers, None);
                    200
                }
            };
            let lines = headers.0.iter().map(|(name, value)| (name.as_ref(), value.as_bytes()));
            Some(Response::new(status, lines))
        });
    }
}

#[test]
fn the_headers_that_are_told_let_the_request_pass() {
    for request in requests() {
        let remedy = Remedy::of(&request).expect("browsers send it");
        let lines = remedy.headers.iter().map(|(name, value)| (*name, value.as_bytes()));
        let response = Response::new(204, lines);
        assert!(response.varies_by("origin"));
        passes(&request, |_| Some(response.clone()));
    }
}

#[test]
fn the_code_that_is_told_is_the_policy() {
    for request in requests() {
        let remedy = Remedy::of(&request).expect("browsers send it");
        assert_eq!(read(&remedy.rust()), remedy.policy, "{}", remedy.rust());
    }
}

/// Reads code as `rust` writes it: each setter is a key of the policy's data.
fn read(code: &str) -> Policy {
    let setters =
        code.strip_prefix("Policy::new().").and_then(|code| code.strip_suffix(".compile()?"));
    let setters = setters.expect("a builder").split_terminator(").").map(|setter| {
        let (name, arguments) = setter.split_once('(').expect("a call");
        let arguments = arguments.trim_end_matches(')');
        let arguments = if arguments.is_empty() { "true" } else { arguments };
        (name.to_owned(), serde_json::from_str(arguments).expect("literals"))
    });
    serde_json::from_value(Value::Object(setters.collect())).expect("keys of a policy")
}

#[test]
fn every_line_stands_in_the_example_of_its_framework() {
    let examples = [
        ("axum", include_str!("../../../examples/axum/src/bin/global.rs")),
        ("actix-web", include_str!("../../../examples/actix-web/src/bin/global.rs")),
        ("rocket", include_str!("../../../examples/rocket/src/bin/global.rs")),
        ("warp", include_str!("../../../examples/warp/src/bin/global.rs")),
        ("poem", include_str!("../../../examples/poem/src/bin/global.rs")),
    ];
    for ((framework, lines), (example, code)) in PLACES.into_iter().zip(examples) {
        assert_eq!(framework, example);
        for line in lines.lines() {
            // A function of the example's makes the routes.
            let line = line.replace("routes)", "routes())");
            assert!(code.contains(&line), "{framework}: {line}");
        }
    }
}

#[track_caller]
fn check(place: &str, wanted: &str) {
    let request = Request::new("https://app.example", "https://api.example/", "PUT")
        .header("content-type", "application/json")
        .credentials(Credentials::Include);
    let lines = Remedy::of(&request).expect("browsers send it").lines().expect("it compiles");
    let line = lines.iter().find(|(known, _)| *known == place).map(|(_, line)| line.as_str());
    assert_eq!(line, Some(wanted));
}

#[test]
fn each_server_has_its_own_words() {
    check(
        "policy",
        r#"let cors = Policy::new().allow_origins(["https://app.example"]).allow_methods(["PUT"]).allow_headers(["content-type"]).allow_credentials(true).compile()?;"#,
    );
    check("poem", ".with(CorsMiddleware::new(cors))");
    check(
        "nginx",
        "add_header access-control-allow-origin \"https://app.example\" always;\n\
         add_header access-control-allow-credentials \"true\" always;\n\
         add_header access-control-allow-methods \"PUT\" always;\n\
         add_header access-control-allow-headers \"content-type\" always;\n\
         add_header vary \"Origin\" always;\n\
         if ($request_method = OPTIONS) { return 204; }",
    );
    check(
        "Express",
        r#"app.use(cors({ origin: ["https://app.example"], methods: ["PUT"], allowedHeaders: ["content-type"], credentials: true }));"#,
    );
}
