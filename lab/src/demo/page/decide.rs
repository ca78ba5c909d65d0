//! A policy and a script's request, and the way from the one to the other's answer.

use std::{fs, io};

use axum::{Json, http::StatusCode};
use cors_browser::{
    CorsRequest, Credentials, Fetch, Outcome, Profile, Request, Response, Sent, Step, Why,
};
use cors_core::{Cors, Decision, plain};
use cors_file::PolicyFile;
use serde::{Deserialize, Serialize};

use super::path::{Decided, Stage};

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

/// What is said about the policy, and the way to the answer if it can be used.
#[derive(Serialize)]
pub(super) struct Reply {
    findings: Vec<Finding>,
    way: Option<Way>,
}

/// What `cors check` says.
#[derive(Serialize)]
struct Finding {
    severity: &'static str,
    code: &'static str,
    message: String,
    help: Option<String>,
    /// The line and the column, from 1.
    place: Option<(usize, usize)>,
}

#[derive(Serialize)]
struct Way {
    /// Why the browser asks first, if it does.
    asks: Option<String>,
    stages: Vec<Stage>,
    end: End,
}

/// What the script gets.
#[derive(Serialize)]
struct End {
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
    Json(question): Json<Question>,
) -> Result<Json<Reply>, (StatusCode, String)> {
    let failed = |error: &dyn std::fmt::Display| {
        (StatusCode::INTERNAL_SERVER_ERROR, format!("cannot write the policy to a file: {error}"))
    };
    // It writes a file, and may compile a large policy.
    let reply = tokio::task::spawn_blocking(move || question.reply()).await;
    reply.map_err(|error| failed(&error))?.map(Json).map_err(|error| failed(&error))
}

impl Question {
    fn reply(&self) -> io::Result<Reply> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("policy.toml");
        fs::write(&path, &self.policy)?;
        let file = PolicyFile::new(&path);
        let report = file.check().unwrap_or_else(|report| report);
        let findings = report.iter().map(Finding::of).collect();
        let way = match file.load() {
            Ok(cors) => Some(self.way(&cors)),
            Err(_) => None,
        };
        Ok(Reply { findings, way })
    }

    fn way(&self, cors: &Cors) -> Way {
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
            let (stage, response) = self.decide(cors, &fetch.sent());
            stages.push(stage);
            step = fetch.receive(Some(&response));
        };
        Way { asks, stages, end: End::of(&outcome) }
    }

    fn request(&self) -> Request {
        let credentials =
            if self.credentials { Credentials::Include } else { Credentials::SameOrigin };
        let request = Request::new(&*self.origin, URL, &*self.method).credentials(credentials);
        let headers = self.headers.iter();
        headers.fold(request, |request, (name, value)| request.header(&**name, &**value))
    }

    /// What the engine answers, around a handler that adds nothing.
    fn decide(&self, cors: &Cors, sent: &Sent) -> (Stage, Response) {
        let decision = cors.decide(&sent.request);
        let verdict = decision.verdict();
        let mut headers = plain::Response::default();
        let status = match decision {
            Decision::Answer(answer) => {
                let status = answer.status();
                answer.apply(&mut headers);
                status
            }
            Decision::Forward(forward) => {
                forward.apply(&mut headers);
                200
            }
        };
        let stage = Stage::of(Decided {
            policy: &cors.policy_for(&sent.request).unwrap_or_default(),
            kind: sent.kind,
            verdict,
            sent: &sent.request,
            answered: &headers,
            credentials: self.credentials,
            why: cors.explain(&sent.request).sentences().to_vec(),
        });
        let lines = headers.headers.iter().map(|(name, value)| (&**name, &**value));
        (stage, Response::new(status, lines))
    }
}

impl Finding {
    fn of(finding: &cors_file::Finding) -> Self {
        Self {
            severity: finding.severity().code(),
            code: finding.code(),
            message: finding.message().to_owned(),
            help: finding.help().map(str::to_owned),
            place: finding.place().map(|place| (place.line(), place.column())),
        }
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

fn sentence(why: Why<'_>) -> String {
    match why {
        Why::Method(method) => format!("{method} is not safelisted, so the browser asks first."),
        Why::Header(name) => {
            format!("{name} is not safelisted with this value, so the browser asks first.")
        }
        Why::UploadListener | Why::StreamBody | Why::Redirect => {
            "The body is watched or streamed.".to_owned()
        }
    }
}
