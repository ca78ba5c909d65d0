//! The likely causes of a blocked request, and the configuration that keeps the policy.

use cors_browser::{Credentials, Profile, Response};
use cors_core::{Cors, Kind, ResponseField};
use cors_explain::{
    Report,
    causes::{self, Cause},
    remedy::Snippet,
};
use cors_remedy::{identify, remedy};
use cors_verify::{Finding, Probe};
use http::Uri;

/// Returns the likely causes of a finding about a blocked request, as `cors explain` finds them. The
/// preflight and the request itself are those of the run.
pub(super) fn likely(
    url: &Uri,
    finding: &Finding,
    probe: &Probe,
    probes: &[Probe],
    answers: &[Response],
) -> Vec<Cause> {
    if finding.cause().is_none() {
        return Vec::new();
    }
    let credentials = match finding.expected().get(ResponseField::AllowCredentials.name()) {
        Some(_) => Credentials::Include,
        None => Credentials::Omit,
    };
    let authority = url.authority().map(|authority| authority.as_str()).unwrap_or_default();
    let path = String::from_utf8_lossy(&probe.request.path);
    let address = format!("{}://{authority}{path}", url.scheme_str().unwrap_or("http"));
    let Some(script) = probe.script(&address, credentials) else { return Vec::new() };
    let report = Report::of(Profile::Fetch, script, |sent| {
        let is_preflight = sent.kind == Kind::Preflight;
        let answers_it = |other: &Probe| {
            let is_kind = match is_preflight {
                true => other.is_preflight(),
                false => other.request.method == "GET",
            };
            is_kind && other.origin() == probe.origin() && other.request.path == probe.request.path
        };
        let own = probes.iter().position(|other| other == probe && answers_it(other));
        let other = || probes.iter().position(answers_it);
        let answer = own.or_else(other).and_then(|at| answers.get(at));
        answer.cloned().ok_or_else(|| "no such request was sent".to_owned())
    });
    causes::likely(&report)
}

/// Returns the policy as the configuration of the server that answered, if it says who it is. Policies
/// by path have no such form.
pub(super) fn configuration(cors: &Cors, answers: &[Response]) -> Option<Snippet> {
    let place = identify(answers)?;
    cors.resources().only().map(|policy| remedy(place, policy))
}
