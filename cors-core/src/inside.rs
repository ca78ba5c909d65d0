//! The verdict of a layer inside another, on a way that responses do not take.

use core::cell::Cell;

use crate::Verdict;

std::thread_local! {
    /// The verdict of a layer that decided while the layer around it ran.
    static DECIDED: Cell<Option<Verdict>> = const { Cell::new(None) };
}

/// What a layer knows of the layers inside it, whatever becomes of the response on the way.
///
/// A layer decides while the layer around it runs its inner service, on the same thread. Code between
/// the two may rebuild the response, and the outer layer still knows that the inner one denied. A
/// service that answers from another task is out of sight: there the marks on the response count
/// alone.
#[derive(Clone, Copy, Debug)]
pub struct Inside(Option<Verdict>);

/// The verdict around a run of an inner service, until it is over.
#[must_use = "`Inside::leave` takes it"]
#[derive(Debug)]
pub struct Outside(Option<Verdict>);

impl Inside {
    /// A layer has decided: the layer around it knows.
    #[inline]
    pub fn decided(verdict: Verdict) -> Self {
        DECIDED.with(|decided| {
            // A handler may call several services, each with a layer: one denial is enough.
            let is_denied = decided.get().is_some_and(Verdict::is_denial);
            if verdict != Verdict::NoPolicy && !is_denied {
                decided.set(Some(verdict));
            }
        });
        Self(None)
    }

    /// Runs the inner service, or polls its future.
    #[inline]
    pub fn run<T>(&mut self, inner: impl FnOnce() -> T) -> T {
        let outside = Self::enter();
        let result = inner();
        self.leave(outside);
        result
    }

    /// The first half of [`run`](Self::run), for an inner service that takes a request: moving it
    /// into a closure costs as much as the decision.
    #[inline]
    pub fn enter() -> Outside {
        Outside(DECIDED.replace(None))
    }

    /// The second half of [`run`](Self::run).
    #[inline]
    pub fn leave(&mut self, outside: Outside) {
        let inside = DECIDED.replace(outside.0);
        if inside.is_some() {
            self.0 = inside;
        }
    }

    /// The verdict of a layer inside, if there is one. The layer around this one gets it as well: the
    /// innermost layer decides.
    #[inline]
    pub fn report(self) -> Option<Verdict> {
        if self.0.is_some() {
            DECIDED.set(self.0);
        }
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Denial;

    /// The verdict that each layer finds inside it, outermost first.
    fn nest(verdicts: &[Verdict]) -> alloc::vec::Vec<Option<Verdict>> {
        let Some((verdict, rest)) = verdicts.split_first() else { return alloc::vec::Vec::new() };
        let mut inside = Inside::decided(*verdict);
        let mut found = inside.run(|| nest(rest));
        found.insert(0, inside.report());
        found
    }

    #[test]
    fn the_innermost_layer_decides() {
        let (allow, deny) = (Verdict::Allow, Verdict::Deny(Denial::Origin));
        assert_eq!(nest(&[allow]), [None]);
        assert_eq!(nest(&[allow, deny]), [Some(deny), None]);
        assert_eq!(nest(&[deny, allow]), [Some(allow), None]);
        assert_eq!(nest(&[allow, deny, allow]), [Some(allow), Some(allow), None]);
        assert_eq!(nest(&[allow, deny, Verdict::NoPolicy]), [Some(deny), None, None]);
        // What came before is forgotten.
        assert_eq!(nest(&[allow]), [None]);
    }

    #[test]
    fn one_denial_beside_others_is_enough() {
        let mut inside = Inside::decided(Verdict::Allow);
        inside.run(|| {
            let _ = Inside::decided(Verdict::Deny(Denial::Origin));
            let _ = Inside::decided(Verdict::Allow);
        });
        assert_eq!(inside.report(), Some(Verdict::Deny(Denial::Origin)));
    }
}
