//! `cargo xtask wasm`: the filter for Envoy and Istio as a WebAssembly module.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use clap::Args;

/// The compiler's name for WebAssembly without a system.
const TARGET: &str = "wasm32-unknown-unknown";

/// The exit status where no compiler has the target.
const NO_TARGET: u8 = 3;

/// The place where Debian's packaged toolchain has its programs and the source of the standard library.
const PACKAGED: &str = "/usr";

/// Options of the build.
#[derive(Args)]
pub struct Options {
    /// Compile the standard library again, for size: needs its source (`rustup component add rust-src`)
    #[arg(long)]
    small: bool,
}

/// A compiler that can build for the target.
enum Toolchain {
    /// It has the target's standard library.
    Target,
    /// It compiles the standard library again from its source. With a folder, its programs are there.
    Source(Option<PathBuf>),
}

/// Builds the module, and reports the toolchain, the place and the size.
///
/// # Errors
///
/// The module does not build.
pub fn run(options: &Options) -> Result<ExitCode, String> {
    let Some(toolchain) = find(options.small) else {
        let missing = if options.small {
            "the source of the standard library is missing: run `rustup component add rust-src`"
                .to_owned()
        } else {
            format!(
                "no compiler has {TARGET}: run `rustup target add {TARGET}`, or install the \
                 packages rustc-web, cargo-web, rust-web-src and lld"
            )
        };
        eprintln!("error: {missing}");
        return Ok(ExitCode::from(NO_TARGET));
    };
    let module = build(&toolchain)?;
    let size = fs::metadata(&module).map_err(|error| error.to_string())?.len();
    println!("{}: {size} bytes", module.display());
    Ok(ExitCode::SUCCESS)
}

/// Builds the module for `cargo xtask edge`, where a compiler has the target.
///
/// # Errors
///
/// The module does not build.
pub fn build_if_possible() -> Result<(), String> {
    find(false).map_or(Ok(()), |toolchain| build(&toolchain).map(drop))
}

fn find(small: bool) -> Option<Toolchain> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let printed = |arguments: &[&str]| {
        let output = Command::new(&rustc).arg("--print").args(arguments).output().ok()?;
        let path = String::from_utf8(output.stdout).ok()?;
        output.status.success().then(|| PathBuf::from(path.trim()))
    };
    let source = |folder: &Path| folder.join("lib/rustlib/src/rust/library/std").is_dir();
    if small {
        return printed(&["sysroot"])
            .filter(|sysroot| source(sysroot))
            .map(|_| Toolchain::Source(None));
    }
    if printed(&["target-libdir", "--target", TARGET]).is_some_and(|folder| folder.is_dir()) {
        return Some(Toolchain::Target);
    }
    let packaged = Path::new(PACKAGED);
    (source(packaged) && packaged.join("bin/cargo").is_file())
        .then(|| Toolchain::Source(Some(packaged.join("bin"))))
}

fn build(toolchain: &Toolchain) -> Result<PathBuf, String> {
    let root = crate::root();
    let target = root.join("target/wasm");
    // Paths of this machine are not part of the module.
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(env::home_dir()?.join(".cargo")));
    let registry = home.map(|home| home.join("registry/src"));
    let mut flags = vec![format!("--remap-path-prefix={}/=", root.display())];
    flags.extend(registry.map(|path| format!("--remap-path-prefix={}/=", path.display())));
    let mut cargo = match toolchain {
        Toolchain::Source(Some(programs)) => {
            let mut cargo = Command::new(programs.join("cargo"));
            cargo.env("RUSTC", programs.join("rustc"));
            cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld");
            cargo
        }
        _ => crate::cargo(),
    };
    cargo
        .current_dir(root.join("adapters/proxy-wasm"))
        .args(["build", "--quiet", "--locked", "--release", "--target", TARGET, "--target-dir"])
        .arg(&target);
    if let Toolchain::Source(programs) = toolchain {
        let from = programs.as_ref().map_or("this toolchain", |_| "the distribution's packages");
        println!("{from}: compiling the standard library from its source");
        flags.extend(["-Zunstable-options".to_owned(), "-Cpanic=immediate-abort".to_owned()]);
        cargo
            .args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"])
            .env("RUSTC_BOOTSTRAP", "1");
    } else {
        println!("this toolchain has {TARGET}");
    }
    let status = cargo
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"))
        .env_remove("RUSTFLAGS")
        .status()
        .map_err(|error| format!("cannot run cargo: {error}"))?;
    if !status.success() {
        return Err(format!("the filter does not build: {status}"));
    }
    let built = target.join(TARGET).join("release/cors_proxy_wasm.wasm");
    let module = target.join("cors_proxy_wasm.wasm");
    if !shrink(&built, &module) {
        fs::copy(&built, &module).map_err(|error| format!("{}: {error}", module.display()))?;
    }
    Ok(module)
}

/// Runs binaryen's optimizer, if it is installed.
fn shrink(from: &Path, to: &Path) -> bool {
    let optimized = Command::new("wasm-opt")
        .args(["-Oz", "--enable-bulk-memory", "--enable-sign-ext", "--enable-mutable-globals"])
        .args(["--enable-nontrapping-float-to-int", "-o"])
        .args([to, from])
        .output();
    let optimized = optimized.is_ok_and(|output| output.status.success());
    println!("{}", if optimized { "wasm-opt: found" } else { "wasm-opt: not found" });
    optimized
}
