//! Findings: how a server's answer differs from the policy.

use std::fmt;

use cors_browser::Response;

/// How bad a finding is. The worst comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// The server does not keep the policy.
    Error,
    /// The server keeps the policy, and does something that is worth knowing.
    Note,
}

impl Severity {
    /// `error` or `note`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Note => "note",
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])+ $code:ident = $name:literal, $severity:ident, $laxer:literal, $words:literal;)+) => {
        /// A kind of finding, the worst first.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$doc])+ $code,)+
        }

        impl Code {
            /// Every kind of finding.
            pub const ALL: &[Self] = &[$(Self::$code,)+];

            /// A name that does not change, such as `stranger-reads`.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$code => $name,)+
                }
            }

            /// How bad it is.
            pub const fn severity(self) -> Severity {
                match self {
                    $(Self::$code => Severity::$severity,)+
                }
            }

            /// Whether the server allows more than the policy, or mixes answers up in caches.
            pub const fn is_laxer(self) -> bool {
                match self {
                    $(Self::$code => $laxer,)+
                }
            }

            const fn words(self) -> &'static str {
                match self {
                    $(Self::$code => $words,)+
                }
            }
        }
    };
}

codes! {
    /// An origin that the policy denies may read with the user's credentials.
    StrangerReadsWithCredentials = "stranger-reads-with-credentials", Error, true,
        "the policy denies this origin, and the server lets it read with the user's credentials";
    /// An origin that the policy denies may read.
    StrangerReads = "stranger-reads", Error, true,
        "the policy denies this origin, and the server lets it read";
    /// An origin may send credentials that the policy does not allow.
    CredentialsAllowed = "credentials-allowed", Error, true,
        "the policy does not allow credentials, and the server does";
    /// A method that the policy does not list.
    MethodAllowed = "method-allowed", Error, true,
        "the server allows a method that the policy does not list";
    /// A header that the policy does not list.
    HeaderAllowed = "header-allowed", Error, true,
        "the server allows a request header that the policy does not list";
    /// A response header that the policy does not expose.
    HeaderExposed = "header-exposed", Error, true,
        "the server exposes a response header that the policy does not list";
    /// A preflight's answer is kept for longer.
    KeptLonger = "kept-longer", Error, true,
        "browsers keep the server's answer to a preflight for longer than the policy says";
    /// An origin that the policy allows is blocked.
    FriendBlocked = "friend-blocked", Error, false,
        "the policy allows this request, and the server's answer blocks it";
    /// An origin that the policy allows is blocked with credentials.
    CredentialsBlocked = "credentials-blocked", Error, false,
        "the policy allows credentials, and the server's answer blocks them";
    /// A method is missing in a list.
    MethodMissing = "method-missing", Error, false,
        "the server's list lacks a method of the policy";
    /// A header is missing in a list.
    HeaderMissing = "header-missing", Error, false,
        "the server's list lacks a request header of the policy";
    /// A response header is not exposed.
    ExposedMissing = "exposed-missing", Error, false,
        "the server does not expose a response header of the policy";
    /// `Vary` is missing.
    VaryMissing = "vary-missing", Error, true,
        "the answer depends on the origin and lacks \"Vary: Origin\", so a shared cache can give it to another origin";
    /// Bytes differ, with `--exact`.
    BytesDiffer = "bytes-differ", Error, false,
        "the CORS headers are not those of the engine";
    /// A preflight's answer is kept for a shorter time.
    KeptShorter = "kept-shorter", Note, false,
        "browsers keep the server's answer to a preflight for less time than the policy says";
    /// Lists are sent to strangers.
    ListsLeak = "lists-leak", Note, false,
        "the server sends its lists of methods and headers to an origin that the policy denies";
}

/// One difference in one answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    pub(crate) code: Code,
    /// The names that the lists differ in; empty for what is not about lists.
    pub(crate) names: Vec<String>,
    /// The number of the probe in its list is the caller's to keep.
    pub(crate) expected: Response,
    /// Why a browser blocks the request, if it does.
    pub(crate) cause: Option<String>,
    /// The line that would do, if there is one.
    pub(crate) remedy: Option<String>,
}

impl Finding {
    /// The kind of finding.
    pub fn kind(&self) -> Code {
        self.code
    }

    /// A name that does not change, such as `stranger-reads`.
    pub fn code(&self) -> &'static str {
        self.code.as_str()
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// The CORS headers that the engine would send.
    pub fn expected(&self) -> &Response {
        &self.expected
    }

    /// Why a browser blocks the request, in the browser's terms.
    pub fn cause(&self) -> Option<&str> {
        self.cause.as_deref()
    }

    /// A header line that would fix it.
    pub fn remedy(&self) -> Option<&str> {
        self.remedy.as_deref()
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.words())?;
        match self.names.as_slice() {
            [] => Ok(()),
            names => write!(f, ": {}", names.join(", ")),
        }
    }
}
