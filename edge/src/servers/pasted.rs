//! A remedy, pasted into its place, and started.

use std::{fs, net::SocketAddr, process::Command};

use cors_export::{Exported, Part};
use cors_remedy::Place;
use tempfile::TempDir;

use super::installed::Program;
use crate::{
    root,
    running::{Running, free_port},
    server::{self, Served},
};

/// A server with a remedy.
pub(crate) struct Pasted {
    pub(crate) address: SocketAddr,
    _server: Option<Served>,
    _running: Option<Running>,
    _folder: TempDir,
}

/// Starts the server with this text in it.
///
/// # Errors
///
/// Where it does not start.
pub(crate) fn start(
    place: Place,
    program: &Program,
    text: &str,
    application: SocketAddr,
) -> Result<Pasted, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    if let Program::Server(kind, path) = program {
        // As a person does: each part below its comment goes to the place that the comment names.
        let exported = Exported { server: *kind, parts: parts(text), differences: Vec::new() };
        let served = server::start(path, &exported, application, folder.path())?;
        let address = served.address;
        return Ok(Pasted { address, _server: Some(served), _running: None, _folder: folder });
    }
    let port = free_port()?;
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    if let Program::Example(path) = program {
        // Both remedies are compiled already. Any argument is for the second.
        let pasted = root().join("examples").join(place.name()).join("src/pasted.rs");
        let is_second = fs::read_to_string(&pasted).is_ok_and(|pasted| pasted == text);
        // The formatter breaks lines where the remedy does not.
        let joined = |text: &str| text.split_whitespace().collect::<String>();
        let first = root().join("examples").join(place.name()).join("src/bin/remedy.rs");
        let lines = joined(text.split_once('\n').map_or("", |(_, lines)| lines));
        let is_first =
            fs::read_to_string(&first).is_ok_and(|program| joined(&program).contains(&lines));
        if !is_first && !is_second {
            return Err(format!("no program has this remedy:\n{text}"));
        }
        let mut command = Command::new(path);
        command.args(is_second.then_some("pasted")).env("PORT", port.to_string());
        let running = Running::start(command, address, &folder.path().join("log"))?;
        return Ok(Pasted { address, _server: None, _running: Some(running), _folder: folder });
    }
    let (template, file) = template(place);
    let whole = template.replace("# REMEDY", text).replace("// REMEDY", text);
    let (mut command, file) = match program {
        Program::Python(python) => (Command::new(python), folder.path().join(file)),
        // Node looks for packages beside the program.
        Program::Node(node) => (Command::new("node"), node.join(format!("{port}-{file}"))),
        Program::Server(..) | Program::Example(..) => return Err("is not a script".into()),
    };
    fs::write(&file, whole).map_err(|error| format!("{}: {error}", file.display()))?;
    command.arg(&file).arg(port.to_string());
    let running = Running::start(command, address, &folder.path().join("log"));
    if matches!(program, Program::Node(_)) {
        let _ = fs::remove_file(&file);
    }
    Ok(Pasted { address, _server: None, _running: Some(running?), _folder: folder })
}

fn template(place: Place) -> (&'static str, &'static str) {
    match place {
        Place::FastApi => (include_str!("../../programs/fastapi.py"), "program.py"),
        Place::Flask => (include_str!("../../programs/flask.py"), "program.py"),
        Place::Django => (include_str!("../../programs/django.py"), "program.py"),
        Place::Express => (include_str!("../../programs/express.js"), "program.js"),
        Place::Fastify => (include_str!("../../programs/fastify.js"), "program.js"),
        _ => (include_str!("../../programs/hono.mjs"), "program.mjs"),
    }
}

/// The parts of a remedy for a server: each begins with a comment in the first column.
fn parts(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for line in text.lines() {
        match line
            .strip_prefix("# ")
            .filter(|place| place.starts_with("in ") || place.starts_with("at "))
        {
            Some(_) => parts.push(Part { place: "", text: String::new() }),
            None => {
                if let Some(part) = parts.last_mut() {
                    part.text.push_str(line);
                    part.text.push('\n');
                }
            }
        }
    }
    parts
}
