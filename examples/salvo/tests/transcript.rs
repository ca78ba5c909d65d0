//! The transcripts that every framework's example answers in the same way.

use std::path::Path;

use cors_conformance::transcript::play;

#[test]
fn manual() {
    let program = env!("CARGO_BIN_EXE_salvo-manual");
    play(include_str!("../../transcripts/manual.txt"), Path::new(program), &[]);
}

#[test]
fn global() {
    let program = env!("CARGO_BIN_EXE_salvo-global");
    play(include_str!("../../transcripts/policy.txt"), Path::new(program), &[]);
}

#[test]
fn per_route() {
    let program = env!("CARGO_BIN_EXE_salvo-per-route");
    play(include_str!("../../transcripts/per_route.txt"), Path::new(program), &[]);
}

#[test]
fn per_path() {
    let program = env!("CARGO_BIN_EXE_salvo-per-path");
    play(include_str!("../../transcripts/per_route.txt"), Path::new(program), &[]);
}

#[test]
fn configured() {
    let program = env!("CARGO_BIN_EXE_salvo-configured");
    let policy = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../policy.toml"));
    play(include_str!("../../transcripts/policy.txt"), Path::new(program), &[policy]);
}
