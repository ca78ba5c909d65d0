//! The matrix as a picture: a line for each server, and a mark for each scenario.

use std::fmt::Write;

use super::{
    matrix::{Cell, Row, Tally},
    outcome::Outcome,
};
use crate::server::SERVERS;

const LEFT: usize = 76;
const TOP: usize = 40;
/// A mark and the space behind it.
const STEP: usize = 6;
const HEIGHT: usize = 14;
/// The space between two groups.
const GAP: usize = 10;

/// The kinds of marks: the class, and what it says.
const KINDS: [(&str, &str); 4] = [
    ("read", "read by the script"),
    ("kept", "kept from it"),
    ("known", "known exception"),
    ("differs", "disagreement"),
];

/// The picture. `asked` is the browser, by name and version.
pub(super) fn svg(rows: &[Row<'_>], asked: &str) -> String {
    let mut paths: [String; KINDS.len()] = Default::default();
    let mut labels = String::new();
    let mut x = LEFT;
    for group in rows.chunk_by(|one, other| one.scenario.group == other.scenario.group) {
        let _ = writeln!(
            labels,
            "<text x=\"{x}\" y=\"{}\">{}</text>",
            TOP - 8,
            group[0].scenario.group
        );
        // A name is wider than few marks are.
        let label = group[0].scenario.group.len() * 7;
        let start = x;
        for row in group {
            for (cell, nth) in row.cells.iter().zip(0..) {
                let y = TOP + nth * HEIGHT;
                let _ = write!(paths[kind(cell)], "M{x} {y}h4v10h-4z");
            }
            x += STEP;
        }
        x = x.max(start + label) + GAP;
    }
    let width = x - GAP + 8;
    let bottom = TOP + SERVERS.len() * HEIGHT;
    for (server, nth) in SERVERS.iter().zip(0..) {
        let y = TOP + nth * HEIGHT + 9;
        let _ = writeln!(
            labels,
            "<text x=\"{}\" y=\"{y}\" class=\"server\">{}</text>",
            LEFT - 8,
            server.name
        );
    }
    let mut key = String::new();
    let mut at = LEFT;
    for ((class, words), path) in KINDS.iter().zip(&paths) {
        if !path.is_empty() {
            let y = bottom + 12;
            let _ = writeln!(
                key,
                "<path class=\"{class}\" d=\"M{at} {y}h4v10h-4z\"/><text x=\"{}\" y=\"{}\">{words}</text>",
                at + 9,
                y + 9
            );
            at += 9 + words.len() * 6 + 16;
        }
    }
    let marks: String = KINDS
        .iter()
        .zip(&paths)
        .filter(|(_, path)| !path.is_empty())
        .map(|((class, _), path)| format!("<path class=\"{class}\" d=\"{path}\"/>\n"))
        .collect();
    let title = format!(
        "{} scenarios × {} servers in {asked}: {}",
        rows.len(),
        SERVERS.len(),
        Tally::of(rows),
    );
    let height = bottom + 32;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"title\">\n\
         <title id=\"title\">{title}</title>\n<style>\n{STYLE}</style>\n\
         <text x=\"{LEFT}\" y=\"14\" class=\"title\">{title}</text>\n{labels}{marks}{key}</svg>\n"
    )
}

const STYLE: &str = "\
text { font: 11px system-ui, sans-serif; fill: #62656d }
.title { font-weight: 600; fill: #1d1e22 }
.server { text-anchor: end }
.read { fill: #2a9d74 }
.kept { fill: #b9bac0 }
.known { fill: #d9962b }
.differs { fill: #d3362b }
@media (prefers-color-scheme: dark) {
text { fill: #a0a2a9 }
.title { fill: #e9e8e4 }
.read { fill: #4fbf94 }
.kept { fill: #4a4d55 }
}
";

/// Which of the kinds a cell is.
fn kind(cell: &Cell) -> usize {
    match (&*cell.faults, &cell.except, &cell.browser) {
        ([], None, Outcome::Readable(_)) => 0,
        ([], None, _) => 1,
        ([], Some(_), _) => 2,
        _ => 3,
    }
}
