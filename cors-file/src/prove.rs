//! What the engine says about a draft, at the place of what it is about.

use cors_core::{Cors, Framework, PolicyError, data::Key, plain::Plain};

use crate::{
    draft::{Draft, Entry},
    finding::{Finding, Severity, Where},
    place::Place,
};

/// Compiles the policies, or says where each mistake is.
pub(crate) fn compile<C: Framework>(text: &str, draft: &Draft) -> Result<Cors<C>, Vec<Finding>> {
    draft.resources().compile_for().map_err(|errors| {
        let errors: Vec<_> = errors.into_iter().collect();
        errors
            .iter()
            .enumerate()
            .map(|(at, error)| {
                // The same twice is about a value that is written twice.
                let skip = errors[..at].iter().filter(|before| *before == error).count();
                Finding::error(error.code(), error.problem(), find(text, draft, error, skip))
                    .with_help(error.remedy())
            })
            .collect()
    })
}

/// The mistakes alone.
pub(crate) fn errors(text: &str, draft: &Draft) -> Vec<Finding> {
    compile::<Plain>(text, draft).err().unwrap_or_default()
}

/// What compiles and may yet be a mistake.
pub(crate) fn warnings(text: &str, draft: &Draft) -> Vec<Finding> {
    let mut findings = Vec::new();
    for entry in draft.entries.iter().filter(|entry| !entry.shared) {
        let warnings = entry.policy.iter().flat_map(|policy| policy.warnings());
        let warnings: Vec<_> = warnings.collect();
        for (at, warning) in warnings.iter().enumerate() {
            let skip = warnings[..at].iter().filter(|before| *before == warning).count();
            findings.push(Finding {
                severity: Severity::Warning,
                code: warning.code(),
                message: warning.problem(),
                help: Some(warning.remedy()),
                at: entry.find(text, &[warning.key()], warning.value(), skip),
            });
        }
    }
    findings
}

fn find(text: &str, draft: &Draft, error: &PolicyError, skip: usize) -> Where {
    let keys = keys_of(error.code());
    if keys.is_empty() {
        // About the path itself: where it is written twice, about the second.
        let same = |entry: &&Entry| entry.path() == Some(error.value());
        let path = draft.entries.iter().rfind(same).and_then(|entry| entry.path.as_ref());
        return path.map_or(Where::File, |(_, span)| Where::At(Place::of(text, span)));
    }
    let entry = draft.entries.iter().find(|entry| entry.path() == error.path());
    entry.map_or(Where::File, |entry| entry.find(text, keys, error.value(), skip))
}

/// The keys that a kind of mistake may be about.
fn keys_of(code: &str) -> &'static [Key] {
    match code.split('-').next() {
        _ if code == "credentials-any-exposed" => &[Key::ExposeHeaders],
        _ if code == "origin-reflect-mixed" => &[Key::DangerouslyAllowAnyOriginWithCredentials],
        Some("origin" | "credentials") => &[Key::AllowOrigins, Key::AllowOriginPatterns],
        Some("regex") => &[Key::AllowOriginPatterns],
        Some("method") => &[Key::AllowMethods],
        Some("header") => &[Key::AllowHeaders],
        Some("exposed") => &[Key::ExposeHeaders],
        Some("max") => &[Key::MaxAge],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use cors_core::Reason;

    use super::*;

    #[test]
    fn every_kind_of_mistake_is_about_a_key_or_a_path() {
        for reason in Reason::ALL {
            let about_paths =
                ["path-", "resources-"].iter().any(|start| reason.code().starts_with(start));
            assert_eq!(keys_of(reason.code()).is_empty(), about_paths, "{}", reason.code());
        }
    }
}
