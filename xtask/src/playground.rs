//! `cargo xtask playground`: the playground as files that any web server can serve.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use flate2::{Compression, write::GzEncoder};

/// The compiler's name for WebAssembly in a browser.
const TARGET: &str = "wasm32-unknown-unknown";

/// The exit status where the target is missing.
const NO_TARGET: u8 = 3;

/// The most that the module may take, compressed: enough for the engine to grow, not for the tables of
/// Unicode, which a dependency may bring along.
const LIMIT: usize = 400 * 1024;

/// Builds the page in `target/playground/page`, and reports its size.
///
/// # Errors
///
/// The module cannot be built, or a file cannot be written.
pub fn run() -> Result<ExitCode, String> {
    if !has_target() {
        eprintln!("error: no {TARGET} target: run `rustup target add {TARGET}`");
        return Ok(ExitCode::from(NO_TARGET));
    }
    let folder = folder();
    let size = build(&folder)?;
    println!(
        "{}/index.html: the module is {} KB compressed",
        folder.display(),
        size.div_ceil(1024)
    );
    Ok(ExitCode::SUCCESS)
}

/// The place of the page.
fn folder() -> PathBuf {
    crate::root().join("target/playground/page")
}

/// Writes the page's files to a folder, and returns the module's size with gzip.
pub(crate) fn build(folder: &Path) -> Result<usize, String> {
    if !has_target() {
        return Err(format!("no {TARGET} target: run `rustup target add {TARGET}`"));
    }
    let root = crate::root();
    let target = root.join("target/playground");
    let status = crate::cargo()
        .current_dir(root.join("playground/wasm"))
        .args(["build", "--quiet", "--locked", "--release", "--target", TARGET, "--target-dir"])
        .arg(&target)
        .status()
        .map_err(|error| format!("cannot run cargo: {error}"))?;
    if !status.success() {
        return Err(format!("the module does not build: {status}"));
    }
    let module = target.join(TARGET).join("release/cors_playground_wasm.wasm");
    let module = fs::read(&module).map_err(|error| failed(&module, &error))?;
    let size = compressed(&module).map_err(|error| failed(folder, &error))?;
    if size > LIMIT {
        return Err(format!("the module is {size} bytes compressed, more than {LIMIT}"));
    }
    fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(|error| failed(&path, &error))
    };
    for name in ["index.html", "playground.css", "playground.js"] {
        let path = root.join("playground/page").join(name);
        write(name, &fs::read(&path).map_err(|error| failed(&path, &error))?)?;
    }
    write("playground.wasm", &module)?;
    let policy = root.join("examples/policy.toml");
    let policy = fs::read_to_string(&policy).map_err(|error| failed(&policy, &error))?;
    let start = serde_json::json!({ "engine": "playground.wasm", "policy": policy });
    write("playground.json", start.to_string().as_bytes())?;
    Ok(size)
}

/// The compiler can build for the target: rustup or a distribution's package has installed it.
fn has_target() -> bool {
    let mut rustc = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    let output = rustc.args(["--print", "target-libdir", "--target", TARGET]).output();
    output.is_ok_and(|output| {
        output.status.success()
            && Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir()
    })
}

fn compressed(bytes: &[u8]) -> std::io::Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish().map(|bytes| bytes.len())
}

fn failed(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
