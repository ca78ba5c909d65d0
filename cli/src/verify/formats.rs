//! The findings, for machines.

use std::{
    io::{self, Write},
    path::Path,
};

use cors_browser::Response;
use serde_json::{Value, json};

use super::{Found, Report, page};

pub(crate) fn json(report: &Report<'_>, out: &mut impl Write) -> io::Result<()> {
    let findings: Vec<Value> = report.found.iter().map(|found| object(report, found)).collect();
    let object = json!({
        "url": report.url.to_string(),
        "requests": report.sent,
        "findings": findings,
        "remedy": report.remedy.as_ref().map(|remedy| json!({
            "place": remedy.place.name(),
            "position": remedy.position,
            "text": remedy.text,
        })),
    });
    writeln!(out, "{object}")
}

fn object(report: &Report<'_>, found: &Found<'_>) -> Value {
    json!({
        "severity": found.finding.severity().as_str(),
        "code": found.finding.code(),
        "laxer": found.finding.kind().is_laxer(),
        "message": found.finding.to_string(),
        "probe": found.probe.name,
        "origin": found.probe.origin(),
        "more": found.more,
        "curl": page::curl(report.url, &found.probe.request),
        "server": answer(found.theirs),
        "policy": answer(found.finding.expected()),
        "cause": found.finding.cause(),
        "causes": found.causes.iter().map(|cause| json!({
            "code": cause.slug,
            "message": cause.sentence,
        })).collect::<Vec<_>>(),
        "remedy": found.finding.remedy(),
    })
}

fn answer(response: &Response) -> Value {
    let headers: Vec<_> = response
        .headers
        .iter()
        .filter(|(name, _)| {
            let name = name.to_ascii_lowercase();
            name.starts_with("access-control-") || name == "vary"
        })
        .map(|(name, value)| (name, String::from_utf8_lossy(value)))
        .collect();
    json!({"status": response.status, "headers": headers})
}

/// One test case a finding, or one that passed.
pub(crate) fn junit(report: &Report<'_>, out: &mut impl Write) -> io::Result<()> {
    let failures = report
        .found
        .iter()
        .filter(|found| found.finding.severity() == cors_verify::Severity::Error)
        .count();
    let cases = report.found.len().max(1);
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<testsuite name=\"cors verify {}\" tests=\"{cases}\" failures=\"{failures}\">",
        escaped(&report.url.to_string())
    )?;
    if report.found.is_empty() {
        writeln!(out, "  <testcase name=\"the server keeps the policy\"/>")?;
    }
    for found in &report.found {
        let name = escaped(&format!("{}: {}", found.finding.code(), found.probe.name));
        let message = escaped(&found.finding.to_string());
        let body = escaped(&details(report, found));
        let element = match found.finding.severity() {
            cors_verify::Severity::Error => {
                format!("<failure message=\"{message}\">{body}</failure>")
            }
            cors_verify::Severity::Note => format!("<system-out>{message}\n{body}</system-out>"),
        };
        writeln!(out, "  <testcase name=\"{name}\">{element}</testcase>")?;
    }
    writeln!(out, "</testsuite>")
}

/// The request, both answers and the likely causes, a line each.
fn details(report: &Report<'_>, found: &Found<'_>) -> String {
    let mut text = format!(
        "{}\nserver: {}\npolicy: {}",
        page::curl(report.url, &found.probe.request),
        page::summary(found.theirs),
        page::summary(found.finding.expected())
    );
    for cause in &found.causes {
        text += "\nlikely: ";
        text += &cause.sentence;
    }
    text
}

fn escaped(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_control() || *letter == '\n')
        .map(|letter| match letter {
            '&' => "&amp;".into(),
            '<' => "&lt;".into(),
            '>' => "&gt;".into(),
            '"' => "&quot;".into(),
            '\n' => "&#10;".into(),
            other => other.to_string(),
        })
        .collect()
}

/// [Workflow commands](https://docs.github.com/actions/reference/workflow-commands-for-github-actions),
/// placed at the policy's file.
pub(crate) fn github(report: &Report<'_>, file: &Path, out: &mut impl Write) -> io::Result<()> {
    for found in &report.found {
        let kind = match found.finding.severity() {
            cors_verify::Severity::Error => "error",
            cors_verify::Severity::Note => "notice",
        };
        let text = format!("{}\n{}", found.finding, details(report, found));
        let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
        let file = file.display();
        let code = found.finding.code();
        writeln!(out, "::{kind} file={file},line=1,title=cors verify: {code}::{text}")?;
    }
    Ok(())
}
