//! Texts to copy: the policy for other places, the requests, and the result.

use cors_core::{Cors, plain};
use cors_export::{Server, export};
use cors_remedy::Place;
use serde::Serialize;

use crate::{
    decide::{End, Question},
    path::Stage,
};

/// The texts that the page copies.
#[derive(Serialize)]
pub(crate) struct Copies {
    toml: String,
    rust: String,
    curl: String,
    nginx: String,
    result: String,
}

impl Copies {
    pub(crate) fn of(
        question: &Question,
        cors: &Cors,
        sent: &[plain::Request],
        stages: &[Stage],
        end: &End,
    ) -> Self {
        let resources = cors.resources();
        let nginx = match export(Server::Nginx, &resources) {
            Ok(exported) => exported.to_string(),
            Err(wrong) => {
                let lines = wrong.mistakes().iter();
                lines.map(|mistake| format!("# {mistake} [{}]\n", mistake.code())).collect()
            }
        };
        Self {
            toml: question.policy.clone(),
            rust: Place::Axum.code(&resources).unwrap_or_default(),
            curl: sent.iter().map(|request| curl(request, question)).collect(),
            nginx,
            result: result(question, stages, end),
        }
    }
}

/// A request as a command. The host is the reader's to replace.
fn curl(request: &plain::Request, question: &Question) -> String {
    let mut command = format!("curl -i -X {} ", quoted(&request.method));
    command += &quoted(&format!("https://server.test{}", question.path));
    for (name, value) in &request.headers {
        command += " \\\n  -H ";
        command += &quoted(&format!("{name}: {}", String::from_utf8_lossy(value)));
    }
    command + "\n"
}

/// A word of a POSIX shell.
fn quoted(word: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:@%+=".contains(&byte);
    if !word.is_empty() && word.bytes().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// The request and its outcome, as lines.
fn result(question: &Question, stages: &[Stage], end: &End) -> String {
    let Question { method, path, origin, .. } = question;
    let with = if question.credentials { ", with credentials" } else { "" };
    let mut text = format!("{method} {path} from {origin}{with}\n");
    for stage in stages {
        text += &format!("\n{}: {}\n", stage.title, stage.verdict);
        for step in &stage.steps {
            let lines = step.rule.iter().chain(&step.answered);
            lines.for_each(|line| text += &format!("  {line}\n"));
        }
    }
    text += match end.readable {
        true => "\nThe script reads the response.\n",
        false => "\nThe script gets an error.\n",
    };
    for line in end.why.iter().chain(&end.console) {
        text += &format!("  {line}\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, wanted: &str) {
        assert_eq!(quoted(word), wanted);
    }

    #[test]
    fn words_of_a_shell_are_quoted_where_they_have_to_be() {
        check("PUT", "PUT");
        check("https://server.test/a?b=c&d", "'https://server.test/a?b=c&d'");
        check("it's; rm -rf $HOME", r"'it'\''s; rm -rf $HOME'");
        check("", "''");
    }
}
