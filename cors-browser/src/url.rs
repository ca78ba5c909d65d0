//! URLs, as far as CORS looks at them: scheme, origin, user info.

use alloc::{borrow::ToOwned, format, string::String};

use super::response::lower;
use cors_core::{
    Origin,
    syntax::{default_port, is_scheme, parse_port},
};

/// An absolute URL. Of `http` and `https` it has a valid host; of others nothing but the scheme is
/// known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Url {
    /// As written, without the fragment.
    href: String,
    scheme_len: usize,
    /// Serialized; none of a scheme without hosts.
    origin: Option<String>,
    has_credentials: bool,
}

impl Url {
    /// Parses strictly: a host as browsers write it, in any case; nothing is repaired but that.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let href = text.split('#').next().unwrap_or_default();
        if href.bytes().any(|byte| byte <= b' ' || byte == 0x7f) {
            return None;
        }
        let scheme_len = href.find(':')?;
        let scheme = lower(&href[..scheme_len]);
        if !is_scheme(scheme.as_bytes()) {
            return None;
        }
        let mut url =
            Self { href: href.to_owned(), scheme_len, origin: None, has_credentials: false };
        if scheme == "http" || scheme == "https" {
            let rest = href[scheme_len..].strip_prefix("://")?;
            let authority = &rest[..rest.find(['/', '?', '\\']).unwrap_or(rest.len())];
            let (user_info, host) = authority.rsplit_once('@').unwrap_or(("", authority));
            url.has_credentials = !matches!(user_info, "" | ":");
            url.origin = Some(serialize(&scheme, host)?);
        }
        Some(url)
    }

    /// Parses a `Location`, which may be relative to this URL.
    pub(super) fn join(&self, location: &str) -> Option<Self> {
        let location = location.split('#').next().unwrap_or_default();
        let scheme_end =
            location.find([':', '/', '?']).filter(|at| location[*at..].starts_with(':'));
        if scheme_end.is_some() {
            return Self::parse(location);
        }
        let scheme = &self.href[..self.scheme_len];
        if location.starts_with("//") {
            return Self::parse(&format!("{scheme}:{location}"));
        }
        let (root, path) = self.split()?;
        let folder = &path[..path.rfind('/').map_or(0, |slash| slash + 1)];
        Self::parse(&match location.as_bytes() {
            [] => self.href.clone(),
            [b'/', ..] => format!("{root}{location}"),
            [b'?', ..] => format!("{root}{path}{location}"),
            _ if folder.is_empty() => format!("{root}/{location}"),
            _ => format!("{root}{folder}{location}"),
        })
    }

    /// What stands before the path, and the path.
    fn split(&self) -> Option<(&str, &str)> {
        let authority_start = self.scheme_len + "://".len();
        let rest = self.href.get(authority_start..)?;
        let path_start = authority_start + rest.find(['/', '?', '\\']).unwrap_or(rest.len());
        let (root, path) = self.href.split_at(path_start);
        Some((root, path.split('?').next().unwrap_or_default()))
    }

    /// The path, which is empty where none is written.
    pub(super) fn path(&self) -> &str {
        self.split().map_or("", |(_, path)| path)
    }

    pub(super) fn as_str(&self) -> &str {
        &self.href
    }

    /// Whether it is `http` or `https`.
    pub(super) fn is_http(&self) -> bool {
        self.origin.is_some()
    }

    pub(super) fn has_scheme(&self, scheme: &str) -> bool {
        self.href[..self.scheme_len].eq_ignore_ascii_case(scheme)
    }

    /// Whether its origin is the one serialized here. `null` is the same as nothing.
    pub(super) fn is_of_origin(&self, origin: &str) -> bool {
        self.origin.as_deref() == Some(origin)
    }

    /// Whether both have one origin.
    pub(super) fn is_same_origin(&self, other: &Self) -> bool {
        self.origin.is_some() && self.origin == other.origin
    }

    /// Whether it leads to this machine.
    pub(super) fn is_loopback(&self) -> bool {
        let origin = self.origin.as_deref().and_then(|origin| Origin::parse(origin.as_bytes()));
        origin.is_some_and(|origin| origin.is_loopback())
    }

    /// Whether it has a user name or a password.
    pub(super) fn has_credentials(&self) -> bool {
        self.has_credentials
    }
}

/// The origin of a host and port as a URL writes them, if it is valid.
fn serialize(scheme: &str, host: &str) -> Option<String> {
    let host = lower(host);
    let (name, port) = match host.rsplit_once(':') {
        // Within brackets a colon belongs to the address.
        Some((name, port)) if !port.ends_with(']') => (name, port),
        _ => (&*host, ""),
    };
    let port = match port.trim_start_matches('0') {
        "" if port.is_empty() => None,
        "" => Some(0),
        digits => Some(parse_port(digits.as_bytes())?),
    };
    let origin = match port.filter(|_| port != default_port(scheme)) {
        Some(port) => format!("{scheme}://{name}:{port}"),
        None => [scheme, "://", name].concat(),
    };
    Origin::parse(origin.as_bytes()).is_some().then_some(origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, origin: Option<&str>, has_credentials: bool) {
        let url = Url::parse(text).unwrap_or_else(|| panic!("{text:?} is a URL"));
        assert_eq!(
            (url.origin.as_deref(), url.has_credentials),
            (origin, has_credentials),
            "{text:?}"
        );
    }

    #[test]
    fn an_origin_is_serialized_as_browsers_do() {
        check("https://A.example/x?y#z", Some("https://a.example"), false);
        check("HTTP://a.example:80", Some("http://a.example"), false);
        check("http://a.example:0080/", Some("http://a.example"), false);
        check("http://a.example:/", Some("http://a.example"), false);
        check("http://[::1]:8000/", Some("http://[::1]:8000"), false);
        check("http://[::1]", Some("http://[::1]"), false);
        check("data:,x", None, false);
    }

    #[test]
    fn user_info_is_what_stands_before_the_last_at() {
        check("http://u@a.example/", Some("http://a.example"), true);
        check("http://:p@a.example/", Some("http://a.example"), true);
        check("http://u:p@b.example@a.example", Some("http://a.example"), true);
        check("http://@a.example/", Some("http://a.example"), false);
        check("http://:@a.example/", Some("http://a.example"), false);
        check("http://a.example/@b", Some("http://a.example"), false);
    }

    #[test]
    fn what_is_no_url_is_none() {
        for text in [
            "",
            "/x",
            "a.example",
            "http:a.example",
            "http://",
            "http://a b/",
            "http://a:x/",
            "http://a:65536/",
            "http://0x7f/",
            "http://\u{e9}/",
            "1:x",
        ] {
            assert_eq!(Url::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_location_is_relative_or_not() {
        let base = Url::parse("https://a.example/x/y?z").expect("a URL");
        for (location, joined) in [
            ("http://b.example/", "http://b.example/"),
            ("//b.example/q", "https://b.example/q"),
            ("/q", "https://a.example/q"),
            ("?q", "https://a.example/x/y?q"),
            ("q:1", "q:1"),
            ("q/1:1", "https://a.example/x/q/1:1"),
            ("q", "https://a.example/x/q"),
            ("", "https://a.example/x/y?z"),
        ] {
            let got = base.join(location);
            assert_eq!(got.as_ref().map(Url::as_str), Some(joined), "{location:?}");
        }
        let base = Url::parse("https://a.example").expect("a URL");
        assert_eq!(base.join("q").as_ref().map(Url::as_str), Some("https://a.example/q"));
    }
}
