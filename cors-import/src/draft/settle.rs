//! What the engine refuses of a policy is taken out of it, where the library does not miss it.

use cors_core::{Policy, PolicyError, Reason};

use super::Draft;
use crate::{Cause, Rule};

impl Draft {
    /// The policy, once it compiles; nothing where it allows nobody.
    pub(super) fn proved(&mut self) -> Option<Policy> {
        // Each round takes something out or says a word more, so that there is a last one.
        while let Err(errors) = self.policy.compile() {
            for error in &errors {
                if error.reason() == Reason::OriginNone {
                    self.note(Rule::NothingAllowed, "");
                    return None;
                }
                if !self.repaired(error) {
                    self.refuse(Cause::Policy, "", error);
                }
            }
            if !self.mistakes.is_empty() {
                return None;
            }
        }
        Some(self.policy.clone())
    }

    fn repaired(&mut self, error: &PolicyError) -> bool {
        let policy = &mut self.policy;
        let remove = |list: &mut Vec<String>| {
            let before = list.len();
            list.retain(|item| item != error.value());
            list.len() < before
        };
        let (rule, repaired) = match error.reason() {
            Reason::MethodToken | Reason::MethodForbidden => {
                (Rule::MethodUnsent, remove(&mut policy.allow_methods))
            }
            Reason::HeaderToken | Reason::HeaderForbidden | Reason::HeaderResponseOnly => {
                (Rule::HeaderUnsent, remove(&mut policy.allow_headers))
            }
            Reason::ExposedToken | Reason::ExposedForbidden => {
                (Rule::ExposedUnreadable, remove(&mut policy.expose_headers))
            }
            Reason::CredentialsAnyExposed => {
                policy.expose_headers.clear();
                (Rule::ListStarWithCredentials, true)
            }
            Reason::CredentialsInsecure => {
                policy.dangerously_allow_insecure_origins = true;
                (Rule::InsecureOrigins, true)
            }
            Reason::CredentialsPublicSuffix => {
                policy.dangerously_allow_public_suffixes = true;
                (Rule::PublicSuffixes, true)
            }
            Reason::MaxAgeTooLarge => {
                policy.max_age = 86_400;
                (Rule::MaxAgeTooLarge, true)
            }
            _ => return false,
        };
        let value = error.value().to_owned();
        self.note(rule, format_args!("{value:?}"));
        repaired
    }
}
