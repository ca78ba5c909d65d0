//! Warnings about policies by path.

use alloc::{format, vec::Vec};

use hashbrown::HashMap;

use crate::{Diagnostic, DiagnosticKind, Policy, Resources};

impl Resources {
    /// Reports what compiles and may be a mistake: the warnings of each policy, and each `/*` whose
    /// base has another policy.
    ///
    /// ```
    /// use cors_core::{Policy, Resources};
    ///
    /// let resources = Resources::new()
    ///     .at("*", Policy::new().allow_any_origin())
    ///     .at("/api/*", Policy::new().allow_origins(["https://app.example.com"]));
    /// let warnings = resources.warnings();
    /// assert_eq!(
    ///     warnings[0].problem(),
    ///     "path \"/api/*\" does not cover \"/api\", to which \"*\" applies",
    /// );
    /// ```
    pub fn warnings(&self) -> Vec<Diagnostic> {
        if let Some(policy) = self.only() {
            return policy.warnings();
        }
        let policies: HashMap<&str, Option<&Policy>> = self.iter().collect();
        let mut warnings = Vec::new();
        for (entry, (path, policy)) in self.iter().enumerate() {
            warnings.extend(base(&policies, path, policy).map(|warning| warning.of_entry(entry)));
            let under = policy.iter().flat_map(|policy| policy.warnings());
            warnings.extend(under.map(|warning| warning.under_path(entry, path)));
        }
        warnings
    }
}

/// The warning about a path that ends in `/*`, if a wider one with another policy covers its base.
fn base(
    policies: &HashMap<&str, Option<&Policy>>,
    path: &str,
    policy: Option<&Policy>,
) -> Option<Diagnostic> {
    let base = path.strip_suffix("/*").filter(|base| !base.is_empty())?;
    if policies.contains_key(base) {
        return None;
    }
    let mut parent = base;
    let (wider, other) = loop {
        parent = &parent[..parent.rfind('/')?];
        let every = if parent.is_empty() { "*" } else { "" };
        let wider = policies.get_key_value(format!("{parent}/*").as_str());
        if let Some((wider, other)) = wider.or_else(|| policies.get_key_value(every)) {
            break (*wider, *other);
        }
    };
    if other == policy {
        return None;
    }
    let warning = Diagnostic::new(DiagnosticKind::PathBase, path);
    let clause = format!("does not cover {base:?}, to which {wider:?} applies");
    Some(warning.with_clause(clause).with_remedy(format!("add {base:?} with the policy for it")))
}
