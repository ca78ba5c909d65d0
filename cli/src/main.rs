//! The `cors` command: checks policies, tries them on requests, explains blocked requests, and runs a
//! CORS proxy.

#![allow(rustdoc::bare_urls, reason = "clap prints the doc comments of arguments as they are")]

mod args;
mod check;
mod connector;
mod explain;
mod export;
mod human;
mod import;
mod json;
mod json_lines;
mod out;
mod outcome;
mod proxy;
mod script;
mod status;
mod suggest;
mod verify;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::{CommandFactory, Parser};

use args::{Args, Command, Try};
use out::Out;
use status::{Status, complain};

fn main() -> ExitCode {
    let done = match Args::parse_from(explain::joined(std::env::args_os())).command {
        Command::Completions { shell } => completions(shell),
        Command::Man => manual(),
        Command::Check(args) => check::run(&args, &mut Out::new(anstream::stdout().lock())),
        Command::Try(args) => try_policy(args),
        Command::Proxy(args) => proxy::run(args, &mut Out::new(io::stdout())),
        Command::Explain(args) => explain::run(&args, &mut Out::new(anstream::stdout().lock())),
        Command::Browser => {
            json_lines::run(json_lines::fetch, io::stdin().lock(), &mut io::stdout().lock())
        }
        Command::Export(args) => export::run(&args, &mut Out::new(io::stdout().lock())),
        Command::Verify(args) => verify::run(&args, &mut Out::new(anstream::stdout().lock())),
        Command::Suggest(args) => suggest::run(&args, &mut Out::new(io::stdout().lock())),
        Command::Import(args) => import::run(&args, &mut Out::new(io::stdout().lock())),
    };
    match done {
        Ok(status) => status.into(),
        Err(error) => {
            complain(format_args!("cors: {error}"));
            Status::Invalid.into()
        }
    }
}

fn try_policy(args: Try) -> io::Result<Status> {
    let mut out = io::stdout().lock();
    match args.question {
        Some(question) => human::run(question, &mut Out::new(out)),
        None => json_lines::run(json_lines::decide, io::stdin().lock(), &mut out),
    }
}

fn completions(shell: clap_complete::Shell) -> io::Result<Status> {
    // To memory first: what writes it panics if no one reads.
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "cors", &mut text);
    Out::new(io::stdout()).write_all(&text)?;
    Ok(Status::Allowed)
}

fn manual() -> io::Result<Status> {
    clap_mangen::Man::new(Args::command()).render(&mut Out::new(io::stdout()))?;
    Ok(Status::Allowed)
}
