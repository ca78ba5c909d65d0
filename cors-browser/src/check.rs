//! The [CORS check](https://fetch.spec.whatwg.org/#cors-check).

use alloc::vec::Vec;

use super::{
    cors_request::CorsRequest,
    reason::{Cause, Reason, Stage},
    response::{Response, isomorphic},
};
use cors_core::{ResponseField, syntax::is_scheme};

impl CorsRequest {
    /// Checks the response, and returns the first fault in it.
    pub fn cors_check(&self, response: &Response) -> Result<(), Reason> {
        first(self.cors_faults(response))
    }

    /// Returns every fault in the response, in the order of the checks.
    pub fn cors_faults(&self, response: &Response) -> Vec<Reason> {
        self.access_faults(Stage::Actual, response)
    }

    pub(super) fn access_faults(&self, stage: Stage, response: &Response) -> Vec<Reason> {
        let wanted = self.origin_of(stage);
        let origin = response.get(ResponseField::AllowOrigin.name());
        let allows_origin = match origin.as_deref() {
            None => Err(self.reason(Cause::OriginMissing(stage))),
            Some(b"*") if !self.includes_credentials => return Vec::new(),
            Some(value) if value == wanted.as_bytes() => Ok(()),
            Some(value) => {
                let value = isomorphic(value);
                Err(self.reason(wrong_origin(&value)(stage)).with_value(value))
            }
        };
        let credentials = response.get(ResponseField::AllowCredentials.name());
        let allows_credentials = match credentials.as_deref() {
            _ if !self.includes_credentials => Ok(()),
            Some(b"true") => Ok(()),
            None => Err(self.reason(Cause::CredentialsMissing(stage))),
            Some(value) => {
                Err(self.reason(Cause::CredentialsInvalid(stage)).with_value(isomorphic(value)))
            }
        };
        [
            allows_origin.map_err(|reason| reason.instead_of(wanted).wanted(wanted)),
            allows_credentials.map_err(|reason| reason.wanted("true")),
        ]
        .into_iter()
        .filter_map(Result::err)
        .collect()
    }
}

pub(super) fn first(faults: Vec<Reason>) -> Result<(), Reason> {
    faults.into_iter().next().map_or(Ok(()), Err)
}

/// The fault of a value that does not equal the origin.
fn wrong_origin(value: &str) -> fn(Stage) -> Cause {
    match value {
        "*" => Cause::OriginWildcard,
        "null" => Cause::OriginMismatch,
        list if list.contains(',') => Cause::OriginMultiple,
        origin if is_like_an_origin(origin) => Cause::OriginMismatch,
        _ => Cause::OriginInvalid,
    }
}

/// Whether a value looks like an origin, even an invalid one: a scheme, and something after it
/// without a path, query or fragment.
fn is_like_an_origin(value: &str) -> bool {
    value.split_once("://").is_some_and(|(scheme, rest)| {
        is_scheme(scheme.to_ascii_lowercase().as_bytes())
            && !rest.is_empty()
            && !rest.contains(|letter: char| letter <= ' ' || r"/?#\".contains(letter))
    })
}
