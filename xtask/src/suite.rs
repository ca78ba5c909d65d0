//! `cargo xtask test` and `cargo xtask bench`.

use std::process::{Command, ExitCode};

use crate::{cargo, root, tidy, tidy::Tree};

/// Tests everything, and stops at the first failure.
///
/// # Errors
///
/// Where a command fails, or cannot be run.
pub fn test() -> Result<ExitCode, String> {
    let tree = Tree::read(&root())?;
    step(cargo().args(["test", "--workspace", "--all-features"]))?;
    // Built together, packages get each other's features, which hides what one alone is missing.
    for package in &tree.packages {
        step(cargo().args(["test", "--package", package.name()]))?;
    }
    for package in &tree.packages {
        let check = ["check", "--package", package.name()];
        for feature in package.features() {
            step(cargo().args(check).args(["--features", feature]))?;
        }
        // Where there is one, it is all of them.
        if package.features().count() > 1 {
            step(cargo().args(check).arg("--all-features"))?;
        }
    }
    step(
        cargo()
            .args(["doc", "--workspace", "--all-features", "--no-deps"])
            .env("RUSTDOCFLAGS", "-D warnings"),
    )?;
    tidy::run()
}

/// Times everything side by side, and writes `docs/performance.md` with its picture.
///
/// # Errors
///
/// Where it fails, or cannot be run.
pub fn bench(quick: bool) -> Result<ExitCode, String> {
    let package = ["--profile", "bench", "--package", "cors-side-by-side"];
    // Two programs, of which the one that is run runs the other.
    step(cargo().arg("build").args(package).arg("--bins"))?;
    let mut run = cargo();
    run.arg("run").args(package).args(["--bin", "cors-side-by-side", "--"]);
    if quick {
        run.arg("--quick");
    }
    step(&mut run)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the command, runs it, and fails where it does.
fn step(command: &mut Command) -> Result<(), String> {
    let shown = shown(command);
    eprintln!("\n$ {shown}");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{status}: {shown}")),
        Err(error) => Err(format!("{error}: {shown}")),
    }
}

/// The command as one would type it.
fn shown(command: &Command) -> String {
    let mut words: Vec<String> = command
        .get_envs()
        .filter_map(|(name, value)| Some(format!("{}='{}'", name.display(), value?.display())))
        .collect();
    words.push("cargo".to_owned());
    words.extend(command.get_args().map(|word| word.display().to_string()));
    words.join(" ")
}
