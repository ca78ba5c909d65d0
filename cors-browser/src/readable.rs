//! Which headers of a response a script may read.

use alloc::{borrow::Cow, string::String, vec::Vec};

use super::{
    cors_request::CorsRequest,
    response::{Response, lower, sorted},
};
use cors_core::{
    ResponseField,
    header::{is_forbidden_to_read, is_safelisted_to_read},
};

impl CorsRequest {
    /// The names of the headers that a script may read, of a response that passed the
    /// [check](Self::cors_check): in lower case, sorted, each once
    /// ([CORS filtered response](https://fetch.spec.whatwg.org/#concept-filtered-response-cors)).
    pub fn readable(&self, response: &Response) -> Vec<String> {
        let exposed = response.names(ResponseField::ExposeHeaders);
        let exposed = exposed.ok().flatten().unwrap_or_default();
        if !self.includes_credentials && exposed.contains(&"*") {
            return names(response, |_| true);
        }
        let exposed = sorted(exposed);
        names(response, |name| {
            is_safelisted_to_read(name)
                || exposed.binary_search_by(|known| (**known).cmp(name)).is_ok()
        })
    }
}

/// The names of the headers that a script may read of its own origin
/// ([basic filtered response](https://fetch.spec.whatwg.org/#concept-filtered-response-basic)).
pub(super) fn of_same_origin(response: &Response) -> Vec<String> {
    names(response, |_| true)
}

/// The names that pass, but for those that no script reads.
fn names(response: &Response, passes: impl Fn(&str) -> bool) -> Vec<String> {
    let mut names: Vec<String> = response
        .headers
        .iter()
        .map(|(name, _)| lower(name))
        .filter(|name| !is_forbidden_to_read(name) && passes(name))
        .map(Cow::into_owned)
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}
