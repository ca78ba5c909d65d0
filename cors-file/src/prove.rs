//! What the engine reports about a draft, with its place in the file.

use cors_core::{Cors, Diagnostic, Framework, Policy, plain::Plain};

use crate::{draft::Draft, finding::Finding, locate::Locator};

/// Compiles the policies, or reports each mistake with its place.
pub(crate) fn compile<C: Framework>(text: &str, draft: &Draft) -> Result<Cors<C>, Vec<Finding>> {
    let compiled = draft.resources().compile_for().map_err(|errors| {
        let locator = Locator::new(text, draft);
        errors.iter().map(|error| Finding::of(error, locator.of(error))).collect::<Vec<_>>()
    });
    let Some(guard) = &draft.guard else { return compiled };
    match compiled {
        Ok(cors) => guard.add(text, cors),
        Err(mut findings) => {
            // Mistakes in the guard are reported beside those in the policies.
            let closed = Policy::none().compile().map_err(|_| Vec::new());
            let guarded = closed.and_then(|closed: Cors<Plain>| guard.add(text, closed));
            findings.extend(guarded.err().unwrap_or_default());
            Err(findings)
        }
    }
}

/// Every mistake.
pub(crate) fn errors(text: &str, draft: &Draft) -> Vec<Finding> {
    compile::<Plain>(text, draft).err().unwrap_or_default()
}

/// What compiles and may be a mistake. A policy that several paths share is reported once.
pub(crate) fn warnings(text: &str, draft: &Draft) -> Vec<Finding> {
    let locator = Locator::new(text, draft);
    let is_own = |about: &Diagnostic| {
        let entry = about.entry().and_then(|entry| draft.entries.get(entry));
        about.key().is_none() || entry.is_none_or(|entry| !entry.shared)
    };
    let warnings = draft.resources().warnings().into_iter().filter(is_own);
    warnings.map(|about| Finding::of(&about, locator.of(&about))).collect()
}
