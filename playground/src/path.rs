//! The path of a decision: each check in order, with the policy's line for it and the bytes on either
//! side.

use cors_core::{Denial, Kind, Policy, RequestField, ResponseField, Verdict, plain};
use serde::Serialize;

/// A request, and its checks.
#[derive(Serialize)]
pub(crate) struct Stage {
    pub(crate) title: &'static str,
    pub(crate) verdict: String,
    state: State,
    pub(crate) steps: Vec<Step>,
}

/// One check.
#[derive(Serialize)]
pub(crate) struct Step {
    name: &'static str,
    state: State,
    /// The policy's line, or the reason for the outcome.
    pub(crate) rule: Vec<String>,
    sent: Option<String>,
    pub(crate) answered: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Debug)]
#[serde(rename_all = "lowercase")]
enum State {
    Passed,
    Failed,
    /// An earlier check failed, or no policy applies.
    Unreached,
}

/// A request, its response and the decision.
pub(crate) struct Decided<'a> {
    pub(crate) policy: &'a Policy,
    /// The path pattern of the policy, if there are several.
    pub(crate) pattern: Option<&'a str>,
    pub(crate) path: &'a str,
    pub(crate) kind: Kind,
    pub(crate) verdict: Verdict,
    pub(crate) sent: &'a plain::Request,
    pub(crate) answered: &'a plain::Response,
    /// The script sends the user's credentials.
    pub(crate) credentials: bool,
    /// The reason, in sentences: about what was denied, or else about the origin.
    pub(crate) why: Vec<String>,
}

impl Stage {
    /// The steps in a browser's order.
    pub(crate) fn of(decided: Decided<'_>) -> Self {
        let Decided { policy, kind, verdict, credentials, .. } = decided;
        let preflight = kind == Kind::Preflight;
        let title = if preflight { "Preflight" } else { "The request itself" };
        if matches!(verdict, Verdict::NoPolicy | Verdict::Deny(Denial::Path)) {
            let denied = verdict != Verdict::NoPolicy;
            let step = decided.path(if denied { State::Failed } else { State::Unreached });
            return Self {
                title,
                verdict: verdict.to_string(),
                state: step.state,
                steps: vec![step],
            };
        }
        let line = |key: &str, entries: &[String]| vec![format!("{key} = {entries:?}")];
        let mut steps: Vec<Step> =
            decided.pattern.iter().map(|_| decided.path(State::Passed)).collect();
        steps.push(decided.step(
            "Origin",
            line("allow_origins", &policy.allow_origins),
            Some(RequestField::Origin),
            ResponseField::AllowOrigin,
        ));
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
            steps.push(decided.step("Cached", rule, None, ResponseField::MaxAge));
        } else {
            let rule = line("expose_headers", &policy.expose_headers);
            steps.push(decided.step("Readable headers", rule, None, ResponseField::ExposeHeaders));
        }
        let denied = match verdict {
            Verdict::Deny(Denial::Origin | Denial::Path) => Some("Origin"),
            Verdict::Deny(Denial::Method) => Some("Method"),
            Verdict::Deny(Denial::Header) => Some("Headers"),
            // The playground calls no predicate.
            Verdict::Allow | Verdict::NotCors | Verdict::NoPolicy | Verdict::Undecided => None,
        };
        // The engine does not know if the script sends credentials. The browser checks them after the
        // origin.
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
        let state = match verdict {
            Verdict::NotCors => State::Unreached,
            _ if denied.is_some() => State::Failed,
            _ => State::Passed,
        };
        Self { title, verdict: verdict.to_string(), state, steps }
    }
}

impl Decided<'_> {
    /// The check of the path, where policies differ by path.
    fn path(&self, state: State) -> Step {
        let rule = match (state, self.pattern) {
            (State::Passed, Some(pattern)) => format!("The policy of {pattern:?} applies."),
            (State::Failed, _) => {
                "The path can be read in two ways that lead to different policies.".to_owned()
            }
            _ => "No policy applies to this path. The response is the handler's own, without CORS \
                  headers from the engine."
                .to_owned(),
        };
        let sent = Some(format!("{} {}", self.sent.method, self.path));
        Step { name: "Path", state, rule: vec![rule], sent, answered: None }
    }

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

    /// Compares the states of a preflight from `https://a.example`, with the names of its steps.
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
            pattern: None,
            path: "/",
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
        assert_eq!(about.count(), 1, "the sentences are at one step");
    }

    const PASSED: State = State::Passed;
    const FAILED: State = State::Failed;
    const UNREACHED: State = State::Unreached;

    fn policy(origin: &str) -> Policy {
        Policy::new().allow_origins([origin]).allow_methods(["PUT"]).allow_headers(["x-a"])
    }

    #[test]
    fn every_step_passes() {
        let steps =
            [("Origin", PASSED), ("Method", PASSED), ("Headers", PASSED), ("Cached", PASSED)];
        check(&policy("https://a.example"), "PUT", false, &steps);
    }

    #[test]
    fn nothing_is_reached_after_a_refusal() {
        let steps = [
            ("Origin", FAILED),
            ("Method", UNREACHED),
            ("Headers", UNREACHED),
            ("Cached", UNREACHED),
        ];
        check(&policy("https://b.example"), "PUT", false, &steps);
        let steps =
            [("Origin", PASSED), ("Method", FAILED), ("Headers", UNREACHED), ("Cached", UNREACHED)];
        check(&policy("https://a.example"), "DELETE", false, &steps);
    }

    #[test]
    fn the_browser_checks_credentials_after_the_origin() {
        let steps = [
            ("Origin", PASSED),
            ("Credentials", FAILED),
            ("Method", UNREACHED),
            ("Headers", UNREACHED),
            ("Cached", UNREACHED),
        ];
        check(&policy("https://a.example"), "PUT", true, &steps);
        check(&policy("https://a.example"), "DELETE", true, &steps);
    }
}
