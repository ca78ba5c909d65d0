//! The binary `cors`: checks a policy, tries it on requests, serves it, tries answers on browsers, and
//! explains what a server answers, for whoever runs one.

mod args;
mod check;
mod connector;
mod explain;
mod export;
mod human;
mod import;
mod json;
mod json_lines;
mod outcome;
mod proxy;
mod script;
mod status;
mod suggest;
mod verify;

use std::{io, process::ExitCode};

use clap::Parser;

use args::{Args, Command, Try};
use status::{Status, complain};

fn main() -> ExitCode {
    let done = match Args::parse().command {
        Command::Check(args) => check::run(&args, &mut io::stdout().lock()),
        Command::Try(args) => try_policy(args),
        Command::Proxy(args) => proxy::run(args, &mut io::stdout()),
        Command::Explain(args) => explain::run(&args, &mut anstream::stdout().lock()),
        Command::Browser => {
            json_lines::run(json_lines::fetch, io::stdin().lock(), &mut io::stdout().lock())
        }
        Command::Export(args) => export::run(&args, &mut io::stdout().lock()),
        Command::Verify(args) => verify::run(&args, &mut anstream::stdout().lock()),
        Command::Suggest(args) => suggest::run(&args, &mut io::stdout().lock()),
        Command::Import(args) => import::run(&args, &mut io::stdout().lock()),
    };
    match done {
        Ok(status) => status.into(),
        // Whoever was reading has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Status::Allowed.into(),
        Err(error) => {
            complain(format_args!("cors: {error}"));
            Status::Invalid.into()
        }
    }
}

fn try_policy(args: Try) -> io::Result<Status> {
    let mut out = io::stdout().lock();
    match args.question {
        Some(question) => human::run(question, &mut out),
        None => json_lines::run(json_lines::decide, io::stdin().lock(), &mut out),
    }
}
