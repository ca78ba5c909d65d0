//! The likely causes of a fault, derived from the responses without another request.

mod case;
mod cookies;
mod credentials;
mod error_page;
mod fixed;
mod in_front;
mod layers;
mod list;
mod network;
mod redirect;
mod refused;
mod silent;
mod spelling;
mod star;
#[cfg(test)]
mod support;
mod vary;

use crate::trace::{End, Report, Step};

/// A likely cause or a warning.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cause {
    /// A name that does not change, such as `origin-list`.
    pub slug: &'static str,
    /// The observation, and the fix.
    pub sentence: String,
}

/// Looks at the step that was blocked, and at those before it.
type Find = fn(&Report, &Step) -> Option<String>;

/// Looks at all steps.
type Warn = fn(&Report) -> Option<String>;

/// The cause that excludes every other.
const LOST: &str = "origin-lost";

/// What the value of a header is enough to see.
const OF_VALUES: [(&str, Find); 9] = [
    ("two-layers", layers::find),
    ("origin-list", list::find),
    ("origin-spelling", spelling::find),
    ("origin-fixed", fixed::find),
    ("credentials-star", credentials::star),
    ("credentials-spelling", credentials::spelling),
    ("method-case", case::find),
    ("star", star::find),
    (LOST, redirect::lost_origin),
];

/// What takes the whole answer.
const OF_ANSWERS: [(&str, Find); 12] = [
    ("redirect-to-https", redirect::to_https),
    ("redirect-slash", redirect::slash),
    ("redirect-login", redirect::login),
    ("layer-refuses", refused::find),
    ("layer-failed", refused::failed),
    ("origin-not-listed", refused::unlisted),
    ("options-not-routed", refused::unrouted),
    ("nginx-add-header", refused::dropped),
    ("in-front-of-options", in_front::find),
    ("error-page", error_page::find),
    ("layer-misses-answer", error_page::misses),
    ("no-cors", silent::find),
];

/// What may be wrong whether the request is allowed or not.
const WARNINGS: [(&str, Warn); 6] = [
    ("vary-missing", vary::find),
    ("mixed-content", network::mixed_content),
    ("body-limit", network::body_limit),
    ("local-network", network::local),
    ("star-authorization", star::authorization),
    ("cookie-not-kept", cookies::find),
];

/// Returns the code of every cause and warning.
pub(crate) fn codes() -> impl Iterator<Item = &'static str> {
    let causes = OF_VALUES.iter().chain(&OF_ANSWERS).map(|(code, _)| *code);
    causes.chain(WARNINGS.iter().map(|(code, _)| *code))
}

/// The warnings that end in "allowed, but".
const SERIOUS: [&str; 3] = ["mixed-content", "body-limit", "vary-missing"];

/// Returns the likely causes of a blocked request.
pub fn likely(report: &Report) -> Vec<Cause> {
    find(report, OF_VALUES.iter().chain(&OF_ANSWERS))
}

/// Returns the causes that a header's value shows, for a response of which nothing else is known.
pub(crate) fn of_value(report: &Report) -> Vec<Cause> {
    find(report, OF_VALUES.iter())
}

/// Returns the warnings because of which an allowed request still fails in a browser, or for some.
pub fn serious(report: &Report) -> Vec<Cause> {
    let mut found = warnings(report);
    found.retain(|cause| SERIOUS.contains(&cause.slug));
    // What fails for everyone comes before what fails for some.
    found.sort_by_key(|cause| SERIOUS.iter().position(|slug| *slug == cause.slug));
    found
}

fn find<'f>(
    report: &Report,
    finders: impl Iterator<Item = &'f (&'static str, Find)>,
) -> Vec<Cause> {
    let (End::Blocked(_), Some(step)) = (&report.end, report.steps.last()) else {
        return Vec::new();
    };
    let found = finders.filter_map(|(slug, find)| {
        let sentence = find(report, step)?;
        Some(Cause { slug, sentence })
    });
    let mut found: Vec<Cause> = found.collect();
    // A server cannot allow an origin that was lost: what it does about that is not the cause.
    if found.iter().any(|cause| cause.slug == LOST) {
        found.retain(|cause| cause.slug == LOST);
    }
    found
}

/// Returns what may be wrong whether the request is allowed or blocked.
pub fn warnings(report: &Report) -> Vec<Cause> {
    let found = WARNINGS.iter();
    found.filter_map(|(slug, find)| Some(Cause { slug, sentence: find(report)? })).collect()
}
