//! A policy in a table of a file that has other tables.

use crate::{
    document::{Entry, Value},
    finding::{Finding, Where},
    place::Lines,
};

/// The entries of the table with this name, and of those around it: of the whole file for no name.
pub(crate) fn find(
    text: &str,
    mut entries: Vec<Entry>,
    names: &[String],
) -> Result<Vec<Entry>, Finding> {
    let mut path = String::new();
    for name in names {
        path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        let Some(found) = entries.into_iter().find(|entry| entry.name == *name) else {
            let problem = format!("has no table {path:?}");
            let finding = Finding::error("missing-table", problem, Where::File);
            return Err(finding.with_help("add the table, or name the one that has the policy"));
        };
        entries = match found.node.value {
            Value::Table(entries) => entries,
            other => {
                let problem = format!("{path}: expected a table, found {}", other.kind());
                let at = Where::At(Lines::of(text).place(&found.node.span));
                let finding = Finding::error("wrong-type", problem, at);
                return Err(finding.with_help("write the keys of the policy in it"));
            }
        };
    }
    Ok(entries)
}
