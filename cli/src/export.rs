//! `cors export`: a policy file as the configuration of a server.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::Args as ClapArgs;
use cors_core::Cors;
use cors_export::{Server, export};
use cors_file::PolicyFile;
use serde_json::json;

use crate::status::{Status, complain};

/// The policy, and the server that it goes to.
#[derive(ClapArgs)]
pub(crate) struct Args {
    /// The server: nginx, apache, caddy, haproxy or envoy
    #[arg(long, value_name = "SERVER", value_parser = server)]
    to: Server,

    /// The policy: a file that ends in .toml or .json
    policy: PathBuf,

    /// Print one JSON object with the parts and the differences
    #[arg(long)]
    json: bool,
}

fn server(name: &str) -> Result<Server, String> {
    Server::from_name(name).ok_or_else(|| {
        let names: Vec<_> = Server::ALL.iter().map(|server| server.as_str()).collect();
        format!("use one of {}", names.join(", "))
    })
}

pub(crate) fn run(args: &Args, out: &mut impl Write) -> io::Result<Status> {
    let shown = args.policy.display();
    let cors: Cors = match PolicyFile::new(&args.policy).load() {
        Ok(cors) => cors,
        Err(report) => {
            complain(report);
            return Ok(Status::Invalid);
        }
    };
    let exported = match export(args.to, &cors.resources()) {
        Ok(exported) => exported,
        Err(wrong) => {
            for mistake in wrong.mistakes() {
                complain(format_args!("{shown}: {mistake} [{}]", mistake.code()));
            }
            return Ok(Status::Refused);
        }
    };
    if cors.has_guard() {
        complain(format_args!(
            "{shown}: the guard is not exported: keep it in the server's own layer"
        ));
    }
    match args.json {
        false => write!(out, "{exported}")?,
        true => {
            let parts: Vec<_> = exported
                .parts
                .iter()
                .map(|part| json!({"place": part.place, "text": part.text}))
                .collect();
            let differences: Vec<_> = exported
                .differences
                .iter()
                .map(|difference| {
                    json!({
                        "code": difference.code(),
                        "value": difference.value(),
                        "message": difference.to_string(),
                    })
                })
                .collect();
            let object = json!({
                "server": args.to.as_str(),
                "parts": parts,
                "differences": differences,
            });
            writeln!(out, "{object}")?;
        }
    }
    Ok(Status::Allowed)
}

pub(crate) const AFTER_EXPORT: &str = "\
The output starts with a comment for each difference between the configuration and the policy. Then
each part follows a comment that says where it goes. A policy that the server cannot express without
allowing more is refused, with every reason.

    cors export --to nginx policy.toml

Exit status: 0 for a configuration, 1 for a policy that cannot be exported, 2 for arguments or a
policy file that cannot be used.";
