//! The table, in 120 columns.

use cors_core::Verdict;

use super::answer::Answer;

const WIDTH: usize = 120;
const GAP: usize = 2;
/// As wide as its heading and every verdict.
const VERDICT: usize = 11;

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

/// The whole table: under each row, whatever disagrees.
pub(super) fn render(rows: &[Row], servers: &[&str], colours: Colours) -> String {
    let marks: usize = servers.iter().map(|name| GAP + name.chars().count()).sum();
    let flexible = WIDTH.saturating_sub(VERDICT + 2 * GAP + marks);
    let request = flexible / 2;
    let answer = flexible - request;

    let mut heading = line(["request", "policy says", "came back"], [request, VERDICT, answer]);
    for name in servers {
        heading.push_str(&format!("{:GAP$}{name}", ""));
    }
    let mut text = format!("{}\n", colours.paint("1", heading.trim_end()));
    for row in rows {
        let mut left = wrap(&[row.name.to_owned()], request);
        left.extend(
            wrap(&row.request, request - GAP).iter().map(|line| format!("{:GAP$}{line}", "")),
        );
        let right = wrap(&row.shown(), answer);
        for at in 0..left.len().max(right.len()) {
            let cell = |lines: &'_ [String]| lines.get(at).cloned().unwrap_or_default();
            let verdict = if at == 0 { row.verdict.as_str() } else { "" };
            let mut line = line([&cell(&left), verdict, &cell(&right)], [request, VERDICT, answer]);
            if at == 0 {
                for (name, answer) in servers.iter().zip(&row.answers) {
                    let pad = name.chars().count() - 1;
                    line.push_str(&format!(
                        "{:GAP$}{}{:pad$}",
                        "",
                        colours.mark(row.cell_agrees(answer)),
                        ""
                    ));
                }
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        disagreements(&mut text, row, servers, colours);
    }
    text.push_str("Header names are shown without their access-control-.\n");
    text
}

/// What came instead of what was wanted, for each server that disagrees.
fn disagreements(text: &mut String, row: &Row, servers: &[&str], colours: Colours) {
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
            for line in wrap(&parts, WIDTH - 3 * GAP - width) {
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

/// Lines of as many parts as fit. A part that is wider than a line is broken.
fn wrap(parts: &[String], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        let length = part.chars().count();
        match lines.last_mut() {
            Some(line) if line.chars().count() + GAP + length <= width => {
                line.push_str(&format!("{:GAP$}{part}", ""));
            }
            _ => {
                let chars: Vec<char> = part.chars().collect();
                lines.extend(chars.chunks(width).map(String::from_iter));
            }
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
        let text = render(&[row(answers)], servers, Colours(false));
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        for line in lines {
            assert!(text.lines().any(|found| found.contains(line)), "{line:?} is not in\n{text}");
        }
    }

    #[test]
    fn one_server_that_agrees() {
        check(vec![right()], &["axum"], &["allow-origin: https://a.example", "✓"]);
    }

    #[test]
    fn a_cell_disagrees_on_its_own() {
        let lines = [
            "   ✓     ✗",
            "✗ warp answers  200  allow-origin: *",
            "  warp wanted   200  allow-origin: https://a.example  allow-credentials: true",
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
    fn a_part_that_is_too_wide_is_broken() {
        let parts = ["ab", "cdefgh", "i"].map(str::to_owned);
        assert_eq!(wrap(&parts, 5), ["ab", "cdefg", "h  i"]);
    }
}
