//! The request that a browser makes of a script's request.

use alloc::{borrow::ToOwned, string::String, vec::Vec};

use super::{
    profile::Profile,
    reason::{Cause, Context, Reason, Stage},
    request::{Credentials, Mode, Request},
    safelist,
};
use cors_core::{
    Origin, RequestField,
    method::{self, is_token},
    plain,
};

/// A request as a browser sends it to another origin
/// ([CORS request](https://fetch.spec.whatwg.org/#cors-request)): its method normalized, its headers
/// without those that no script may set.
///
/// The steps are to be taken in this order: [`preflight_needed`](Self::preflight_needed),
/// [`preflight`](Self::preflight), [`preflight_check`](Self::preflight_check),
/// [`actual`](Self::actual), [`cors_check`](Self::cors_check), [`readable`](Self::readable). Each is
/// a pure function, and none asks whether the one before was taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CorsRequest {
    pub(super) profile: Profile,
    pub(super) context: Context,
    pub(super) method: String,
    /// Names in lower case.
    pub(super) headers: Vec<(String, Vec<u8>)>,
    /// Sorted, each once.
    pub(super) unsafe_names: Vec<String>,
    pub(super) includes_credentials: bool,
    /// Why the [use-CORS-preflight flag](https://fetch.spec.whatwg.org/#use-cors-preflight-flag) is
    /// set, if it is.
    pub(super) flag: Option<Why<'static>>,
}

/// The first reason for a preflight.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Why<'r> {
    /// The script listens to the upload.
    UploadListener,
    /// The body is a stream.
    StreamBody,
    /// The request needed a preflight before a redirect. Firefox and WebKit then send one for each
    /// redirect, even if the method has become `GET`.
    Redirect,
    /// The method is not [safelisted](https://fetch.spec.whatwg.org/#cors-safelisted-method).
    Method(&'r str),
    /// This header is not [safelisted](https://fetch.spec.whatwg.org/#cors-safelisted-request-header),
    /// or all that are safelisted are too long together.
    Header(&'r str),
}

impl CorsRequest {
    /// Returns the request that this browser would send.
    ///
    /// # Errors
    ///
    /// If it sends none: a method or a header is invalid, or cannot be used by a script.
    pub fn new(profile: Profile, request: &Request) -> Result<Self, Reason> {
        let context = Context {
            page: request.origin.clone(),
            is_tainted: false,
            url: request.url.clone(),
            redirected_from: None,
        };
        let refused = |cause, subject: &str| Err(Reason::new(cause, &context).about(subject));
        if request.origin != "null" && Origin::parse(request.origin.as_bytes()).is_none() {
            return refused(Cause::InvalidOrigin, &request.origin);
        }
        if !is_token(request.method.as_bytes()) {
            return refused(Cause::InvalidMethod, &request.method);
        }
        if method::is_forbidden(&request.method) {
            return refused(Cause::ForbiddenMethod, &request.method);
        }
        let no_cors = request.mode == Mode::NoCors;
        let method = method::normalize(&request.method);
        if no_cors && !method::is_safelisted(method.as_bytes()) {
            return refused(Cause::NoCorsMethod, method);
        }
        let mut headers = Vec::with_capacity(request.headers.len());
        for (name, value) in &request.headers {
            if !is_token(name.as_bytes()) || value.iter().any(|byte| b"\0\r\n".contains(byte)) {
                return refused(Cause::InvalidHeader, name);
            }
            let silent = no_cors && !safelist::is_no_cors_safelisted(name, value);
            if !silent && !profile.drops(name, value) {
                headers.push((name.to_ascii_lowercase(), value.clone()));
            }
        }
        Ok(Self {
            profile,
            method: method.to_owned(),
            unsafe_names: profile.unsafe_names(&headers),
            headers,
            includes_credentials: request.credentials == Credentials::Include,
            flag: match request {
                Request { upload_listener: true, .. } if profile.hears_upload(method) => {
                    Some(Why::UploadListener)
                }
                Request { stream_body: true, .. } => Some(Why::StreamBody),
                _ => None,
            },
            context,
        })
    }

    /// The method, normalized.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The [CORS-unsafe request-header names](https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names):
    /// in lower case, sorted, each once.
    pub fn unsafe_names(&self) -> &[String] {
        &self.unsafe_names
    }

    /// Returns why the browser sends a preflight first, if it does.
    pub fn preflight_needed(&self) -> Option<Why<'_>> {
        if self.flag.is_some() {
            return self.flag;
        }
        if !method::is_safelisted(self.method.as_bytes()) {
            return Some(Why::Method(&self.method));
        }
        self.unsafe_names.first().map(|name| Why::Header(name))
    }

    /// The [CORS-preflight request](https://fetch.spec.whatwg.org/#cors-preflight-request).
    pub fn preflight(&self) -> plain::Request {
        let mut headers = Vec::with_capacity(4);
        headers.push(("accept".to_owned(), b"*/*".to_vec()));
        headers.push(line(RequestField::Method, &*self.method));
        if !self.unsafe_names.is_empty() {
            headers.push(line(RequestField::Headers, self.unsafe_names.join(",")));
        }
        headers.push(line(RequestField::Origin, self.origin_of(Stage::Preflight)));
        plain::Request::new("OPTIONS", headers)
    }

    /// The request itself.
    pub fn actual(&self) -> plain::Request {
        let mut headers = Vec::with_capacity(self.headers.len() + 1);
        headers.extend_from_slice(&self.headers);
        headers.push(line(RequestField::Origin, self.context.origin()));
        plain::Request::new(&*self.method, headers)
    }

    /// The request itself, as it is sent without CORS.
    pub(super) fn without_origin(&self) -> plain::Request {
        plain::Request::new(&*self.method, self.headers.iter().cloned())
    }

    /// The origin that a request names.
    pub(super) fn origin_of(&self, stage: Stage) -> &str {
        match stage {
            Stage::Preflight if self.profile.preflight_names_page() => &self.context.page,
            _ => self.context.origin(),
        }
    }

    pub(super) fn reason(&self, cause: Cause) -> Reason {
        Reason::new(cause, &self.context)
    }
}

fn line(field: RequestField, value: impl Into<Vec<u8>>) -> (String, Vec<u8>) {
    (field.name().to_owned(), value.into())
}
