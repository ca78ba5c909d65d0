//! The findings, for people.

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use anstyle::{AnsiColor, Style};
use cors_browser::Response;
use cors_core::{ResponseField, plain::Request};
use cors_verify::Severity;
use http::Uri;

use super::{Found, Report};
use crate::explain::page::snippet;

const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default();
const DOUBT: Style = AnsiColor::Yellow.on_default();

pub(crate) fn write(report: &Report<'_>, out: &mut impl Write) -> io::Result<()> {
    for found in &report.found {
        entry(report.url, found, out)?;
    }
    if let Some(remedy) = &report.remedy {
        snippet(remedy, out)?;
    }
    let count =
        |severity| report.found.iter().filter(|found| found.finding.severity() == severity).count();
    let (errors, notes) = (count(Severity::Error), count(Severity::Note));
    let style = if errors > 0 { BAD } else { GOOD };
    writeln!(
        out,
        "{style}{}{style:#}: {} requests, {errors} errors, {notes} notes",
        report.url, report.sent
    )
}

fn entry(url: &Uri, found: &Found<'_>, out: &mut impl Write) -> io::Result<()> {
    let Found { finding, probe, theirs, more, causes } = found;
    let style = match finding.severity() {
        Severity::Error => BAD,
        Severity::Note => DOUBT,
    };
    let severity = finding.severity().as_str();
    writeln!(
        out,
        "{style}{severity}{style:#}: {} [{}]",
        shown(&finding.to_string()),
        finding.code()
    )?;
    writeln!(out, "  {}", shown(&probe.name))?;
    if *more > 0 {
        writeln!(out, "  and in {more} more requests")?;
    }
    writeln!(out, "  $ {}", shown(&curl(url, &probe.request)))?;
    writeln!(out, "  server: {}", shown(&summary(theirs)))?;
    writeln!(out, "  policy: {}", shown(&summary(finding.expected())))?;
    if let Some(cause) = finding.cause() {
        writeln!(out, "  cause:  {}", shown(cause))?;
    }
    for cause in causes {
        writeln!(out, "  likely: {} [{}]", shown(&cause.sentence), cause.slug)?;
    }
    if let Some(remedy) = finding.remedy() {
        writeln!(out, "  send:   {}", shown(remedy))?;
    }
    writeln!(out)
}

/// The status and the CORS headers on one line.
pub(crate) fn summary(response: &Response) -> String {
    let mut text = response.status.to_string();
    let fields = ResponseField::OWNED.iter().chain([&ResponseField::Vary]);
    let names: Vec<&str> = fields.map(|field| field.name()).collect();
    for (name, value) in &response.headers {
        if names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            let _ = write!(text, "; {}: {}", name.to_lowercase(), String::from_utf8_lossy(value));
        }
    }
    text
}

/// The request as a command.
pub(crate) fn curl(url: &Uri, request: &Request) -> String {
    let mut command = String::from("curl -i");
    match request.method.as_str() {
        "GET" => {}
        "HEAD" => command += " -I",
        method => {
            let _ = write!(command, " -X {method}");
        }
    }
    let authority = url.authority().map(|authority| authority.as_str()).unwrap_or_default();
    let scheme = url.scheme_str().unwrap_or("http");
    let path = String::from_utf8_lossy(&request.path);
    let _ = write!(command, " '{scheme}://{authority}{path}'");
    for (name, value) in &request.headers {
        let value = String::from_utf8_lossy(value).replace('\'', r"'\''");
        let _ = write!(command, " -H '{name}: {value}'");
    }
    command
}

/// A text without what a terminal would obey.
fn shown(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }).collect()
}
