//! What the engine reports about a draft, with its place in the file.

use cors_core::{Cors, Framework, plain::Plain};

use crate::{draft::Draft, finding::Finding, locate::Locator};

/// Compiles the policies, or reports each mistake with its place.
pub(crate) fn compile<C: Framework>(text: &str, draft: &Draft) -> Result<Cors<C>, Vec<Finding>> {
    draft.resources().compile_for().map_err(|errors| {
        let locator = Locator::new(text, draft);
        errors.iter().map(|error| Finding::of(error, locator.of(error))).collect()
    })
}

/// Every mistake.
pub(crate) fn errors(text: &str, draft: &Draft) -> Vec<Finding> {
    compile::<Plain>(text, draft).err().unwrap_or_default()
}

/// What compiles and may be a mistake. A policy that several paths share is reported once.
pub(crate) fn warnings(text: &str, draft: &Draft) -> Vec<Finding> {
    let locator = Locator::new(text, draft);
    let mut warnings = Vec::new();
    for entry in draft.entries.iter().filter(|entry| !entry.shared) {
        let policy = entry.policy.iter().flat_map(|policy| policy.warnings());
        warnings.extend(policy.map(|about| Finding::of(&about, locator.under(entry, &about))));
    }
    warnings
}
