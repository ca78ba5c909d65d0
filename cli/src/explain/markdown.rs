//! `--markdown`: the report for an issue. Secrets are masked.

use std::io::{self, Write};

use cors_browser::Request;
use cors_explain::{
    End, Report, Step,
    causes::{self, Cause},
    command,
    console::{Message, Pasted},
    remedy::Remedy,
    text,
};

use super::{args::Shown, page, secrets};

/// A report of a server or a `.har` file.
pub(crate) fn report(report: &Report, places: Shown, out: &mut impl Write) -> io::Result<()> {
    let request = &report.request;
    let serious = causes::serious(report);
    let title = match &report.end {
        End::Allowed(_) => match serious.first() {
            None => "Allowed".to_owned(),
            Some(but) => format!("Allowed, but {}", but.sentence.trim_end_matches('.')),
        },
        End::Blocked(reason) => format!("Blocked: {reason} [`{}`]", reason.code()),
        End::Failed(why) => format!("Blocked: {why}"),
        End::Unknown(why) => format!("Unknown: {why}"),
    };
    writeln!(out, "## {}\n", line(&title))?;
    let asked = format!("{} {}", request.method, request.url);
    writeln!(out, "`{}` from a page at `{}`\n", line(&asked), line(&request.origin))?;
    if let End::Blocked(reason) = &report.end
        && let Some(sentence) = reason.console()
    {
        writeln!(out, "> {}\n", line(&sentence))?;
    }
    for step in &report.steps {
        exchange(step, out)?;
    }
    list("Likely cause", &causes::likely(report), out)?;
    list("Also check", &causes::warnings(report), out)?;
    if let End::Blocked(_) = &report.end
        && let Ok(found) = Remedy::of_report(report)
    {
        remedy(&found, places, out)?;
    }
    repeat(request, out)
}

/// A console message.
pub(crate) fn message(message: &Message, places: Shown, out: &mut impl Write) -> io::Result<()> {
    match message {
        Message::Fault(fault) => pasted(fault, places, out),
        Message::Other(other) => {
            writeln!(out, "## Blocked: {} [`{}`]\n", line(&other.message), other.slug)
        }
        _ => Ok(()),
    }
}

fn pasted(pasted: &Pasted, places: Shown, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "## Blocked: {} [`{}`]\n", line(&pasted.message), pasted.reason.code())?;
    list("Likely cause", &pasted.causes, out)?;
    if let Ok(found) = Remedy::of(&pasted.wanted) {
        remedy(&found, places, out)?;
    }
    repeat(&pasted.wanted, out)
}

/// A request and its response.
fn exchange(step: &Step, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "### {}\n\n```http", page::title(step.sent.kind))?;
    writeln!(out, "{} {}", line(&step.sent.request.method), line(&step.sent.url))?;
    headers(&step.sent.request.headers, out)?;
    match &step.response {
        Some(response) => {
            writeln!(out, "\nHTTP {}", response.status)?;
            headers(page::evidence(response), out)?;
        }
        None => writeln!(out, "\n(no response)")?,
    }
    writeln!(out, "```\n")?;
    for fault in &step.faults {
        writeln!(out, "- {} [`{}`]", line(&fault.to_string()), fault.code())?;
    }
    match step.faults.is_empty() {
        true => Ok(()),
        false => writeln!(out),
    }
}

fn headers<'a>(
    headers: impl IntoIterator<Item = &'a (String, Vec<u8>)>,
    out: &mut impl Write,
) -> io::Result<()> {
    for (name, value) in headers {
        writeln!(out, "{name}: {}", page::shown(&secrets::header(name, &text(value))))?;
    }
    Ok(())
}

fn list(title: &str, found: &[Cause], out: &mut impl Write) -> io::Result<()> {
    if found.is_empty() {
        return Ok(());
    }
    writeln!(out, "### {title}\n")?;
    for cause in found {
        writeln!(out, "- {} [`{}`]", line(&cause.sentence), cause.slug)?;
    }
    writeln!(out)
}

fn remedy(remedy: &Remedy, places: Shown, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "### How to fix it\n")?;
    let union = match &remedy.union {
        Ok(union) => union,
        Err(instead) => {
            return writeln!(out, "No policy helps: {}.\n", line(&instead.to_string()));
        }
    };
    for snippet in page::snippets(remedy, places) {
        writeln!(out, "For {}, {}:\n\n```", snippet.place, snippet.position)?;
        for code in snippet.text.lines() {
            writeln!(out, "{}", page::shown(code))?;
        }
        writeln!(out, "```\n")?;
    }
    for note in &union.notes {
        writeln!(out, "- {}", line(note))?;
    }
    match union.notes.is_empty() {
        true => Ok(()),
        false => writeln!(out),
    }
}

/// The command that checks again, without secrets.
fn repeat(request: &Request, out: &mut impl Write) -> io::Result<()> {
    let mut request = request.clone();
    for (name, value) in &mut request.headers {
        *value = secrets::header(name, &text(value)).into_bytes();
    }
    writeln!(out, "To check again:\n\n```sh\n{}\n```", line(&command(&request)))
}

/// One line without secrets, and without what ends a code span.
pub(crate) fn line(text: &str) -> String {
    secrets::text(&page::shown(text))
}
