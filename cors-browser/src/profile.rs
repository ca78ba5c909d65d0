//! The browsers and their differences.

use core::time::Duration;

use alloc::{string::String, vec::Vec};

use super::{
    reason::Cause,
    response::Response,
    safelist::{self, is_forbidden_request_header},
};
use cors_core::ResponseField;

/// A browser, as far as it is known to differ from the standard.
///
/// | | `Fetch` | `Chromium` | `Firefox` | `WebKit` |
/// |---|---|---|---|---|
/// | looks first at | CORS check | redirect | CORS check | status |
/// | then, of a preflight | both lists parse, method, headers | as `Fetch` | each list parses and is checked, methods first | as `Fetch` |
/// | keeps a preflight at most | as long as it says | 7200 s | 86400 s | 600 s |
/// | a `Max-Age` that is no number | 5 s | 5 s, negative none | none, empty 5 s | 5 s |
/// | `*` covers `Authorization` | no | yes | yes | yes |
/// | `*` kept from a preflight with credentials | covers all | covers nothing | covers nothing | covers nothing |
/// | without `Access-Control-Allow-Methods`, a [flag](super::Why::UploadListener) covers | any method | nothing | nothing | nothing |
/// | client hints such as `DPR` need a preflight | yes | no | yes | yes |
/// | an upload listener without a body needs a preflight | yes | no | yes | yes |
/// | after a redirect, a request that needed a preflight needs another | as its method and headers do | as `Fetch` | always | always |
/// | that preflight names as origin | `null` if tainted | as `Fetch` | the page | as `Fetch` |
/// | that preflight names `Authorization` after a redirect to another origin | no | no | no | yes |
/// | `User-Agent` set by a script | sent | dropped | sent | sent |
/// | beyond CORS, a page of `https` tells `http` on this machine its origin | no | yes | no | as `Fetch` |
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Profile {
    /// The [standard](https://fetch.spec.whatwg.org/).
    #[default]
    Fetch,
    /// Chrome, Edge, and all that is built on Chromium.
    Chromium,
    /// Firefox.
    Firefox,
    /// Safari.
    WebKit,
}

/// How long a preflight is kept whose response does not say.
const DEFAULT_MAX_AGE: u64 = 5;

impl Profile {
    /// Every profile, the standard first.
    pub const ALL: [Self; 4] = [Self::Fetch, Self::Chromium, Self::Firefox, Self::WebKit];

