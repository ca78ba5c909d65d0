//! The configuration that lets a request pass, for the server that answered.

use cors_browser::{CorsRequest, Profile, Reason, Request, Response};
use cors_core::{Kind, Policy, ResponseField};
use cors_remedy::{Instead, Place, Union, identify};

use crate::{causes, trace::Report};

pub use cors_remedy::{Place as RemedyPlace, Remedy as Snippet};

/// What lets a request pass: what the answers allow already, and what is missing.
#[derive(Clone, Debug)]
pub struct Remedy {
    /// The header lines of the response to the preflight. Every response needs those that are not
    /// about methods and headers.
    pub headers: Vec<(&'static str, String)>,
    /// The policy, or what has to change instead.
    pub union: Result<Union, Instead>,
    /// The server that answered, if it says who it is.
    pub place: Option<Place>,
    /// Set if the browser sends a preflight.
    pub needs_preflight: bool,
}

impl Remedy {
    /// Returns the remedy of a request that nothing is known of.
    ///
    /// # Errors
    ///
    /// If no browser sends the request.
    pub fn of(request: &Request) -> Result<Self, Reason> {
        Self::new(request, None, None, None)
    }

    /// Returns the remedy of a finished request, from its responses.
    ///
    /// # Errors
    ///
    /// If no browser sends the request.
    pub fn of_report(report: &Report) -> Result<Self, Reason> {
        let of = |kind| {
            let mut steps = report.steps.iter().rev();
            let step = steps.find(|step| step.sent.kind == kind && step.is_cors);
            step.and_then(|step| step.response.as_ref())
        };
        let place = identify(report.steps.iter().filter_map(|step| step.response.as_ref()));
        let mut remedy = Self::new(&report.request, of(Kind::Preflight), of(Kind::Actual), place)?;
        if let Some(instead) = elsewhere(report) {
            remedy.union = Err(instead);
        }
        Ok(remedy)
    }

    fn new(
        request: &Request,
        preflight: Option<&Response>,
        actual: Option<&Response>,
        place: Option<Place>,
    ) -> Result<Self, Reason> {
        let needed = CorsRequest::new(Profile::Fetch, request)?;
        let needs_preflight = needed.preflight_needed().is_some();
        let union = Union::of(request, preflight, actual);
        let headers =
            union.as_ref().map_or_else(|_| Vec::new(), |union| lines(request, &union.policy));
        Ok(Self { headers, union, place, needs_preflight })
    }

    /// Returns what to paste: for the server that answered, or the header lines if it is unknown.
    pub fn snippet(&self) -> Option<Snippet> {
        self.snippet_for(self.place.unwrap_or(Place::Headers))
    }

    /// Returns what to paste in this place.
    pub fn snippet_for(&self, place: Place) -> Option<Snippet> {
        let union = self.union.as_ref().ok()?;
        Some(cors_remedy::remedy(place, &union.policy))
    }
}

/// The header lines for this request.
fn lines(request: &Request, policy: &Policy) -> Vec<(&'static str, String)> {
    let origin = match policy.allow_origins.as_slice() {
        [only] if only == "*" => only.clone(),
        _ => request.origin.clone(),
    };
    let mut lines = vec![(ResponseField::AllowOrigin.name(), origin)];
    if policy.allow_credentials {
        lines.push((ResponseField::AllowCredentials.name(), "true".into()));
    }
    for (field, names) in [
        (ResponseField::AllowMethods, &policy.allow_methods),
        (ResponseField::AllowHeaders, &policy.allow_headers),
    ] {
        if !names.is_empty() {
            lines.push((field.name(), names.join(", ")));
        }
    }
    if policy.allow_origins != ["*"] {
        lines.push((ResponseField::Vary.name(), "Origin".into()));
    }
    lines
}

/// What has to change if the fault is not in the policy of the server that was asked.
fn elsewhere(report: &Report) -> Option<Instead> {
    let step = report.steps.last()?;
    let host = |url: &str| url.split('/').nth(2).map(str::to_owned);
    let is_lost = step.origin() == "null" && report.request.origin != "null";
    if is_lost || host(&step.sent.url) != host(&report.request.url) {
        return Some(Instead::OtherServer(step.sent.url.clone()));
    }
    let login = causes::likely(report).iter().any(|cause| cause.slug == "redirect-login");
    match step.response.as_ref()?.status {
        _ if login => Some(Instead::Login),
        413 => Some(Instead::BodyLimit),
        status @ 502..=504 => Some(Instead::Gateway(status)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
