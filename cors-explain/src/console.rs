//! The messages of browsers' consoles.

mod chromium;
mod firefox;
mod neighbor;
mod other;
mod scene;
mod split;
mod status;
mod webkit;

use cors_browser::{Credentials, Reason, Request};

use crate::{
    causes::{self, Cause},
    remedy::Remedy,
    trace::{End, Report, Step},
};
use scene::Scene;

/// The page's origin, if a message does not name it.
const PAGE: &str = "https://your.page";

/// The URL of the request, if a message does not name it.
const SERVER: &str = "https://your.server/";

/// The parts of a message.
#[derive(Debug)]
struct Sentence {
    /// None in most messages of Safari.
    url: Option<String>,
    redirected_from: Option<String>,
    origin: Option<String>,
    /// The status of the response, where Firefox or Safari says it.
    status: Option<u16>,
    meaning: Meaning,
}

/// Returns the code of every message that is not a fault.
pub(crate) fn codes() -> impl Iterator<Item = &'static str> {
    other::codes().chain(neighbor::codes()).chain([webkit::FOLLOWING])
}

#[derive(Debug)]
enum Meaning {
    /// A fault that the checks find.
    Fault(Fault),
    /// A problem other than a header.
    Other {
        slug: &'static str,
        message: String,
        /// Set for a message that only repeats that a request failed.
        follows: bool,
    },
}

/// A way to be blocked, and the details that a message gives.
#[derive(Debug)]
struct Fault {
    scene: Scene,
    in_preflight: bool,
    /// The value, the method or the header, if the message names it.
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
    /// The URL of the request, if it is known.
    pub url: Option<String>,
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
    /// Set if the URL is not known.
    pub lacks_url: bool,
    /// Set if the message is about a preflight, and does not say what for.
    pub lacks_script: bool,
    /// The request, as far as it is known.
    pub wanted: Request,
    /// The likely causes.
    pub causes: Vec<Cause>,
}

/// Explains every message in this text, such as a whole console: one report each, and each fault
/// once.
///
/// # Errors
///
/// If the text has no message that a browser writes about a blocked request, or if one was changed.
pub fn explain(text: &str, known: &Known) -> Result<Vec<Message>, String> {
    let sentences = split::sentences(text);
    if sentences.is_empty() {
        return Err("this is not a console message of Chrome, Firefox or Safari about a blocked \
                    request: paste the whole message, from \"Access to ...\" or \"Cross-Origin \
                    Request Blocked: ...\" on"
            .to_owned());
    }
    sentences.iter().map(|sentence| explained(sentence, known)).collect()
}

fn explained(sentence: &Sentence, known: &Known) -> Result<Message, String> {
    let page = sentence.origin.as_ref().or(known.origin.as_ref());
    let origin = page.map_or(PAGE, String::as_str);
    let method = if known.method.is_empty() { "GET" } else { &known.method };
    let url = sentence.url.as_deref().unwrap_or(SERVER);
    let mut wanted = Request::new(origin, url, method);
    wanted.credentials = known.credentials;
    for (name, value) in &known.headers {
        wanted = wanted.header(name, value.as_str());
    }
    let fault = match &sentence.meaning {
        Meaning::Fault(fault) => fault,
        Meaning::Other { slug, message, .. } => {
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
                "no browser writes this message about {url} and {origin}: paste the message unchanged"
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
        lacks_url: sentence.url.is_none(),
        lacks_script: fault.in_preflight && Remedy::of(&wanted).is_ok_and(|it| !it.needs_preflight),
        causes: causes(sentence, &report, says_all),
        wanted,
    })))
}

/// The causes that the message alone shows. If it does not name the value, the report has a sample,
/// which shows nothing.
fn causes(sentence: &Sentence, report: &Report, says_all: bool) -> Vec<Cause> {
    let mut causes = if says_all { causes::of_value(report) } else { Vec::new() };
    let origin = |url: &str| url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
    let url = sentence.url.as_deref().unwrap_or_default();
    let left = sentence.redirected_from.as_deref().filter(|from| origin(from) != origin(url));
    causes.extend(left.map(|from| Cause {
        slug: "origin-lost",
        sentence: format!(
            "a redirect from {from} led there. A redirect between two other origins changes the Origin \
             to null, which a server should not allow: request {url} directly from the script."
        ),
    }));
    let meaning = sentence.status.and_then(status::meaning);
    causes.extend(meaning.map(|(slug, sentence)| Cause { slug, sentence }));
    causes
}
