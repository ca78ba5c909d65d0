//! The frameworks that have an adapter: `adapters/frameworks.toml`, as every list reads it.

use serde::Deserialize;

/// A framework, its adapter in `adapters/NAME`, and its example in `examples/NAME`.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// The name of the folders, of the feature and of the lane.
    pub name: String,
    /// The name and version on pages.
    pub title: String,
    /// The adapters that this one builds on.
    #[serde(default)]
    pub wraps: Vec<String>,
    /// The package that serves the example, for types without a framework.
    pub server: Option<String>,
    /// Its code is on the pages of `docs/coming-from`.
    #[serde(default)]
    pub migrants: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    framework: Vec<Framework>,
}

/// Every framework, in the order of the table.
///
/// # Errors
///
/// The table does not parse.
pub fn all() -> Result<Vec<Framework>, String> {
    let table = include_str!("../../adapters/frameworks.toml");
    let table: Table =
        toml::from_str(table).map_err(|error| format!("adapters/frameworks.toml: {error}"))?;
    Ok(table.framework)
}
