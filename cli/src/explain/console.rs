//! `--paste`: what a sentence of a browser's console means. Nothing is sent.

mod chromium;
mod firefox;
mod other;
mod scene;

use std::io::{self, Read, Write};

use cors_browser::Request;

use super::{
    args::Explain,
    causes::{self, Cause},
    object, page,
    remedy::Remedy,
    trace::{End, Report, Step},
};
use crate::status::{Status, complain};
use scene::Scene;

/// The longest sentence that is read, in bytes.
const LIMIT: u64 = 64 << 10;

/// Stands for the page's origin where a sentence does not say it.
const PLACEHOLDER: &str = "https://your.page";

/// What a sentence says.
pub(crate) struct Sentence {
    url: String,
    redirected_from: Option<String>,
    origin: Option<String>,
    meaning: Meaning,
}

enum Meaning {
    /// A fault that the checks know.
    Fault(Fault),
    /// Something else than a header.
    Other { slug: &'static str, message: String },
}

/// A way to be blocked, and what the sentence says about it.
struct Fault {
    scene: Scene,
    in_preflight: bool,
    /// The value, the method or the header that it is about, where the sentence has it.
    subject: Option<String>,
}

/// Explains a sentence, or the one that stands on standard input.
pub(crate) fn run(
    args: &Explain,
    sentence: &str,
    out: &mut impl Write,
) -> Result<io::Result<Status>, String> {
    let text = match sentence {
        "-" => read().map_err(|error| format!("standard input: {error}"))?,
        sentence => sentence.to_owned(),
    };
    // A copied sentence may be wrapped, and its quotes may be bent.
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace(['‘', '’'], "'");
    let sentence = chromium::parse(&text).or_else(|| firefox::parse(&text)).ok_or(
        "this is no sentence about CORS that Chrome or Firefox says: paste all of it, from \
         \"Access to …\" or \"Cross-Origin Request Blocked: …\" on",
    )?;
    Ok(show(args, &sentence, out))
}

fn read() -> io::Result<String> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(LIMIT).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn show(args: &Explain, sentence: &Sentence, out: &mut impl Write) -> io::Result<Status> {
    let known = sentence.origin.as_ref().or(args.origin.as_ref());
    let origin = known.map_or(PLACEHOLDER, String::as_str);
    let mut wanted = Request::new(origin, &sentence.url, &args.method);
    wanted.credentials = args.credentials();
    for (name, value) in &args.headers {
        wanted = wanted.header(name, value.as_str());
    }
    let fault = match &sentence.meaning {
        Meaning::Fault(fault) => fault,
        Meaning::Other { slug, message } => {
            match args.json {
                true => object::write(&object::other(&sentence.url, known, slug, message), out)?,
                false => page::other(message, out)?,
            }
            return Ok(Status::Refused);
        }
    };
    let report = fault.scene.play(&wanted, fault.subject.as_deref(), fault.in_preflight);
    let is_there = |step: &Step| step.is_preflight() == fault.in_preflight;
    let reason = match &report.end {
        End::Blocked(reason) if report.steps.last().is_some_and(is_there) => reason,
        // Such as a URL of the page's own origin, or a preflight of GET: the sentence was changed.
        _ => {
            complain(format_args!(
                "cors: no browser says this of {} and {origin}: paste the sentence as it stands",
                page::shown(&sentence.url)
            ));
            return Ok(Status::Invalid);
        }
    };
    let wanted = fault.scene.needs(wanted, fault.subject.as_deref());
    let message = match &fault.subject {
        None => fault.scene.meaning().map(str::to_owned),
        Some(_) => None,
    };
    let says_all = message.is_none();
    let pasted = Pasted {
        message: message.unwrap_or_else(|| reason.to_string()),
        fix: reason.fix().filter(|_| says_all),
        is_placeholder: known.is_none(),
        lacks_script: fault.in_preflight && Remedy::of(&wanted).is_ok_and(|it| !it.needs_preflight),
        wanted,
        causes: causes(sentence, &report, says_all),
    };
    match args.json {
        true => object::write(&object::pasted(&pasted, reason), out)?,
        false => page::pasted(&pasted, reason, out)?,
    }
    Ok(Status::Refused)
}

/// What can be told from the sentence alone. Where it does not say the value, that of the report is a
/// sample, and tells nothing.
fn causes(sentence: &Sentence, report: &Report, says_all: bool) -> Vec<Cause> {
    let mut causes = if says_all { causes::of_value(report) } else { Vec::new() };
    let origin = |url: &str| url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
    let left =
        sentence.redirected_from.as_deref().filter(|from| origin(from) != origin(&sentence.url));
    causes.extend(left.map(|from| Cause {
        slug: "origin-lost",
        sentence: format!(
            "a redirect led there from {from}, and between foreign origins the Origin becomes null, \
             which nobody should allow: have the script ask for {} at once.",
            sentence.url
        ),
    }));
    causes
}

/// A sentence, explained.
pub(crate) struct Pasted<'r> {
    pub(crate) message: String,
    pub(crate) fix: Option<&'r str>,
    /// Whether the page's origin is not known.
    pub(crate) is_placeholder: bool,
    /// Whether it was a preflight, and not known for what.
    pub(crate) lacks_script: bool,
    /// What the script asked for, as far as it is known.
    pub(crate) wanted: Request,
    pub(crate) causes: Vec<Cause>,
}
