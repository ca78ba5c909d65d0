//! The [CORS-preflight cache](https://fetch.spec.whatwg.org/#concept-cache).

use alloc::{borrow::ToOwned, collections::VecDeque, string::String};
use core::time::Duration;

use super::{
    cors_request::CorsRequest, reason::Stage, response::Response, safelist::AUTHORIZATION,
};
use cors_core::{ResponseField, method};

/// The largest number of entries, in all and of one response.
const LIMIT: usize = 1024;

/// The preflights that a browser remembers. The cache has no clock: the caller passes the time, as a
/// number that grows.
#[derive(Clone, Debug, Default)]
pub struct Cache {
    /// The oldest first.
    entries: VecDeque<Entry>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Entry {
    origin: String,
    url: String,
    credentials: bool,
    covers: Covers,
    expires: Duration,
}

/// A method, or a header's name in lower case.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Covers {
    Method(String),
    Header(String),
}

impl Cache {
    /// Returns whether this request needs no preflight, or not any more.
    pub fn covers(&self, request: &CorsRequest, now: Duration) -> bool {
        let has = |covers: &dyn Fn(&Entry) -> bool| {
            self.entries
                .iter()
                .any(|entry| now < entry.expires && entry.is_of(request) && covers(entry))
        };
        let star = |entry: &Entry| !entry.credentials || request.profile.kept_star_is_blind();
        let method = || {
            has(&|entry| match &entry.covers {
                Covers::Method(name) => *name == request.method || name == "*" && star(entry),
                Covers::Header(_) => false,
            })
        };
        let covers_all =
            |name: &str| name != AUTHORIZATION || request.profile.star_covers_authorization();
        let header = |name: &String| {
            has(&|entry| match &entry.covers {
                Covers::Header(known) => {
                    known == name || known == "*" && star(entry) && covers_all(name)
                }
                Covers::Method(_) => false,
            })
        };
        let simple = method::is_safelisted(request.method.as_bytes()) && request.flag.is_none();
        (simple || method()) && request.unsafe_names.iter().all(header)
    }

    /// Keeps what the response to a preflight allows. The response has
    /// [passed](CorsRequest::preflight_check).
    pub fn store(&mut self, request: &CorsRequest, response: &Response, now: Duration) {
        let expires = now.saturating_add(request.profile.max_age(response));
        let methods = response.names(ResponseField::AllowMethods).ok().flatten();
        let methods = match (methods, request.flag) {
            (None, Some(_)) => [request.method.as_str()].to_vec(),
            (methods, _) => methods.unwrap_or_default(),
        };
        let names = response.names(ResponseField::AllowHeaders).ok().flatten().unwrap_or_default();
        let methods = methods.into_iter().map(|name| Covers::Method(name.to_owned()));
        let names = names.into_iter().map(|name| Covers::Header(name.to_ascii_lowercase()));
        for covers in methods.chain(names).take(LIMIT) {
            self.keep(Entry {
                origin: request.origin_of(Stage::Preflight).to_owned(),
                url: request.context.url.clone(),
                credentials: request.includes_credentials,
                covers,
                expires,
            });
        }
    }

    fn keep(&mut self, new: Entry) {
        match self.entries.iter_mut().find(|entry| entry.is_like(&new)) {
            Some(entry) => entry.expires = new.expires,
            None => {
                if self.entries.len() == LIMIT {
                    self.entries.pop_front();
                }
                self.entries.push_back(new);
            }
        }
    }
}

impl Entry {
    /// [Cache entry match](https://fetch.spec.whatwg.org/#concept-cache-match), time aside.
    fn is_of(&self, request: &CorsRequest) -> bool {
        self.origin == request.origin_of(Stage::Preflight)
            && self.url == request.context.url
            && (self.credentials || !request.includes_credentials)
    }

    fn is_like(&self, other: &Self) -> bool {
        self.credentials == other.credentials
            && self.covers == other.covers
            && self.origin == other.origin
            && self.url == other.url
    }
}
