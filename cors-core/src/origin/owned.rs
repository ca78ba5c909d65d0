//! An origin on its own, for a predicate that outlives its call.

use alloc::string::String;
use core::{fmt, ops::Deref};

use super::Origin;

/// An [`Origin`] that owns its text: what an async predicate is called with.
///
/// It dereferences to the text as it was serialized, so it can be passed where a `&str` is expected.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct OwnedOrigin(String);

crate::hints! { OwnedOrigin:
    WriteOwnedIsUnder = "write `origin.is_under(\"example.com\")`: `https://evilexample.com` ends like `https://example.com`": {
        fn ends_with(&self, _: impl Sized);
        fn starts_with(&self, _: impl Sized);
        fn contains(&self, _: impl Sized);
    }
}

impl OwnedOrigin {
    /// The origin as it was serialized.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The scheme, such as `https`.
    pub fn scheme(&self) -> &str {
        self.as_origin().scheme()
    }

    /// The host, without a port.
    pub fn host(&self) -> &str {
        self.as_origin().host()
    }

    /// The port, unless it is the scheme's default.
    pub fn port(&self) -> Option<u16> {
        self.as_origin().port()
    }

    /// `true` for this domain and its subdomains: see [`Origin::is_under`].
    pub fn is_under(&self, domain: &str) -> bool {
        self.as_origin().is_under(domain)
    }

    /// The origin, borrowed.
    pub fn as_origin(&self) -> Origin<'_> {
        Origin::parse(self.0.as_bytes()).expect("it was an origin before")
    }
}

impl Origin<'_> {
    /// The same origin with its own text.
    pub fn into_owned(self) -> OwnedOrigin {
        OwnedOrigin(self.as_str().into())
    }
}

impl Deref for OwnedOrigin {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for OwnedOrigin {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<OwnedOrigin> for String {
    fn from(origin: OwnedOrigin) -> Self {
        origin.0
    }
}

impl fmt::Display for OwnedOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for OwnedOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}
