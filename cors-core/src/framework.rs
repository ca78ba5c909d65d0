//! The header values of a framework.

use alloc::{borrow::Cow, vec::Vec};

use crate::ResponseField;

/// The header values of a framework. An adapter implements it once, on a type of its own (an empty
/// enum will do).
///
/// The three constants come from the texts of [`literal`] and from nowhere else:
///
/// ```
/// use std::{borrow::Cow, convert::Infallible};
/// use cors_core::adapter::{Framework, literal};
///
/// enum Mine {}
///
/// impl Framework for Mine {
///     type Value = Cow<'static, str>;
///     type Line<'a> = &'a [u8];
///     type Template = Infallible;
///     const ANY: Self::Value = Cow::Borrowed(literal::ANY);
///     const TRUE: Self::Value = Cow::Borrowed(literal::TRUE);
///     const VARY_ORIGIN: Self::Value = Cow::Borrowed(literal::ORIGIN);
///     fn value(text: Cow<'static, str>) -> Self::Value {
///         text
///     }
///     fn bytes<'a>(line: Self::Line<'a>) -> &'a [u8] {
///         line
///     }
///     fn line_value(line: &[u8]) -> Self::Value {
///         String::from_utf8_lossy(line).into_owned().into()
///     }
/// }
/// ```
///
/// [`literal`]: crate::literal
pub trait Framework: Sized + 'static {
    /// A header value. Its clone is on the hot path: a value made from `'static` text should copy
    /// nothing and count nothing.
    type Value: Clone + Send + Sync + 'static;

    /// The value of one line of a request, borrowed.
    // It belongs to the framework and not to `RequestHead`: a decision would then hold a type that
    // depends on the borrowed request, and no future that holds one across an await is `Send`.
    type Line<'a>: Copy;

    /// The headers of an answer to a preflight, made when the policy is compiled. A framework
    /// without a header map that is cheap to clone writes [`Infallible`](core::convert::Infallible).
    type Template: Send + Sync + 'static;

    /// [`literal::ANY`](crate::literal::ANY).
    const ANY: Self::Value;
    /// [`literal::TRUE`](crate::literal::TRUE).
    const TRUE: Self::Value;
    /// [`literal::ORIGIN`](crate::literal::ORIGIN).
    const VARY_ORIGIN: Self::Value;

    /// A value of this text, which is visible ASCII and spaces. Borrowed text must not be copied:
    /// its address is a mark (see [`literal`](crate::literal)).
    fn value(text: Cow<'static, str>) -> Self::Value;

    /// The line's bytes.
    fn bytes<'a>(line: Self::Line<'a>) -> &'a [u8];

    /// The line as a value to send back: a shared one where the framework can, so that echoing an
    /// origin copies nothing. The engine passes lines of visible ASCII and white space only.
    fn line_value(line: Self::Line<'_>) -> Self::Value;

    /// A header map with these lines, of which no two have one name. `None` unless the framework
    /// has a [`Template`](Self::Template).
    fn template(_lines: Vec<(ResponseField, Self::Value)>) -> Option<Self::Template> {
        None
    }
}
