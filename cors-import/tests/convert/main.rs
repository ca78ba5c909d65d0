//! Configurations in, policies and differences out.

mod errors;
mod mistakes;
mod names;
mod python;
mod ruby_and_php;
mod scripts;

use cors_import::{Format, Library, import};

/// What is different whatever is configured, and not said again in every row.
const ALWAYS: [&str; 6] =
    ["vary", "handler-headers", "exceptions", "unrouted", "path-form", "safelisted-preflights"];

/// The configuration becomes these resources, with these differences.
#[track_caller]
pub(crate) fn becomes(library: Library, config: &str, resources: &str, differences: &[&str]) {
    let converted = import(library, Format::Json, config).expect("it can be said");
    let got = serde_json::to_string(&converted.resources).expect("policies are data");
    assert_eq!(got, resources);
    let codes: Vec<_> = converted.differences.iter().map(|difference| difference.code()).collect();
    let codes: Vec<_> = codes.into_iter().filter(|code| !ALWAYS.contains(code)).collect();
    assert_eq!(codes, differences);
}

/// A policy cannot say the configuration, for these reasons.
#[track_caller]
pub(crate) fn fails(library: Library, config: &str, message: &str) {
    let error = import(library, Format::Json, config).expect_err("it cannot be said");
    assert_eq!(error.to_string(), message);
}
