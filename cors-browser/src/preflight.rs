//! The checks of a preflight's response
//! ([CORS-preflight fetch](https://fetch.spec.whatwg.org/#cors-preflight-fetch)).

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use super::{
    check::first,
    cors_request::CorsRequest,
    reason::{Cause, Reason, Stage},
    response::{Response, is_redirect, isomorphic, sorted},
    safelist::AUTHORIZATION,
};
use cors_core::{ResponseField, method};

impl CorsRequest {
    /// Checks the response to the preflight, and returns the first fault in it.
    pub fn preflight_check(&self, response: &Response) -> Result<(), Reason> {
        first(self.preflight_faults(response))
    }

    /// Returns every fault in the response to the preflight, in the order in which the
    /// [`Profile`](super::Profile) looks for them.
    pub fn preflight_faults(&self, response: &Response) -> Vec<Reason> {
        let mut faults = self.access_faults(Stage::Preflight, response);
        faults.extend(self.status_fault(response.status));
        match response.names(ResponseField::AllowMethods) {
            Ok(methods) => faults.extend(self.method_fault(response, methods)),
            Err(_) => faults.push(self.unparsable(Cause::UnparsableMethods, response)),
        }
        match response.names(ResponseField::AllowHeaders) {
            Ok(names) => self.header_faults(response, names.unwrap_or_default(), &mut faults),
            Err(_) => faults.push(self.unparsable(Cause::UnparsableHeaders, response)),
        }
        faults.sort_by_key(|reason| self.profile.rank(reason.cause()));
        faults
    }

    fn status_fault(&self, status: u16) -> Option<Reason> {
        let cause = match status {
            200..=299 => return None,
            _ if is_redirect(status) => Cause::PreflightRedirect,
            _ => Cause::PreflightStatus,
        };
        Some(self.reason(cause).about(status.to_string()))
    }

    fn method_fault(&self, response: &Response, methods: Option<Vec<&str>>) -> Option<Reason> {
        let flagged = self.flag.is_some() && self.profile.flag_covers_method();
        let unlisted = methods.is_none();
        let methods = methods.unwrap_or_default();
        let allowed = flagged && unlisted
            || method::is_safelisted(self.method.as_bytes())
            || methods.contains(&&*self.method)
            || !self.includes_credentials && methods.contains(&"*");
        (!allowed).then(|| {
            self.reason(Cause::MethodNotAllowed)
                .about(&*self.method)
                .received(received(Cause::MethodNotAllowed, response))
                .wanted(&self.method)
        })
    }

    fn header_faults(&self, response: &Response, names: Vec<&str>, faults: &mut Vec<Reason>) {
        let star = !self.includes_credentials && names.contains(&"*");
        let names = sorted(names);
        for name in &self.unsafe_names {
            let names_it = || names.binary_search_by(|known| (**known).cmp(name)).is_ok();
            let strict = name == AUTHORIZATION && !self.profile.star_covers_authorization();
            let cause =
                if strict { Cause::AuthorizationNotListed } else { Cause::HeaderNotAllowed };
            if (strict || !star) && !names_it() {
                faults.push(
                    self.reason(cause)
                        .about(&**name)
                        .received(received(cause, response))
                        .wanted(self.needed()),
                );
            }
        }
    }

    fn unparsable(&self, cause: Cause, response: &Response) -> Reason {
        let value = received(cause, response).unwrap_or_default();
        let reason = self.reason(cause).with_value(value);
        match cause {
            Cause::UnparsableMethods => reason.wanted(&self.method),
            _ => reason.wanted(self.needed()),
        }
    }

    /// The value that `Access-Control-Allow-Headers` needs.
    fn needed(&self) -> String {
        self.unsafe_names.join(", ")
    }
}

/// The header that a fault is in, as received.
fn received(cause: Cause, response: &Response) -> Option<String> {
    cause.field().and_then(|field| response.get(field.name())).map(|value| isomorphic(&value))
}
