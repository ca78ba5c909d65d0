//! The simulator's answer: what a browser has to make of what the servers answered.

use std::{collections::VecDeque, time::Duration};

use cors_browser::{
    self as browser, Cache, Cause, Credentials, Fetch, Mode, Profile, Response, Sent, Stage, Step,
};
use cors_core::{Kind, RequestField, plain};

use super::{outcome::Outcome, scenario::Scenario, wire::Exchange};

/// What the simulator says.
pub(super) struct Simulated {
    pub(super) outcome: Outcome,
    /// What the console says, where it blocks.
    pub(super) console: Option<String>,
    /// Where it sends something else than the browser, in sentences.
    pub(super) differences: Vec<String>,
}

/// Plays a scenario with the answers that the browser got, and compares what is sent for them.
pub(super) fn play(
    profile: Profile,
    scenario: &Scenario,
    url: &str,
    exchanges: &[&Exchange],
) -> Simulated {
    let request = request(scenario, url);
    let sent = exchanges.iter().filter_map(|exchange| Some((*exchange, exchange.sent()?)));
    let (mut preflights, mut actual): (VecDeque<_>, VecDeque<_>) =
        sent.partition(|(exchange, _)| exchange.preflight);
    let mut cache = Cache::default();
    let mut differences = Vec::new();
    let mut fetch = || {
        let mut step = Fetch::start_with(profile, &request, &mut cache, Duration::ZERO);
        loop {
            let fetch = match step {
                Step::Send(fetch) => fetch,
                Step::Done(outcome) => return outcome,
            };
            let sent = fetch.sent();
            let queue = match sent.kind {
                Kind::Preflight => &mut preflights,
                Kind::Actual | Kind::NotCors => &mut actual,
            };
            let real = queue.pop_front();
            differences.extend(difference(&sent, real.as_ref().map(|(_, request)| request)));
            let response = real.and_then(|(exchange, _)| response(exchange));
            step = fetch.receive(response.as_ref());
        }
    };
    let mut outcome = fetch();
    for _ in 1..scenario.times {
        outcome = fetch();
    }
    let unasked = preflights.iter().chain(&actual);
    differences.extend(
        unasked.map(|(_, real)| {
            format!("the browser sends {}, and the simulator does not", shown(real))
        }),
    );
    let (outcome, console) = match outcome {
        browser::Outcome::Allowed { readable } => (Outcome::readable(readable), None),
        browser::Outcome::Opaque => (Outcome::Opaque, None),
        browser::Outcome::Blocked(reason) => match blocked(reason.cause()) {
            // The console's sentences are those of the network, which nothing reached.
            Outcome::Unsent => (Outcome::Unsent, None),
            outcome => (outcome, reason.console()),
        },
    };
    Simulated { outcome, console, differences }
}

fn request(scenario: &Scenario, url: &str) -> browser::Request {
    let request = browser::Request::new(scenario.origin.as_str(), url, scenario.method.as_str())
        .mode(match scenario.mode.as_str() {
            "no-cors" => Mode::NoCors,
            "same-origin" => Mode::SameOrigin,
            _ => Mode::Cors,
        })
        .credentials(match scenario.credentials.as_str() {
            "include" => Credentials::Include,
            "omit" => Credentials::Omit,
            _ => Credentials::SameOrigin,
        });
    let headers = scenario.headers.iter();
    headers.fold(request, |request, (name, value)| request.header(name.as_str(), value.as_str()))
}

fn response(exchange: &Exchange) -> Option<Response> {
    let (status, lines) = exchange.received.as_ref()?;
    let lines = lines.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    Some(Response::new(*status, lines))
}

/// How what the simulator sends differs from what the browser sent, as far as CORS looks at it.
fn difference(sent: &Sent, real: Option<&plain::Request>) -> Option<String> {
    let (simulated, real) = (shown(&sent.request), real.map_or("nothing".to_owned(), shown));
    (simulated != real).then(|| format!("the simulator sends {simulated}, and the browser {real}"))
}

/// The method, and every line that CORS reads.
fn shown(request: &plain::Request) -> String {
    let mut text = request.method.clone();
    for field in [RequestField::Origin, RequestField::Method, RequestField::Headers] {
        let lines =
            request.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case(field.name()));
        for (_, value) in lines {
            text.push_str(&format!(", {}: {}", field.name(), String::from_utf8_lossy(value)));
        }
    }
    text
}

/// Chromium's word for a cause.
fn blocked(cause: Cause) -> Outcome {
    let staged = |word: &str, stage| match stage {
        Stage::Preflight => format!("Preflight{word}"),
        Stage::Actual => word.to_owned(),
    };
    Outcome::Refused(match cause {
        Cause::ForbiddenMethod | Cause::NoCorsMethod | Cause::CrossOrigin => {
            return Outcome::Unsent;
        }
        Cause::OriginMissing(stage) => staged("MissingAllowOriginHeader", stage),
        Cause::OriginMismatch(stage) => staged("AllowOriginMismatch", stage),
        Cause::OriginWildcard(stage) => staged("WildcardOriginNotAllowed", stage),
        Cause::CredentialsMissing(stage) | Cause::CredentialsInvalid(stage) => {
            staged("InvalidAllowCredentials", stage)
        }
        Cause::MethodNotAllowed => "MethodDisallowedByPreflightResponse".to_owned(),
        Cause::HeaderNotAllowed | Cause::AuthorizationNotListed => {
            "HeaderDisallowedByPreflightResponse".to_owned()
        }
        // What no server here answers is a disagreement by its own name.
        other => other.code().to_owned(),
    })
}
