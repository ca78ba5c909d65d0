//! `cors import`: another library's configuration as a policy file.

use std::{
    fs,
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use clap::Args as ClapArgs;
use cors_import::{Converted, Format, Library, Unreadable, import};

use crate::status::{Status, complain};

/// What is read, and where the policy goes.
#[derive(ClapArgs)]
pub(crate) struct Args {
    /// Library: express, flask, starlette, django, sinatra, rack-cors or laravel
    #[arg(long, value_name = "LIBRARY", value_parser = library)]
    from: Library,

    /// The library's configuration, in JSON or TOML; - reads standard input
    file: PathBuf,

    /// Write the policy to a file instead of standard output
    #[arg(short, long, value_name = "POLICY")]
    output: Option<PathBuf>,
}

fn library(name: &str) -> Result<Library, String> {
    Library::from_name(name).ok_or_else(|| {
        let names: Vec<_> = Library::ALL.iter().map(Library::to_string).collect();
        format!("the libraries are {}", names.join(", "))
    })
}

pub(crate) fn run(args: &Args, out: &mut impl Write) -> io::Result<Status> {
    let shown = args.file.display();
    let text = match read(&args.file) {
        Ok(text) => text,
        Err(error) => {
            complain(format_args!("{shown}: cannot be read: {error}"));
            return Ok(Status::Invalid);
        }
    };
    let converted = match import(args.from, format(&args.file, &text), &text) {
        Ok(converted) => converted,
        Err(error @ Unreadable::Malformed { .. }) => {
            complain(format_args!("{shown}:{error}"));
            return Ok(Status::Invalid);
        }
        Err(Unreadable::Inexpressible(wrong)) => {
            for mistake in wrong.mistakes() {
                complain(format_args!("{shown}: {mistake} [{}]", mistake.code()));
            }
            return Ok(Status::Invalid);
        }
    };
    let policy = policy_file(&converted)?;
    match &args.output {
        None => out.write_all(policy.as_bytes())?,
        Some(path) => {
            fs::write(path, policy).map_err(|error| {
                io::Error::new(error.kind(), format!("{}: {error}", path.display()))
            })?;
            for difference in &converted.differences {
                writeln!(out, "{difference} [{}]", difference.code())?;
            }
        }
    }
    Ok(Status::Allowed)
}

fn read(path: &Path) -> io::Result<String> {
    if path.as_os_str() == "-" {
        return io::read_to_string(io::stdin().lock());
    }
    let mut text = String::new();
    fs::File::open(path)?.read_to_string(&mut text)?;
    Ok(text)
}

/// By the file's name, or else by its first character.
fn format(path: &Path, text: &str) -> Format {
    match path.extension().and_then(|name| name.to_str()) {
        Some("toml") => Format::Toml,
        Some("json") => Format::Json,
        _ if text.trim_start().starts_with('{') => Format::Json,
        _ => Format::Toml,
    }
}

/// The policy, behind a comment for each difference.
fn policy_file(converted: &Converted) -> io::Result<String> {
    let mut text = String::new();
    for difference in &converted.differences {
        text.push_str(&format!("# {difference} [{}]\n", difference.code()));
    }
    let policy = toml::to_string(&converted.resources).map_err(io::Error::other)?;
    Ok(format!("{text}\n{policy}"))
}

pub(crate) const AFTER_IMPORT: &str = "\
The output starts with a comment for each difference: what the library does, what the policy does, and
why. With --output, the differences are also printed.

    cors import --from express options.json -o policy.toml

Options use the library's own spelling. A value that JSON and TOML cannot express is an object with one
key: {\"$regex\": \"\\\\.example\\\\.com$\", \"flags\": \"i\"}, {\"$sym\": \"any\"}, {\"$fn\": \"name\"}.

Exit status: 0 if a policy was written, 2 if the arguments, the file or an option cannot be used.";
