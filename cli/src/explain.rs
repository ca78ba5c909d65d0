//! `cors explain`: what a browser would do with a server's answers, every fault in them, what has
//! probably caused it, and what to write instead.
//!
//! Requests go through one machine, the core's [`Fetch`](cors_browser::Fetch), wherever the
//! answers come from: a live server, the records of a `.har` file, or a console's sentence.

mod address;
mod args;
mod asked;
mod client;
mod code;
mod console;
mod failure;
mod har;
mod markdown;
mod others;
pub(crate) mod page;
mod secrets;
mod spinner;
mod trust;
mod watch;

use std::io::{self, Write};

use cors_browser::Sent;
use cors_core::Kind;
use cors_explain::{Outcome, Report, Step, Trace, copied, json};
use serde_json::Value;

use crate::status::{Status, complain};
pub(crate) use args::{AFTER_EXPLAIN, Explain as Args};
use asked::Asked;
pub(crate) use asked::joined;
use client::Client;

/// Explains what was asked about, and says how that ended.
pub(crate) fn run(args: &Args, out: &mut impl Write) -> io::Result<Status> {
    if let Some(code) = &args.code {
        return code::run(code, out);
    }
    let done = match (&args.paste, &args.target) {
        (Some(text), _) => input(text).and_then(|text| match copied::is_copied(&text) {
            true => ask(args, &text, out),
            false => console::run(args, &text, out),
        }),
        (None, Some(file)) if args::is_har(file) => har::run(args, file, out),
        (None, Some(target)) if target == "-" => input(target).and_then(|text| {
            let is_address = text.split_whitespace().count() == 1 && text.contains("://");
            match is_address || copied::is_copied(&text) {
                true => ask(args, text.trim(), out),
                false => console::run(args, &text, out),
            }
        }),
        (None, Some(target)) => ask(args, target, out),
        (None, None) => {
            Err("missing argument: pass a URL, a .har file or --paste MESSAGE".to_owned())
        }
    };
    match done {
        Ok(shown) => shown,
        Err(message) => {
            complain(format_args!("cors: {message}"));
            Ok(Status::Invalid)
        }
    }
}

/// The text itself, or standard input for `-`.
fn input(text: &str) -> Result<String, String> {
    match text {
        "-" => console::read().map_err(|error| format!("cannot read standard input: {error}")),
        text => Ok(text.to_owned()),
    }
}

/// Asks a server for a URL, or for what a copied command asks.
fn ask(args: &Args, target: &str, out: &mut impl Write) -> Result<io::Result<Status>, String> {
    let asked = asked::read(args, target)?;
    Ok(match args.watch {
        true => watch::run(args, &asked, out),
        false => live(args, &asked, out),
    })
}

/// Sends what a browser would, each request once it is shown.
fn live(args: &Args, asked: &Asked, out: &mut impl Write) -> io::Result<Status> {
    let is_page = !args.json && !args.markdown;
    if asked.is_insecure && is_page {
        page::insecure(out)?;
    }
    let report = match is_page {
        true => send(args, asked, |sent, step| match step {
            None => page::request(sent, out).and_then(|()| out.flush()),
            Some(step) => page::answer(step, out),
        })?,
        false => send(args, asked, |_, _| Ok(()))?,
    };
    match (args.json, args.markdown) {
        (true, _) => write_json(&json::report(&report, "server"), out)?,
        (_, true) => markdown::report(&report, args.shown(), out)?,
        _ => {
            page::end(&report, args.shown(), out)?;
            if asked.lacks_body() && report.outcome() == Outcome::Allowed {
                page::no_body(out)?;
            }
        }
    }
    Ok(status(report.outcome()))
}

/// Sends what a browser would. The function is called before each request, and with each step.
fn send(
    args: &Args,
    asked: &Asked,
    mut shown: impl FnMut(&Sent, Option<&Step>) -> io::Result<()>,
) -> io::Result<Report> {
    let mut client = Client::new(args.timeout, asked.is_insecure)?;
    let mut trace = Trace::start(args.profile(), &asked.request);
    while let Some(sent) = trace.next() {
        let sent = asked.completed(sent);
        shown(&sent, None)?;
        let answer = client.send(&sent, asked.body_of(&sent));
        let kind = sent.kind;
        trace = trace.answer(sent, answer);
        if let Some(step) = trace.last() {
            shown(&step.sent, Some(step))?;
        }
        if args.no_follow && kind != Kind::Preflight {
            trace = trace.stop();
        }
    }
    client.close();
    Ok(trace.report(asked.request.clone()))
}

/// The exit status of an outcome.
fn status(outcome: Outcome) -> Status {
    match outcome {
        Outcome::Allowed => Status::Allowed,
        Outcome::AllowedBut => Status::AllowedBut,
        Outcome::Blocked => Status::Refused,
        _ => Status::Invalid,
    }
}

/// Writes an object on its own line.
fn write_json(object: &Value, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, object)?;
    out.write_all(b"\n")
}
