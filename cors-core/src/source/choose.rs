//! A policy that the request chooses.

use alloc::boxed::Box;
use core::{fmt, future::Future, pin::Pin};

use super::Current;
use crate::{Cors, Framework, Lines, RequestField, RequestHead};

/// Chooses a policy by the request, for example one for each tenant.
///
/// [`Cors::vary_by`] says what the choice depends on, and [`Cors::undecided`] that it failed.
pub trait Choose<C: Framework>: Send + Sync + 'static {
    /// The policy for this request.
    fn choose(&self, request: &dyn Head) -> Chosen<C>;

    /// The policy for requests that choose none. It should allow no origin.
    fn closed(&self) -> Cors<C>;
}

/// A request that chooses its policy: the parts that its author may choose by.
pub trait Head {
    /// The path as the client sent it, percent-encoded and without the query.
    fn path(&self) -> &[u8];

    /// The host and the port that the request was sent to, as the client wrote them.
    fn host(&self) -> Option<&[u8]>;

    /// The value of the header with this name, in lower case. `None` if there are several.
    fn header(&self, name: &str) -> Option<&[u8]>;
}

/// What a request chooses.
pub enum Chosen<C: Framework> {
    /// This policy.
    Now(Cors<C>),
    /// One that has to be awaited.
    Later(Later<C>),
}

/// What an adapter is given for a request.
pub enum Choice<'a, C: Framework> {
    /// The policy.
    Now(Current<'a, C>),
    /// One that has to be awaited.
    Later(Later<C>),
}

type Later<C> = Pin<Box<dyn Future<Output = Cors<C>> + Send>>;

struct View<'a, R>(&'a R);

impl<R: RequestHead> Head for View<'_, R> {
    fn path(&self) -> &[u8] {
        self.0.path()
    }

    fn host(&self) -> Option<&[u8]> {
        match self.0.find(RequestField::Host) {
            Lines::One(line) => Some(R::Framework::bytes(line)),
            Lines::None => self.0.authority(),
            Lines::Several => None,
        }
    }

    fn header(&self, name: &str) -> Option<&[u8]> {
        self.0.header(name)
    }
}

#[cold]
#[inline(never)]
pub(super) fn choose<'a, R: RequestHead>(
    by: &dyn Choose<R::Framework>,
    request: &R,
) -> Choice<'a, R::Framework> {
    match by.choose(&View(request)) {
        Chosen::Now(cors) => Choice::Now(Current::Live(cors)),
        Chosen::Later(later) => Choice::Later(later),
    }
}

impl<C: Framework> fmt::Debug for Chosen<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Now(_) => "Now(..)",
            Self::Later(_) => "Later(..)",
        })
    }
}

impl<C: Framework> fmt::Debug for Choice<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Now(_) => "Now(..)",
            Self::Later(_) => "Later(..)",
        })
    }
}
