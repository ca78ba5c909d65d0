//! What a compiled policy does beyond its rules: rarely used, so one look shows that there is nothing.

use alloc::{boxed::Box, sync::Arc, vec::Vec};

use super::Cors;
use crate::{
    Decision, Framework, Permission, RequestHead, Verdict, guard::OwnHosts, policy::input::Texts,
    vary::OtherNames,
};

#[derive(Clone, Default)]
pub(super) struct Beyond {
    pub(super) guard: Option<OwnHosts>,
    /// The request headers that the choice of this policy depends on.
    vary: Option<Box<OtherNames>>,
    /// The policy is unknown.
    undecided: bool,
}

impl<C: Framework> Cors<C> {
    /// The same policy where it was chosen by these request headers: `Vary` lists them on every
    /// response. A name that is not a header name becomes `*`.
    pub fn vary_by<M>(self, names: impl Texts<M>) -> Self {
        let vary = Permission::allow().vary_by(names).into_vary();
        self.beyond(|beyond| beyond.vary = vary)
    }

    /// A policy that could not be loaded: CORS requests are answered with 503, and their verdict is
    /// [`Verdict::Undecided`].
    #[must_use]
    pub fn undecided(self) -> Self {
        self.beyond(|beyond| beyond.undecided = true)
    }

    pub(super) fn beyond(self, change: impl FnOnce(&mut Beyond)) -> Self {
        let mut beyond = self.1.as_deref().cloned().unwrap_or_default();
        change(&mut beyond);
        Self(self.0, Some(Arc::new(beyond)))
    }

    #[inline(never)]
    pub(super) fn go_beyond<'a, R>(
        &'a self,
        beyond: &Beyond,
        request: &'a R,
        mut decision: Decision<'a, R>,
    ) -> Decision<'a, R>
    where
        R: RequestHead<Framework = C>,
    {
        let is_cors = !matches!(decision.verdict(), Verdict::NotCors | Verdict::NoPolicy);
        let fails = beyond.undecided && is_cors;
        if fails || beyond.vary.is_some() {
            let said = if fails { Permission::fail() } else { Permission::allow() };
            let names = beyond.vary.as_ref().map_or_else(Vec::new, |names| names.0.clone());
            decision = self.amended(request, decision, said.vary_by(names));
        }
        match &beyond.guard {
            None => decision,
            Some(own) => self.guarded(own, request, decision),
        }
    }
}
