//! The head of a request: everything that CORS looks at.

use crate::Framework;

/// The request headers that CORS reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RequestField {
    /// [`Origin`](https://fetch.spec.whatwg.org/#origin-header)
    Origin,
    /// [`Access-Control-Request-Method`](https://fetch.spec.whatwg.org/#http-access-control-request-method)
    Method,
    /// [`Access-Control-Request-Headers`](https://fetch.spec.whatwg.org/#http-access-control-request-headers)
    Headers,
    /// `Access-Control-Request-Private-Network`, superseded
    PrivateNetwork,
}

impl RequestField {
    /// The header's name, in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Origin => "origin",
            Self::Method => "access-control-request-method",
            Self::Headers => "access-control-request-headers",
            Self::PrivateNetwork => "access-control-request-private-network",
        }
    }
}

/// What a request has under one name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lines<L> {
    /// No line.
    None,
    /// One line.
    One(L),
    /// More than one: an origin or a method is then not to be believed, and a list is read whole.
    Several,
}

/// A view of a framework's request. It is read once, by [`Cors::decide`](crate::Cors::decide).
///
/// [`plain::Request`](crate::plain::Request) is an implementation to start from.
pub trait RequestHead {
    /// The framework that the request comes from.
    type Framework: Framework;

    /// One line's value, borrowed.
    type Line<'a>: Copy
    where
        Self: 'a;

    /// Whether the method is `OPTIONS`, byte for byte.
    fn is_options(&self) -> bool;

    /// The path as the client sent it, where the framework has it: percent-encoded, and without the
    /// query. It is looked at where policies differ by path, and nowhere else.
    fn path(&self) -> &[u8];

    /// The values of every line named `field`, in the order received. Names are compared without
    /// case; lines are not split at commas, and values are the bytes received.
    fn lines(&self, field: RequestField) -> impl Iterator<Item = Self::Line<'_>>;

    /// The line named `field`, if it is the only one: a framework that knows without looking for
    /// a second one says so.
    #[inline]
    fn find(&self, field: RequestField) -> Lines<Self::Line<'_>> {
        let mut lines = self.lines(field);
        match (lines.next(), lines.next()) {
            (None, _) => Lines::None,
            (Some(line), None) => Lines::One(line),
            (Some(_), Some(_)) => Lines::Several,
        }
    }

    /// The line's bytes.
    fn bytes<'a>(line: Self::Line<'a>) -> &'a [u8]
    where
        Self: 'a;

    /// The line as a value to send back: a shared one where the framework can, so that echoing an
    /// origin copies nothing. Only ever asked of a line that is visible ASCII and white space.
    fn value(line: Self::Line<'_>) -> <Self::Framework as Framework>::Value;
}
