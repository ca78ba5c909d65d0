//! What the engine says about a draft, at the place of what it is about.

use cors_core::{Cors, Framework, PolicyError, data::Key, plain::Plain};

use crate::{
    draft::Draft,
    finding::{Finding, Severity},
    locate::Locator,
};

/// Compiles the policies, or says where each mistake is.
pub(crate) fn compile<C: Framework>(text: &str, draft: &Draft) -> Result<Cors<C>, Vec<Finding>> {
    draft.resources().compile_for().map_err(|errors| {
        let mut locator = Locator::new(text, draft);
        let finding = |error: &PolicyError| {
            let at = match keys_of(error.code()) {
                [] => locator.path(error.value()),
                keys => locator.value(error.path(), error.code(), keys, error.value()),
            };
            Finding::error(error.code(), error.problem(), at).with_help(error.remedy())
        };
        errors.iter().map(finding).collect()
    })
}

/// The mistakes alone.
pub(crate) fn errors(text: &str, draft: &Draft) -> Vec<Finding> {
    compile::<Plain>(text, draft).err().unwrap_or_default()
}

/// What compiles and may yet be a mistake.
pub(crate) fn warnings(text: &str, draft: &Draft) -> Vec<Finding> {
    let mut locator = Locator::new(text, draft);
    let mut findings = Vec::new();
    for entry in draft.entries.iter().filter(|entry| !entry.shared) {
        for warning in entry.policy.iter().flat_map(|policy| policy.warnings()) {
            let (code, keys) = (warning.code(), [warning.key()]);
            findings.push(Finding {
                severity: Severity::Warning,
                code,
                message: warning.problem(),
                help: Some(warning.remedy()),
                at: locator.value(entry.path(), code, &keys, warning.value()),
            });
        }
    }
    findings
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
