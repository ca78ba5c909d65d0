//! What holds for every response, whatever the request and whatever the handler wrote.

use cors_core::{
    Cors, Denial, Kind, RequestField, RequestHead, ResponseField, Verdict,
    plain::{Request, Response},
};

use super::preflight;

/// What came of a request: what it was, why, the status if it was answered, and the headers.
#[derive(PartialEq, Eq, Debug)]
pub(crate) struct Outcome {
    pub(crate) kind: Kind,
    pub(crate) verdict: Verdict,
    pub(crate) status: Option<u16>,
    pub(crate) headers: Response,
}

/// Decides, and applies the decision to what the handler wrote. An answer has no handler: there
/// the same lines stand for what a framework writes beforehand.
pub(crate) fn outcome(cors: &Cors, request: &Request, handler: &Response) -> Outcome {
    let mut headers = handler.clone();
    let decision = cors.decide(request);
    let (kind, verdict) = (decision.kind(), decision.verdict());
    let status = decision.apply(&mut headers);
    Outcome { kind, verdict, status, headers }
}

/// Every law that a response can break by itself.
pub(crate) fn check(cors: &Cors, request: &Request, handler: &Response) {
    let outcome = outcome(cors, request, handler);
    let policy = cors.policy_for(request).expect("one policy for every path");
    let any = policy.allow_origins == ["*"];
    let refused = match outcome.verdict {
        Verdict::Deny(Denial::Path | Denial::Origin) | Verdict::Undecided => true,
        Verdict::Deny(Denial::Method) => policy.silent_refusals || policy.only_listed_methods,
        Verdict::Deny(Denial::Header) => policy.silent_refusals,
        Verdict::Allow | Verdict::NotCors | Verdict::NoPolicy => false,
    };

    let origins: Vec<_> = request.lines(RequestField::Origin).collect();
    let methods: Vec<_> = request.lines(RequestField::Method).collect();
    let kind = match (&origins[..], request.is_options() && !methods.is_empty()) {
        ([], _) => Kind::NotCors,
        (_, true) => Kind::Preflight,
        (_, false) => Kind::Actual,
    };
    assert_eq!(outcome.kind, kind);
    assert_eq!(outcome.verdict == Verdict::NotCors, kind == Kind::NotCors);
    let answer = kind == Kind::Preflight;
    assert_eq!(
        outcome.status,
        answer.then_some(if refused { 403 } else { policy.preflight_status })
    );
    if origins.len() > 1 {
        assert_eq!(outcome.verdict, Verdict::Deny(Denial::Origin));
    }
    if answer && outcome.verdict != Verdict::Deny(Denial::Origin) {
        let headers: Vec<_> = request.lines(RequestField::Headers).collect();
        let expected = match () {
            () if !preflight::allows_method(&policy, &methods) => Verdict::Deny(Denial::Method),
            () if !preflight::allows_headers(&policy, &headers) => Verdict::Deny(Denial::Header),
            () => Verdict::Allow,
        };
        assert_eq!(outcome.verdict, expected);
    }

    check_cors_headers(&outcome.headers, &origins, any);
    if policy.allow_timing && !answer {
        let [timing, origin] = [ResponseField::TimingAllowOrigin, ResponseField::AllowOrigin]
            .map(|field| values(&outcome.headers, field));
        assert_eq!(timing, origin);
    }
    let has = |field: ResponseField| outcome.headers.get(field.name()).is_some();
    let told = if kind == Kind::NotCors { any } else { !refused };
    assert_eq!(has(ResponseField::AllowOrigin), told);
    for field in ResponseField::OWNED {
        assert!(told || !has(field), "a stranger is told {field:?}");
    }
    for field in [
        ResponseField::AllowMethods,
        ResponseField::AllowHeaders,
        ResponseField::AllowPrivateNetwork,
        ResponseField::MaxAge,
    ] {
        assert!(answer || !has(field), "{field:?} on no preflight");
    }
    assert!(!answer || !has(ResponseField::ExposeHeaders));
    if has(ResponseField::AllowPrivateNetwork) {
        let mut asked = request.lines(RequestField::PrivateNetwork);
        assert!(outcome.verdict == Verdict::Allow && asked.any(|line| line == b"true"));
    }

    let echoes = answer && !refused && preflight::is_trusted(&policy);
    let wanted = [
        ("origin", !any),
        (RequestField::Method.name(), echoes && policy.allow_methods == ["*"]),
        (RequestField::Headers.name(), echoes && policy.allow_headers == ["*"]),
        (RequestField::PrivateNetwork.name(), answer && !refused && policy.allow_private_network),
    ];
    check_vary(&outcome.headers, handler, wanted);
    let others = |headers: &Response| -> Vec<_> {
        let owned = |name: &str| ResponseField::OWNED.iter().any(|field| field.name() == name);
        let timing = ResponseField::TimingAllowOrigin.name();
        let is_ours = |name: &str| policy.allow_timing && !answer && name == timing;
        let is_other = |name: &str| !owned(name) && name != "vary" && !is_ours(name);
        headers.headers.iter().filter(|(name, _)| is_other(name)).cloned().collect()
    };
    assert_eq!(others(&outcome.headers), others(handler), "the handler's other lines stay");
}

fn check_cors_headers(headers: &Response, origins: &[&[u8]], any: bool) {
    for field in ResponseField::OWNED {
        assert!(values(headers, field).len() <= 1, "{field:?} twice");
    }
    let allow_origin = headers.get(ResponseField::AllowOrigin.name());
    let credentials = headers.get(ResponseField::AllowCredentials.name());
    match allow_origin {
        Some("*") => assert!(any && credentials.is_none()),
        Some(origin) => assert_eq!([origin.as_bytes()], origins),
        None => {}
    }
    assert!(matches!(credentials, None | Some("true")));
}

/// `Vary` keeps what the handler wrote, and has each wanted name that was missing, once. Where a
/// name is wanted it is one line, unless the handler's lines are not text.
fn check_vary(headers: &Response, handler: &Response, wanted: [(&str, bool); 4]) {
    let (before, after) =
        (values(handler, ResponseField::Vary), values(headers, ResponseField::Vary));
    let is_text = |line: &&str| line.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if wanted.iter().any(|(_, wanted)| *wanted) && before.iter().all(is_text) {
        assert!(after.len() <= 1, "{after:?}");
    }
    let (before, after) = (elements(&before), elements(&after));
    assert_eq!(after.get(..before.len()), Some(&before[..]));
    let all = before.iter().any(|name| name == "*");
    for (name, wanted) in wanted {
        let [had, has] = [&before, &after]
            .map(|elements| elements.iter().filter(|element| *element == name).count());
        let missing = wanted && had == 0 && !all;
        assert_eq!(has, if missing { 1 } else { had }, "{name} in Vary");
    }
}

fn values(headers: &Response, field: ResponseField) -> Vec<&str> {
    let named = headers.headers.iter().filter(|(name, _)| name == field.name());
    named.map(|(_, value)| &**value).collect()
}

fn elements(lines: &[&str]) -> Vec<String> {
    let elements = lines.iter().flat_map(|line| line.split(','));
    elements
        .map(|name| name.trim_matches([' ', '\t']).to_ascii_lowercase())
        .filter(|name| !name.is_empty())
        .collect()
}
