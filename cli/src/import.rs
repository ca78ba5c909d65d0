//! `cors import`: another library's configuration as a policy file.

use std::{
    fs,
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use clap::Args as ClapArgs;
use cors_core::Resources;
use cors_import::{Format, Library, Unreadable, import};
use cors_remedy::Place;

use crate::{
    out::escaped,
    status::{Status, complain},
};

/// What is read, and where the policy goes.
#[derive(ClapArgs)]
pub(crate) struct Args {
    /// Library: express, flask, fastapi (starlette), django, sinatra, rails (rack-cors) or laravel
    #[arg(long, value_name = "LIBRARY", value_parser = library, required_unless_present = "how")]
    from: Option<Library>,

    /// The library's configuration, in JSON or TOML; - reads standard input
    #[arg(required_unless_present = "how")]
    file: Option<PathBuf>,

    /// Show the command that prints an application's configuration for import
    #[arg(long, value_name = "LIBRARY", value_parser = library, exclusive = true)]
    how: Option<Library>,

    /// Print Rust code for a framework instead of a policy file
    #[arg(long, value_name = "FRAMEWORK", value_parser = framework)]
    rust: Option<Place>,

    /// Write the policy to a file instead of standard output
    #[arg(short, long, value_name = "POLICY")]
    output: Option<PathBuf>,
}

fn library(name: &str) -> Result<Library, String> {
    Library::from_name(name).ok_or_else(|| {
        let names: Vec<_> = Library::ALL.iter().map(Library::to_string).collect();
        format!("use one of {}", names.join(", "))
    })
}

fn framework(name: &str) -> Result<Place, String> {
    let adapted = |place: &Place| place.code(&Resources::new()).is_some();
    Place::from_name(name).filter(adapted).ok_or_else(|| {
        let names: Vec<_> = Place::ALL.iter().copied().filter(adapted).map(Place::name).collect();
        format!("use one of {}", names.join(", "))
    })
}

pub(crate) fn run(args: &Args, out: &mut impl Write) -> io::Result<Status> {
    if let Some(library) = args.how {
        writeln!(out, "{}", library.how())?;
        return Ok(Status::Allowed);
    }
    let (Some(from), Some(file)) = (args.from, &args.file) else { return Ok(Status::Invalid) };
    let shown = file.display();
    let extension = file.extension().and_then(|name| name.to_str()).unwrap_or_default();
    if let Some(language) = Library::language(extension) {
        complain(format_args!(
            "{shown} is {language} source, and only the application knows what it sets: run this \
             where the application runs, and pipe it into `cors import --from {from} -`\n\n{}",
            from.how()
        ));
        return Ok(Status::Invalid);
    }
    let text = match read(file) {
        Ok(text) => text,
        Err(error) => {
            complain(format_args!("cannot read {shown}: {error}"));
            return Ok(Status::Invalid);
        }
    };
    if text.trim().is_empty() {
        complain(format_args!("{shown} is empty: the command that prints the options failed"));
        return Ok(Status::Invalid);
    }
    let converted = match import(from, format(file, &text), &text) {
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
    let code = args.rust.and_then(|framework| framework.code(&converted.resources));
    let policy = match code {
        Some(code) => format!("{}\n{code}", converted.comment(from, "//")),
        None => converted.to_toml(from),
    };
    let policy = escaped(&policy);
    match &args.output {
        None => out.write_all(policy.as_bytes())?,
        Some(path) => {
            fs::write(path, policy).map_err(|error| {
                io::Error::new(error.kind(), format!("{}: {error}", path.display()))
            })?;
            for note in converted.notes() {
                writeln!(out, "{note}")?;
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

pub(crate) const AFTER_IMPORT: &str = "\
The output starts with a comment for each difference that is particular to this configuration, the
dangerous ones first. With --output, they are also printed. docs/coming-from lists what always differs.

Only the application knows which options are in force. --how prints a command that shows them:

    cors import --how django
    python manage.py shell ... | cors import --from django -

    cors import --from express options.json -o policy.toml
    cors import --from express options.json --rust axum

Options use the library's own spelling. A value that JSON and TOML cannot express is an object with one
key: {\"$regex\": \"\\\\.example\\\\.com$\", \"flags\": \"i\"}, {\"$sym\": \"any\"}, {\"$fn\": \"name\"}.

Exit status: 0 if a policy was written, 2 if the arguments, the file or an option cannot be used.";
