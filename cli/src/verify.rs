//! `cors verify`: holds a running server to a policy.

mod advice;
mod client;
mod formats;
mod page;
mod recorded;

use std::{
    io::{self, Write},
    path::PathBuf,
    time::Duration,
};

use clap::{Args as ClapArgs, ValueEnum};
use cors_browser::Response;
use cors_core::{Cors, plain::Request};
use cors_explain::{causes::Cause, remedy::Snippet};
use cors_file::PolicyFile;
use cors_verify::{Code, Finding, Probe, Severity, judge, probes};
use http::Uri;

use crate::status::{Status, complain};

/// The server, and the policy that it is held to.
#[derive(ClapArgs)]
pub(crate) struct Args {
    /// The server's URL, such as `https://api.example.com/items`
    url: Uri,

    /// The policy: a file that ends in .toml or .json
    #[arg(long, value_name = "POLICY", required_unless_present = "record")]
    policy: Option<PathBuf>,

    /// Another path to ask for, such as one that answers with an error; may be repeated
    #[arg(long = "path", value_name = "PATH", value_parser = path)]
    paths: Vec<String>,

    /// Compare the CORS headers byte for byte, not only what a browser concludes
    #[arg(long)]
    exact: bool,

    /// List the requests, and send none
    #[arg(long)]
    dry_run: bool,

    /// Write what the server does with the given origins as a policy
    #[arg(long, requires = "origins", conflicts_with_all = ["policy", "exact", "dry_run"])]
    record: bool,

    /// An origin to record; may be repeated
    #[arg(long = "origin", value_name = "ORIGIN", requires = "record")]
    origins: Vec<String>,

    /// How to print the findings
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Print the findings as one JSON object: short for `--format json`
    #[arg(long, conflicts_with = "format")]
    json: bool,

    /// How long to wait for one answer, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    timeout: u64,
}

/// A form of output.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// JUnit's XML, for test reports
    Junit,
    /// Annotations of GitHub Actions
    Github,
}

fn path(text: &str) -> Result<String, &'static str> {
    match text.starts_with('/') && !text.contains(['?', '#', ' ']) {
        true => Ok(text.to_owned()),
        false => Err("write a path that starts with \"/\" and has no query"),
    }
}

/// A finding, with the request and every other request that it is found in.
pub(crate) struct Found<'p> {
    pub(crate) finding: Finding,
    pub(crate) probe: &'p Probe,
    pub(crate) theirs: &'p Response,
    /// How many more requests have the same finding.
    pub(crate) more: usize,
    /// The likely causes, as `cors explain` finds them.
    pub(crate) causes: Vec<Cause>,
}

/// The result of a run.
pub(crate) struct Report<'p> {
    pub(crate) url: &'p Uri,
    pub(crate) sent: usize,
    pub(crate) found: Vec<Found<'p>>,
    /// The policy as the configuration of the server, if there is an error and the server is known.
    pub(crate) remedy: Option<Snippet>,
}

pub(crate) fn run(args: &Args, out: &mut impl Write) -> io::Result<Status> {
    if args.url.scheme().is_none() || args.url.host().is_none() {
        complain("cors: write an absolute URL, such as https://api.example.com/");
        return Ok(Status::Invalid);
    }
    let limit = Duration::from_secs(args.timeout);
    if args.record {
        return recorded::run(&args.url, &args.origins, limit, out);
    }
    let Some(file) = &args.policy else { return Ok(Status::Invalid) };
    let cors: Cors = match PolicyFile::new(file).load() {
        Ok(cors) => cors,
        Err(report) => {
            complain(report);
            return Ok(Status::Unreachable);
        }
    };
    let own = if args.url.path().is_empty() { "/" } else { args.url.path() };
    let paths: Vec<String> = [own.to_owned()].into_iter().chain(args.paths.clone()).collect();
    let probes = probes(&cors, &paths);
    if args.dry_run {
        for probe in &probes {
            writeln!(out, "{}", page::curl(&args.url, &probe.request))?;
        }
        return Ok(Status::Allowed);
    }
    let requests: Vec<&Request> = probes.iter().map(|probe| &probe.request).collect();
    let answers = match client::send(&args.url, &requests, limit) {
        Ok(answers) => answers,
        Err(error) => {
            complain(format_args!("cors: {error}"));
            return Ok(Status::Unreachable);
        }
    };
    let report = report(args, &cors, &probes, &answers);
    match if args.json { Format::Json } else { args.format } {
        Format::Text => page::write(&report, out)?,
        Format::Json => formats::json(&report, out)?,
        Format::Junit => formats::junit(&report, out)?,
        Format::Github => formats::github(&report, file, out)?,
    }
    Ok(status(&report))
}

/// One entry a kind of finding and origin, the worst first.
fn report<'p>(
    args: &'p Args,
    cors: &Cors,
    probes: &'p [Probe],
    answers: &'p [Response],
) -> Report<'p> {
    let mut found: Vec<Found<'p>> = Vec::new();
    for (probe, theirs) in probes.iter().zip(answers) {
        for finding in judge(cors, probe, theirs, args.exact) {
            let is_same = |known: &&mut Found<'_>| {
                known.finding.kind() == finding.kind()
                    && known.finding.to_string() == finding.to_string()
                    && (known.probe.origin() == probe.origin() || !names_origin(finding.kind()))
            };
            match found.iter_mut().find(is_same) {
                Some(known) => known.more += 1,
                None => {
                    let causes = advice::likely(&args.url, &finding, probe, probes, answers);
                    found.push(Found { finding, probe, theirs, more: 0, causes });
                }
            }
        }
    }
    found.sort_by_key(|found| (found.finding.severity(), found.finding.kind()));
    let has_error = found.iter().any(|found| found.finding.severity() == Severity::Error);
    let remedy = has_error.then(|| advice::configuration(cors, answers)).flatten();
    Report { url: &args.url, sent: probes.len(), found, remedy }
}

/// Whether the same finding about another origin is another finding.
fn names_origin(code: Code) -> bool {
    matches!(code, Code::StrangerReads | Code::StrangerReadsWithCredentials | Code::FriendBlocked)
}

fn status(report: &Report<'_>) -> Status {
    let codes = || report.found.iter().map(|found| found.finding.kind());
    let is_error = |code: &Code| code.severity() == Severity::Error;
    match () {
        () if codes().any(|code| code.is_laxer() && is_error(&code)) => Status::Refused,
        () if codes().any(|code| is_error(&code)) => Status::Invalid,
        () => Status::Allowed,
    }
}

pub(crate) const AFTER_VERIFY: &str = "\
It derives at most 150 requests from the policy: the origins it allows, their look-alikes and
neighbors, each method and header, listed and not, preflights, plain OPTIONS, and no origin. Only GET,
HEAD and OPTIONS are used, and only the given host gets requests.

    cors verify https://api.example.com/items --policy policy.toml --path /no-such-page

With --record it writes a policy for a server that has none:

    cors verify https://api.example.com/items --record --origin https://app.example.com

Exit status: 0 if the server keeps the policy, 1 if it allows more, 2 if it only allows less, 3 if
it does not answer or the policy file cannot be used.";
