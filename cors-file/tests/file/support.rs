//! Files, and what is found in them.

use std::{fs, path::PathBuf};

use cors_file::{PolicyFile, Report};

/// A file with this text.
pub(crate) fn file(name: &str, text: &str) -> PolicyFile {
    let path = path(name);
    fs::write(&path, text).expect("the folder can be written to");
    PolicyFile::new(path)
}

pub(crate) fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// The report as it is shown, with the file's name alone.
pub(crate) fn shown(report: &Report) -> String {
    let folder = format!("{}/", env!("CARGO_TARGET_TMPDIR"));
    report.to_string().replace(&folder, "")
}

/// A line for each finding: `line:column code: message: help`.
pub(crate) fn lines(report: &Report) -> Vec<String> {
    let line = |finding: &cors_file::Finding| {
        let place = match (finding.place(), finding.variable()) {
            (Some(place), _) => format!("{}:{}", place.line(), place.column()),
            (None, Some(name)) => name.to_owned(),
            (None, None) => "-".to_owned(),
        };
        let help = finding.help().map(|help| format!(": {help}")).unwrap_or_default();
        format!("{place} {}: {}{help}", finding.code(), finding.message())
    };
    report.iter().map(line).collect()
}
