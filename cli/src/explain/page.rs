//! The report, for people.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use super::args::Shown;
use anstyle::{AnsiColor, Style};
use cors_browser::{Reason, Request, Response, Sent};
use cors_core::Kind;
use cors_explain::{
    End, Report, Step,
    causes::{self, Cause},
    command,
    console::{Message, Pasted},
    remedy::{Remedy, RemedyPlace, Snippet},
    text,
};

const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default();
const DOUBT: Style = AnsiColor::Yellow.on_default();
const BOLD: Style = Style::new().bold();

/// A request that is about to be sent.
pub(crate) fn request(sent: &Sent, out: &mut impl Write) -> io::Result<()> {
    let title = match sent.kind {
        Kind::Preflight => "Preflight",
        Kind::Actual => "Request",
        Kind::NotCors => "Request to the page's own origin",
    };
    writeln!(out, "{BOLD}{title}{BOLD:#}")?;
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
                false => "the page's own origin: nothing to check",
            };
            writeln!(out, "{GOOD}✓{GOOD:#} {passed}")?;
        }
    }
    for fault in &step.faults {
        writeln!(out, "{BAD}✗{BAD:#} {} [{}]", shown(&fault.to_string()), fault.slug())?;
        match fault.header() {
            Some((name, Some(value))) => writeln!(out, "    received: {name}: {}", shown(value))?,
            Some((name, None)) => writeln!(out, "    received: no {name}")?,
            None => {}
        }
        if let Some(fix) = fault.fix() {
            writeln!(out, "    to send:  {}", shown(fix))?;
        }
    }
    writeln!(out)
}

/// The lines that CORS has to do with.
fn evidence(response: &Response) -> impl Iterator<Item = &(String, Vec<u8>)> {
    response.headers.iter().filter(|(name, _)| {
        let name = name.to_ascii_lowercase();
        name.starts_with("access-control-") || matches!(&*name, "vary" | "location")
    })
}

/// What came of it, what has probably caused it, and what to write.
pub(crate) fn end(report: &Report, places: Shown, out: &mut impl Write) -> io::Result<()> {
    match &report.end {
        End::Allowed(readable) => {
            writeln!(out, "{GOOD}✓ Allowed.{GOOD:#} {}", headers(readable))?;
        }
        End::Unknown(why) => {
            writeln!(out, "{DOUBT}? Could not tell:{DOUBT:#} {}.", shown(why))?;
        }
        End::Blocked(reason) if report.steps.is_empty() => {
            writeln!(out, "{DOUBT}? Nothing is sent:{DOUBT:#} {}.", shown(&reason.to_string()))?;
        }
        End::Blocked(reason) => blocked(&reason.to_string(), reason, out)?,
    }
    list("Likely cause", &causes::likely(report), out)?;
    list("Also mind", &causes::warnings(report), out)?;
    match &report.end {
        End::Blocked(_) if !report.steps.is_empty() => {
            remedy(Remedy::of_report(report), places, out)
        }
        _ => Ok(()),
    }
}

fn headers(readable: &[String]) -> String {
    match readable {
        [] => "The script may read the answer, and none of its headers.".into(),
        names => {
            format!("The script may read the answer, and of its headers {}.", names.join(", "))
        }
    }
}

fn blocked(message: &str, reason: &Reason, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{BAD}✗ Blocked:{BAD:#} {} [{}].", shown(message), reason.slug())?;
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
    writeln!(out, "\n{BOLD}Remedy{BOLD:#}")?;
    let union = match &remedy.union {
        Ok(union) => union,
        Err(instead) => return writeln!(out, "No policy helps: {}.", shown(&instead.to_string())),
    };
    match places {
        Shown::One => snippet(remedy.snippet(), out)?,
        Shown::Named(place) => snippet(remedy.snippet_for(place), out)?,
        Shown::All => {
            for place in RemedyPlace::ALL {
                snippet(remedy.snippet_for(*place), out)?;
                writeln!(out)?;
            }
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

fn snippet(snippet: Option<Snippet>, out: &mut impl Write) -> io::Result<()> {
    let Some(snippet) = snippet else { return Ok(()) };
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
            writeln!(out, "{BAD}✗ Blocked:{BAD:#} {}.", message.trim_end_matches('.'))
        }
        _ => Ok(()),
    }
}

fn pasted(pasted: &Pasted, places: Shown, out: &mut impl Write) -> io::Result<()> {
    let (wanted, message) = (&pasted.wanted, shown(&pasted.message));
    writeln!(out, "{BAD}✗ Blocked:{BAD:#} {message} [{}].", pasted.reason.slug())?;
    if let Some(fix) = &pasted.fix {
        writeln!(out, "    to send:  {}", shown(fix))?;
    }
    list("Likely cause", &pasted.causes, out)?;
    remedy(Remedy::of(wanted), places, out)?;
    if pasted.is_placeholder {
        writeln!(
            out,
            "The sentence does not say which page asked: {} stands for it; --origin names it.",
            wanted.origin
        )?;
    }
    if pasted.lacks_script {
        writeln!(
            out,
            "What the script sends is not in the sentence: --method and --header name it."
        )?;
    }
    ask_yourself(wanted, out)
}

/// The command that sends the request to the server.
pub(crate) fn ask_yourself(request: &Request, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\nTo ask the server itself:\n    {}", shown(&command(request)))
}

/// That certificates do not count.
pub(crate) fn insecure(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{DOUBT}! --insecure: any certificate is taken, which no browser does{DOUBT:#}")
}

/// A text without what a terminal would obey.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    match text.contains(|letter: char| letter.is_control()) {
        false => text.into(),
        true => text
            .chars()
            .flat_map(|letter| match letter.is_control() {
                true => letter.escape_default().collect::<Vec<_>>(),
                false => vec![letter],
            })
            .collect(),
    }
}
