//! A policy and a script's request, and the way from the one to the other's answer.

use std::{io, sync::Arc};

use axum::{Json, extract::State, http::StatusCode};
use cors_core::{
    Cors, Decision, Kind, Policy, RequestField,
    browser::{
        CorsRequest, Credentials, Fetch, Outcome, Profile, Request, Response, Sent, Step, Why,
    },
    plain,
};
use serde::{Deserialize, Serialize};

use super::{
    Page,
    ask::{self, About, Mistake},
    path::{Decided, Stage},
};

/// Whatever URL the request is for, it is of another origin than any page.
const URL: &str = "https://server.test/";

/// A question.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    /// As TOML.
    policy: String,
    origin: String,
    method: String,
    headers: Vec<(String, String)>,
    credentials: bool,
}

/// The policy's mistakes, or the way and its end.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Reply {
    Mistakes(Vec<Mistake>),
    Path {
        /// Why the browser asks first, if it does.
        asks: Option<String>,
        stages: Vec<Stage>,
        end: End,
    },
}

/// What the script gets.
#[derive(Serialize)]
pub(super) struct End {
    readable: bool,
    /// Why not, in one clause.
    why: Option<String>,
    /// What Chromium's console says.
    console: Option<String>,
    /// The header line that would help, if one would.
    fix: Option<String>,
}

/// Answers a question of the page.
pub(super) async fn answer(
    State(page): State<Arc<Page>>,
    Json(question): Json<Question>,
) -> Result<Json<Reply>, (StatusCode, String)> {
    let failed = |error: &dyn std::fmt::Display| {
        (StatusCode::INTERNAL_SERVER_ERROR, format!("cors cannot be asked: {error}"))
    };
    // It waits for another program.
    let reply = tokio::task::spawn_blocking(move || question.reply(&page)).await;
    reply.map_err(|error| failed(&error))?.map(Json).map_err(|error| failed(&error))
}

impl Question {
    fn reply(&self, page: &Page) -> io::Result<Reply> {
        // A request that nothing is wrong with, so that only the policy can be.
        let plain = About { preflight: false, origin: "null", method: "GET", headers: Vec::new() };
        if let Err(mistakes) = ask::why(&page.cors, &self.policy, &plain)? {
            return Ok(Reply::Mistakes(mistakes));
        }
        let policy = toml::from_str::<Policy>(&self.policy).map_err(io::Error::other)?;
        let cors: Cors = policy.compile().map_err(io::Error::other)?;
        let request = self.request();
        let asks = CorsRequest::new(Profile::Chromium, &request)
            .ok()
            .and_then(|request| request.preflight_needed().map(sentence));
        let mut stages = Vec::new();
        let mut step = Fetch::start(Profile::Chromium, &request);
        let outcome = loop {
            let fetch = match step {
                Step::Send(fetch) => fetch,
                Step::Done(outcome) => break outcome,
            };
            let sent = fetch.sent();
            let why = ask::why(&page.cors, &self.policy, &about(&self.origin, &sent))?;
            let (stage, response) = self.decide(&policy, &cors, &sent, why.unwrap_or_default());
            stages.push(stage);
            step = fetch.receive(Some(&response));
        };
        Ok(Reply::Path { asks, stages, end: End::of(&outcome) })
    }

    fn request(&self) -> Request {
        let credentials =
            if self.credentials { Credentials::Include } else { Credentials::SameOrigin };
        let request = Request::new(&*self.origin, URL, &*self.method).credentials(credentials);
        let headers = self.headers.iter();
        headers.fold(request, |request, (name, value)| request.header(&**name, &**value))
    }

    /// What the engine answers, around a handler that adds nothing.
    fn decide(
        &self,
        policy: &Policy,
        cors: &Cors,
        sent: &Sent,
        why: Vec<String>,
    ) -> (Stage, Response) {
        let decision = cors.decide(&sent.request);
        let verdict = decision.verdict();
        let mut headers = plain::Headers::default();
        let status = match decision {
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
        let stage = Stage::of(Decided {
            policy,
            kind: sent.kind,
            verdict,
            sent: &sent.request,
            answered: &headers,
            credentials: self.credentials,
            why,
        });
        let lines = headers.0.iter().map(|(name, value)| (&**name, &**value));
        (stage, Response::new(status, lines))
    }
}

impl End {
    fn of(outcome: &Outcome) -> Self {
        let reason = match outcome {
            Outcome::Blocked(reason) => Some(reason),
            Outcome::Allowed { .. } | Outcome::Opaque => None,
        };
        Self {
            readable: reason.is_none(),
            why: reason.map(ToString::to_string),
            console: reason.and_then(|reason| reason.console()),
            fix: reason.and_then(|reason| reason.fix()).map(str::to_owned),
        }
    }
}

/// What `cors try` is asked about a request on its way.
fn about<'a>(origin: &'a str, sent: &'a Sent) -> About<'a> {
    let line = |field: RequestField| {
        let (_, value) = sent.request.headers.iter().find(|(name, _)| name == field.name())?;
        std::str::from_utf8(value).ok()
    };
    let headers = line(RequestField::Headers).into_iter().flat_map(|names| names.split(','));
    About {
        preflight: sent.kind == Kind::Preflight,
        origin,
        method: line(RequestField::Method).unwrap_or(&sent.request.method),
        headers: headers.collect(),
    }
}

fn sentence(why: Why<'_>) -> String {
    match why {
        Why::Method(method) => format!("{method} is not safelisted, so the browser asks first."),
        Why::Header(name) => {
            format!("{name} is not safelisted with this value, so the browser asks first.")
        }
        Why::UploadListener | Why::StreamBody => "The body is watched or streamed.".to_owned(),
    }
}