    /// `fetch`, `chromium`, `firefox` or `webkit`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fetch => "fetch",
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// The profile with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.as_str() == name)
    }

    /// Whether `*` in `Access-Control-Allow-Headers` covers `Authorization`, which the standard
    /// wants [named](https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name).
    pub const fn star_covers_authorization(self) -> bool {
        !matches!(self, Self::Fetch)
    }

    /// How long a preflight is kept at most, if there is a limit.
    pub const fn max_age_limit(self) -> Option<Duration> {
        match self {
            Self::Fetch => None,
            Self::Chromium => Some(Duration::from_secs(7200)),
            Self::Firefox => Some(Duration::from_secs(86_400)),
            Self::WebKit => Some(Duration::from_secs(600)),
        }
    }

    /// How long the preflight that this response answers is kept.
    pub fn max_age(self, response: &Response) -> Duration {
        let value = response.get(ResponseField::MaxAge.name());
        let seconds = match value.as_deref() {
            Some(digits) if !digits.is_empty() && digits.iter().all(u8::is_ascii_digit) => {
                digits.iter().fold(0_u64, |number, digit| {
                    number.saturating_mul(10).saturating_add(u64::from(digit - b'0'))
                })
            }
            Some([b'-', ..]) if self == Self::Chromium => 0,
            Some([_, ..]) if self == Self::Firefox => 0,
            _ => DEFAULT_MAX_AGE,
        };
        let age = Duration::from_secs(seconds);
        self.max_age_limit().map_or(age, |limit| age.min(limit))
    }

    /// Whether a `*` that was kept from a preflight with credentials covers later requests, as the
    /// letter of the standard says of
    /// [method cache entries](https://fetch.spec.whatwg.org/#concept-cache-match-method).
    pub(super) const fn kept_star_is_blind(self) -> bool {
        matches!(self, Self::Fetch)
    }

    /// Whether a preflight that was sent because of a flag covers any method if its response lists
    /// none, as the letter of the standard says.
    pub(super) const fn flag_covers_method(self) -> bool {
        matches!(self, Self::Fetch)
    }

    /// Whether `http` on this machine is as good as `https`, so that it is told where a page is.
    pub(super) const fn trusts_loopback(self) -> bool {
        matches!(self, Self::Chromium)
    }

    /// Whether an upload listener matters for a request with this method. Chromium looks for a body.
    pub(super) fn hears_upload(self, method: &str) -> bool {
        self != Self::Chromium || !matches!(method, "GET" | "HEAD")
    }

    /// Whether a request that needed a preflight needs another after each redirect.
    pub(super) const fn repeats_preflights(self) -> bool {
        matches!(self, Self::Firefox | Self::WebKit)
    }

    /// Whether a preflight names the page's origin, even if a redirect has tainted it.
    pub(super) const fn preflight_names_page(self) -> bool {
        matches!(self, Self::Firefox)
    }

    /// Whether a preflight after a redirect names the headers that the script set, even those that
    /// the redirect has removed.
    pub(super) const fn preflight_names_removed(self) -> bool {
        matches!(self, Self::WebKit)
    }

    /// The names that a preflight has to ask for.
    pub(super) fn unsafe_names(self, headers: &[(String, Vec<u8>)]) -> Vec<String> {
        safelist::unsafe_names(headers, |name, value| {
            self == Self::Chromium && safelist::is_client_hint(name, value)
        })
    }

    pub(super) fn drops(self, name: &str, value: &[u8]) -> bool {
        // No browser forbids this name any more.
        let is_allowed = self != Self::Fetch
            && name.eq_ignore_ascii_case("access-control-request-private-network");
        is_forbidden_request_header(name, value) && !is_allowed
            || self == Self::Chromium && name.eq_ignore_ascii_case("user-agent")
    }

    /// When a fault of a preflight's response is looked for, among the others.
    pub(super) const fn rank(self, cause: Cause) -> u8 {
        match (self, cause) {
            (Self::Chromium | Self::WebKit, Cause::PreflightRedirect)
            | (Self::WebKit, Cause::PreflightStatus) => 0,
            (_, Cause::PreflightRedirect | Cause::PreflightStatus) => 2,
            (_, Cause::UnparsableMethods) => 3,
            (Self::Firefox, Cause::MethodNotAllowed) => 4,
            (_, Cause::UnparsableHeaders) => 5,
            (_, Cause::MethodNotAllowed) => 6,
            (_, Cause::AuthorizationNotListed) => 7,
            (_, Cause::HeaderNotAllowed) => 8,
            _ => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: Option<&str>, seconds: [u64; 4]) {
        let lines = value.map(|value| ("Access-Control-Max-Age", value));
        let response = Response::new(204, lines);
        let kept = Profile::ALL.map(|profile| profile.max_age(&response).as_secs());
        assert_eq!(kept, seconds, "{value:?}");
    }

    #[test]
    fn a_preflight_is_kept_as_long_as_the_browser_likes() {
        check(None, [5, 5, 5, 5]);
        check(Some("0"), [0, 0, 0, 0]);
        check(Some("60"), [60, 60, 60, 60]);
        check(Some("7201"), [7201, 7200, 7201, 600]);
        check(Some("99999999999999999999"), [u64::MAX, 7200, 86_400, 600]);
    }

    #[test]
    fn a_number_that_does_not_parse_is_read_as_the_browser_does() {
        check(Some(""), [5, 5, 5, 5]);
        check(Some("-1"), [5, 0, 0, 5]);
        check(Some("1.5"), [5, 5, 0, 5]);
        check(Some("600, 600"), [5, 5, 0, 5]);
    }

    #[test]
    fn a_profile_is_found_by_its_name() {
        for profile in Profile::ALL {
            assert_eq!(Profile::from_name(profile.as_str()), Some(profile));
        }
        assert_eq!(Profile::from_name("Fetch"), None);
    }
}
