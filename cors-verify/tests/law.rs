//! The engine itself, held to every policy of the suite: nothing is found, whatever the path.

use cors_browser::Response;
use cors_conformance::exchanges;
use cors_core::{
    Cors, Policy,
    plain::{self, Request},
};
use cors_verify::{Code, judge, probes};

fn answer(cors: &Cors, request: &Request) -> Response {
    let mut headers = plain::Response::default();
    let status = cors.decide(request).apply(&mut headers).unwrap_or(404);
    let lines = headers.headers.into_iter().map(|(name, value)| (name, value.into_owned()));
    Response::new(status, lines)
}

#[test]
fn the_engine_keeps_every_policy_of_the_suite() {
    let mut sent = 0;
    for row in exchanges() {
        let cors = row.policy().compile().expect("a valid policy");
        for probe in probes(&cors, &["/".into(), "/vary/any".into(), "/stream".into()]) {
            let findings = judge(&cors, &probe, &answer(&cors, &probe.request), true);
            assert_eq!(findings, [], "{}: {}", row.policy_name(), probe.name);
            sent += 1;
        }
    }
    assert!(sent > 10_000, "{sent}");
}

/// Every kind of finding that a server that keeps the first policy has under the second.
#[track_caller]
fn finds(server: Policy, policy: Policy, expected: &[Code]) {
    let (server, cors) = (server.compile().expect("valid"), policy.compile().expect("valid"));
    let mut codes: Vec<Code> = probes(&cors, &["/".into()])
        .iter()
        .flat_map(|probe| judge(&cors, probe, &answer(&server, &probe.request), false))
        .map(|finding| finding.kind())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes, expected);
}

fn base() -> Policy {
    Policy::new()
        .allow_origins(["https://app.example.com"])
        .allow_methods(["PUT"])
        .allow_headers(["x-a"])
        .expose_headers(["etag"])
}

#[test]
fn a_server_that_allows_more_is_found() {
    finds(base().allow_methods(["DELETE"]), base(), &[Code::MethodAllowed]);
    finds(base().allow_headers(["x-b"]), base(), &[Code::HeaderAllowed]);
    finds(base().expose_headers(["x-b"]), base(), &[Code::HeaderExposed]);
    finds(base().max_age(6000_u64), base(), &[Code::KeptLonger]);
    finds(base().allow_credentials(true), base(), &[Code::CredentialsAllowed]);
    finds(base().allow_origins(["https://*.example.com"]), base(), &[Code::StrangerReads]);
    finds(
        base().allow_origins(["https://evil.test"]).allow_credentials(true),
        base().allow_credentials(true),
        &[Code::StrangerReadsWithCredentials],
    );
}

#[test]
fn a_server_that_allows_less_is_found() {
    finds(base(), base().allow_origins(["https://b.example.com"]), &[Code::FriendBlocked]);
    finds(base(), base().expose_headers(["x-b"]), &[Code::ExposedMissing]);
    finds(base(), base().max_age(6000_u64), &[Code::KeptShorter]);
    finds(base(), base().allow_credentials(true), &[Code::CredentialsBlocked]);
    let without = Policy::new().allow_origins(["https://app.example.com"]).expose_headers(["etag"]);
    finds(without.allow_headers(["x-a"]), base(), &[Code::FriendBlocked, Code::MethodMissing]);
}

#[test]
fn a_server_without_vary_is_found_and_so_are_lists_for_strangers() {
    let cors = base().compile().expect("valid");
    let probes = probes(&cors, &["/".into()]);
    let without_vary: Vec<Code> = probes
        .iter()
        .flat_map(|probe| {
            let mut answer = answer(&cors, &probe.request);
            answer.headers.retain(|(name, _)| name != "vary");
            judge(&cors, probe, &answer, false)
        })
        .map(|finding| finding.kind())
        .collect();
    assert_eq!(without_vary.len(), probes.len());
    assert!(without_vary.iter().all(|code| *code == Code::VaryMissing));
    let lists = [("access-control-allow-methods", "PUT"), ("vary", "Origin")];
    let stranger = probes
        .iter()
        .find(|probe| probe.is_preflight() && probe.origin() == Some("https://evil.test"))
        .expect("a stranger's preflight");
    let found = judge(&cors, stranger, &Response::new(204, lists), false);
    assert_eq!(found.iter().map(|finding| finding.code()).collect::<Vec<_>>(), ["lists-leak"]);
}
