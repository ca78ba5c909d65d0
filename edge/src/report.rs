//! The results, for people and for docs/edge.md.

use std::{fmt::Write, fs};

use crate::{
    matrix::{Column, Held, Tally},
    root,
    target::Target,
};

/// Prints one server's results.
pub(crate) fn summary(column: &Column, verbose: bool) {
    println!("{} {}: {}", column.target, column.version, line(column));
    for (policy, reason) in refused(column) {
        println!("  refused: {policy} ({reason})");
    }
    for (held, row, differences) in &column.rows {
        if verbose || *held == Held::Laxer {
            println!("  {held:?}: {row}");
            for difference in differences {
                println!("      {difference}");
            }
        }
    }
}

/// The policies that cannot be exported, with the reason.
fn refused(column: &Column) -> impl Iterator<Item = (&str, &str)> {
    let policies = column.policies.iter();
    policies.filter_map(|(name, tally)| Some((name.as_str(), tally.as_ref().err()?.as_str())))
}

fn line(column: &Column) -> String {
    let of = |held| {
        column
            .policies
            .iter()
            .flat_map(|(_, tally)| tally)
            .map(|tally| tally.of(held))
            .sum::<usize>()
    };
    let all: usize = column.policies.iter().flat_map(|(_, tally)| tally).map(Tally::all).sum();
    let refused = column.policies.iter().filter(|(_, tally)| tally.is_err()).count();
    format!(
        "{} of {all} rows exact, {} the same to a browser, {} that no browser sends, {} stricter, {} laxer; {refused} policies refused",
        of(Held::Exact),
        of(Held::Same),
        of(Held::Unsent),
        of(Held::Stricter),
        of(Held::Laxer)
    )
}

const HEAD: &str = "\
# Exported policies in real servers

`cors export` makes the configuration of a server from a policy: see [export.md](export.md). This
page is written by `cargo xtask edge --write`. The command exports every policy of the conformance
suite, and starts each server with the result in front of the suite's application. It sends the suite's
own rows over TCP, and compares the answers with the engine's.

- **exact**: the status, every CORS header, `Vary`, and who answers are the engine's.
- **same**: the bytes differ, and a browser concludes the same.
- **unsent**: the answer differs, and no browser sends such a request: two `Origin` lines, for example.
- **stricter**: the server allows less.
- **laxer**: the server allows more, or leaves out a `Vary`. One such row fails the command.

The column \"Envoy, filter\" is [the engine as a filter](filter.md). A policy that an exporter cannot express is
\"refused\", with the reason below.

";

/// Writes docs/edge.md.
///
/// # Errors
///
/// Where it cannot be written.
pub(crate) fn write(columns: &[Column], missing: &[(Target, &str)]) -> Result<(), String> {
    let mut text = HEAD.to_owned();
    text += "| server | version | rows | exact | same | unsent | stricter | laxer |\n|---|---|--:|--:|--:|--:|--:|--:|\n";
    for column in columns {
        let tallies = || column.policies.iter().filter_map(|(_, tally)| tally.as_ref().ok());
        let of = |held| tallies().map(|tally| tally.of(held)).sum::<usize>();
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} |",
            column.target,
            column.version,
            tallies().map(Tally::all).sum::<usize>(),
            of(Held::Exact),
            of(Held::Same),
            of(Held::Unsent),
            of(Held::Stricter),
            of(Held::Laxer)
        );
    }
    for (target, command) in missing {
        let _ = writeln!(text, "\n{target} is missing from this run: {command}.");
    }
    text += "\n## By policy\n\nRows that are exact, of all rows with the policy. The names are those of `conformance/cases/policies.toml`.\n\n| policy |";
    for column in columns {
        let _ = write!(text, " {} |", column.target);
    }
    text += "\n|---|";
    text += &"--:|".repeat(columns.len());
    text.push('\n');
    let names = columns.first().map_or(&[][..], |column| &column.policies);
    for (at, (name, _)) in names.iter().enumerate() {
        let _ = write!(text, "| `{name}` |");
        for column in columns {
            let _ = match &column.policies[at].1 {
                Ok(tally) => write!(text, " {} of {} |", tally.of(Held::Exact), tally.all()),
                Err(_) => write!(text, " refused |"),
            };
        }
        text.push('\n');
    }
    text += "\n## Rows that are not exact\n\n";
    for column in columns {
        let _ = writeln!(text, "### {}\n", column.target);
        for (policy, reason) in refused(column) {
            let _ = writeln!(text, "- refused: the policy `{policy}` ({reason})");
        }
        for (held, row, differences) in &column.rows {
            let held = format!("{held:?}").to_lowercase();
            let _ =
                writeln!(text, "- {held}: {row} ({})", differences.join("; ").replace('`', "'"));
        }
        text.push('\n');
    }
    let path = root().join("docs/edge.md");
    fs::write(&path, text.trim_end().to_owned() + "\n")
        .map_err(|error| format!("{}: {error}", path.display()))
}
