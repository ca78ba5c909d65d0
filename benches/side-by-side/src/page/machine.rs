//! What the figures were measured on, and with which versions.

use std::{
    fmt::{self, Write},
    fs,
    process::Command,
    thread,
};

/// The libraries whose versions matter to the figures.
const LIBRARIES: [&str; 12] = [
    "http",
    "tower",
    "tower-http",
    "axum",
    "actix-web",
    "actix-cors",
    "rocket",
    "rocket_cors",
    "warp",
    "poem",
    "salvo",
    "hashbrown",
];

/// Writes the page's head.
pub(super) fn write(page: &mut String, run: &str) -> fmt::Result {
    writeln!(page, "| | |\n|---|---|")?;
    writeln!(page, "| date | {} |", said("date", &["-u", "+%Y-%m-%d %H:%M UTC"]))?;
    writeln!(page, "| run | {run} |")?;
    let threads = thread::available_parallelism().map_or(0, usize::from);
    writeln!(
        page,
        "| machine | {}, {threads} threads, {} |",
        processor(),
        said("uname", &["-sr"])
    )?;
    writeln!(page, "| compiler | {} |", said("rustc", &["--version"]))?;
    writeln!(page, "| libraries | {} |", versions(include_str!("../../../../Cargo.lock")))
}

/// What a command says; where there is none, that it is unknown.
fn said(command: &str, arguments: &[&str]) -> String {
    let output = Command::new(command).args(arguments).output();
    output.map_or("unknown".to_owned(), |output| {
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    })
}

fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = text.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    model.map_or_else(|| std::env::consts::ARCH.to_owned(), |(_, model)| model.to_owned())
}

/// The versions in a `Cargo.lock`: of two of one library, the newer, which stands last.
fn versions(lock: &str) -> String {
    let version = |library: &&str| {
        let head = format!("[[package]]\nname = \"{library}\"\nversion = \"");
        let (_, rest) = lock.rsplit_once(&head)?;
        Some(format!("{library} {}", rest.split_once('"')?.0))
    };
    LIBRARIES.iter().filter_map(version).collect::<Vec<_>>().join(", ")
}
