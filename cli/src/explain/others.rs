//! Requests of a `.har` file with the same faults on the same server: one report for all.

use std::io::{self, Write};

use cors_explain::{End, Outcome, Report};

use super::{address, markdown, page};

/// The reports that say something, each with the others that have the same faults on the same server.
pub(crate) fn distinct(reports: &[Report]) -> Vec<(&Report, Vec<&Report>)> {
    let mut found: Vec<(String, &Report, Vec<&Report>)> = Vec::new();
    for report in reports.iter().filter(|report| report.outcome() != Outcome::Allowed) {
        let key = key(report);
        match found.iter_mut().find(|(known, ..)| *known == key) {
            Some((.., others)) => others.push(report),
            None => found.push((key, report, Vec::new())),
        }
    }
    found.into_iter().map(|(_, report, others)| (report, others)).collect()
}

/// The page, the server, the end, and the evidence of the steps, without the paths.
fn key(report: &Report) -> String {
    let host = |url: &str| address::host(url).map(str::to_owned);
    let end = match &report.end {
        End::Allowed(_) => String::new(),
        End::Blocked(reason) => format!("{} {reason}", reason.code()),
        End::Failed(why) | End::Unknown(why) => why.replace(&report.request.url, ""),
    };
    let steps: Vec<_> = report
        .steps
        .iter()
        .map(|step| {
            let faults: Vec<String> = step.faults.iter().map(ToString::to_string).collect();
            let evidence: Vec<_> = step.response.iter().flat_map(page::evidence).collect();
            (step.sent.kind, host(&step.sent.url), step.status(), faults, evidence)
        })
        .collect();
    let request = &report.request;
    format!("{:?}", (&request.origin, host(&request.url), report.outcome().code(), end, steps))
}

/// Lists the other requests, for people.
pub(crate) fn list(others: &[&Report], out: &mut impl Write) -> io::Result<()> {
    if others.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nThe same for:")?;
    for (request, count) in counted(others) {
        match count {
            1 => writeln!(out, "- {}", page::shown(&request))?,
            count => writeln!(out, "- {} ({count} times)", page::shown(&request))?,
        }
    }
    Ok(())
}

/// Lists the other requests in Markdown.
pub(crate) fn markdown(others: &[&Report], out: &mut impl Write) -> io::Result<()> {
    if others.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n### The same for\n")?;
    for (request, count) in counted(others) {
        writeln!(out, "- `{}` ({count})", markdown::line(&request))?;
    }
    Ok(())
}

/// Each method and URL, and its number.
fn counted(reports: &[&Report]) -> Vec<(String, usize)> {
    let mut counted: Vec<(String, usize)> = Vec::new();
    for report in reports {
        let request = format!("{} {}", report.request.method, report.request.url);
        match counted.iter_mut().find(|(known, _)| *known == request) {
            Some((_, count)) => *count += 1,
            None => counted.push((request, 1)),
        }
    }
    counted
}
