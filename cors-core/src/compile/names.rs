//! The lists of names in a policy: methods, request headers and exposed headers.

use alloc::{borrow::ToOwned, string::String, vec::Vec};

use hashbrown::HashSet;

use super::is_any;
use crate::{
    Diagnostic, DiagnosticKind, Framework, Policy, compiled::Names, header, intern::intern, method,
};

impl Policy {
    pub(super) fn compile_methods<C: Framework>(&self, errors: &mut Vec<Diagnostic>) -> Names<C> {
        if is_any(&self.allow_methods) {
            return Names::any(self.credentials(), literal_any::<C>);
        }
        let (mut names, mut known) = (Vec::new(), HashSet::new());
        for (at, name) in self.allow_methods.iter().enumerate() {
            let reason = match name.as_str() {
                "*" => Some(DiagnosticKind::MethodAnyMixed),
                name if !method::is_token(name.as_bytes()) => Some(DiagnosticKind::MethodToken),
                name if method::is_forbidden(name) => Some(DiagnosticKind::MethodForbidden),
                _ => None,
            };
            errors.extend(reason.map(|kind| Diagnostic::new(kind, name).at(at)));
            let name = method::normalize(name);
            if known.insert(name) {
                names.push(name);
            }
        }
        Names::list(&names)
    }

    pub(super) fn compile_headers<C: Framework>(&self, errors: &mut Vec<Diagnostic>) -> Names<C> {
        if is_any(&self.allow_headers) {
            // In the standard `*` does not cover Authorization.
            return Names::any(self.credentials(), || C::value("*, authorization".into()));
        }
        let names = distinct_headers(&self.allow_headers, errors, |name| match name {
            "*" => Some(DiagnosticKind::HeaderAnyMixed),
            name if name.contains('*') => Some(DiagnosticKind::HeaderPattern),
            name if !method::is_token(name.as_bytes()) => Some(DiagnosticKind::HeaderToken),
            name if header::is_response_only(name) => Some(DiagnosticKind::HeaderResponseOnly),
            name if header::is_forbidden(name) => Some(DiagnosticKind::HeaderForbidden),
            _ => None,
        });
        Names::list(&names)
    }

    pub(super) fn compile_expose<C: Framework>(
        &self,
        errors: &mut Vec<Diagnostic>,
    ) -> Option<C::Value> {
        if is_any(&self.expose_headers) {
            if self.credentials() {
                errors.push(Diagnostic::new(DiagnosticKind::CredentialsAnyExposed, "*").at(0));
            }
            return Some(literal_any::<C>());
        }
        let names = distinct_headers(&self.expose_headers, errors, |name| match name {
            "*" => Some(DiagnosticKind::ExposedAnyMixed),
            name if name.contains('*') => Some(DiagnosticKind::ExposedPattern),
            name if !method::is_token(name.as_bytes()) => Some(DiagnosticKind::ExposedToken),
            name if header::is_forbidden_to_read(name) => Some(DiagnosticKind::ExposedForbidden),
            _ => None,
        });
        render::<C>(&names)
    }
}

impl<C: Framework> Names<C> {
    fn any(credentials: bool, value: impl FnOnce() -> C::Value) -> Self {
        if credentials { Self::Echo } else { Self::Any(value()) }
    }

    fn list(names: &[&str]) -> Self {
        let rendered = render::<C>(names);
        Self::List(names.iter().map(|&name| name.into()).collect(), rendered)
    }
}

fn literal_any<C: Framework>() -> C::Value {
    C::ANY
}

/// The names without the repeated ones, each asked what is wrong with it.
fn distinct_headers<'n>(
    names: &'n [String],
    errors: &mut Vec<Diagnostic>,
    wrong: impl Fn(&str) -> Option<DiagnosticKind>,
) -> Vec<&'n str> {
    let (mut distinct, mut known) = (Vec::new(), HashSet::new());
    for (at, name) in names.iter().enumerate() {
        errors.extend(wrong(name).map(|kind| Diagnostic::new(kind, name).at(at)));
        if known.insert(name.to_ascii_lowercase()) {
            distinct.push(name.as_str());
        }
    }
    distinct
}

/// A list as a header value, or nothing for an empty one.
fn render<C: Framework>(names: &[&str]) -> Option<C::Value> {
    (!names.is_empty()).then(|| C::value(intern(names.join(", ").to_owned())))
}
