//! Where an adapter takes its policy from.

mod choose;

pub use choose::{Choice, Choose, Chosen, Head};

use alloc::sync::Arc;
use core::{fmt, ops::Deref};

use crate::{Cors, Framework, RequestHead, plain::Plain};

/// A policy that is replaced while it serves, for example by a watched file.
///
/// An adapter calls [`current`](Self::current) once for each request, so a request sees one policy
/// from beginning to end.
pub trait Live<C: Framework>: Send + Sync + 'static {
    /// The policy in force now. It is called on the hot path: it should neither wait nor lock.
    fn current(&self) -> Cors<C>;
}

/// Where an adapter takes its policy from: one that stays, or one that is replaced while serving.
///
/// ```
/// use cors_core::{Cors, Live, Policy, Source, plain::Plain};
///
/// let cors: Cors = Policy::new().allow_any_origin().compile()?;
/// let source = Source::from(cors);
/// assert_eq!(source.current().resources(), Policy::new().allow_any_origin().into());
/// # Ok::<(), cors_core::PolicyErrors>(())
/// ```
pub struct Source<C: Framework = Plain>(Kind<C>);

enum Kind<C: Framework> {
    Fixed(Cors<C>),
    Live(Arc<dyn Live<C>>),
    /// With the policy of requests that choose none.
    By(Arc<dyn Choose<C>>, Cors<C>),
}

impl<C: Framework> Source<C> {
    /// A policy that is replaced while it is served.
    pub fn live(live: impl Live<C>) -> Self {
        Self(Kind::Live(Arc::new(live)))
    }

    /// A policy that each request chooses.
    pub fn by(choose: impl Choose<C>) -> Self {
        let closed = choose.closed();
        Self(Kind::By(Arc::new(choose), closed))
    }

    /// The policy for a request: called once for each.
    #[inline]
    pub fn choose<'a, R>(&'a self, request: &R) -> Choice<'a, C>
    where
        R: RequestHead<Framework = C>,
    {
        match &self.0 {
            Kind::Fixed(cors) => Choice::Now(Current::Fixed(cors)),
            Kind::Live(live) => Choice::Now(Current::Live(live.current())),
            Kind::By(by, _) => choose::choose(&**by, request),
        }
    }

    /// Returns true if each request chooses its policy. Any of them may then be answered.
    pub fn is_chosen(&self) -> bool {
        matches!(self.0, Kind::By(..))
    }

    /// The policy in force, or the one for requests that choose none.
    #[inline]
    pub fn current(&self) -> Current<'_, C> {
        match &self.0 {
            Kind::Fixed(cors) => Current::Fixed(cors),
            Kind::Live(live) => Current::Live(live.current()),
            Kind::By(_, closed) => Current::Fixed(closed),
        }
    }
}

impl<C: Framework> From<Cors<C>> for Source<C> {
    fn from(cors: Cors<C>) -> Self {
        Self(Kind::Fixed(cors))
    }
}

/// A compiled policy, as an adapter's `new` takes it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a compiled policy",
    label = "expected a compiled policy, `Cors`",
    note = "compile the policy first: `policy.compile()?`"
)]
pub trait CompiledPolicy<C: Framework> {
    /// The policy, rendered for the framework.
    fn into_source(self) -> Source<C>;
}

impl<C: Framework> CompiledPolicy<C> for Cors {
    fn into_source(self) -> Source<C> {
        self.render().into()
    }
}

impl<C: Framework> CompiledPolicy<C> for Source<C> {
    fn into_source(self) -> Self {
        self
    }
}

impl<C: Framework> Clone for Source<C> {
    fn clone(&self) -> Self {
        Self(match &self.0 {
            Kind::Fixed(cors) => Kind::Fixed(cors.clone()),
            Kind::Live(live) => Kind::Live(Arc::clone(live)),
            Kind::By(by, closed) => Kind::By(Arc::clone(by), closed.clone()),
        })
    }
}

impl<C: Framework> fmt::Debug for Source<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Source").field(&*self.current()).finish()
    }
}

/// The policy that a request is decided by: borrowed where it stays, and so without a counter that
/// threads share.
pub enum Current<'a, C: Framework = Plain> {
    /// A policy that stays.
    Fixed(&'a Cors<C>),
    /// The one in force when it was asked for.
    Live(Cors<C>),
}

impl<C: Framework> Current<'_, C> {
    /// The same without the borrow, for what outlives the source's borrow.
    pub fn into_owned(self) -> Cors<C> {
        match self {
            Self::Fixed(cors) => cors.clone(),
            Self::Live(cors) => cors,
        }
    }
}

impl<C: Framework> Deref for Current<'_, C> {
    type Target = Cors<C>;

    #[inline]
    fn deref(&self) -> &Cors<C> {
        match self {
            Self::Fixed(cors) => cors,
            Self::Live(cors) => cors,
        }
    }
}
