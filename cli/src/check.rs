//! `cors check`: every error and warning in policy files.

use std::{
    io::{self, Read, Write},
    path::Path,
};

use anstyle::{AnsiColor, Style};
use cors_file::{Finding, Place, PolicyFile, Report, Severity};
use serde::Serialize;

use crate::{args::Check, status::Status};

/// Reports every finding of every file. The worst file decides the status.
pub(crate) fn run(args: &Check, out: &mut impl Write) -> io::Result<Status> {
    let mut worst = Status::Allowed;
    for (nth, policy) in args.policies.iter().enumerate() {
        if nth > 0 && !args.json {
            writeln!(out)?;
        }
        let mut file = file(policy)?;
        if let Some(table) = &args.table {
            file = file.table(table);
        }
        if args.env {
            file = file.overridden_by(std::env::vars_os());
        }
        worst = worst.max(check(args, &file, out)?);
    }
    Ok(worst)
}

/// The file, or standard input for `-`.
fn file(policy: &Path) -> io::Result<PolicyFile> {
    if policy != Path::new("-") {
        return Ok(PolicyFile::new(policy));
    }
    let mut text = String::new();
    io::stdin().lock().read_to_string(&mut text)?;
    let name = match text.trim_start().starts_with('{') {
        true => "stdin.json",
        false => "stdin.toml",
    };
    Ok(PolicyFile::new(name).with_content(text))
}

fn check(args: &Check, file: &PolicyFile, out: &mut impl Write) -> io::Result<Status> {
    let (report, unusable) = match file.check() {
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
        for line in report.to_string().lines() {
            writeln!(out, "{}", painted(line))?;
        }
        writeln!(out)?;
    }
    let number = |severity: Severity| match report.count(severity) {
        0 => format!("no {}s", severity.code()),
        1 => format!("1 {}", severity.code()),
        more => format!("{more} {}s", severity.code()),
    };
    let (errors, warnings) = (number(Severity::Error), number(Severity::Warning));
    writeln!(out, "{}: {errors}, {warnings}", report.path().display())
}

/// A line of a report in a compiler's colors. The writer removes them where they do not belong: in
/// files, and where `NO_COLOR` is set.
fn painted(line: &str) -> String {
    let paint = |style: Style, text: &str| format!("{style}{text}{style:#}");
    let bold = Style::new().bold();
    let kinds = [("error[", AnsiColor::Red), ("warning[", AnsiColor::Yellow)];
    if let Some((_, color)) = kinds.into_iter().find(|(start, _)| line.starts_with(start))
        && let Some((kind, message)) = line.split_once("]: ")
    {
        let kind = paint(bold.fg_color(Some(color.into())), &format!("{kind}]"));
        return format!("{kind}{}", paint(bold, &format!(": {message}")));
    }
    let gutter = bold.fg_color(Some(AnsiColor::Blue.into()));
    let number = |text: &str| text.bytes().all(|byte| byte == b' ' || byte.is_ascii_digit());
    for mark in ["--> ", "|", "= "] {
        if let Some((before, after)) = line.split_once(mark)
            && number(before)
        {
            return format!("{}{after}", paint(gutter, &format!("{before}{mark}")));
        }
    }
    line.to_owned()
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
            severity: finding.severity().code(),
            code: finding.code(),
            file: report.path().display().to_string(),
            line: finding.place().map(Place::line),
            column: finding.place().map(Place::column),
            message: finding.message(),
            help: finding.help(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, wanted: &str) {
        assert_eq!(painted(line), wanted);
        assert_eq!(anstream::adapter::strip_str(&painted(line)).to_string(), line);
    }

    #[test]
    fn a_report_has_the_colors_of_a_compiler() {
        let error = "\x1b[1m\x1b[31merror[unknown-key]\x1b[0m\x1b[1m: unknown key \"a\"\x1b[0m";
        check("error[unknown-key]: unknown key \"a\"", error);
        check(" --> policy.toml:2:1", "\x1b[1m\x1b[34m --> \x1b[0mpolicy.toml:2:1");
        check("2 | a = []", "\x1b[1m\x1b[34m2 |\x1b[0m a = []");
        check("  = help: write b", "\x1b[1m\x1b[34m  = \x1b[0mhelp: write b");
        check("policy.toml: 1 error", "policy.toml: 1 error");
    }
}
