//! The table, as wide as the terminal.

use std::process::Stdio;

use cors_core::Verdict;

use super::answer::Answer;

/// The width where there is no terminal.
const WIDTH: usize = 120;
/// A narrower terminal gets each row in lines of its own.
const NARROWEST: usize = 110;
const GAP: usize = 2;
/// As wide as its heading and every verdict.
const VERDICT: usize = 11;
/// The heading of the marks.
const MARKS: &str = "servers";

/// A request, and what every server answered.
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) request: Vec<String>,
    pub(super) verdict: Verdict,
    pub(super) wanted: Answer,
    /// One for each server, or why there is none.
    pub(super) answers: Vec<Result<Answer, String>>,
}

impl Row {
    /// Whether every server answered as wanted.
    pub(super) fn agrees(&self) -> bool {
        self.answers.iter().all(|answer| self.cell_agrees(answer))
    }

    fn cell_agrees(&self, answer: &Result<Answer, String>) -> bool {
        answer.as_ref().is_ok_and(|answer| answer.agrees(&self.wanted))
    }

    /// The answer to show for all servers: one that disagrees is shown below the row.
    fn shown(&self) -> Vec<String> {
        let agreeing = self.answers.iter().find(|answer| self.cell_agrees(answer));
        match agreeing.or(self.answers.first()) {
            Some(Ok(answer)) => answer.parts(),
            Some(Err(error)) => vec![error.clone()],
            None => Vec::new(),
        }
    }
}

/// How marks and headings are emphasized.
#[derive(Clone, Copy)]
pub(super) struct Colours(bool);

impl Colours {
    /// Colours on a terminal, unless [`NO_COLOR`](https://no-color.org) is set.
    pub(super) fn of(terminal: bool) -> Self {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self(terminal && !refused)
    }

