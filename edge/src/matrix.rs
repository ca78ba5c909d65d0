//! `cargo xtask edge`: every policy of the suite, exported to every installed server, and the suite's
//! own rows as the requests.

use std::{collections::BTreeMap, net::SocketAddr, process::ExitCode};

use clap::Args;
use cors_browser::Response;
use cors_conformance::{Exchange, Spy, exchanges, tcp};
use cors_core::plain;
use cors_verify::Conclusion;

use crate::{application, report, target::Target};

/// What is run.
#[derive(Args)]
pub(crate) struct Options {
    /// Run only this server; may be repeated
    #[arg(long, value_name = "NAME", value_parser = Target::named)]
    only: Vec<Target>,

    /// Run only policies whose name contains this text
    #[arg(long, value_name = "TEXT")]
    policy: Option<String>,

    /// Write docs/edge.md
    #[arg(long)]
    write: bool,

    /// Measure policies of 10, 1,000 and 100,000 origins, and write docs/scale.md
    #[arg(long, conflicts_with_all = ["write", "only", "policy"])]
    scale: bool,

    /// Show every row that is not exact
    #[arg(long, short)]
    verbose: bool,
}

/// How one row went in one server.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Held {
    /// Status, headers and who answers are the engine's.
    Exact,
    /// A browser concludes the same.
    Same,
    /// No browser sends this request.
    Unsent,
    Stricter,
    Laxer,
}

/// The rows of one policy in one server.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) counts: BTreeMap<Held, usize>,
}

impl Tally {
    pub(crate) fn of(&self, held: Held) -> usize {
        self.counts.get(&held).copied().unwrap_or_default()
    }

    pub(crate) fn all(&self) -> usize {
        self.counts.values().sum()
    }
}

/// Every server's results.
pub(crate) struct Column {
    pub(crate) target: Target,
    pub(crate) version: String,
    /// By policy; nothing where it cannot be exported, with the reason.
    pub(crate) policies: Vec<(String, Result<Tally, String>)>,
    /// The rows that are not exact, each with what differs.
    pub(crate) rows: Vec<(Held, String, Vec<String>)>,
}

/// # Errors
///
/// Where a server does not start.
pub(crate) fn run(options: &Options) -> Result<ExitCode, String> {
    if options.scale {
        return crate::scale::run().map(|()| ExitCode::SUCCESS);
    }
    let (application, spy) = application::serve()?;
    let by_policy = by_policy(options);
    let mut columns = Vec::new();
    let mut missing = Vec::new();
    for target in Target::all() {
        if !options.only.is_empty() && !options.only.contains(&target) {
            continue;
        }
        let installed = match target.installed() {
            Ok(installed) => installed,
            Err(command) => {
                println!("{target}: not installed ({command})");
                missing.push((target, command));
                continue;
            }
        };
        let mut column = Column {
            target,
            version: target.version(&installed),
            policies: Vec::new(),
            rows: Vec::new(),
        };
        for (name, rows) in &by_policy {
            let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
            let served = target.start(&installed, rows[0].policy(), application, folder.path());
            let served = match served {
                Ok(served) => served,
                Err(error) => {
                    let _ = folder.keep();
                    return Err(format!("{target}, {name}: {error}"));
                }
            };
            let tally = served.map(|served| hold(rows, served.address, &spy, &mut column));
            column.policies.push((name.clone(), tally));
        }
        report::summary(&column, options.verbose);
        columns.push(column);
    }
    if options.write {
        report::write(&columns, &missing)?;
    }
    let laxer =
        columns.iter().flat_map(|column| &column.rows).any(|(held, ..)| *held == Held::Laxer);
    Ok(if laxer { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The suite's rows by the name of their policy, but for those that no proxy carries.
fn by_policy(options: &Options) -> BTreeMap<String, Vec<Exchange>> {
    let mut by_policy: BTreeMap<String, Vec<Exchange>> = BTreeMap::new();
    for row in exchanges() {
        let wanted = options.policy.as_ref().is_none_or(|text| row.policy_name().contains(text));
        if wanted && row.wanted().status != 101 {
            by_policy.entry(row.policy_name().to_owned()).or_default().push(row);
        }
    }
    by_policy
}

fn hold(rows: &[Exchange], address: SocketAddr, spy: &Spy, column: &mut Column) -> Tally {
    let mut tally = Tally::default();
    for row in rows {
        let before = spy.calls();
        let (held, differences) = match tcp::exchange(address, row.request()) {
            // A server that closes the connection allows nothing.
            Err(error) => (Held::Stricter, vec![format!("no answer: {error}")]),
            Ok(response) => {
                let differences = row.differences(&response, spy.calls() - before);
                let theirs = Response { status: response.status, headers: response.headers };
                let reached = spy.calls() > before;
                (judge(row, &theirs, differences.is_empty(), reached), differences)
            }
        };
        *tally.counts.entry(held).or_default() += 1;
        if held != Held::Exact {
            let differences = differences.into_iter().map(shortened).collect();
            column.rows.push((held, row.name().to_owned(), differences));
        }
    }
    tally
}

/// A sentence without what makes it longer than a line.
fn shortened(text: String) -> String {
    match text.char_indices().nth(100) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}

fn judge(row: &Exchange, theirs: &Response, is_exact: bool, reached: bool) -> Held {
    if is_exact {
        return Held::Exact;
    }
    let request = row.request();
    let sent = plain::Request::new(request.method.clone(), request.headers.clone());
    let wanted = row.wanted();
    let ours = Response { status: wanted.status, headers: wanted.headers };
    // An error that the server makes of a request it cannot read is the same for every origin.
    let rejected = !reached && theirs.status >= 400 && theirs.status != wanted.status;
    let (ours, theirs) = (Conclusion::of(&sent, &ours), Conclusion::of(&sent, theirs));
    let lacks_vary = ours.varies && !theirs.varies && !rejected;
    match () {
        () if !is_sent_by_a_browser(&sent) => Held::Unsent,
        () if !theirs.beyond(&ours).is_empty() || lacks_vary => Held::Laxer,
        () if rejected || !ours.beyond(&theirs).is_empty() => Held::Stricter,
        () => Held::Same,
    }
}

/// Whether a browser could send this: one `Origin` and one `Access-Control-Request-Method` at most,
/// neither empty.
fn is_sent_by_a_browser(request: &plain::Request) -> bool {
    ["origin", "access-control-request-method", "access-control-request-headers"].iter().all(
        |field| {
            let mut lines =
                request.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case(field));
            let first = lines.next();
            first.is_none_or(|(_, value)| !value.is_empty()) && lines.next().is_none()
        },
    )
}
