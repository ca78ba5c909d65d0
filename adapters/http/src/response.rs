//! The head of a response, as the engine writes it.

use cors_core::{
    Verdict,
    adapter::{Inside, ResponseField, ResponseHead},
};
use http::{Extensions, HeaderMap, HeaderName, HeaderValue, Response};

use crate::{Http, framework::name, leave_verdict, verdict};

/// When a verdict is left in a response's extensions, for [`verdict`] to find.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Leave {
    /// Only if the response's lines do not show that a layer decided. This saves the allocation of the
    /// extensions.
    WhenNeeded,
    /// On every response, so that any code outside may read it.
    Always,
}

/// A response whose headers and extensions are those of `http`.
pub trait HttpResponse {
    /// The headers.
    fn headers(&self) -> &HeaderMap;
    /// The headers, to write to.
    fn headers_mut(&mut self) -> &mut HeaderMap;
    /// The extensions.
    fn extensions(&self) -> &Extensions;
    /// The extensions, to leave a verdict in.
    fn extensions_mut(&mut self) -> &mut Extensions;
}

impl<B> HttpResponse for Response<B> {
    fn headers(&self) -> &HeaderMap {
        self.headers()
    }

    fn headers_mut(&mut self) -> &mut HeaderMap {
        self.headers_mut()
    }

    fn extensions(&self) -> &Extensions {
        self.extensions()
    }

    fn extensions_mut(&mut self) -> &mut Extensions {
        self.extensions_mut()
    }
}

/// The head of a response, to write a decision to.
#[derive(Debug)]
pub struct ResponseView<'a, R> {
    response: &'a mut R,
    leave: Leave,
    inside: Option<Verdict>,
}

impl<'a, R: HttpResponse> ResponseView<'a, R> {
    /// The head of this response.
    #[inline]
    pub fn new(response: &'a mut R, leave: Leave) -> Self {
        Self { response, leave, inside: None }
    }

    /// The same head, around these layers.
    #[inline]
    pub fn around(self, inside: Inside) -> Self {
        Self { inside: inside.report(), ..self }
    }
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

impl<R: HttpResponse> ResponseHead for ResponseView<'_, R> {
    type Framework = Http;

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

    #[inline(always)]
    fn insert(&mut self, field: ResponseField, value: HeaderValue) {
        // The engine removes first: there is nothing to replace, and appending is cheaper.
        self.response.headers_mut().append(name(field), value);
    }

    #[inline]
    fn append(&mut self, field: ResponseField, value: HeaderValue) {
        self.response.headers_mut().append(name(field), value);
    }

    #[inline]
    fn remove(&mut self, field: ResponseField) {
        self.response.headers_mut().remove(name(field));
    }

    #[inline]
    fn reserve(&mut self, lines: usize) {
        self.response.headers_mut().reserve(lines);
    }

    #[inline]
    fn start(&mut self, template: &HeaderMap, origin: impl FnOnce() -> HeaderValue) -> bool {
        let headers = self.response.headers_mut();
        if !headers.is_empty() {
            return false;
        }
        *headers = template.clone();
        if let Some(value) = headers.get_mut(name(ResponseField::AllowOrigin)) {
            *value = origin();
        }
        true
    }

    #[inline]
    fn verdict(&self) -> Option<Verdict> {
        verdict(self.response.extensions())
    }

    #[inline]
    fn inside(&self) -> Option<Verdict> {
        self.inside
    }

    #[cold]
    fn leave_verdict(&mut self, verdict: Verdict) {
        leave_verdict(self.response.extensions_mut(), verdict);
    }

    #[inline]
    fn leaves_every_verdict(&self) -> bool {
        self.leave == Leave::Always
    }
}
