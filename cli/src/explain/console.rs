//! `--paste`: the messages of a browser's console. Sends nothing.

use std::io::{self, Read, Write};

use cors_explain::{
    console::{self, Known, Message},
    json,
};

use super::{args::Explain, markdown, page, write_json};
use crate::status::Status;

/// The longest text that is read, in bytes.
const LIMIT: u64 = 1 << 20;

/// Explains the messages in this text.
pub(crate) fn run(
    args: &Explain,
    text: &str,
    out: &mut impl Write,
) -> Result<io::Result<Status>, String> {
    let known = Known {
        origin: args.origin.clone(),
        method: args.method().to_owned(),
        headers: args.headers.clone(),
        credentials: args.credentials(),
    };
    let messages =
        console::explain(text, &known).map_err(|error| page::shown(&error).into_owned())?;
    Ok(show(args, &messages, out))
}

/// Reads standard input.
pub(crate) fn read() -> io::Result<String> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(LIMIT).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn show(args: &Explain, messages: &[Message], out: &mut impl Write) -> io::Result<Status> {
    for (at, message) in messages.iter().enumerate() {
        if at > 0 && !args.json {
            writeln!(out)?;
        }
        match (args.json, args.markdown) {
            (true, _) => write_json(&json::message(message), out)?,
            (_, true) => markdown::message(message, args.shown(), out)?,
            _ => page::message(message, args.shown(), out)?,
        }
    }
    Ok(Status::Refused)
}
