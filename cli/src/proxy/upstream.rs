//! The one server that requests go to.

use std::{fmt, str::FromStr};

use http::{
    HeaderValue, Uri,
    uri::{Authority, InvalidUriParts, PathAndQuery, Scheme},
};

/// A scheme, a host and perhaps a port. No path: what a request may reach would seem bounded by
/// it, and `/../` would not be.
#[derive(Clone, Debug)]
pub(crate) struct Upstream {
    scheme: Scheme,
    authority: Authority,
}

impl Upstream {
    /// Where a request goes: its own path and query, here and nowhere else.
    pub(crate) fn target(&self, asked: Uri) -> Result<Uri, InvalidUriParts> {
        let mut parts = asked.into_parts();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query.get_or_insert(PathAndQuery::from_static("/"));
        Uri::from_parts(parts)
    }

    /// A `Location` on this server, as a path: the browser would leave the proxy otherwise, and
    /// then find no CORS headers. Nothing where it is elsewhere, or would be as a path.
    pub(crate) fn local(&self, location: &HeaderValue) -> Option<HeaderValue> {
        let path = location.to_str().ok()?.strip_prefix(&self.to_string())?;
        // `//host` and `/\host` are other servers, and so is `/<tab>/host`: browsers remove tabs.
        let is_obeyed = |byte: u8| byte == b'\\' || !byte.is_ascii_graphic();
        let is_path = path.starts_with('/') && !path.starts_with("//");
        let is_path = is_path && !path.bytes().any(is_obeyed);
        is_path.then(|| HeaderValue::from_str(path).ok())?
    }

    pub(crate) fn is_https(&self) -> bool {
        self.scheme == Scheme::HTTPS
    }
}

impl FromStr for Upstream {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text.parse::<Uri>().map_err(|_| "not a valid URL")?.into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
            return Err("include the scheme and the host, such as https://api.example.com");
        };
        if scheme != Scheme::HTTPS && scheme != Scheme::HTTP {
            return Err("the upstream must be http:// or https://");
        }
        if authority.as_str().contains('@') || authority.host().is_empty() {
            return Err("include a host, without a user name");
        }
        if parts.path_and_query.is_some_and(|path| path != "/") {
            return Err("remove the path: the path of each request is forwarded unchanged");
        }
        Ok(Self { scheme, authority })
    }
}

impl fmt::Display for Upstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.authority)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upstream() -> Upstream {
        "https://api.example.com".parse().expect("it is valid")
    }

    #[test]
    fn an_upstream_is_a_scheme_and_a_host() {
        for text in ["https://api.example.com", "http://127.0.0.1:3000", "http://[::1]:3000"] {
            assert_eq!(text.parse::<Upstream>().map(|it| it.to_string()).as_deref(), Ok(text));
        }
        for (text, wanted) in [
            ("a b", "not a valid URL"),
            ("/", "include the scheme"),
            ("api.example.com", "include the scheme"),
            ("ftp://api.example.com", "the upstream must be http"),
            ("https://user@api.example.com", "include a host"),
            ("https://api.example.com/v1", "remove the path"),
            ("https://api.example.com?a", "remove the path"),
        ] {
            let error = text.parse::<Upstream>().expect_err(text);
            assert!(error.starts_with(wanted), "{text}: {error}");
        }
    }

    #[test]
    fn every_target_is_on_the_upstream() {
        for (asked, wanted) in [
            ("/a?b=c", "https://api.example.com/a?b=c"),
            ("http://elsewhere.test/a", "https://api.example.com/a"),
            ("http://elsewhere.test", "https://api.example.com/"),
            ("//elsewhere.test/a", "https://api.example.com//elsewhere.test/a"),
            ("elsewhere.test:443", "https://api.example.com/"),
        ] {
            let target = upstream().target(asked.parse().expect("a target"));
            assert_eq!(target.expect("a URI").to_string(), wanted);
        }
    }

    #[test]
    fn a_location_on_the_upstream_becomes_a_path() {
        for (location, wanted) in [
            ("https://api.example.com/a?b#c", Some("/a?b#c")),
            ("https://api.example.com", None),
            ("https://api.example.com.evil.test/a", None),
            ("https://api.example.com//evil.test", None),
            ("https://api.example.com/\\evil.test", None),
            ("https://api.example.com/\t/evil.test", None),
            ("https://api.example.com/\t\\evil.test", None),
            ("https://api.example.com/ /evil.test", None),
            ("http://api.example.com/a", None),
            ("/a", None),
        ] {
            let local = upstream().local(&HeaderValue::from_static(location));
            assert_eq!(local.as_ref().map(HeaderValue::as_bytes), wanted.map(str::as_bytes));
        }
    }
}
