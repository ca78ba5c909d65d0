//! Configurations found in public projects, each with the policy or the refusal that its author
//! would expect. `BLESS=1 cargo test -p cors-import --test real` writes what there is now.

use std::{env, fmt::Write as _, fs, path::PathBuf};

use cors_import::{Format, Library, import};
use serde::Deserialize;
use serde_json::{Value, value::RawValue};

#[derive(Deserialize)]
struct Real<'a> {
    library: &'a str,
    id: &'a str,
    #[serde(borrow)]
    config: &'a RawValue,
}

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/real").join(name)
}

/// One block for each configuration: its identifier, the policy or the mistakes, the differences.
fn imported(text: &str) -> String {
    let mut all = String::new();
    for line in text.lines() {
        let real: Real<'_> = serde_json::from_str(line).expect("a configuration");
        let library = Library::from_name(real.library).expect("a library");
        let _ = writeln!(all, "{}\n    {}", real.id, compact(real.config.get()));
        match import(library, Format::Json, real.config.get()) {
            Ok(converted) => {
                let policy =
                    serde_json::to_string(&converted.resources).expect("policies are data");
                let _ = writeln!(all, "  becomes {policy}");
                for difference in converted.differences.iter().filter(|it| !it.is_general()) {
                    let _ = writeln!(all, "  {difference} [{}]", difference.code());
                }
            }
            Err(error) => {
                for line in error.to_string().lines() {
                    let _ = writeln!(all, "  refused {line}");
                }
            }
        }
        all.push('\n');
    }
    all
}

fn compact(json: &str) -> String {
    serde_json::from_str::<Value>(json).expect("JSON").to_string()
}

#[test]
fn real_configurations_become_what_their_authors_expect() {
    let text = fs::read_to_string(file("configurations.jsonl")).expect("the configurations");
    let got = imported(&text);
    assert_eq!(got.matches("\n\n").count(), 93);
    if env::var_os("BLESS").is_some() {
        fs::write(file("expected.txt"), &got).expect("the file can be written");
    }
    let wanted = fs::read_to_string(file("expected.txt")).expect("what is expected");
    for (got, wanted) in got.split("\n\n").zip(wanted.split("\n\n")) {
        assert_eq!(got, wanted);
    }
    assert_eq!(got.len(), wanted.len());
}
