//! `--watch`: the same request again and again, until it passes.

use std::{
    io::{self, Write},
    thread,
    time::Duration,
};

use cors_explain::{End, Outcome, Report};

use super::{Args, Asked, page, send, status};
use crate::status::Status;

/// The pause after each attempt.
const PAUSE: Duration = Duration::from_secs(1);

/// Sends the request until it is allowed. Prints the first attempt, and then what changes.
pub(crate) fn run(args: &Args, asked: &Asked, out: &mut impl Write) -> io::Result<Status> {
    let mut before: Option<Report> = None;
    loop {
        let report = send(args, asked, |_, _| Ok(()))?;
        match &before {
            None => {
                for step in &report.steps {
                    page::request(&step.sent, out)?;
                    page::answer(step, out)?;
                }
                page::end(&report, args.shown(), out)?;
            }
            Some(before) => changes(before, &report, args, out)?,
        }
        let outcome = report.outcome();
        // A request that is never sent does not change.
        if matches!(outcome, Outcome::Allowed | Outcome::AllowedBut) || report.steps.is_empty() {
            return Ok(status(outcome));
        }
        if before.is_none() {
            writeln!(out, "\nSending the request again until it passes. Ctrl-C stops.")?;
        }
        out.flush()?;
        before = Some(report);
        thread::sleep(PAUSE);
    }
}

/// Prints the faults that are gone and those that are new, and the end if it is another one.
fn changes(before: &Report, now: &Report, args: &Args, out: &mut impl Write) -> io::Result<()> {
    let (old, new) = (faults(before), faults(now));
    // Without a response, nothing is known to be fixed.
    if !matches!(now.end, End::Unknown(_)) {
        for fault in old.iter().filter(|fault| !new.contains(fault)) {
            writeln!(out, "- {}", page::shown(fault))?;
        }
    }
    for fault in new.iter().filter(|fault| !old.contains(fault)) {
        writeln!(out, "+ {}", page::shown(fault))?;
    }
    match verdict(before) == verdict(now) {
        true => Ok(()),
        false => page::end(now, args.shown(), out),
    }
}

/// The faults of all steps, with the values received.
fn faults(report: &Report) -> Vec<String> {
    let faults = report.steps.iter().flat_map(|step| &step.faults);
    faults.map(|fault| format!("{fault} [{}]", fault.code())).collect()
}

/// The end, in words.
fn verdict(report: &Report) -> String {
    match &report.end {
        End::Allowed(_) => report.outcome().code().to_owned(),
        End::Blocked(reason) => reason.to_string(),
        End::Failed(why) | End::Unknown(why) => why.clone(),
    }
}
