//! The matrix as a page: what each scenario asks for, and what came of it on every server.

use std::fmt::Write;

use super::{
    matrix::{Cell, Row, Tally},
    scenario::Scenario,
};
use crate::server::SERVERS;

const HEAD: &str = include_str!("report/head.html");

/// The whole page. `asked` is the browser, by name and version.
pub(super) fn html(rows: &[Row<'_>], asked: &str) -> String {
    let mut page = HEAD.to_owned();
    let _ = write!(
        page,
        "<h1>Browser matrix</h1>\n<p>{} scenarios on {} servers, in {}. What the engine says, what \
         the simulator says and what the browser did: {}.</p>\n",
        rows.len(),
        SERVERS.len(),
        escape(asked),
        Tally::of(rows),
    );
    for group in rows.chunk_by(|one, other| one.scenario.group == other.scenario.group) {
        let servers: String = SERVERS
            .iter()
            .map(|server| format!("<th scope=\"col\"><span>{}</span></th>", server.name))
            .collect();
        let _ = write!(
            page,
            "<h2>{}</h2>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\">\
             <table>\n<tr><th scope=\"col\">Scenario</th><th scope=\"col\">Policy</th>\
             <th scope=\"col\">What the script gets</th><th scope=\"col\">Preflights</th>\
             {servers}</tr>\n",
            group[0].scenario.group
        );
        for row in group {
            self::row(&mut page, row);
        }
        page.push_str("</table></div>\n");
    }
    page.push_str("</main>\n");
    page
}

fn row(page: &mut String, row: &Row<'_>) {
    let Row { scenario, cells } = row;
    let marks: String = cells.iter().map(mark).collect();
    let _ = writeln!(
        page,
        "<tr><th scope=\"row\">{}<code>{}</code></th><td>{}</td><td>{}</td><td>{}</td>{marks}</tr>",
        escape(&scenario.name),
        escape(&request(scenario)),
        escape(&scenario.policy),
        escape(&scenario.wanted),
        scenario.preflights,
    );
    for fault in row.faults() {
        let columns = 4 + cells.len();
        let _ = writeln!(
            page,
            "<tr class=\"fault\"><td colspan=\"{columns}\">{}</td></tr>",
            escape(&fault)
        );
    }
}

/// A cell: its answers are its title.
fn mark(cell: &Cell) -> String {
    let (class, mark, word) = match (&*cell.faults, &cell.except) {
        ([], None) => ("agrees", "✓", "agrees"),
        ([], Some(_)) => ("known", "!", "known exception"),
        _ => ("differs", "✗", "disagrees"),
    };
    let mut title = format!(
        "engine: {}\nsimulator: {}\nbrowser: {}\npreflights: {}",
        cell.engine, cell.simulator, cell.browser, cell.preflights
    );
    if let Some(because) = &cell.except {
        let _ = write!(title, "\n{}: {because}", cell.server);
    }
    format!(
        "<td class=\"{class}\" title=\"{}\"><span aria-label=\"{word}\" role=\"img\">{mark}</span></td>",
        escape(&title)
    )
}

/// What the script asks for, in one line.
fn request(scenario: &Scenario) -> String {
    let mut text = format!("{} {} from {}", scenario.method, scenario.path, scenario.origin);
    for (name, value) in &scenario.headers {
        let _ = write!(text, ", {name}: {value}");
    }
    if scenario.mode != "cors" {
        let _ = write!(text, ", mode {}", scenario.mode);
    }
    if scenario.credentials != "same-origin" {
        let _ = write!(text, ", credentials {}", scenario.credentials);
    }
    if scenario.times > 1 {
        let _ = write!(text, ", {} times", scenario.times);
    }
    text
}

/// Text as HTML has it, in quotes too.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_never_markup() {
        assert_eq!(escape("<b title=\"a&b\">"), "&lt;b title=&quot;a&amp;b&quot;&gt;");
    }
}
