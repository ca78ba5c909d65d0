//! The codes that a report can contain.

use cors_browser as browser;

use crate::{causes, console};

/// Returns every code of a fault, a cause, a warning or a console message: sorted, each one once.
pub fn codes() -> Vec<&'static str> {
    let faults = browser::Cause::ALL.iter().map(|cause| cause.code());
    let mut codes: Vec<_> = faults.chain(causes::codes()).chain(console::codes()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}