    fn paint(self, code: &str, text: &str) -> String {
        if self.0 { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn mark(self, agrees: bool) -> String {
        if agrees { self.paint("32", "✓") } else { self.paint("1;31", "✗") }
    }
}

/// The terminal's width, which `stty` knows.
pub(super) fn width() -> usize {
    let mut stty = std::process::Command::new("stty");
    let stty = stty.arg("size").stdin(Stdio::inherit()).stderr(Stdio::null()).output();
    let text = stty.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let columns = text.ok().and_then(|text| text.split(' ').nth(1)?.trim().parse().ok());
    columns.filter(|columns| *columns >= 40).unwrap_or(WIDTH)
}

/// The whole table: under each row, whatever disagrees.
pub(super) fn render(rows: &[Row], servers: &[&str], colours: Colours, width: usize) -> String {
    let mut text = format!("Servers: {}.\n\n", servers.join(", "));
    let marks = servers.len().max(MARKS.len());
    let flexible = width.saturating_sub(VERDICT + marks + 3 * GAP);
    let request = flexible / 2;
    let widths = [request, VERDICT, flexible - request];
    if width >= NARROWEST {
        let heading = line(["request", "policy says", "came back"], widths);
        let heading = format!("{heading}{:GAP$}{MARKS}", "");
        text.push_str(&format!("{}\n", colours.paint("1", &heading)));
    }
    for row in rows {
        match width >= NARROWEST {
            true => columns(&mut text, row, widths, colours),
            false => stacked(&mut text, row, width, colours),
        }
        disagreements(&mut text, row, servers, width, colours);
    }
    text.push_str("Header names are shown without their access-control-.\n");
    text
}

/// A mark for each server, in their order.
fn marks(row: &Row, colours: Colours) -> String {
    row.answers.iter().map(|answer| colours.mark(row.cell_agrees(answer))).collect()
}

fn columns(text: &mut String, row: &Row, widths: [usize; 3], colours: Colours) {
    let [request, _, answer] = widths;
    let mut left = wrap(&[row.name.to_owned()], request);
    left.extend(indented(&row.request, request));
    let right = wrap(&row.shown(), answer);
    for at in 0..left.len().max(right.len()) {
        let cell = |lines: &'_ [String]| lines.get(at).cloned().unwrap_or_default();
        let (verdict, marks) = match at {
            0 => (row.verdict.as_str(), marks(row, colours)),
            _ => ("", String::new()),
        };
        let line = line([&cell(&left), verdict, &cell(&right)], widths);
        text.push_str(format!("{line}{:GAP$}{marks}", "").trim_end());
        text.push('\n');
    }
}

fn stacked(text: &mut String, row: &Row, width: usize, colours: Colours) {
    text.push_str(&format!("{}: {}  {}\n", row.name, row.verdict.as_str(), marks(row, colours)));
    for line in indented(&row.request, width).into_iter().chain(indented(&row.shown(), width)) {
        text.push_str(&format!("{line}\n"));
    }
}

fn indented(parts: &[String], width: usize) -> Vec<String> {
    wrap(parts, width - GAP).iter().map(|line| format!("{:GAP$}{line}", "")).collect()
}

/// What came instead of what was wanted, for each server that disagrees.
fn disagreements(text: &mut String, row: &Row, servers: &[&str], columns: usize, colours: Colours) {
    for (name, answer) in servers.iter().zip(&row.answers) {
        if row.cell_agrees(answer) {
            continue;
        }
        let came = match answer {
            Ok(answer) => answer.parts(),
            Err(error) => vec![error.clone()],
        };
        let mut mark = colours.mark(false);
        for (label, parts) in [("answers", came), ("wanted ", row.wanted.parts())] {
            let mut label = format!("{name} {label}");
            let width = label.chars().count();
            for line in wrap(&parts, columns.saturating_sub(3 * GAP + width)) {
                text.push_str(&format!("{:GAP$}{mark} {label:width$}{:GAP$}{line}\n", "", ""));
                (mark, label) = (" ".to_owned(), String::new());
            }
        }
    }
}

fn line(cells: [&str; 3], widths: [usize; 3]) -> String {
    let [(a, x), (b, y), (c, z)] = [0, 1, 2].map(|at| (cells[at], widths[at]));
    format!("{a:x$}{:GAP$}{b:y$}{:GAP$}{c:z$}", "", "")
}

/// Lines of as many parts as fit. A part that is wider than a line is broken at its spaces, and a
/// word that is wider stays whole.
fn wrap(parts: &[String], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut add = |text: &str, gap: usize| match lines.last_mut() {
        Some(line) if gap > 0 && line.chars().count() + gap + text.chars().count() <= width => {
            line.push_str(&format!("{:gap$}{text}", ""));
        }
        _ => lines.push(text.to_owned()),
    };
    for part in parts {
        if part.chars().count() <= width {
            add(part, GAP);
            continue;
        }
        for (nth, word) in part.split(' ').enumerate() {
            add(word, usize::from(nth > 0));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use cors_conformance::Response;
    use cors_core::{Cors, Policy};

    use super::*;
    use crate::demo::case::Case;

    fn cors() -> Cors {
        let policy = Policy::new().allow_origins(["https://a.example"]).allow_credentials(true);
        policy.compile().expect("the policy is valid")
    }

    fn row(answers: Vec<Result<Answer, String>>) -> Row {
        let case = Case::get("a name", "/items", Some("https://a.example"));
        Row {
            name: case.name,
            request: case.parts(),
            verdict: Verdict::Allow,
            wanted: Answer::wanted(&cors(), &case),
            answers,
        }
    }

    fn right() -> Result<Answer, String> {
        Ok(row(Vec::new()).wanted)
    }

    fn wrong() -> Result<Answer, String> {
        let headers = vec![("access-control-allow-origin".into(), b"*".to_vec())];
        Ok(Answer::received(&Response { status: 200, headers, body: Vec::new() }))
    }

    #[track_caller]
    fn check(answers: Vec<Result<Answer, String>>, servers: &[&str], lines: &[&str]) {
        for width in [WIDTH, 80] {
            let text = render(&[row(answers.clone())], servers, Colours(false), width);
            assert!(text.lines().all(|line| line.chars().count() <= width), "{text}");
            for line in lines {
                assert!(
                    text.lines().any(|found| found.contains(line)),
                    "{line:?} is not in\n{text}"
                );
            }
        }
    }

    #[test]
    fn one_server_that_agrees() {
        check(vec![right()], &["axum"], &["allow-origin: https://a.example", "✓"]);
    }

    #[test]
    fn a_cell_disagrees_on_its_own() {
        let lines = [
            "✓✗",
            "✗ warp answers  200  allow-origin: *",
            "  warp wanted   200  allow-origin: https://a.example",
        ];
        check(vec![right(), wrong()], &["axum", "warp"], &lines);
    }

    #[test]
    fn a_server_that_does_not_answer_disagrees() {
        check(vec![Err("no answer".into())], &["axum"], &["✗ axum answers  no answer"]);
    }

    #[test]
    fn eight_servers_fit() {
        let servers = ["axum", "tower", "http", "actix-web", "rocket", "warp", "poem", "salvo"];
        let answers = (0..8).map(|nth| if nth % 2 == 0 { right() } else { wrong() });
        check(answers.collect(), &servers, &["rocket", "✗ salvo answers"]);
    }

    #[test]
    fn a_wide_part_is_broken_at_its_spaces_alone() {
        let check = |parts: &[&str], wanted: &[&str]| {
            let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
            assert_eq!(wrap(&parts, 9), wanted);
        };
        check(&["ab", "cdefg", "i"], &["ab  cdefg", "i"]);
        check(&["allow: GET, PUT, HEAD", "x"], &["allow:", "GET, PUT,", "HEAD  x"]);
        check(&["https://a.example", "x"], &["https://a.example", "x"]);
    }
}
