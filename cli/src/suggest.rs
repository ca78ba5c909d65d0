//! `cors suggest`: a policy from an API description.

use std::{
    fs,
    io::{self, Write},
    path::PathBuf,
};

use clap::Args as ClapArgs;
use cors_verify::suggest;

use crate::status::{Status, complain};

/// The description, and the origins that it does not have.
#[derive(ClapArgs)]
pub(crate) struct Args {
    /// An OpenAPI or Swagger description in JSON
    description: PathBuf,

    /// An origin to allow; may be repeated
    #[arg(long = "origin", value_name = "ORIGIN", default_value = "https://app.example.com")]
    origins: Vec<String>,
}

pub(crate) fn run(args: &Args, out: &mut impl Write) -> io::Result<Status> {
    let shown = args.description.display();
    let read = fs::read_to_string(&args.description)
        .map_err(|error| format!("cannot read {shown}: {error}"));
    let parsed = read.and_then(|text| {
        serde_json::from_str(&text).map_err(|error| format!("{shown}: not JSON: {error}"))
    });
    let made = parsed.and_then(|document| {
        suggest::policies(&document, &args.origins).map_err(|error| format!("{shown}: {error}"))
    });
    let resources = match made {
        Ok(resources) => resources,
        Err(message) => {
            complain(format_args!("cors: {message}"));
            return Ok(Status::Invalid);
        }
    };
    writeln!(out, "# Suggested from {shown}. Replace the origins with your own.")?;
    out.write_all(toml::to_string(&resources).map_err(io::Error::other)?.as_bytes())?;
    match resources.compile() {
        Ok(_) => Ok(Status::Allowed),
        Err(errors) => {
            complain(format_args!("cors: {errors}"));
            Ok(Status::Refused)
        }
    }
}

pub(crate) const AFTER_SUGGEST: &str = "\
Methods, header parameters, response headers and security schemes become the keys of a policy. Where
operations differ, the output has a policy for each path.

    cors suggest openapi.json --origin https://app.example.com > policy.toml

Exit status: 0 for a policy, 1 for one that does not compile, 2 for arguments or a file that cannot
be used.";
