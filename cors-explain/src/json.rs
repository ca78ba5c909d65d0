//! A report as a JSON object. Its keys do not change.

use cors_browser::Reason;
use cors_remedy::Place;
use serde_json::{Map, Value, json};

use crate::{
    causes::{self, Cause},
    console::{Message, Other, Pasted},
    remedy::Remedy,
    trace::{End, Outcome, Report, Step, fix, text},
};

/// Returns the object of a report. The source is `server` or `har`.
pub fn report(report: &Report, source: &str) -> Value {
    let (message, reason, readable) = match &report.end {
        End::Allowed(readable) => (None, None, readable.as_slice()),
        End::Blocked(reason) => (Some(reason.to_string()), Some(fault(reason)), &[][..]),
        End::Failed(why) | End::Unknown(why) => (Some(why.clone()), None, &[][..]),
    };
    let outcome = report.outcome();
    let has_remedy = outcome == Outcome::Blocked && reason.is_some();
    json!({
        "source": source,
        "url": report.request.url,
        "origin": report.request.origin,
        "outcome": outcome.code(),
        "message": message,
        "reason": reason,
        "readable": readable,
        "steps": report.steps.iter().map(step).collect::<Vec<_>>(),
        "causes": guesses(&causes::likely(report)),
        "warnings": guesses(&causes::warnings(report)),
        "remedy": if has_remedy { remedy(Remedy::of_report(report)) } else { Value::Null },
    })
}

/// Returns the object of a console message.
pub fn message(message: &Message) -> Value {
    match message {
        Message::Fault(fault) => pasted(fault),
        Message::Other(message) => other(message),
    }
}

fn pasted(pasted: &Pasted) -> Value {
    let mut fault = fault(&pasted.reason);
    fault["message"] = pasted.message.clone().into();
    fault["fix"] = pasted.fix.clone().into();
    // What the sentence itself says.
    for key in ["received", "console"] {
        fault[key] = Value::Null;
    }
    json!({
        "source": "paste",
        "url": (!pasted.lacks_url).then_some(&pasted.wanted.url),
        "origin": (!pasted.is_placeholder).then_some(&pasted.wanted.origin),
        "outcome": "blocked",
        "message": pasted.message,
        "reason": fault,
        "readable": [],
        "steps": [],
        "causes": guesses(&pasted.causes),
        "warnings": [],
        "remedy": remedy(Remedy::of(&pasted.wanted)),
    })
}

fn other(other: &Other) -> Value {
    json!({
        "source": "paste",
        "url": other.url,
        "origin": other.origin,
        "outcome": "blocked",
        "message": other.message,
        "reason": null,
        "readable": [],
        "steps": [],
        "causes": [{ "slug": other.slug, "message": other.message }],
        "warnings": [],
        "remedy": null,
    })
}

fn step(step: &Step) -> Value {
    let sent = &step.sent;
    let lines = |headers: &[(String, Vec<u8>)]| -> Value {
        headers.iter().map(|(name, value)| json!([name, text(value)])).collect()
    };
    json!({
        "kind": sent.kind.as_str(),
        "request": {
            "method": sent.request.method,
            "url": sent.url,
            "headers": lines(&sent.request.headers),
        },
        "response": step.response.as_ref().map(|response| json!({
            "status": response.status,
            "headers": lines(&response.headers),
        })),
        "faults": step.faults.iter().map(fault).collect::<Vec<_>>(),
    })
}

fn fault(reason: &Reason) -> Value {
    let (header, received) = reason.header().unzip();
    json!({
        "slug": reason.code(),
        "message": reason.to_string(),
        "header": header,
        "received": received.flatten(),
        "fix": fix(reason),
        "console": reason.console(),
    })
}

fn guesses(found: &[Cause]) -> Vec<Value> {
    let object = |cause: &Cause| json!({ "slug": cause.slug, "message": cause.sentence });
    found.iter().map(object).collect()
}

fn remedy(remedy: Result<Remedy, Reason>) -> Value {
    let Ok(remedy) = remedy else { return Value::Null };
    let lines: Map<String, Value> = match &remedy.union {
        Err(_) => Map::new(),
        Ok(union) => {
            let snippets = Place::ALL.iter().filter_map(|place| remedy.snippet_for(*place));
            let lines =
                snippets.map(|snippet| (snippet.place.name().to_owned(), snippet.text.into()));
            let policy = serde_json::to_value(&union.policy).unwrap_or_default();
            lines.chain([("policy".to_owned(), policy)]).collect()
        }
    };
    json!({
        "headers": remedy.headers,
        "place": remedy.place.map(Place::name),
        "lines": lines,
        "notes": remedy.union.as_ref().map_or(&[][..], |union| &union.notes),
        "instead": remedy.union.as_ref().err().map(ToString::to_string),
    })
}
