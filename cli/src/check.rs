//! `cors check`: everything that is wrong or doubtful in a file.

use std::io::{self, Write};

use cors_file::{Finding, Place, PolicyFile, Report, Severity};
use serde::Serialize;

use crate::{args::Check, status::Status};

/// Shows what is found, and how many that is.
pub(crate) fn run(args: &Check, out: &mut impl Write) -> io::Result<Status> {
    let (report, unusable) = match PolicyFile::new(&args.policy).check() {
        Ok(report) => (report, false),
        Err(report) => (report, true),
    };
    match args.json {
        true => lines(&report, out)?,
        false => page(&report, out)?,
    }
    let denied = args.deny.map_or(0, |_| report.count(Severity::Warning));
    Ok(match report.count(Severity::Error) + denied {
        0 => Status::Allowed,
        _ if unusable => Status::Invalid,
        _ => Status::Refused,
    })
}

fn page(report: &Report, out: &mut impl Write) -> io::Result<()> {
    if report.iter().next().is_some() {
        writeln!(out, "{report}\n")?;
    }
    let number = |severity: Severity| match report.count(severity) {
        0 => format!("no {}s", severity.as_str()),
        1 => format!("1 {}", severity.as_str()),
        more => format!("{more} {}s", severity.as_str()),
    };
    let (errors, warnings) = (number(Severity::Error), number(Severity::Warning));
    writeln!(out, "{}: {errors}, {warnings}", report.path().display())
}

fn lines(report: &Report, out: &mut impl Write) -> io::Result<()> {
    for finding in report {
        serde_json::to_writer(&mut *out, &Line::of(finding, report))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// A finding, for machines.
#[derive(Serialize)]
struct Line<'r> {
    severity: &'static str,
    code: &'static str,
    file: String,
    line: Option<usize>,
    column: Option<usize>,
    message: &'r str,
    help: Option<&'r str>,
}

impl<'r> Line<'r> {
    fn of(finding: &'r Finding, report: &Report) -> Self {
        Self {
            severity: finding.severity().as_str(),
            code: finding.code(),
            file: report.path().display().to_string(),
            line: finding.place().map(Place::line),
            column: finding.place().map(Place::column),
            message: finding.message(),
            help: finding.help(),
        }
    }
}
