//! What the engine refuses of a policy is taken out of it, where the library does not miss it.

use cors_core::{Diagnostic, DiagnosticKind, Policy, method};

use super::Draft;
use crate::{Cause, Mistake, Rule};

impl Draft {
    /// Says in the policy's own words what was collected.
    pub(super) fn tidy(&mut self) {
        if self.any_origin {
            self.policy.allow_origins.clear();
            self.policy.allow_origin_patterns.clear();
            self.policy.dangerously_allow_null_origin = false;
            self.differences.retain(|difference| !difference.rule().is_about_one_origin());
            if self.policy.allow_credentials {
                self.policy.allow_credentials = false;
                self.policy.dangerously_allow_any_origin_with_credentials = true;
                self.note(Rule::AnyOriginWithCredentials, "");
            } else {
                self.policy.allow_origins.push("*".into());
            }
        }
        if self.policy.dangerously_allow_null_origin {
            self.note(Rule::OriginNull, "");
        }
        // A list that `cors check` would only ask to shorten.
        for warning in self.policy.warnings() {
            let list = match warning.kind() {
                DiagnosticKind::HeaderSafelisted => &mut self.policy.allow_headers,
                DiagnosticKind::ExposedSafelisted => &mut self.policy.expose_headers,
                _ => continue,
            };
            list.retain(|name| name != warning.value());
        }
        // With all three of these listed, it changes nothing.
        let all = ["GET", "HEAD", "POST"];
        let listed = |name: &&str| self.policy.allow_methods.iter().any(|known| known == name);
        if all.iter().all(listed) {
            self.policy.only_listed_methods = false;
        }
        if !self.policy.only_listed_methods {
            self.policy.allow_methods.retain(|name| !method::is_safelisted(name.as_bytes()));
        }
        for list in [
            &mut self.policy.allow_methods,
            &mut self.policy.allow_headers,
            &mut self.policy.expose_headers,
        ] {
            if list.iter().any(|name| name == "*") {
                *list = vec!["*".into()];
            }
        }
    }

    /// The policy, once it compiles; nothing where it allows nobody.
    pub(super) fn proved(&mut self) -> Option<Policy> {
        // Each round takes something out or says a word more, so that there is a last one.
        while let Err(errors) = self.policy.compile() {
            for error in &errors {
                if error.kind() == DiagnosticKind::OriginNone {
                    self.note(Rule::NothingAllowed, "");
                    return None;
                }
                if self.repaired(error) {
                    continue;
                }
                match error.kind() {
                    // The engine names an origin that the pattern lets in.
                    DiagnosticKind::CredentialsAnyPattern => {
                        self.mistakes.push(Mistake {
                            cause: Cause::Strangers,
                            option: String::new(),
                            value: String::new(),
                            said: Some((error.problem(), error.remedy().to_string())),
                        });
                    }
                    _ => self.refuse(Cause::Policy, "", error),
                }
            }
            if !self.mistakes.is_empty() {
                return None;
            }
        }
        self.mistakes.is_empty().then(|| self.policy.clone())
    }

    fn repaired(&mut self, error: &Diagnostic) -> bool {
        let policy = &mut self.policy;
        let remove = |list: &mut Vec<String>| {
            let before = list.len();
            list.retain(|item| item != error.value());
            list.len() < before
        };
        let (rule, repaired) = match error.kind() {
            DiagnosticKind::MethodToken | DiagnosticKind::MethodForbidden => {
                (Rule::MethodUnsent, remove(&mut policy.allow_methods))
            }
            DiagnosticKind::HeaderToken
            | DiagnosticKind::HeaderForbidden
            | DiagnosticKind::HeaderResponseOnly => {
                (Rule::HeaderUnsent, remove(&mut policy.allow_headers))
            }
            DiagnosticKind::ExposedToken | DiagnosticKind::ExposedForbidden => {
                (Rule::ExposedUnreadable, remove(&mut policy.expose_headers))
            }
            DiagnosticKind::CredentialsAnyExposed => {
                policy.expose_headers.clear();
                (Rule::ListStarWithCredentials, true)
            }
            DiagnosticKind::CredentialsInsecure => {
                policy.dangerously_allow_insecure_origins = true;
                (Rule::InsecureOrigins, true)
            }
            DiagnosticKind::CredentialsPublicSuffix => {
                policy.dangerously_allow_public_suffixes = true;
                (Rule::PublicSuffixes, true)
            }
            _ => return false,
        };
        let value = error.value().to_owned();
        let named = value.split_once("//*.").map(|(scheme, host)| format!("{scheme}//evil.{host}"));
        let stranger = error.example().map(str::to_owned).or(named);
        let stranger = stranger.filter(|_| rule == Rule::PublicSuffixes);
        self.note_stranger(rule, format_args!("{value:?}"), stranger);
        repaired
    }
}
