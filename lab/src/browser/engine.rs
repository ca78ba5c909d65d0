//! The engine's answer: its verdicts about what the browser sent, and what follows from them.

use cors_core::{Cors, Denial, Kind, Policy, Verdict};

use super::{outcome::Outcome, scenario::Scenario, wire::Exchange};

/// The [safelisted response headers](https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name).
/// The simulator has a list of its own, which this is not taken from: both are compared.
const SAFELISTED: [&str; 7] = [
    "cache-control",
    "content-language",
    "content-length",
    "content-type",
    "expires",
    "last-modified",
    "pragma",
];

/// What the script gets as far as the policy goes: the first refusal, or what it may read.
pub(super) fn outcome(
    (policy, cors): &(Policy, Cors),
    scenario: &Scenario,
    exchanges: &[&Exchange],
) -> Outcome {
    let mut sent = exchanges.iter().filter_map(|exchange| exchange.sent()).peekable();
    if sent.peek().is_none() {
        return Outcome::Unsent;
    }
    if scenario.mode == "no-cors" {
        return Outcome::Opaque;
    }
    let refusal = sent.find_map(|request| {
        let decision = cors.decide(&request);
        let word = refusal(policy, scenario, decision.verdict())?;
        // What only a preflight can be refused for is named without saying so again.
        let prefix = match decision.kind() {
            Kind::Preflight if !word.ends_with("Response") => "Preflight",
            _ => "",
        };
        Some(Outcome::Refused(format!("{prefix}{word}")))
    });
    refusal.unwrap_or_else(|| readable(policy, exchanges))
}

/// Why a request is refused, if it is. A verdict knows nothing of the script's credentials mode,
/// which no request header tells; the policy knows what comes of it.
fn refusal(policy: &Policy, scenario: &Scenario, verdict: Verdict) -> Option<&'static str> {
    match verdict {
        Verdict::Deny(Denial::Method) if !policy.silent_refusals => {
            Some("MethodDisallowedByPreflightResponse")
        }
        Verdict::Deny(Denial::Header) if !policy.silent_refusals => {
            Some("HeaderDisallowedByPreflightResponse")
        }
        Verdict::Deny(_) => Some("MissingAllowOriginHeader"),
        _ if scenario.credentials != "include" || policy.allow_credentials => None,
        _ if policy.allow_origins == ["*"] => Some("WildcardOriginNotAllowed"),
        _ => Some("InvalidAllowCredentials"),
    }
}

/// Of the headers that came back, those that the policy shows.
fn readable(policy: &Policy, exchanges: &[&Exchange]) -> Outcome {
    let actual = exchanges.iter().rfind(|exchange| !exchange.preflight);
    let lines = actual.and_then(|exchange| exchange.received.as_ref());
    let names = lines.into_iter().flat_map(|(_, lines)| lines).map(|(name, _)| name.as_str());
    let exposed = |name: &&str| {
        SAFELISTED.contains(name)
            || policy
                .expose_headers
                .iter()
                .any(|known| known == "*" || known.eq_ignore_ascii_case(name))
    };
    Outcome::readable(names.filter(exposed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(policy: &Policy, credentials: &str, verdict: Verdict, word: Option<&str>) {
        let row = format!(
            "name = ''\npolicy = ''\norigin = ''\ncredentials = {credentials:?}\nwanted = ''"
        );
        let scenario: Scenario = toml::from_str(&row).expect("a row");
        assert_eq!(refusal(policy, &scenario, verdict), word, "{verdict:?}");
    }

    #[test]
    fn a_verdict_has_chromiums_word() {
        let policy = Policy::new().allow_origins(["https://a.example"]);
        check(&policy, "omit", Verdict::Allow, None);
        let denied = Verdict::Deny(Denial::Origin);
        check(&policy, "omit", denied, Some("MissingAllowOriginHeader"));
        let denied = Verdict::Deny(Denial::Method);
        check(&policy, "omit", denied, Some("MethodDisallowedByPreflightResponse"));
        let silent = policy.silent_refusals(true);
        check(&silent, "omit", denied, Some("MissingAllowOriginHeader"));
    }

    #[test]
    fn credentials_that_the_policy_does_not_share_are_refused() {
        let listed = Policy::new().allow_origins(["https://a.example"]);
        check(&listed, "include", Verdict::Allow, Some("InvalidAllowCredentials"));
        check(&listed, "same-origin", Verdict::Allow, None);
        let any = Policy::new().allow_any_origin();
        check(&any, "include", Verdict::Allow, Some("WildcardOriginNotAllowed"));
        check(&listed.allow_credentials(true), "include", Verdict::Allow, None);
    }
}
