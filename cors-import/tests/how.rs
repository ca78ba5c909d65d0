//! The commands that show an application's options, where a language alone runs them. `cargo xtask
//! imported` runs all seven with the real libraries.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use cors_import::{Format, Library, import};

/// Runs the command in an application's folder, and imports what it prints.
#[track_caller]
fn check(library: Library, folder: &str, program: &str) {
    if Command::new(program).arg("-v").output().is_err() {
        eprintln!("left out: {program} is not installed");
        return;
    }
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../edge/programs/imported").join(folder);
    let mut shell = Command::new("sh");
    shell.args(["-c", library.how()]).current_dir(&folder);
    shell.env("ALLOWED_ORIGINS", "https://app.example.com,http://localhost:3000");
    let said = shell.output().expect("sh runs");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let options = String::from_utf8(said.stdout).expect("JSON is UTF-8");
    let converted = import(library, Format::Json, &options).expect("options that a policy can say");
    let policy: PathBuf = folder.join("policy.toml");
    let wanted = fs::read_to_string(policy).expect("the policy is there");
    assert_eq!(converted.to_toml(library), wanted);
}

#[test]
fn laravel() {
    check(Library::Laravel, "laravel", "php");
}

#[test]
fn rails() {
    check(Library::RackCors, "rails", "ruby");
}
