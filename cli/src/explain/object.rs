//! The report, for programs. Its keys do not change.

use std::io::{self, Write};

use cors_browser::{Reason, Request};
use serde_json::{Value, json};

use super::{
    causes::{self, Cause},
    console::Pasted,
    remedy::Remedy,
    trace::{End, Report, Step, text},
};

/// Writes an object, on a line of its own.
pub(crate) fn write(object: &Value, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, object)?;
    out.write_all(b"\n")
}

/// What came of a request.
pub(crate) fn of(report: &Report, source: &str) -> Value {
    let (outcome, message, reason, readable) = match &report.end {
        End::Allowed(readable) => ("allowed", None, None, readable.as_slice()),
        End::Blocked(reason) => {
            let outcome = if report.steps.is_empty() { "unknown" } else { "blocked" };
            (outcome, Some(reason.to_string()), Some(fault(reason)), &[][..])
        }
        End::Unknown(why) => ("unknown", Some(why.clone()), None, &[][..]),
    };
    json!({
        "source": source,
        "url": report.request.url,
        "origin": report.request.origin,
        "outcome": outcome,
        "message": message,
        "reason": reason,
        "readable": readable,
        "steps": report.steps.iter().map(step).collect::<Vec<_>>(),
        "causes": guesses(&causes::likely(report)),
        "warnings": guesses(&causes::warnings(report)),
        "remedy": if outcome == "blocked" { remedy(&report.request) } else { Value::Null },
    })
}

/// What a sentence of a console means.
pub(crate) fn pasted(pasted: &Pasted<'_>, reason: &Reason) -> Value {
    let mut fault = fault(reason);
    fault["message"] = pasted.message.clone().into();
    fault["fix"] = pasted.fix.into();
    // What the sentence itself says.
    for key in ["received", "console"] {
        fault[key] = Value::Null;
    }
    json!({
        "source": "paste",
        "url": pasted.wanted.url,
        "origin": (!pasted.is_placeholder).then_some(&pasted.wanted.origin),
        "outcome": "blocked",
        "message": pasted.message,
        "reason": fault,
        "readable": [],
        "steps": [],
        "causes": guesses(&pasted.causes),
        "warnings": [],
        "remedy": remedy(&pasted.wanted),
    })
}

/// What no header is the reason of.
pub(crate) fn other(url: &str, origin: Option<&String>, slug: &str, message: &str) -> Value {
    json!({
        "source": "paste",
        "url": url,
        "origin": origin,
        "outcome": "blocked",
        "message": message,
        "reason": null,
        "readable": [],
        "steps": [],
        "causes": [{ "slug": slug, "message": message }],
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
        "slug": reason.slug(),
        "message": reason.to_string(),
        "header": header,
        "received": received.flatten(),
        "fix": reason.fix(),
        "console": reason.console(),
    })
}

fn guesses(found: &[Cause]) -> Vec<Value> {
    let object = |cause: &Cause| json!({ "slug": cause.slug, "message": cause.sentence });
    found.iter().map(object).collect()
}

fn remedy(request: &Request) -> Value {
    let Ok(remedy) = Remedy::of(request) else { return Value::Null };
    let lines = remedy.lines().map(|lines| {
        lines.into_iter().map(|(place, line)| (place.to_owned(), line.into())).collect()
    });
    json!({
        "headers": remedy.headers,
        "lines": lines.map_or(Value::Null, Value::Object),
    })
}
