//! Requests that a browser's network panel has recorded.

use std::{
    fs::File,
    io::{self, Write},
};

use cors_explain::{
    Outcome, Report,
    har::{Har, Options},
    json,
};
use serde_json::json;

use super::{args::Explain, markdown, others, page, write_json};
use crate::status::Status;

/// Checks every request in the file that goes to another origin.
pub(crate) fn run(
    args: &Explain,
    file: &str,
    out: &mut impl Write,
) -> Result<io::Result<Status>, String> {
    let har = File::open(file).map_err(|error| error.to_string()).and_then(Har::read);
    let har = har.map_err(|message| format!("{file}: {message}"))?;
    let reports = har.reports(&Options {
        origin: args.origin.clone(),
        credentials: args.credentials.map(|_| args.credentials()),
        profile: args.profile(),
    });
    if reports.is_empty() {
        return Err(format!(
            "{file}: no cross-origin request of a script; pass --origin to set the page"
        ));
    }
    Ok(show(args, &reports, out))
}

fn show(args: &Explain, reports: &[Report], out: &mut impl Write) -> io::Result<Status> {
    let count = |outcome| reports.iter().filter(|report| report.outcome() == outcome).count();
    let [allowed, doubtful, blocked, unknown] =
        [Outcome::Allowed, Outcome::AllowedBut, Outcome::Blocked, Outcome::Unknown].map(count);
    let status = match (blocked, unknown, doubtful) {
        (1.., ..) => Status::Refused,
        (0, 1.., _) => Status::Invalid,
        (0, 0, 1..) => Status::AllowedBut,
        (0, 0, 0) => Status::Allowed,
    };
    let allowed = allowed + doubtful;
    if args.json {
        let requests: Vec<_> = reports.iter().map(|report| json::report(report, "har")).collect();
        write_json(&json!({ "source": "har", "requests": requests }), out)?;
        return Ok(status);
    }
    for (report, same) in others::distinct(reports) {
        if args.markdown {
            markdown::report(report, args.shown(), out)?;
            others::markdown(&same, out)?;
            writeln!(out)?;
            continue;
        }
        for step in &report.steps {
            page::request(&step.sent, out)?;
            page::answer(step, out)?;
        }
        page::end(report, args.shown(), out)?;
        others::list(&same, out)?;
        page::ask_yourself(&report.request, out)?;
        writeln!(out)?;
    }
    writeln!(
        out,
        "Cross-origin requests: {} ({allowed} allowed, {blocked} blocked, {unknown} unknown)",
        reports.len()
    )?;
    Ok(status)
}
