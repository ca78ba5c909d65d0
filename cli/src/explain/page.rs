//! The report, for people.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use super::args::Shown;
use crate::out::is_obeyed;
use anstyle::{AnsiColor, Style};
use cors_browser::{Reason, Request, Response, Sent};
use cors_core::Kind;
use cors_explain::{
    End, Report, Step,
    causes::{self, Cause},
    command,
    console::{Message, Pasted},
    fix,
    remedy::{Remedy, RemedyPlace, Snippet},
    text,
};

const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default();
const DOUBT: Style = AnsiColor::Yellow.on_default();
const BOLD: Style = Style::new().bold();

/// The heading of a request.
pub(crate) fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::Preflight => "Preflight",
        Kind::Actual => "Request",
        Kind::NotCors => "Same-origin request",
    }
}

/// A request that is about to be sent.
pub(crate) fn request(sent: &Sent, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{BOLD}{}{BOLD:#}", title(sent.kind))?;
    writeln!(out, "> {} {}", shown(&sent.request.method), shown(&sent.url))?;
    for (name, value) in &sent.request.headers {
        writeln!(out, "> {name}: {}", shown(&text(value)))?;
    }
    Ok(())
}

/// What was answered, and every fault in it.
pub(crate) fn answer(step: &Step, out: &mut impl Write) -> io::Result<()> {
    if let Some(response) = &step.response {
        writeln!(out, "< {}", response.status)?;
        for (name, value) in evidence(response) {
            writeln!(out, "< {name}: {}", shown(&text(value)))?;
        }
        if step.faults.is_empty() {
            let passed = match step.is_cors {
                true => "every check passes",
                false => "same origin: nothing to check",
            };
            writeln!(out, "{GOOD}✓{GOOD:#} {passed}")?;
        }
    }
    for fault in &step.faults {
        writeln!(out, "{BAD}✗{BAD:#} {} [{}]", shown(&fault.to_string()), fault.code())?;
        match fault.header() {
            Some((name, Some(value))) => writeln!(out, "    received: {name}: {}", shown(value))?,
            Some((name, None)) => writeln!(out, "    received: (no {name})")?,
            None => {}
        }
        if let Some(fix) = fix(fault) {
            writeln!(out, "    expected: {}", shown(fix))?;
        }
    }
    writeln!(out)
}

/// The lines that CORS has to do with.
pub(crate) fn evidence(response: &Response) -> impl Iterator<Item = &(String, Vec<u8>)> {
    response.headers.iter().filter(|(name, _)| {
        let name = name.to_ascii_lowercase();
        name.starts_with("access-control-") || matches!(&*name, "vary" | "location")
    })
}

/// What came of it, what has probably caused it, and what to write.
pub(crate) fn end(report: &Report, places: Shown, out: &mut impl Write) -> io::Result<()> {
    match &report.end {
        End::Allowed(readable) => {
            let serious = causes::serious(report);
            match serious.first() {
                None => writeln!(out, "{GOOD}✓ Allowed.{GOOD:#} {}", headers(readable))?,
                Some(but) => {
                    writeln!(
                        out,
                        "{DOUBT}! Allowed, but{DOUBT:#} {} [{}]\n  {}",
                        shown(&but.sentence),
                        but.slug,
                        headers(readable)
                    )?;
                }
            }
            hidden(report, readable, out)?;
        }
        End::Failed(why) => writeln!(out, "{BAD}✗ Blocked:{BAD:#} {}.", shown(why))?,
        End::Unknown(why) => {
            writeln!(out, "{DOUBT}? Unknown:{DOUBT:#} {}.", shown(why))?;
        }
        End::Blocked(reason) if report.steps.is_empty() => {
            writeln!(out, "{DOUBT}? Not sent:{DOUBT:#} {}.", shown(&reason.to_string()))?;
        }
        End::Blocked(reason) => blocked(&reason.to_string(), reason, out)?,
    }
    list("Likely cause", &causes::likely(report), out)?;
    let mut warnings = causes::warnings(report);
    if let (End::Allowed(_), Some(first)) = (&report.end, causes::serious(report).first()) {
        warnings.retain(|warning| warning != first);
    }
    list("Also check", &warnings, out)?;
    match &report.end {
        End::Blocked(_) if !report.steps.is_empty() => {
            remedy(Remedy::of_report(report), places, out)
        }
        _ => Ok(()),
    }
}

/// The headers that the script cannot read, and the line that changes it.
fn hidden(report: &Report, readable: &[String], out: &mut impl Write) -> io::Result<()> {
    let names = report.hidden(readable);
    if names.is_empty() {
        return Ok(());
    }
    writeln!(out, "  It cannot read: {}. To expose:", shown(&names.join(", ")))?;
    writeln!(out, "    {}", shown(&report.exposing(&names)))
}

fn headers(readable: &[String]) -> String {
    match readable {
        [] => "The script can read the response body and status, but no headers.".into(),
        names => {
            format!("The script can read the response and these headers: {}.", names.join(", "))
        }
    }
}

fn blocked(message: &str, reason: &Reason, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{BAD}✗ Blocked:{BAD:#} {} [{}].", shown(message), reason.code())?;
    match reason.console() {
        Some(sentence) => writeln!(out, "  Chrome's console: {}", shown(&sentence)),
        None => Ok(()),
    }
}

fn list(title: &str, found: &[Cause], out: &mut impl Write) -> io::Result<()> {
    if found.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{BOLD}{title}{BOLD:#}")?;
    for cause in found {
        writeln!(out, "- {} [{}]", shown(&cause.sentence), cause.slug)?;
    }
    Ok(())
}

fn remedy(remedy: Result<Remedy, Reason>, places: Shown, out: &mut impl Write) -> io::Result<()> {
    let Ok(remedy) = remedy else { return Ok(()) };
    writeln!(out, "\n{BOLD}How to fix it{BOLD:#}")?;
    let union = match &remedy.union {
        Ok(union) => union,
        Err(instead) => return writeln!(out, "No policy helps: {}.", shown(&instead.to_string())),
    };
    for found in snippets(&remedy, places) {
        snippet(&found, out)?;
        if places == Shown::All {
            writeln!(out)?;
        }
    }
    for note in &union.notes {
        writeln!(out, "- {}", shown(note))?;
    }
    if places == Shown::One {
        writeln!(out, "Other servers: --for NAME, or --for all.")?;
    }
    Ok(())
}

/// Returns the snippets for these places.
pub(crate) fn snippets(remedy: &Remedy, places: Shown) -> Vec<Snippet> {
    match places {
        Shown::One => remedy.snippet().into_iter().collect(),
        Shown::Named(place) => remedy.snippet_for(place).into_iter().collect(),
        Shown::All => {
            RemedyPlace::ALL.iter().filter_map(|place| remedy.snippet_for(*place)).collect()
        }
    }
}

pub(crate) fn snippet(snippet: &Snippet, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "For {}, {}:\n", snippet.place, snippet.position)?;
    for line in snippet.text.lines() {
        match line {
            "" => writeln!(out)?,
            line => writeln!(out, "    {}", shown(line))?,
        }
    }
    writeln!(out)
}

/// An explained console message.
pub(crate) fn message(message: &Message, places: Shown, out: &mut impl Write) -> io::Result<()> {
    match message {
        Message::Fault(fault) => pasted(fault, places, out),
        Message::Other(other) => {
            let message = shown(&other.message);
            let message = message.trim_end_matches('.');
            match &other.url {
                Some(url) => writeln!(out, "{BAD}✗ Blocked:{BAD:#} {}: {message}.", shown(url)),
                None => writeln!(out, "{BAD}✗ Blocked:{BAD:#} {message}."),
            }
        }
        _ => Ok(()),
    }
}

fn pasted(pasted: &Pasted, places: Shown, out: &mut impl Write) -> io::Result<()> {
    let (wanted, message) = (&pasted.wanted, shown(&pasted.message));
    writeln!(out, "{BAD}✗ Blocked:{BAD:#} {message} [{}].", pasted.reason.code())?;
    if let Some(fix) = &pasted.fix {
        writeln!(out, "    expected: {}", shown(fix))?;
    }
    list("Likely cause", &pasted.causes, out)?;
    remedy(Remedy::of(wanted), places, out)?;
    if pasted.is_placeholder {
        writeln!(
            out,
            "The message does not name the page, so {} is a placeholder: pass --origin to set it.",
            wanted.origin
        )?;
    }
    if pasted.lacks_url {
        writeln!(out, "The message does not name the URL, so {} is a placeholder.", wanted.url)?;
    }
    if pasted.lacks_script {
        writeln!(
            out,
            "The message does not say what the script sends: pass --method and --header to set it."
        )?;
    }
    ask_yourself(wanted, out)
}

/// The command that sends the request to the server.
pub(crate) fn ask_yourself(request: &Request, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\nTo check the server itself:\n    {}", shown(&command(request)))
}

/// That a real body may meet a limit.
pub(crate) fn no_body(out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "  No body was sent. To meet a limit on bodies: --data FILE or --data-size BYTES."
    )
}

/// That certificates do not count.
pub(crate) fn insecure(out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "{DOUBT}! --insecure: accepting any certificate, which browsers never do{DOUBT:#}"
    )
}

/// A text without what a terminal would obey, colors and line breaks included.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    let is_obeyed = |letter: char| letter.is_control() || is_obeyed(letter);
    match text.contains(is_obeyed) {
        false => text.into(),
        true => text
            .chars()
            .flat_map(|letter| match is_obeyed(letter) {
                true => letter.escape_default().collect::<Vec<_>>(),
                false => vec![letter],
            })
            .collect(),
    }
}
