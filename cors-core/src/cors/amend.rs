//! What changes a decision after the policy has made it: a predicate's own words, and a guard.

use alloc::boxed::Box;

use super::{Cors, Rules};
use crate::{
    Answer, Decision, Forward, Framework, Permission, RequestHead, Verdict, answer::Cause,
    compiled::Compiled, guard::OwnHosts, vary::OtherNames,
};

impl<C: Framework> Cors<C> {
    /// The decision with what a predicate says beyond "allowed" and "denied".
    #[cold]
    #[inline(never)]
    pub(super) fn amended<'a, R>(
        &'a self,
        request: &'a R,
        decision: Decision<'a, R>,
        permission: Permission,
    ) -> Decision<'a, R>
    where
        R: RequestHead<Framework = C>,
    {
        let failed = permission.is_failure();
        let vary = permission.into_vary();
        let and = |before: Option<Box<OtherNames>>| OtherNames::join(before, vary);
        match decision {
            Decision::Answer(answer) => {
                let verdict = if failed { Verdict::Undecided } else { answer.verdict };
                let vary = and(answer.vary);
                Decision::Answer(Answer { verdict, vary, ..answer })
            }
            Decision::Forward(forward) if failed => Decision::Answer(Answer {
                policy: self.policy_or_closed(&forward),
                request,
                origin: None,
                verdict: Verdict::Undecided,
                cause: Cause::Failure,
                vary: and(forward.vary),
            }),
            Decision::Forward(forward) => {
                let vary = and(forward.vary);
                Decision::Forward(Forward { vary, ..forward })
            }
        }
    }

    /// The policy that decided, or one that allows no origin.
    fn policy_or_closed<'a>(&'a self, forward: &Forward<'a, C>) -> &'a Compiled<C> {
        match (&*self.0, forward.policy) {
            (_, Some(policy)) | (Rules::One(policy), None) => policy,
            (Rules::ByPath(paths), None) => paths.closed(),
        }
    }

    /// The decision, unless the guard refuses the request.
    #[inline(never)]
    pub(super) fn guarded<'a, R>(
        &'a self,
        own: &OwnHosts,
        request: &'a R,
        decision: Decision<'a, R>,
    ) -> Decision<'a, R>
    where
        R: RequestHead<Framework = C>,
    {
        let Decision::Forward(forward) = decision else { return decision };
        if !own.refuse(forward.verdict, request) {
            return Decision::Forward(forward);
        }
        let policy = self.policy_or_closed(&forward);
        let Forward { verdict, vary, .. } = forward;
        let cause = Cause::Guard;
        Decision::Answer(Answer { policy, request, origin: None, verdict, cause, vary })
    }
}
