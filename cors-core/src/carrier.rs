//! What the engine has to know of a framework: how it holds a header value.

use alloc::borrow::Cow;

/// A framework's way to hold a header value. An adapter implements it once, on a type of its own
/// (an empty enum does), and offers `type Cors = cors_core::Cors<ThatType>`.
///
/// The three constants are made from [`literal`]'s texts and from no others:
///
/// ```
/// use std::borrow::Cow;
/// use cors_core::{Carrier, literal};
///
/// enum Framework {}
///
/// impl Carrier for Framework {
///     type Value = Cow<'static, str>;
///     const ANY: Self::Value = Cow::Borrowed(literal::ANY);
///     const TRUE: Self::Value = Cow::Borrowed(literal::TRUE);
///     const VARY_ORIGIN: Self::Value = Cow::Borrowed(literal::ORIGIN);
///     fn value(text: Cow<'static, str>) -> Self::Value {
///         text
///     }
/// }
/// ```
///
/// [`literal`]: crate::literal
pub trait Carrier: Sized + 'static {
    /// The framework's header value. Its clone is on the hot path: one made from `'static` text
    /// should copy nothing and count nothing.
    type Value: Clone + Send + Sync + 'static;

    /// [`literal::ANY`](crate::literal::ANY).
    const ANY: Self::Value;
    /// [`literal::TRUE`](crate::literal::TRUE).
    const TRUE: Self::Value;
    /// [`literal::ORIGIN`](crate::literal::ORIGIN).
    const VARY_ORIGIN: Self::Value;

    /// A value of this text, which is visible ASCII and spaces. Borrowed text must not be copied:
    /// its address is part of what it says (see [`literal`](crate::literal)).
    fn value(text: Cow<'static, str>) -> Self::Value;
}
