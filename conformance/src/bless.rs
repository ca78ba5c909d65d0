//! `BLESS=1`: rows are rewritten with what the engine answers.
//!
//! A blessed row is a proposal: read the difference before it is committed.

use std::{
    collections::BTreeMap,
    env, fmt, fs,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use serde::Deserialize;
use toml::Spanned;

use crate::{Adapter, case::Case};

/// The adapter whose answers are written: the engine without a framework.
const REFERENCE: &str = "core";

/// The longest line of a row.
const WIDTH: usize = 100;

/// Rows that fail at the same time are written one after the other.
static WRITING: Mutex<()> = Mutex::new(());

/// The answer that a row gets, as it is written.
pub(crate) struct Answer {
    pub(crate) verdict: String,
    pub(crate) handler: &'static str,
    pub(crate) status: u16,
    /// The lines that the layer adds.
    pub(crate) want: Vec<(String, Vec<u8>)>,
}

/// The places in a row that hold its answer. The others are read by the suite.
#[derive(Deserialize)]
struct Places {
    verdict: Spanned<String>,
    handler: Spanned<String>,
    status: Spanned<u16>,
    want: Spanned<Vec<String>>,
}

/// Returns whether rows of this adapter are to be rewritten.
pub(crate) fn is_wanted(adapter: &dyn Adapter) -> bool {
    adapter.name() == REFERENCE && env::var_os("BLESS").is_some_and(|value| value == "1")
}

/// Writes what the adapter answers into the row of a case.
pub(crate) fn bless(case: &Case, adapter: &dyn Adapter) -> Result<(), String> {
    let answer = case.answered_by(adapter);
    let _one_by_one = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    let (group, name) = case.name.split_once('/').ok_or("a case without a group")?;
    for file in files(group)? {
        let failed = |error: &dyn fmt::Display| format!("{}: {error}", file.display());
        let text = fs::read_to_string(&file).map_err(|error| failed(&error))?;
        if let Some(text) = blessed(&text, name, &answer).map_err(|error| failed(&error))? {
            return fs::write(&file, text).map_err(|error| failed(&error));
        }
    }
    Err(format!("no file has the row {:?}", case.name))
}

/// The files that may hold rows of a group.
fn files(group: &str) -> Result<Vec<PathBuf>, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let entries = fs::read_dir(&folder).map_err(failed)?;
    let paths: Vec<PathBuf> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(failed)?;
    let of_group = |path: &PathBuf| {
        path.file_stem().is_some_and(|stem| stem.to_string_lossy().starts_with(group))
    };
    Ok(paths.into_iter().filter(of_group).collect())
}

/// The text with this answer in the row, or nothing where the row is not in it.
fn blessed(text: &str, name: &str, answer: &Answer) -> Result<Option<String>, toml::de::Error> {
    let mut rows: BTreeMap<String, toml::Value> = toml::from_str(text)?;
    if rows.remove(name).is_none() {
        return Ok(None);
    }
    let mut rows: BTreeMap<String, Places> = toml::from_str(text)?;
    let Some(row) = rows.remove(name) else { return Ok(None) };
    let mut edits = vec![
        (row.verdict.span(), format!("{:?}", answer.verdict)),
        (row.handler.span(), format!("{:?}", answer.handler)),
        (row.status.span(), answer.status.to_string()),
        (row.want.span(), list(&answer.want)),
    ];
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    let mut text = text.to_owned();
    for (span, value) in edits {
        text.replace_range(span, &value);
    }
    Ok(Some(text))
}

/// The lines as an array, in one line where they fit.
fn list(lines: &[(String, Vec<u8>)]) -> String {
    let texts: Vec<String> = lines.iter().map(|line| format!("\"{}\"", written(line))).collect();
    let short = format!("[{}]", texts.join(", "));
    if "    want = ".len() + short.len() < WIDTH {
        return short;
    }
    let mut rows = vec![String::from("       ")];
    for text in texts {
        let last = rows.len() - 1;
        if rows[last].len() + text.len() + 2 > WIDTH {
            rows.push(format!("        {text},"));
        } else {
            rows[last].push_str(&format!(" {text},"));
        }
    }
    format!("[\n{}\n    ]", rows.join("\n"))
}

/// A line in the notation of rows: one character for each byte.
fn written((name, value): &(String, Vec<u8>)) -> String {
    let name = name.to_ascii_lowercase();
    let name = match name.strip_prefix("access-control-") {
        Some(rest) => format!("ac-{rest}"),
        None => name,
    };
    let value: String = value.iter().map(|&byte| escaped(byte)).collect();
    format!("{name}: {value}").trim_end().to_owned()
}

fn escaped(byte: u8) -> String {
    match byte {
        b'"' | b'\\' => format!("\\{}", char::from(byte)),
        0x20..=0x7e => char::from(byte).to_string(),
        byte => format!("\\u{byte:04X}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: &str = r#"# A comment.
"one" = {
    policy = "any", request = ["GET /"],
    verdict = "allow", handler = "runs", status = 200,
    want = ["ac-allow-origin: *"],
}
"two" = {
    policy = "any", request = ["GET /"],
    verdict = "allow", handler = "runs", status = 200, # As above.
    want = [],
}
"#;

    fn answer(want: &[(&str, &str)]) -> Answer {
        let want = want.iter().map(|&(name, value)| (name.to_owned(), value.into())).collect();
        Answer { verdict: "deny-origin".into(), handler: "does not run", status: 403, want }
    }

    #[test]
    fn only_the_answer_of_the_row_changes() {
        let text = blessed(ROWS, "two", &answer(&[("vary", "Origin")])).expect("TOML");
        let wanted = ROWS.replace(
            "verdict = \"allow\", handler = \"runs\", status = 200, # As above.\n    want = [],",
            "verdict = \"deny-origin\", handler = \"does not run\", status = 403, # As above.\n    \
             want = [\"vary: Origin\"],",
        );
        assert_eq!(text.as_deref(), Some(&*wanted));
    }

    #[test]
    fn a_row_of_another_file_changes_nothing() {
        assert_eq!(blessed(ROWS, "three", &answer(&[])).expect("TOML"), None);
    }

    #[test]
    fn lines_are_written_as_rows_have_them() {
        let line = ("Access-Control-Allow-Origin".to_owned(), b"\"\x80".to_vec());
        assert_eq!(written(&line), r#"ac-allow-origin: \"\u0080"#);
        let long = [("a".to_owned(), vec![b'x'; 60]), ("b".to_owned(), vec![b'y'; 60])];
        let (x, y) = ("x".repeat(60), "y".repeat(60));
        assert_eq!(list(&long), format!("[\n        \"a: {x}\",\n        \"b: {y}\",\n    ]"));
    }
}
