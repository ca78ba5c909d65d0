//! Policies from descriptions and recordings.

use cors_browser::Response;
use cors_core::{Policy, Resources};
use cors_verify::{record, suggest};
use serde_json::json;

fn origins() -> Vec<String> {
    vec!["https://app.example.com".into()]
}

#[test]
fn operations_that_differ_get_a_policy_for_each_path() {
    let document = json!({
        "openapi": "3.1.0",
        "servers": [{"url": "https://api.example.com/v1"}],
        "paths": {
            "/pets": {
                "get": {"responses": {"200": {"headers": {"X-Next": {}, "Content-Type": {}}}}},
                "post": {"requestBody": {"content": {"application/json": {}}}},
            },
            "/pets/{id}": {
                "parameters": [{"$ref": "#/components/parameters/Trace"}],
                "delete": {"security": [{"token": []}]},
                "patch": {"security": [{"session": []}]},
            },
        },
        "components": {
            "parameters": {"Trace": {"in": "header", "name": "X-Trace"}},
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "sid"},
            },
        },
    });
    let expected = Resources::new()
        .at(
            "/v1/pets",
            Policy::new()
                .allow_origins(origins())
                .allow_headers(["content-type"])
                .expose_headers(["x-next"]),
        )
        .at(
            "/v1/pets/*",
            Policy::new()
                .allow_origins(origins())
                .allow_methods(["DELETE", "PATCH"])
                .allow_headers(["authorization", "x-trace"])
                .allow_credentials(true),
        );
    let suggested = suggest::policies(&document, &origins()).expect("a description");
    assert_eq!(suggested, expected);
    assert!(suggested.compile().is_ok());
}

#[test]
fn operations_that_are_alike_get_one_policy() {
    let document = json!({"swagger": "2.0", "paths": {"/a": {"get": {}}, "/b/{c}": {"get": {}}}});
    let expected: Resources = Policy::new().allow_origins(origins()).into();
    assert_eq!(suggest::policies(&document, &origins()), Ok(expected));
    assert!(suggest::policies(&json!({"paths": {}}), &origins()).is_err());
}

#[test]
fn what_a_server_does_is_a_policy() {
    let requests = record::requests(&origins(), "/");
    let lines = [
        ("access-control-allow-origin", "https://app.example.com"),
        ("access-control-allow-credentials", "true"),
        ("access-control-allow-methods", "GET, PUT"),
        ("access-control-allow-headers", "Content-Type, Authorization"),
        ("access-control-expose-headers", "ETag"),
        ("access-control-max-age", "60"),
    ];
    let answers: Vec<Response> = requests.iter().map(|_| Response::new(200, lines)).collect();
    let (policy, notes) = record::policy(&requests, &answers);
    let expected = Policy::new()
        .allow_origins(origins())
        .allow_methods(["PUT"])
        .allow_headers(["content-type", "authorization"])
        .expose_headers(["etag"])
        .allow_credentials(true)
        .max_age(60_u64);
    assert_eq!(policy, expected);
    assert_eq!(notes, ["the answer to https://app.example.com lacks \"Vary: Origin\""]);
}
