//! Programs that are installed: where they are, and when they can be talked to.

use std::{
    env, fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use crate::processes::{Id, Processes};

/// How long a browser may take until it can be talked to.
const PATIENCE: Duration = Duration::from_secs(30);

/// The program that a variable names, or that the path has under one of these names.
pub(super) fn find(variable: &str, names: &[&str]) -> Option<PathBuf> {
    if let Some(named) = env::var_os(variable).filter(|name| !name.is_empty()) {
        return Some(named.into());
    }
    let path = env::var_os("PATH")?;
    let named = |name: &&str| {
        env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
    };
    names.iter().find_map(named)
}

/// Waits until a process has written a file that can be read, or has ended.
pub(super) fn wait_for<T>(
    file: &Path,
    id: Id,
    processes: &Processes,
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, String> {
    let started = Instant::now();
    loop {
        if let Some(found) = fs::read_to_string(file).ok().as_deref().and_then(&read) {
            return Ok(found);
        }
        if let Some(status) = processes.ended(id).map_err(|error| error.to_string())? {
            return Err(status.to_string());
        }
        if started.elapsed() > PATIENCE {
            return Err(format!("it says nothing after {PATIENCE:?}"));
        }
        thread::sleep(Duration::from_millis(20));
    }
}
