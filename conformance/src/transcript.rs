//! A transcript: `curl` commands and the answers to them, played against a program that serves.
//!
//! It is what keeps the example programs of all frameworks the same, and it can be typed:
//!
//! ```text
//! $ curl -i $HOST/items -H 'origin: https://app.example.com'
//! 200
//! etag: "1"
//! vary: Origin
//!
//! []
//! ```
//!
//! Below a command stand the answer's status, its header lines, and behind an empty line its body.
//! A line that begins with `# ` is a remark.
//! Lines that servers add of their own are left out.

mod program;

use std::path::Path;

use program::Program;

use crate::{Request, Response, compare, tcp};

/// A command, and its answer.
#[derive(Debug)]
struct Exchange {
    command: String,
    request: Request,
    answer: Response,
}

/// Starts the program on a free port, sends it every command of the transcript, and compares the
/// answers. The program ends with it.
///
/// The program takes its port from the variable `PORT`, and its first line is
/// `listening on http://` and its address.
///
/// # Panics
///
/// Where the transcript is none, the program does not serve, or an answer is another: with every
/// difference.
#[track_caller]
pub fn play(transcript: &str, program: &Path, arguments: &[&Path]) {
    let exchanges = parse(transcript).unwrap_or_else(|error| panic!("{error}"));
    let program = Program::start(program, arguments).unwrap_or_else(|error| panic!("{error}"));
    let wrong: Vec<String> = exchanges
        .iter()
        .flat_map(|exchange| {
            let differences = match tcp::exchange(program.address(), &exchange.request) {
                Ok(response) => exchange.differences(&response),
                Err(error) => vec![format!("no answer: {error}")],
            };
            differences
                .into_iter()
                .map(|difference| format!("{}\n    {difference}", exchange.command))
        })
        .collect();
    assert!(wrong.is_empty(), "answers differ:\n{}", wrong.join("\n"));
}

impl Exchange {
    fn differences(&self, response: &Response) -> Vec<String> {
        let mut differences = Vec::new();
        if response.status != self.answer.status {
            differences.push(format!("status: {}, not {}", response.status, self.answer.status));
        }
        differences.extend(compare::headers(&self.answer.headers, &[], &response.headers));
        if response.body.trim_ascii_end() != self.answer.body {
            differences.push(format!("body: {:?}", response.body.escape_ascii().to_string()));
        }
        differences
    }
}

fn parse(transcript: &str) -> Result<Vec<Exchange>, String> {
    let mut exchanges = Vec::new();
    let spoken = transcript.lines().filter(|line| !line.starts_with("# "));
    let transcript = spoken.collect::<Vec<_>>().join("\n");
    let (_, blocks) = transcript.split_once("$ ").ok_or("a transcript has a line with `$ curl`")?;
    for block in blocks.split("\n$ ") {
        let (command, answer) = block.split_once('\n').unwrap_or((block, ""));
        let wrong = |what: &str| format!("{what}: {command}");
        let (head, body) = answer.split_once("\n\n").unwrap_or((answer.trim_end(), ""));
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.parse().ok());
        let headers: Option<Vec<_>> = lines
            .map(|line| line.split_once(": "))
            .map(|line| line.map(|(name, value)| (name.to_owned(), value.into())))
            .collect();
        exchanges.push(Exchange {
            command: command.to_owned(),
            request: request(command).ok_or_else(|| wrong("no such curl command"))?,
            answer: Response {
                status: status.ok_or_else(|| wrong("no status below"))?,
                headers: headers.ok_or_else(|| wrong("a line that is no header"))?,
                body: body.trim_end().into(),
            },
        });
    }
    Ok(exchanges)
}

/// The request that a command makes, of the few options that are needed here.
fn request(command: &str) -> Option<Request> {
    let mut words = words(command)?.into_iter();
    let mut request = Request::new("GET", "", std::iter::empty::<(String, String)>());
    if words.next()? != "curl" {
        return None;
    }
    while let Some(word) = words.next() {
        match word.as_str() {
            "-i" => {}
            "-I" => request.method = "HEAD".into(),
            "-X" => request.method = words.next()?,
            "-H" => {
                let line = words.next()?;
                let (name, value) = line.split_once(": ")?;
                request.headers.push((name.into(), value.into()));
            }
            _ => request.path = word.strip_prefix("$HOST")?.into(),
        }
    }
    (!request.path.is_empty()).then_some(request)
}

/// The words of a command, of which some stand in single quotes.
fn words(command: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut rest = command.trim();
    while !rest.is_empty() {
        let (word, behind) = match rest.strip_prefix('\'') {
            Some(quoted) => quoted.split_once('\'')?,
            None => rest.split_at(rest.find(' ').unwrap_or(rest.len())),
        };
        words.push(word.into());
        rest = behind.trim_start();
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEMS: &str = "# Items\n$ curl -i $HOST/items -H 'origin: https://a.example'\n200\n\
        etag: 1\nvary: Origin\n\n[]\n\n$ curl -I $HOST/\n204\n";

    #[test]
    fn commands_and_answers_are_read() {
        let exchanges = parse(ITEMS).expect("a transcript");
        let [items, head] = &exchanges[..] else { panic!("two") };
        let origin = [("origin", "https://a.example")];
        assert_eq!(items.request, Request::new("GET", "/items", origin));
        assert_eq!((items.answer.status, &items.answer.body[..]), (200, &b"[]"[..]));
        assert_eq!(items.answer.headers.len(), 2);
        assert_eq!((&*head.request.method, head.answer.status), ("HEAD", 204));
    }

    #[test]
    fn what_differs_is_told() {
        let exchanges = parse(ITEMS).expect("a transcript");
        let mut response = exchanges[0].answer.clone();
        assert_eq!(exchanges[0].differences(&response), [""; 0]);
        response.status = 404;
        response.headers.remove(0);
        response.body = b"{}".into();
        let differences = exchanges[0].differences(&response);
        assert_eq!(differences, ["status: 404, not 200", "line missing: etag: 1", "body: \"{}\""]);
    }

    #[test]
    fn what_is_no_transcript_is_an_error() {
        for text in [
            "",
            "$ wget $HOST/\n200\n",
            "$ curl -z $HOST/\n200\n",
            "$ curl $HOST/\nok\n",
            "$ curl 'a\n200\n",
        ] {
            assert!(parse(text).is_err(), "{text:?}");
        }
    }
}
