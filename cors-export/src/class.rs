//! One policy as a table: the first row whose tests all pass answers.

use cors_core::{Policy, ResponseField, method};

use crate::{
    Cause, Mistake,
    origin::OriginMatch,
    regex::{Named, any_of, literal, names, token},
    sample::{Line, Sample, Value},
};

/// A policy, as the requests on its paths meet it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Class {
    /// The origins behind [`Test::Origin`].
    pub(crate) origins: OriginMatch,
    /// Whether `Origin` may also be missing.
    pub(crate) any: bool,
    /// The methods behind [`Test::Method`], as one regular expression.
    pub(crate) methods: Option<Named>,
    /// The request lists behind [`Test::Headers`], as one regular expression.
    pub(crate) headers: Option<Named>,
    pub(crate) rows: Vec<Row>,
}

/// What is done with a request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) tests: Vec<Test>,
    pub(crate) act: Act,
    pub(crate) lines: Vec<Line>,
    /// The names that `Vary` gets.
    pub(crate) vary: &'static str,
}

/// A property of a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Test {
    /// It is a preflight.
    Preflight,
    /// Its origin is allowed.
    Origin,
    /// The requested method is allowed.
    Method,
    /// The requested headers are allowed.
    Headers,
    /// There are requested headers.
    SomeHeaders,
    /// It asks for a private network.
    PrivateNetwork,
}

impl Test {
    pub(crate) const ALL: [Self; 6] = [
        Self::Preflight,
        Self::Origin,
        Self::Method,
        Self::Headers,
        Self::SomeHeaders,
        Self::PrivateNetwork,
    ];
}

/// Who answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Act {
    /// The server, with this status.
    Answer(u16),
    /// The application, whose CORS headers are replaced.
    Forward,
    /// The application alone.
    Untouched,
}

const ORIGIN: &str = "Origin";

impl Class {
    pub(crate) fn of(policy: &Policy, mistakes: &mut Vec<Mistake>) -> Self {
        if policy.dynamic_origins {
            mistakes.push(Mistake::new(Cause::Callback, "dynamic_origins"));
        }
        let any =
            policy.allow_origins == ["*"] && !policy.dangerously_allow_any_origin_with_credentials;
        let reflects = policy.dangerously_allow_any_origin_with_credentials;
        let origins = match (any, reflects) {
            (true, _) => OriginMatch::single(),
            (_, true) => OriginMatch::every(),
            _ => OriginMatch::listed(policy, mistakes),
        };
        let sample = Sample::of(policy, !any && !reflects, mistakes);
        let mut class = Self {
            origins,
            any,
            methods: methods(policy),
            headers: headers(policy),
            rows: preflights(policy, &sample, any),
        };
        let vary = if any { "" } else { ORIGIN };
        let mut row = |name: &str, tests: &[Test], act, lines| {
            let (name, tests) = (name.to_owned(), tests.to_vec());
            class.rows.push(Row { name, tests, act, lines, vary });
        };
        row("refused", &[Test::Preflight], Act::Answer(403), Vec::new());
        row("allowed", &[Test::Origin], Act::Forward, sample.actual);
        row("denied", &[], Act::Forward, Vec::new());
        class
    }

    /// No origin is allowed.
    pub(crate) fn closed() -> Self {
        let mut class = Self::untouched();
        class.rows = [(vec![Test::Preflight], Act::Answer(403)), (Vec::new(), Act::Forward)]
            .into_iter()
            .zip(["closed-refused", "closed-denied"])
            .map(|((tests, act), name)| Row {
                name: name.into(),
                tests,
                act,
                lines: Vec::new(),
                vary: ORIGIN,
            })
            .collect();
        class
    }

    /// No policy applies.
    pub(crate) fn untouched() -> Self {
        let row = Row {
            name: "untouched".into(),
            tests: Vec::new(),
            act: Act::Untouched,
            lines: Vec::new(),
            vary: "",
        };
        let origins = OriginMatch::default();
        Self { origins, any: false, methods: None, headers: None, rows: vec![row] }
    }

    /// Whether a row has this test.
    pub(crate) fn asks(&self, test: Test) -> bool {
        self.rows.iter().any(|row| row.tests.contains(&test))
    }
}

/// Every way in which a preflight passes, the most demanding first.
fn preflights(policy: &Policy, sample: &Sample, any: bool) -> Vec<Row> {
    let credentials =
        policy.allow_credentials || policy.dangerously_allow_any_origin_with_credentials;
    let echoes = |list: &[String]| credentials && list == ["*"];
    let (echo_method, echo_headers) =
        (echoes(&policy.allow_methods), echoes(&policy.allow_headers));
    let choice = |is: bool| if is { &[true, false][..] } else { &[false][..] };
    let mut rows = Vec::new();
    for &network in choice(policy.allow_private_network) {
        for &method in choice(echo_method) {
            for &names in choice(echo_headers) {
                let mut tests = vec![Test::Preflight, Test::Origin];
                let refuses = policy.silent_refusals || policy.only_listed_methods;
                if (method || network || refuses) && methods(policy).is_some() {
                    tests.push(Test::Method);
                }
                let asks = names || network || policy.silent_refusals;
                if asks && headers(policy).is_some() {
                    tests.push(Test::Headers);
                }
                let mut lines = sample.preflight.clone();
                if method {
                    lines.push((ResponseField::AllowMethods.name(), Value::Method));
                }
                if names {
                    tests.push(Test::SomeHeaders);
                    lines.push((ResponseField::AllowHeaders.name(), Value::Headers));
                }
                if network {
                    tests.push(Test::PrivateNetwork);
                    let granted = Value::Text("true".into());
                    lines.push((ResponseField::AllowPrivateNetwork.name(), granted));
                }
                let name = match rows.len() {
                    0 => "preflight".to_owned(),
                    more => format!("preflight-{}", more + 1),
                };
                let vary = match (any, echo_method, echo_headers) {
                    (true, ..) => "",
                    (_, false, false) => ORIGIN,
                    (_, true, false) => "Origin, Access-Control-Request-Method",
                    (_, false, true) => "Origin, Access-Control-Request-Headers",
                    (_, true, true) => {
                        "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"
                    }
                };
                rows.push(Row { name, tests, act: Act::Answer(sample.status), lines, vary });
            }
        }
    }
    rows
}

/// The methods that pass a preflight, or nothing where all do.
fn methods(policy: &Policy) -> Option<Named> {
    if policy.allow_methods == ["*"] {
        let echoes =
            policy.allow_credentials || policy.dangerously_allow_any_origin_with_credentials;
        return echoes.then(|| Named::echoed(token()));
    }
    let safelisted = if policy.only_listed_methods { &[][..] } else { &["GET", "HEAD", "POST"] };
    let listed = policy.allow_methods.iter().map(|name| method::normalize(name));
    let names: Vec<String> = safelisted.iter().copied().chain(listed).map(literal).collect();
    // Nothing matches this: a header's value has no line break.
    Some(Named::listed(if names.is_empty() { r"\x0a".into() } else { any_of(&names) }))
}

/// The request lists that pass a preflight, or nothing where all do.
fn headers(policy: &Policy) -> Option<Named> {
    let credentials =
        policy.allow_credentials || policy.dangerously_allow_any_origin_with_credentials;
    match policy.allow_headers == ["*"] {
        true => credentials.then(|| Named::echoed(names(None))),
        false => Some(Named::listed(names(Some(&policy.allow_headers)))),
    }
}
