// ANCHOR: policy
use cors_adapters::{Cors, Policy, PolicyErrors};

/// In the application: the policy has its own function, which tests call too.
fn cors() -> Result<Cors, PolicyErrors> {
    Policy::new()
        .allow_origins(["https://app.example.com", "https://*.example.net"])
        .allow_methods(["PUT"])
        .allow_headers(["content-type"])
        .compile()
}
// ANCHOR_END: policy

// ANCHOR: test
/// In its tests: the decision and its reason, without a server.
#[test]
fn the_policy_allows_our_pages_alone() -> Result<(), PolicyErrors> {
    use cors_adapters::core::plain::Request;

    let cors = cors()?;
    let verdict = |origin: &str| {
        let request = Request::new("GET", [("origin", origin)]);
        cors.decide(&request).verdict().as_str()
    };
    assert_eq!(verdict("https://app.example.com"), "allow");
    assert_eq!(verdict("https://shop.example.net"), "allow");
    assert_eq!(verdict("https://example.net.evil.example"), "deny-origin");

    let preflight = Request::new(
        "OPTIONS",
        [("origin", "https://app.example.com"), ("access-control-request-method", "DELETE")],
    );
    let explanation = cors.explain(&preflight);
    assert_eq!(explanation.verdict().as_str(), "deny-method", "{explanation}");
    Ok(())
}
// ANCHOR_END: test
