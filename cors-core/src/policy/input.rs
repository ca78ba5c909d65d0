//! Types that the setters of a policy accept.

use alloc::{string::String, vec::Vec};
use core::time::Duration;

/// `"*"`: any origin, method or header.
///
/// ```
/// use cors_core::{Policy, input::Any};
///
/// let policy = Policy::new().allow_origin(Any).allow_methods(Any).allow_headers(Any);
/// assert_eq!(policy, Policy::new().allow_any_origin().allow_methods("*").allow_headers(["*"]));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Any;

impl AsRef<str> for Any {
    fn as_ref(&self) -> &str {
        "*"
    }
}

/// One value of a list in a policy: anything that converts to `str`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not text, as the values of a policy are",
    label = "expected text, such as \"https://app.example.com\" or \"content-type\"",
    note = "write the text itself: a `HeaderValue` is not needed"
)]
pub trait Text {
    /// The value.
    fn text(&self) -> &str;
}

impl<T: AsRef<str>> Text for T {
    fn text(&self) -> &str {
        self.as_ref()
    }
}

/// A value, or a list of values: `"PUT"`, `["PUT", "DELETE"]`, or any iterator of text.
///
/// `M` is inferred. It tells a value from a list.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not text or a list of text, as the values of a policy are",
    label = "expected text, such as \"https://app.example.com\", or a list such as [\"PUT\", \"DELETE\"]",
    note = "a predicate goes to the adapter instead: `CorsLayer::new(cors).allow_origin_if(|origin, request| ...)`"
)]
pub trait Texts<M> {
    /// Adds the values to a list.
    fn add_to(self, list: &mut Vec<String>);
}

/// One value: a parameter of [`Texts`].
#[derive(Debug)]
pub enum One {}

/// Several values: a parameter of [`Texts`].
#[derive(Debug)]
pub enum Many {}

impl<T: AsRef<str>> Texts<One> for T {
    fn add_to(self, list: &mut Vec<String>) {
        list.push(self.as_ref().into());
    }
}

impl<I: IntoIterator<Item: Text>> Texts<Many> for I {
    fn add_to(self, list: &mut Vec<String>) {
        list.extend(self.into_iter().map(|item| item.text().into()));
    }
}

/// A length of time: whole seconds as `u64`, or a [`Duration`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a length of time",
    label = "expected whole seconds as `u64`, or a `Duration`"
)]
pub trait Seconds {
    /// The length of time in seconds, rounded down.
    fn seconds(self) -> u64;
}

impl Seconds for u64 {
    fn seconds(self) -> u64 {
        self
    }
}

impl Seconds for Duration {
    fn seconds(self) -> u64 {
        self.as_secs()
    }
}
