//! The items that an adapter is made of. Users of an adapter need none of them.
//!
//! An adapter implements [`Framework`], [`RequestHead`] and [`ResponseHead`] for its framework's
//! types. For each request it takes the policy from its [`Source`], decides, and either answers with
//! [`Answer::apply`] or runs the handler and calls [`Detached::apply`] on the response.
//! [`plain`](crate::plain) implements the three traits without a framework.

#[cfg(feature = "tracing")]
pub use crate::event::event;
#[cfg(feature = "std")]
pub use crate::inside::{Inside, Outside};
pub use crate::{
    answer::Answer,
    decision::{Decision, Detached, Forward},
    framework::Framework,
    guard::refuses,
    literal,
    permission::log_failure,
    request::{Line, Lines, RequestField, RequestHead},
    response::{ResponseField, ResponseHead},
    source::{Choice, Choose, Chosen, CompiledPolicy, Current, Head, Live, Source},
};
