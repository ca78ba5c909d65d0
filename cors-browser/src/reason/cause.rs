//! The kinds of faults.

use cors_core::ResponseField;

/// Which response a fault is in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Stage {
    /// The one to the preflight.
    Preflight,
    /// The one to the request itself, redirects included.
    Actual,
}

macro_rules! causes {
    ($($(#[doc = $doc:literal])+ $name:ident $slug:literal $before:literal $after:literal)+) => {
        /// A kind of fault. The first ones are found before anything is sent.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[non_exhaustive]
        pub enum Cause {
            $($(#[doc = $doc])+ $name,)+
            /// There is no response.
            NoResponse(Stage),
            /// There is no `Access-Control-Allow-Origin`.
            OriginMissing(Stage),
            /// `Access-Control-Allow-Origin` is a list.
            OriginMultiple(Stage),
            /// `Access-Control-Allow-Origin` is not an origin.
            OriginInvalid(Stage),
            /// `Access-Control-Allow-Origin` is another origin.
            OriginMismatch(Stage),
            /// `Access-Control-Allow-Origin` is `*`, and credentials are included.
            OriginWildcard(Stage),
            /// Credentials are included, and there is no `Access-Control-Allow-Credentials`.
            CredentialsMissing(Stage),
            /// Credentials are included, and `Access-Control-Allow-Credentials` is not `true`.
            CredentialsInvalid(Stage),
        }

        impl Cause {
            /// Every kind of fault.
            pub const ALL: &'static [Self] = &[
                $(Self::$name,)+
                Self::NoResponse(Stage::Preflight),
                Self::NoResponse(Stage::Actual),
                Self::OriginMissing(Stage::Preflight),
                Self::OriginMissing(Stage::Actual),
                Self::OriginMultiple(Stage::Preflight),
                Self::OriginMultiple(Stage::Actual),
                Self::OriginInvalid(Stage::Preflight),
                Self::OriginInvalid(Stage::Actual),
                Self::OriginMismatch(Stage::Preflight),
                Self::OriginMismatch(Stage::Actual),
                Self::OriginWildcard(Stage::Preflight),
                Self::OriginWildcard(Stage::Actual),
                Self::CredentialsMissing(Stage::Preflight),
                Self::CredentialsMissing(Stage::Actual),
                Self::CredentialsInvalid(Stage::Preflight),
                Self::CredentialsInvalid(Stage::Actual),
            ];

            /// Returns the stable name, such as `actual.acao.missing`.
            pub const fn code(self) -> &'static str {
                use Stage::{Actual, Preflight};
                match self {
                    $(Self::$name => $slug,)+
                    Self::NoResponse(Preflight) => "preflight.no-response",
                    Self::NoResponse(Actual) => "actual.no-response",
                    Self::OriginMissing(Preflight) => "preflight.acao.missing",
                    Self::OriginMissing(Actual) => "actual.acao.missing",
                    Self::OriginMultiple(Preflight) => "preflight.acao.multiple",
                    Self::OriginMultiple(Actual) => "actual.acao.multiple",
                    Self::OriginInvalid(Preflight) => "preflight.acao.invalid",
                    Self::OriginInvalid(Actual) => "actual.acao.invalid",
                    Self::OriginMismatch(Preflight) => "preflight.acao.mismatch",
                    Self::OriginMismatch(Actual) => "actual.acao.mismatch",
                    Self::OriginWildcard(Preflight) => "preflight.acao.wildcard-with-credentials",
                    Self::OriginWildcard(Actual) => "actual.acao.wildcard-with-credentials",
                    Self::CredentialsMissing(Preflight) => "preflight.acac.missing",
                    Self::CredentialsMissing(Actual) => "actual.acac.missing",
                    Self::CredentialsInvalid(Preflight) => "preflight.acac.invalid",
                    Self::CredentialsInvalid(Actual) => "actual.acac.invalid",
                }
            }

            /// The words before and after the subject, in one clause.
            pub(super) const fn words(self) -> (&'static str, &'static str) {
                match self {
                    $(Self::$name => ($before, $after),)+
                    Self::NoResponse(Stage::Preflight) => ("the preflight received no response", ""),
                    Self::NoResponse(Stage::Actual) => ("the request received no response", ""),
                    Self::OriginMissing(_) => ("access-control-allow-origin is missing", ""),
                    Self::OriginMultiple(_) => {
                        ("access-control-allow-origin", " contains several values, but only one is allowed")
                    }
                    Self::OriginInvalid(_) => {
                        ("access-control-allow-origin", " is neither \"*\" nor an origin")
                    }
                    Self::OriginMismatch(_) => ("access-control-allow-origin is", ""),
                    Self::OriginWildcard(_) => {
                        ("access-control-allow-origin", " does not cover a request with credentials")
                    }
                    Self::CredentialsMissing(_) => (
                        "access-control-allow-credentials is missing, but the request includes credentials",
                        "",
                    ),
                    Self::CredentialsInvalid(_) => {
                        ("access-control-allow-credentials is", ", but must be \"true\" in lowercase")
                    }
                }
            }
        }
    };
}

causes! {
    /// The URL is not one that a browser writes.
    InvalidUrl "request.url" "cannot parse the URL" ""
    /// The page's origin is neither `null` nor an origin as it is serialized.
    InvalidOrigin "request.origin" "the page's origin" " is not valid: write it like \"https://app.example.com\""
    /// The method is not a token.
    InvalidMethod "request.method.invalid" "the method" " is not a valid HTTP token"
    /// The method is [forbidden](https://fetch.spec.whatwg.org/#forbidden-method).
    ForbiddenMethod "request.method.forbidden" "the method" " cannot be used by a script"
    /// Mode `no-cors` allows only safelisted methods.
    NoCorsMethod "request.method.no-cors" "mode no-cors does not allow the method" ""
    /// A header's name is not a token, or its value has a line break or a zero byte.
    InvalidHeader "request.header.invalid" "the header" " has an invalid name or value"
    /// Mode `same-origin`, and another origin.
    CrossOrigin "request.cross-origin" "mode same-origin does not allow the cross-origin URL" ""
    /// The scheme is neither `http` nor `https`.
    Scheme "request.scheme" "the URL" " is not http or https"
    /// The preflight is answered with a redirect.
    PreflightRedirect "preflight.redirect" "the preflight is answered with status" ", and a preflight must not be redirected"
    /// The preflight's status is not within 200 to 299.
    PreflightStatus "preflight.status" "the preflight is answered with status" ", which is not in the range 200 to 299"
    /// `Access-Control-Allow-Methods` has an element that is not a token.
    UnparsableMethods "preflight.acam.unparsable" "access-control-allow-methods" " is not a valid list of methods: the browser rejects the whole header"
    /// `Access-Control-Allow-Headers` has an element that is not a token.
    UnparsableHeaders "preflight.acah.unparsable" "access-control-allow-headers" " is not a valid list of header names: the browser rejects the whole header"
    /// `Access-Control-Allow-Methods` does not cover the method.
    MethodNotAllowed "preflight.method.not-allowed" "access-control-allow-methods does not allow the method" ""
    /// `Access-Control-Allow-Headers` does not cover a header.
    HeaderNotAllowed "preflight.header.not-allowed" "access-control-allow-headers does not allow the header" ""
    /// `Access-Control-Allow-Headers` does not name `Authorization`, which `*` does not cover.
    AuthorizationNotListed "preflight.header.authorization-not-listed" "access-control-allow-headers does not list the header" ", and \"*\" does not cover it"
    /// The redirect's location is not a URL.
    RedirectLocation "redirect.location" "cannot parse the redirect's location" ""
    /// The redirect leads to a scheme that is neither `http` nor `https`.
    RedirectScheme "redirect.scheme" "the redirect to" " is not http or https"
    /// There are more than 20 redirects.
    TooManyRedirects "redirect.too-many" "the redirect to" " exceeds the limit of 20 redirects"
    /// The redirect's location has a user name or a password.
    RedirectCredentials "redirect.credentials-in-url" "the redirect to" " contains a user name or password"
    /// The body is a stream, which cannot be sent again.
    RedirectBody "redirect.stream-body" "the redirect to" " requires the body again, but a streamed body cannot be resent"
}

impl Cause {
    /// Whether the subject is a status.
    pub(super) const fn is_about_status(self) -> bool {
        matches!(self, Self::PreflightRedirect | Self::PreflightStatus)
    }

    /// Returns the response header that the fault is in.
    pub const fn field(self) -> Option<ResponseField> {
        match self {
            Self::OriginMissing(_)
            | Self::OriginMultiple(_)
            | Self::OriginInvalid(_)
            | Self::OriginMismatch(_)
            | Self::OriginWildcard(_) => Some(ResponseField::AllowOrigin),
            Self::CredentialsMissing(_) | Self::CredentialsInvalid(_) => {
                Some(ResponseField::AllowCredentials)
            }
            Self::UnparsableMethods | Self::MethodNotAllowed => Some(ResponseField::AllowMethods),
            Self::UnparsableHeaders | Self::HeaderNotAllowed | Self::AuthorizationNotListed => {
                Some(ResponseField::AllowHeaders)
            }
            _ => None,
        }
    }
}
