//! Header values, as the engine writes them: a sample request is decided, and the answer is read.

use cors_core::{
    Cors, Policy, RequestField, ResponseField,
    plain::{Request, Response},
};

use crate::{Cause, Mistake};

/// An origin that the sample policy allows.
const ORIGIN: &str = "https://sample.invalid";

/// A header of a response, and where its value comes from.
pub(crate) type Line = (&'static str, Value);

/// Where a header's value comes from.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Value {
    Text(String),
    /// The request's own `Origin`.
    Origin,
    /// The request's own `Access-Control-Request-Method`.
    Method,
    /// The request's own `Access-Control-Request-Headers`.
    Headers,
}

/// What the engine answers to allowed requests under a policy.
pub(crate) struct Sample {
    pub(crate) actual: Vec<Line>,
    /// The lines of a preflight's answer but for echoes, and its status.
    pub(crate) preflight: Vec<Line>,
    pub(crate) status: u16,
}

impl Sample {
    /// `is_listed`: the policy names its origins.
    pub(crate) fn of(policy: &Policy, is_listed: bool, mistakes: &mut Vec<Mistake>) -> Self {
        let mut sample = policy.clone();
        if is_listed {
            sample.allow_origins = vec![ORIGIN.into()];
            sample.allow_origin_patterns = Vec::new();
            sample.dynamic_origins = false;
            sample.dangerously_allow_null_origin = false;
        }
        // Neither of the two changes a value, and both would refuse the sample.
        sample.only_listed_methods = false;
        sample.silent_refusals = false;
        let Ok(cors): Result<Cors, _> = sample.compile() else {
            return Self { actual: Vec::new(), preflight: Vec::new(), status: 204 };
        };
        let mut lines = |response: Response| -> Vec<Line> {
            let known = |(name, value): (_, _)| line(name, value, mistakes);
            response.headers.into_iter().filter_map(known).collect()
        };
        let origin = (RequestField::Origin.name(), ORIGIN);
        let actual = lines(apply(&cors, &Request::new("GET", [origin])).0);
        let method = (RequestField::Method.name(), "GET");
        let (headers, status) = apply(&cors, &Request::new("OPTIONS", [origin, method]));
        let mut preflight = lines(headers);
        // What is echoed has its own rows.
        preflight.retain(|(name, value)| {
            let is_echo = *value == Value::Text("GET".into()) && policy.allow_methods == ["*"];
            !(*name == ResponseField::AllowMethods.name() && is_echo)
        });
        Self { actual, preflight, status }
    }
}

fn apply(cors: &Cors, request: &Request) -> (Response, u16) {
    let mut headers = Response::default();
    let status = cors.decide(request).apply(&mut headers).unwrap_or(200);
    (headers, status)
}

/// A line of the engine's, but for `Vary`, which the table has.
fn line(
    name: std::borrow::Cow<'static, str>,
    value: std::borrow::Cow<'static, str>,
    mistakes: &mut Vec<Mistake>,
) -> Option<Line> {
    if name == ResponseField::Vary.name() {
        return None;
    }
    let Some(field) = ResponseField::OWNED.into_iter().find(|field| field.name() == name) else {
        mistakes.push(Mistake::new(Cause::Key, name));
        return None;
    };
    let value = if value == ORIGIN { Value::Origin } else { Value::Text(value.into()) };
    Some((field.name(), value))
}
