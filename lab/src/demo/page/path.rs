//! The way of a decision: what is looked at, one after the other, with the policy's own line for it
//! and the bytes on either side.

use cors_core::{Denial, Kind, Policy, RequestField, ResponseField, Verdict, plain};
use serde::Serialize;

/// A request on the way, and what is looked at.
#[derive(Serialize)]
pub(super) struct Stage {
    title: &'static str,
    verdict: String,
    allowed: bool,
    steps: Vec<Step>,
}

/// One thing that is looked at.
#[derive(Serialize)]
struct Step {
    name: &'static str,
    state: State,
    /// The policy's line, or why it is what it is.
    rule: Vec<String>,
    sent: Option<String>,
    answered: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Debug)]
#[serde(rename_all = "lowercase")]
enum State {
    Passed,
    Failed,
    /// Something before it failed.
    Unreached,
}

/// What was asked, answered and decided.
pub(super) struct Decided<'a> {
    pub(super) policy: &'a Policy,
    pub(super) kind: Kind,
    pub(super) verdict: Verdict,
    pub(super) sent: &'a plain::Request,
    pub(super) answered: &'a plain::Response,
    /// Whether the script wants the user's credentials to be sent.
    pub(super) credentials: bool,
    /// Why, in sentences: about what was denied, or else about the origin.
    pub(super) why: Vec<String>,
}

impl Stage {
    /// The steps in the order in which a browser takes them.
    pub(super) fn of(decided: Decided<'_>) -> Self {
        let Decided { policy, kind, verdict, credentials, .. } = decided;
        let preflight = kind == Kind::Preflight;
        let line = |key: &str, entries: &[String]| vec![format!("{key} = {entries:?}")];
        let mut steps = vec![decided.step(
            "Origin",
            line("allow_origins", &policy.allow_origins),
            Some(RequestField::Origin),
            ResponseField::AllowOrigin,
        )];
        if credentials {
            let rule = vec![format!("allow_credentials = {}", policy.allow_credentials)];
            steps.push(decided.step("Credentials", rule, None, ResponseField::AllowCredentials));
        }
        if preflight {
            steps.push(decided.step(
                "Method",
                line("allow_methods", &policy.allow_methods),
                Some(RequestField::Method),
                ResponseField::AllowMethods,
            ));
            let field = RequestField::Headers;
            let headers = line("allow_headers", &policy.allow_headers);
            let headers =
                decided.step("Headers", headers, Some(field), ResponseField::AllowHeaders);
            steps.extend(headers.sent.is_some().then_some(headers));
            let rule = vec![format!("max_age = {}", policy.max_age)];
            steps.push(decided.step("Kept", rule, None, ResponseField::MaxAge));
        } else {
            let rule = line("expose_headers", &policy.expose_headers);
            steps.push(decided.step("Readable headers", rule, None, ResponseField::ExposeHeaders));
        }
        let denied = match verdict {
            // A policy for all paths denies none of them.
            Verdict::Deny(Denial::Origin | Denial::Path) => Some("Origin"),
            Verdict::Deny(Denial::Method) => Some("Method"),
            Verdict::Deny(Denial::Header) => Some("Headers"),
            Verdict::Allow | Verdict::NotCors | Verdict::NoPolicy => None,
        };
        // The engine is not told whether the script wants credentials; the browser looks for them
        // behind the origin.
        let withheld = credentials && !policy.allow_credentials && denied != Some("Origin");
        let failed = if withheld { Some("Credentials") } else { denied };
        let mut state = State::Passed;
        for step in &mut steps {
            if failed == Some(step.name) {
                step.state = State::Failed;
                state = State::Unreached;
            } else {
                step.state = state;
            }
        }
        let about = denied.unwrap_or("Origin");
        if let Some(step) = steps.iter_mut().find(|step| step.name == about)
            && !decided.why.is_empty()
        {
            step.rule = decided.why;
        }
        let title = if preflight { "Preflight" } else { "The request itself" };
        Self { title, verdict: verdict.to_string(), allowed: denied.is_none(), steps }
    }
}

impl Decided<'_> {
    fn step(
        &self,
        name: &'static str,
        rule: Vec<String>,
        asks: Option<RequestField>,
        answers: ResponseField,
    ) -> Step {
        let lines = &self.sent.headers;
        let sent = asks.and_then(|field| {
            let (name, value) = lines.iter().find(|(name, _)| name == field.name())?;
            Some(format!("{name}: {}", String::from_utf8_lossy(value)))
        });
        let answered =
            self.answered.get(answers.name()).map(|value| format!("{}: {value}", answers.name()));
        Step { name, state: State::Passed, rule, sent, answered }
    }
}

#[cfg(test)]
mod tests {
    use cors_core::{Cors, Decision};

    use super::*;

    /// The states of the steps of a preflight from `https://a.example`, by the steps' names.
    #[track_caller]
    fn check(policy: &Policy, method: &str, credentials: bool, wanted: &[(&str, State)]) {
        let cors: Cors = policy.compile().expect("the policy is valid");
        let sent = plain::Request::new(
            "OPTIONS",
            [
                ("origin", "https://a.example"),
                ("access-control-request-method", method),
                ("access-control-request-headers", "x-a"),
            ],
        );
        let mut answered = plain::Response::default();
        let decision = cors.decide(&sent);
        let verdict = decision.verdict();
        if let Decision::Answer(answer) = decision {
            answer.apply(&mut answered);
        }
        let stage = Stage::of(Decided {
            policy,
            kind: Kind::Preflight,
            verdict,
            sent: &sent,
            answered: &answered,
            credentials,
            why: vec!["because".to_owned()],
        });
        let states: Vec<_> = stage.steps.iter().map(|step| (step.name, step.state)).collect();
        assert_eq!(states, wanted);
        let about = stage.steps.iter().filter(|step| step.rule == ["because"]);
        assert_eq!(about.count(), 1, "the sentences stand at one step");
    }

    const PASSED: State = State::Passed;
    const FAILED: State = State::Failed;
    const UNREACHED: State = State::Unreached;

    fn policy(origin: &str) -> Policy {
        Policy::new().allow_origins([origin]).allow_methods(["PUT"]).allow_headers(["x-a"])
    }

    #[test]
    fn everything_is_lit() {
        let steps = [("Origin", PASSED), ("Method", PASSED), ("Headers", PASSED), ("Kept", PASSED)];
        check(&policy("https://a.example"), "PUT", false, &steps);
    }

    #[test]
    fn nothing_is_reached_behind_a_refusal() {
        let steps = [
            ("Origin", FAILED),
            ("Method", UNREACHED),
            ("Headers", UNREACHED),
            ("Kept", UNREACHED),
        ];
        check(&policy("https://b.example"), "PUT", false, &steps);
        let steps =
            [("Origin", PASSED), ("Method", FAILED), ("Headers", UNREACHED), ("Kept", UNREACHED)];
        check(&policy("https://a.example"), "DELETE", false, &steps);
    }

    #[test]
    fn the_browser_looks_for_credentials_behind_the_origin() {
        let steps = [
            ("Origin", PASSED),
            ("Credentials", FAILED),
            ("Method", UNREACHED),
            ("Headers", UNREACHED),
            ("Kept", UNREACHED),
        ];
        check(&policy("https://a.example"), "PUT", true, &steps);
        check(&policy("https://a.example"), "DELETE", true, &steps);
    }
}
