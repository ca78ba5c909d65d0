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
    /// [`Host`](https://www.rfc-editor.org/rfc/rfc9110#field.host), which only a guard reads
    Host,
    /// [`Upgrade`](https://www.rfc-editor.org/rfc/rfc9110#field.upgrade), which only a guard reads
    Upgrade,
}

impl RequestField {
    /// The header's name, in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Origin => "origin",
            Self::Method => "access-control-request-method",
            Self::Headers => "access-control-request-headers",
            Self::PrivateNetwork => "access-control-request-private-network",
            Self::Host => "host",
            Self::Upgrade => "upgrade",
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

/// The value of one line of a request.
pub type Line<'a, R> = <<R as RequestHead>::Framework as Framework>::Line<'a>;

/// A view of a framework's request. It is read once, by [`Cors::decide`](crate::Cors::decide).
///
/// [`plain::Request`](crate::plain::Request) is an implementation to start from.
pub trait RequestHead {
    /// The framework that the request comes from.
    type Framework: Framework;

    /// Whether the method is `OPTIONS`, byte for byte.
    fn is_options(&self) -> bool;

    /// The path as the client sent it, where the framework has it: percent-encoded, and without the
    /// query. It is looked at where policies differ by path, and nowhere else.
    fn path(&self) -> &[u8];

    /// The method, byte for byte. Only a [`Guard`](crate::Guard) reads it.
    fn method(&self) -> &[u8];

    /// The authority of the target, as in absolute form and in HTTP/2. Only a
    /// [`Guard`](crate::Guard) reads it.
    fn authority(&self) -> Option<&[u8]>;

    /// The value of the only line with this name, which is in lower case. It is looked at where a
    /// policy is [chosen](crate::adapter::Choose) by the request, and nowhere else.
    fn header(&self, name: &str) -> Option<&[u8]>;

    /// The values of every line named `field`, in the order received. Names are compared without
    /// case; lines are not split at commas, and values are the bytes received.
    fn lines(&self, field: RequestField) -> impl Iterator<Item = Line<'_, Self>>;

    /// The line named `field`, if it is the only one: a framework that knows without looking for
    /// a second one says so.
    #[inline]
    fn find(&self, field: RequestField) -> Lines<Line<'_, Self>> {
        let mut lines = self.lines(field);
        match (lines.next(), lines.next()) {
            (None, _) => Lines::None,
            (Some(line), None) => Lines::One(line),
            (Some(_), Some(_)) => Lines::Several,
        }
    }
}
