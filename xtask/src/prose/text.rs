//! The text that a reader sees: pages without their code, doc comments, and messages.

use super::phrases::{Finding, in_line, long_sentences, opening};

/// The findings on a Markdown page. Only pages of docs have a limit for sentences.
pub(super) fn of_page(text: &str, is_docs: bool) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut in_code = false;
    let mut paragraph = (0, String::new());
    for (number, line) in (1..).zip(text.lines().chain([""])) {
        let is_fence = line.trim_start().starts_with("```");
        in_code ^= is_fence;
        let is_prose = !in_code && !is_fence;
        if is_prose {
            found.extend(in_line(number, line));
        }
        let is_text = is_prose && !line.trim_start().starts_with(['|', '#', '<', '-', '*']);
        if is_text && !line.trim().is_empty() {
            if paragraph.1.is_empty() {
                paragraph.0 = number;
            }
            paragraph.1.push_str(line);
            paragraph.1.push('\n');
        } else {
            if is_docs {
                found.extend(long_sentences(paragraph.0, &paragraph.1));
            }
            paragraph.1.clear();
        }
    }
    found
}

/// The findings in a Rust file: in doc comments, and in strings outside tests.
pub(super) fn of_code(text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut in_comment = false;
    for (number, line) in (1..).zip(text.lines()) {
        if line.starts_with("mod tests {") {
            break;
        }
        let line = line.trim_start();
        let comment = line.strip_prefix("///").or_else(|| line.strip_prefix("//!"));
        if let Some(comment) = comment {
            if !in_comment {
                found.extend(opening(number, comment));
            }
            found.extend(in_line(number, comment));
        } else if !line.starts_with("//") {
            // A part between two quotes, or what continues on this line.
            for string in line.split('"').skip(1).step_by(2) {
                found.extend(in_line(number, string));
            }
        }
        in_comment = comment.is_some();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn lines(found: &[Finding], wanted: &[usize]) {
        let lines: Vec<usize> = found.iter().map(|finding| finding.line).collect();
        assert_eq!(lines, wanted, "{found:?}");
    }

    #[test]
    fn code_on_a_page_is_not_text() {
        lines(&of_page("nobody\n```\nnobody\n```\nnobody", false), &[1, 5]);
    }

    #[test]
    fn a_paragraph_of_docs_has_short_sentences() {
        let long = format!("One.\n\n{}end.", "word\n".repeat(40));
        lines(&of_page(&long, true), &[3]);
        lines(&of_page(&long, false), &[]);
    }

    #[test]
    fn doc_comments_and_messages_are_text() {
        let code = "/// What it is.\n/// What follows.\nfn f() { g(\"nobody\", h); } // nobody\n\
                    // nobody\nmod tests {\n\"nobody\"";
        lines(&of_code(code), &[1, 3]);
    }
}
