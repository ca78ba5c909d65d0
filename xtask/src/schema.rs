//! `cargo xtask schema`.

use std::{fs, path::PathBuf, process::ExitCode};

/// The file that editors are pointed to.
pub fn path() -> PathBuf {
    crate::root().join("docs/policy.schema.json")
}

/// The text that it has to have.
pub fn text() -> String {
    format!("{:#}\n", cors_file::schema())
}

/// Writes it.
///
/// # Errors
///
/// Where it cannot be written.
pub fn write() -> Result<ExitCode, String> {
    let path = path();
    fs::write(&path, text()).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(ExitCode::SUCCESS)
}
