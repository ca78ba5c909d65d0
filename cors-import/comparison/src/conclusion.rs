//! What a browser concludes from a response, and what a shared cache may do with it.

use std::collections::{BTreeSet, HashMap, HashSet};

use cors_browser::{CorsRequest, Response};
use cors_core::{RequestField, RequestHead, ResponseField};

use super::Request;

/// What a browser may do after a response, without credentials and with them.
#[derive(PartialEq, Eq)]
pub(super) struct Conclusion([Allowed; 2]);

#[derive(PartialEq, Eq)]
struct Allowed {
    /// Whether the preflight passes, or the script may read.
    passes: bool,
    /// Of the names that either response exposes, those that the script may read.
    readable: BTreeSet<String>,
}

impl Conclusion {
    /// Whether nothing may be done after this that may not be done after the other.
    pub(super) fn is_within(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(ours, theirs)| {
            (!ours.passes || theirs.passes) && ours.readable.is_subset(&theirs.readable)
        })
    }

    /// What a browser concludes from a response to a request that it can send.
    pub(super) fn new(
        request: &Request,
        sent: &[CorsRequest; 2],
        response: &Response,
        names: &BTreeSet<String>,
    ) -> Self {
        Self(sent.each_ref().map(|sent| {
            if request.is_preflight() {
                let passes = sent.preflight_check(response).is_ok()
                    && (!request.asks_private_network() || is_network_allowed(response));
                return Allowed { passes, readable: BTreeSet::new() };
            }
            let passes = sent.cors_check(response).is_ok();
            let mut readable = BTreeSet::new();
            if passes {
                // The recordings have the headers of CORS alone, so that those exposed are added.
                let added = names.iter().map(|name| (name.clone(), Vec::new()));
                let mut whole = response.clone();
                whole.headers.extend(added);
                readable
                    .extend(sent.readable(&whole).into_iter().filter(|name| names.contains(name)));
            }
            Allowed { passes, readable }
        }))
    }
}

fn is_network_allowed(response: &Response) -> bool {
    response.get(ResponseField::AllowPrivateNetwork.name()).as_deref() == Some(b"true")
}

/// The names that one of the responses exposes, and one that none does.
pub(super) fn names(responses: [&Response; 2]) -> BTreeSet<String> {
    let exposed = responses
        .into_iter()
        .flat_map(|response| response.lines(ResponseField::ExposeHeaders.name()));
    let names = exposed.flat_map(|line| line.split(|byte| *byte == b','));
    names
        .map(|name| String::from_utf8_lossy(name).trim().to_ascii_lowercase())
        .filter(|name| !name.is_empty() && name != "*")
        .chain(["x-not-exposed".to_owned()])
        .collect()
}

/// The origin that a response names, if it is the request's own.
pub(super) fn granted<'r>(request: &'r Request, response: &Response) -> Option<&'r [u8]> {
    let allowed = response.get(ResponseField::AllowOrigin.name())?;
    request.plain.lines(RequestField::Origin).find(|origin| **origin == *allowed)
}

/// Every origin that a response names of those who asked.
pub(super) fn all_granted<'r, 'a>(
    answers: impl Iterator<Item = (&'r Request, &'a Response)>,
) -> HashSet<&'r [u8]> {
    answers.filter_map(|(request, response)| granted(request, response)).collect()
}

/// Responses as a shared cache files them: by method and URL.
pub(super) struct Cache<'r> {
    /// What CORS says there, and whether it is always the same.
    filed: HashMap<(&'r str, &'r str), (Said, bool)>,
}

type Said = [Option<Vec<u8>>; 3];

impl<'r> Cache<'r> {
    pub(super) fn new<'a>(answers: impl Iterator<Item = (&'r Request, &'a Response)>) -> Self {
        let mut filed = HashMap::new();
        for (request, response) in answers.filter(|(request, _)| is_cached(request)) {
            let said = said(response);
            filed
                .entry(request.key())
                .and_modify(|(known, constant): &mut (Said, bool)| *constant &= *known == said)
                .or_insert((said.clone(), true));
        }
        Self { filed }
    }

    /// Whether a cache that gives this response to another origin does no harm, or is told not to.
    pub(super) fn is_safe(&self, request: &Request, response: &Response) -> bool {
        !is_cached(request)
            || self.filed.get(&request.key()).is_none_or(|(_, constant)| *constant)
            || response.varies_by("origin")
    }
}

fn is_cached(request: &Request) -> bool {
    matches!(request.plain.method.as_str(), "GET" | "HEAD") && request.is_sendable()
}

fn said(response: &Response) -> Said {
    [ResponseField::AllowOrigin, ResponseField::AllowCredentials, ResponseField::ExposeHeaders].map(
        |field| {
            response.get(field.name()).map(Into::into).filter(|value: &Vec<u8>| !value.is_empty())
        },
    )
}
