//! The remedy for a misplaced `*`.

use alloc::format;

use super::{Diagnostic, DiagnosticKind, examine};
use crate::origin::suffix;

/// The mistake of a `*` in the wrong place. If it is a part of a label, as in
/// `https://pr-*.example.com`, the remedy is the regular expression that means the same.
pub(super) fn wildcard(text: &str) -> Diagnostic {
    let error = Diagnostic::new(DiagnosticKind::OriginWildcard, text);
    let Some((scheme, rest)) = text.split_once("://") else { return error };
    let (host, port) = rest.split_at(rest.find(':').unwrap_or(rest.len()));
    let stars = host.matches('*').count();
    let is_part = host.split('.').all(|label| label != "*");
    // Under a public suffix, the labels of strangers match too.
    let domain = host.rsplit_once('*').and_then(|(_, rest)| rest.split_once('.'));
    let is_own = domain.is_some_and(|(_, domain)| !suffix::covers_strangers(domain));
    let named = text.replace('*', "x");
    let fits = stars == 1 && is_part && is_own && text.matches('*').count() == 1;
    if !fits || !examine(&named, &named).1.is_empty() {
        return error;
    }
    let host = host.replace('.', r"\.").replace('*', "[a-z0-9-]+");
    error.with_remedy(format!(
        "list {:?} in allow_origin_patterns",
        format!("{scheme}://{host}{port}")
    ))
}
