//! The policy file: a line that links to the page, what is particular to the configuration, the keys.

use std::fmt::Write as _;

use cors_core::Policy;

use crate::{Converted, Difference, Library, Value};

/// Lists longer than this get a line for each entry.
const WIDTH: usize = 96;

impl Converted {
    /// The policies as a file to keep. Paths with the same policy share it. Control characters are escaped, in comments as in values, so
    /// that nothing from the configuration becomes a key.
    pub fn to_toml(&self, library: Library) -> String {
        let mut text = self.comment(library, "#");
        text.push('\n');
        if let Some(policy) = self.resources.only() {
            keys(&mut text, policy);
            return text;
        }
        text.push_str("[resources]\n");
        let mut written: Vec<(&str, &Policy)> = Vec::new();
        for (path, policy) in self.resources.iter() {
            let first = written.iter().find(|(_, known)| Some(*known) == policy);
            let value = match (policy, first) {
                (None, _) => "none",
                (Some(_), Some((first, _))) => first,
                (Some(policy), None) => {
                    written.push((path, policy));
                    continue;
                }
            };
            let _ = writeln!(text, "{} = {}", quoted(path), quoted(value));
        }
        for (path, policy) in written {
            let _ = writeln!(text, "\n[resources.{}]", quoted(path));
            keys(&mut text, policy);
        }
        text.replace("[resources]\n\n[", "[")
    }

    /// The comment that a file begins with: where it comes from, and [its notes](Self::notes). Each line
    /// begins with this mark.
    pub fn comment(&self, library: Library, mark: &str) -> String {
        let (name, page) = (library.name(), library.page());
        let mut text = format!(
            "{mark} Imported from {name}. What always differs: docs/coming-from/{page}.md#what-differs\n"
        );
        for line in self.notes() {
            let _ = writeln!(text, "{mark} {line}");
        }
        text
    }

    /// What is particular to this configuration, a line for each kind, dangerous kinds first.
    pub fn notes(&self) -> Vec<String> {
        let mut notes: Vec<(&Difference, Vec<&str>)> = Vec::new();
        for difference in self.differences.iter().filter(|it| !it.is_general()) {
            let same = notes.iter_mut().find(|(first, _)| {
                first.rule() == difference.rule()
                    && first.stranger().is_none()
                    && difference.stranger().is_none()
            });
            match same {
                Some((_, values)) => values.push(difference.value()),
                None => notes.push((difference, vec![difference.value()])),
            }
        }
        let line = |(first, values): (&Difference, Vec<&str>)| {
            escaped(&format!("{} [{}]", first.about(&values.join(", ")), first.code()))
        };
        notes.into_iter().map(line).collect()
    }
}

fn keys(text: &mut String, policy: &Policy) {
    let written = serde_json::to_string(policy).unwrap_or_default();
    let Ok(Value::Table(keys)) = serde_json::from_str(&written) else { return };
    for (key, value) in keys {
        let key = key.text().unwrap_or_default();
        let Value::List(list) = value else {
            let _ = writeln!(text, "{key} = {value}");
            continue;
        };
        let items: Vec<_> = list.iter().filter_map(Value::text).map(quoted).collect();
        let line = format!("{key} = [{}]", items.join(", "));
        match line.len() {
            ..=WIDTH => text.push_str(&line),
            _ => {
                let _ = write!(text, "{key} = [\n    {},\n]", items.join(",\n    "));
            }
        }
        text.push('\n');
    }
}

/// A TOML string on one line.
fn quoted(text: &str) -> String {
    let mut written = String::from('"');
    for char in text.chars() {
        match char {
            '"' | '\\' => written.extend(['\\', char]),
            char if char.is_control() => {
                let _ = write!(written, "\\u{:04X}", u32::from(char));
            }
            char => written.push(char),
        }
    }
    written.push('"');
    written
}

/// Text for a comment: no character ends the line or moves the cursor.
fn escaped(text: &str) -> String {
    let is_unsafe = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let safe = |c: char| if is_unsafe(c) { c.escape_unicode().to_string() } else { c.into() };
    text.chars().map(safe).collect()
}
