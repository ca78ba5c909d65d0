//! The enum of a table of diagnostics.

macro_rules! kinds {
    ($($severity:ident {$(
        $(#[$doc:meta])+
        $kind:ident = $code:literal, $($key:ident)? $subject:literal, $clause:literal: $remedy:literal;
    )+})+) => {
        /// A kind of diagnostic: what a mistake in a policy, or a warning about it, is.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[non_exhaustive]
        pub enum DiagnosticKind {
            $($($(#[$doc])+ $kind,)+)+
        }

        impl DiagnosticKind {
            /// Every kind: errors first, then warnings.
            pub const ALL: &[Self] = &[$($(Self::$kind,)+)+];

            /// A name that does not change, such as `origin-trailing-slash`.
            pub const fn code(self) -> &'static str {
                match self {
                    $($(Self::$kind => $code,)+)+
                }
            }

            /// `Error` if the policy does not compile, `Warning` if it does.
            pub const fn severity(self) -> crate::diagnostic::Severity {
                match self {
                    $($(Self::$kind => crate::diagnostic::Severity::$severity,)+)+
                }
            }

            /// The key that the value is usually written under. A kind without a key is about a path.
            pub const fn key(self) -> Option<crate::data::Key> {
                match self {
                    $($(Self::$kind => kinds!(@key $($key)?),)+)+
                }
            }

            /// The subject, what is wrong with it, and what to do unless there is a value to write
            /// instead.
            pub(super) const fn words(self) -> (&'static str, &'static str, &'static str) {
                match self {
                    $($(Self::$kind => ($subject, $clause, $remedy),)+)+
                }
            }
        }
    };
    (@key) => { None };
    (@key $key:ident) => { Some(crate::data::Key::$key) };
}

pub(super) use kinds;
