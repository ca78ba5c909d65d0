//! `cargo xtask demo`: real requests to a real server, and whether it answers as the policy says.

mod answer;
mod case;
mod entry;
mod page;
mod table;

use std::{
    fs,
    io::{self, IsTerminal, Write},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
    thread,
    time::Duration,
};

use cors_conformance::tcp;
use cors_core::{Cors, Policy};

use answer::Answer;
use case::{Case, Cases};
use table::{Colours, Row};

use crate::{
    processes::Processes,
    server::{Running, SERVERS},
};

/// The arguments of `cargo xtask demo`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The policy, as TOML; without it, examples/policy.toml
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Print the table and stop: fails where an answer disagrees
    #[arg(long)]
    once: bool,
    /// The first server's port, and the next one for the next; 0 is any that is free
    #[arg(long, default_value_t = 0)]
    port: u16,
}

/// Runs the demo. The exit status is 1 where an answer disagrees, if it was to run only once.
///
/// # Errors
///
/// Where the policy cannot be read or does not compile, a server does not start, or ends before it
/// is told to.
pub(crate) fn run(options: &Options) -> Result<ExitCode, String> {
    let path = match &options.policy {
        // A server has a working directory of its own.
        Some(path) => std::path::absolute(path).map_err(|error| error.to_string())?,
        None => crate::root().join("examples/policy.toml"),
    };
    let (policy, cors) = read_policy(&path)?;
    let cases = Cases::of(&policy, &cors);

    let processes = Processes::new()?;
    let mut servers = Vec::new();
    for (server, nth) in SERVERS.iter().zip(0..) {
        let port = match options.port {
            0 => 0,
            first => first.checked_add(nth).ok_or("there is no port above 65535")?,
        };
        progress(server.name, servers.len());
        server.build(&processes)?;
        servers.push(server.start(&processes, &path, port)?);
    }

    if io::stderr().is_terminal() {
        eprint!("\r\x1b[K");
    }
    let rows: Vec<Row> = cases.shown.iter().map(|case| row(case, &cors, &servers)).collect();
    let agree = rows.iter().all(Row::agrees);
    let names: Vec<&str> = servers.iter().map(|server| server.name).collect();
    let colours = Colours::of(io::stdout().is_terminal());
    print(&table::render(&rows, &names, colours, table::width()))?;
    print(&summary(&rows, &cases))?;
    if options.once {
        return Ok(if agree { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let page = serve_page(&servers, &path)?;
    print(&invitation(&servers, cases.allowed_origin.as_deref()))?;
    print(&format!(
        "A page to try them from: http://localhost:{}\nCtrl-C ends it.\n",
        page.port()
    ))?;
    loop {
        for server in &servers {
            server.check(&processes)?;
        }
        thread::sleep(Duration::from_millis(200));
    }
}

/// Shows which server is being built, in one line of a terminal.
fn progress(name: &str, built: usize) {
    let text = format!("building {name} ({} of {})", built + 1, SERVERS.len());
    match io::stderr().is_terminal() {
        true => eprint!("\r\x1b[K{text}"),
        false => eprintln!("{text}"),
    }
}

/// Serves the playground for these servers, which serve under this policy.
pub(crate) fn serve_page(servers: &[Running], policy: &Path) -> Result<SocketAddr, String> {
    let failed = |error: io::Error| format!("no page can be served: {error}");
    let policy = fs::read_to_string(policy).map_err(failed)?;
    page::serve(servers, policy).map_err(failed)
}

/// A policy from a file, as it is written and as it is proved.
pub(crate) fn read_policy(path: &Path) -> Result<(Policy, Cors), String> {
    let at = |error: &dyn std::fmt::Display| {
        format!("{}: {}", path.display(), error.to_string().trim_end())
    };
    let text = fs::read_to_string(path).map_err(|error| at(&error))?;
    let policy: Policy = toml::from_str(&text).map_err(|error| at(&error))?;
    match policy.compile() {
        Ok(cors) => Ok((policy, cors)),
        Err(errors) => {
            let lines: String =
                errors.iter().map(|error| format!("\n  {error} [{}]", error.code())).collect();
            Err(at(&format!("the policy does not compile:{lines}")))
        }
    }
}

fn row(case: &Case, cors: &Cors, servers: &[Running]) -> Row {
    let answers = servers.iter().map(|server| {
        let response = tcp::exchange(server.address, &case.sent());
        response.map(|response| Answer::received(&response)).map_err(|error| error.to_string())
    });
    Row {
        name: case.name,
        request: case.parts(),
        verdict: cors.decide(&case.request).verdict(),
        wanted: Answer::wanted(cors, case),
        answers: answers.collect(),
    }
}

fn summary(rows: &[Row], cases: &Cases) -> String {
    let agree = rows.iter().filter(|row| row.agrees()).count();
    let mut text = format!("{agree} of {} requests are answered as the policy says.\n", rows.len());
    for reason in cases.left_out.chunk_by(|(_, one), (_, other)| one == other) {
        text.push_str(&format!("Left out, because {}:\n", reason[0].1));
        for (name, _) in reason {
            text.push_str(&format!("  {name}\n"));
        }
    }
    text
}

/// Where the servers are, and how to ask one.
fn invitation(servers: &[Running], origin: Option<&str>) -> String {
    let origin = origin.unwrap_or("https://app.example.com");
    let mut text = String::from("\n");
    for Running { name, address, .. } in servers {
        text.push_str(&format!("{name}  http://{address}\n"));
        text.push_str(&format!("  curl -i -H 'Origin: {origin}' http://{address}/items\n"));
    }
    text
}

/// Prints without a panic where nobody reads.
fn print(text: &str) -> Result<(), String> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|error| format!("standard output: {error}"))
}
