//! The head of a response, as the engine writes it.

use actix_web::{
    HttpResponse,
    http::header::{HeaderName, HeaderValue},
};
use cors_core::{
    Verdict,
    adapter::{ResponseField, ResponseHead},
};

use crate::{
    ActixWeb,
    framework::name,
    verdict::{leave_verdict, verdict},
};

/// When a verdict is left in a response's extensions, for [`verdict`] to find.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Leave {
    /// Only if the response's lines do not show that a middleware decided. This saves the allocation of
    /// the extensions.
    WhenNeeded,
    /// On every request and response, so that any code may read it.
    Always,
}

/// The head of a response, to write a decision to.
pub(crate) struct ResponseView<'a, B> {
    pub(crate) response: &'a mut HttpResponse<B>,
    pub(crate) leave: Leave,
    /// The verdict of a middleware inside.
    pub(crate) inside: Option<Verdict>,
}

/// Compared with constants, most of which are numbers: all but one are names that `http` knows.
#[inline(always)]
fn field(name: &HeaderName) -> Option<ResponseField> {
    macro_rules! first {
        ($($field:ident)+) => {
            match name {
                $(name if *name == const { HeaderName::from_static(ResponseField::$field.name()) } => {
                    Some(ResponseField::$field)
                })+
                _ => None,
            }
        };
    }
    first!(Vary AllowOrigin AllowCredentials AllowMethods AllowHeaders ExposeHeaders MaxAge
        AllowPrivateNetwork)
}

impl<B> ResponseHead for ResponseView<'_, B> {
    type Framework = ActixWeb;

    #[inline]
    fn lines(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.response.headers().iter().map(|(name, value)| (name.as_str(), value.as_bytes()))
    }

    #[inline(always)]
    fn fields(&self, mut see: impl FnMut(ResponseField, &[u8])) {
        for (name, value) in self.response.headers() {
            if let Some(field) = field(name) {
                see(field, value.as_bytes());
            }
        }
    }

    #[inline]
    fn insert(&mut self, field: ResponseField, value: HeaderValue) {
        // The engine removes first: there is nothing to replace, and the map's own `insert` costs
        // twice as much, because it returns what it replaced.
        self.append(field, value);
    }

    #[inline]
    fn append(&mut self, field: ResponseField, value: HeaderValue) {
        self.response.headers_mut().append(name(field), value);
    }

    fn remove(&mut self, field: ResponseField) {
        self.response.headers_mut().remove(name(field));
    }

    #[inline]
    fn verdict(&self) -> Option<Verdict> {
        verdict(&self.response.extensions())
    }

    #[inline]
    fn inside(&self) -> Option<Verdict> {
        self.inside
    }

    #[cold]
    fn leave_verdict(&mut self, verdict: Verdict) {
        leave_verdict(&mut self.response.extensions_mut(), verdict);
    }

    #[inline]
    fn leaves_every_verdict(&self) -> bool {
        self.leave == Leave::Always
    }
}
