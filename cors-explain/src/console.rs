//! The messages of browsers' consoles.

mod chromium;
mod firefox;
mod other;
mod scene;

use cors_browser::{Credentials, Reason, Request};

use crate::{
    causes::{self, Cause},
    remedy::Remedy,
    trace::{End, Report, Step},
};
use scene::Scene;

/// Stands for the page's origin where a sentence does not say it.
const PLACEHOLDER: &str = "https://your.page";

/// The parts of a message.
struct Sentence {
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

/// The parts of a request that a message does not name.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The origin of the page.
    pub origin: Option<String>,
    /// The method; empty for `GET`.
    pub method: String,
    /// The headers that the script sets.
    pub headers: Vec<(String, String)>,
    /// The credentials mode.
    pub credentials: Credentials,
}

/// A console message, explained.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Message {
    /// A fault of a response.
    Fault(Box<Pasted>),
    /// A problem that no response header can fix.
    Other(Other),
}

/// A message about something other than a response header.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Other {
    /// The URL of the request.
    pub url: String,
    /// The origin of the page, if it is known.
    pub origin: Option<String>,
    /// A name that does not change, such as `local-network`.
    pub slug: &'static str,
    /// The explanation.
    pub message: String,
}

/// A fault of a response, as far as its message describes it.
#[derive(Clone, Debug)]
pub struct Pasted {
    /// The fault.
    pub reason: Reason,
    /// The fault in a sentence.
    pub message: String,
    /// The header line that would pass, if the message shows enough of it.
    pub fix: Option<String>,
    /// Set if the page's origin is not known.
    pub is_placeholder: bool,
    /// Set if the message is about a preflight, and does not say what for.
    pub lacks_script: bool,
    /// The request, as far as it is known.
    pub wanted: Request,
    /// The likely causes.
    pub causes: Vec<Cause>,
}

/// Explains the message in this text.
///
/// # Errors
///
/// If the text has no message of a browser about CORS.
pub fn explain(text: &str, known: &Known) -> Result<Vec<Message>, String> {
    // A copied message may be wrapped, and its quotes may be curly.
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace(['‘', '’'], "'");
    let sentence = chromium::parse(&text).or_else(|| firefox::parse(&text)).ok_or(
        "this is no sentence about CORS that Chrome or Firefox says: paste all of it, from \
         \"Access to …\" or \"Cross-Origin Request Blocked: …\" on",
    )?;
    explained(&sentence, known).map(|message| vec![message])
}

fn explained(sentence: &Sentence, known: &Known) -> Result<Message, String> {
    let page = sentence.origin.as_ref().or(known.origin.as_ref());
    let origin = page.map_or(PLACEHOLDER, String::as_str);
    let method = if known.method.is_empty() { "GET" } else { &known.method };
    let mut wanted = Request::new(origin, &sentence.url, method);
    wanted.credentials = known.credentials;
    for (name, value) in &known.headers {
        wanted = wanted.header(name, value.as_str());
    }
    let fault = match &sentence.meaning {
        Meaning::Fault(fault) => fault,
        Meaning::Other { slug, message } => {
            return Ok(Message::Other(Other {
                url: sentence.url.clone(),
                origin: page.cloned(),
                slug,
                message: message.clone(),
            }));
        }
    };
    let report = fault.scene.play(&wanted, fault.subject.as_deref(), fault.in_preflight);
    let is_there = |step: &Step| step.is_preflight() == fault.in_preflight;
    let reason = match &report.end {
        End::Blocked(reason) if report.steps.last().is_some_and(is_there) => reason,
        // Such as a URL of the page's own origin, or a preflight of GET: the message was changed.
        _ => {
            return Err(format!(
                "no browser says this of {} and {origin}: paste the sentence as it stands",
                sentence.url
            ));
        }
    };
    let wanted = fault.scene.needs(wanted, fault.subject.as_deref());
    let message = match &fault.subject {
        None => fault.scene.meaning().map(str::to_owned),
        Some(_) => None,
    };
    let says_all = message.is_none();
    Ok(Message::Fault(Box::new(Pasted {
        message: message.unwrap_or_else(|| reason.to_string()),
        fix: reason.fix().filter(|_| says_all).map(str::to_owned),
        reason: reason.clone(),
        is_placeholder: page.is_none(),
        lacks_script: fault.in_preflight && Remedy::of(&wanted).is_ok_and(|it| !it.needs_preflight),
        causes: causes(sentence, &report, says_all),
        wanted,
    })))
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
