//! The machine form: a question a line, an answer a line, in the same order.

mod fetched;
mod line;

use std::io::{self, BufRead, Read, Write};

use cors_core::PolicyErrors;
use serde::Serialize;

use fetched::Fetched;

use crate::{
    out::escaped,
    outcome::Outcome,
    status::{Status, complain},
};

/// The longest line that is read, in bytes.
const LINE_LIMIT: u64 = 16 << 20;

/// How much of a line, and of what is said about it, is repeated, in characters.
const VALUE_LIMIT: usize = 80;
const MESSAGE_LIMIT: usize = 1000;

/// Answers every line of `input`, each before the next is read.
pub(crate) fn run(
    answer: fn(&[u8]) -> Result<Reply, String>,
    mut input: impl BufRead,
    out: &mut impl Write,
) -> io::Result<Status> {
    let mut status = Status::Allowed;
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        let length = input.by_ref().take(LINE_LIMIT + 1).read_until(b'\n', &mut line)?;
        if length == 0 {
            break;
        }
        let complete = line.pop_if(|last| *last == b'\n').is_some();
        if line.trim_ascii().is_empty() {
            continue;
        }
        let reply = if !complete && line.len() as u64 > LINE_LIMIT {
            input.skip_until(b'\n')?;
            Err(format!("longer than {LINE_LIMIT} bytes"))
        } else {
            answer(&line)
        };
        let reply = reply.unwrap_or_else(|message| {
            status = Status::Invalid;
            let message = bounded(&format!("line {number}: {message}"), MESSAGE_LIMIT);
            complain(&message);
            Reply::bad_input(&line, message)
        });
        let reply = escaped(&serde_json::to_string(&reply)?);
        match writeln!(out, "{reply}").and_then(|()| out.flush()) {
            // No one reads the other answers, and the input may have no end.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => break,
            written => written?,
        }
    }
    Ok(status)
}

/// What a policy says of a request.
pub(crate) fn decide(line: &[u8]) -> Result<Reply, String> {
    let (policy, request) = line::parse(line)?;
    Ok(match policy.compile() {
        Ok(cors) => Reply::Outcome(Outcome::of(&cors, &request)),
        Err(errors) => Reply::mistakes(&errors),
    })
}

/// What a browser does with recorded answers.
pub(crate) fn fetch(line: &[u8]) -> Result<Reply, String> {
    fetched::parse(line).map(|recorded| Reply::Fetched(recorded.fetch()))
}

/// A line of output.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum Reply {
    Outcome(Outcome),
    Fetched(Fetched),
    Errors { errors: Vec<Mistake> },
}

#[derive(Serialize)]
pub(crate) struct Mistake {
    code: &'static str,
    value: String,
    message: String,
}

impl Reply {
    fn mistakes(errors: &PolicyErrors) -> Self {
        let errors = errors
            .iter()
            .map(|error| Mistake {
                code: error.code(),
                value: error.value().to_owned(),
                message: error.to_string(),
            })
            .collect();
        Self::Errors { errors }
    }

    fn bad_input(line: &[u8], message: String) -> Self {
        // A character has four bytes at most.
        let start = &line[..line.len().min(4 * (VALUE_LIMIT + 1))];
        let value = bounded(&String::from_utf8_lossy(start), VALUE_LIMIT);
        Self::Errors { errors: vec![Mistake { code: "input", value, message }] }
    }
}

/// The first characters of a text, and a sign where more follow.
fn bounded(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
