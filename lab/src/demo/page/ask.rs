//! Asks the program `cors`, so that the page says what `cors try` says.

use std::{
    io,
    path::Path,
    process::{Command, Stdio},
};

/// A request to ask about.
pub(super) struct About<'a> {
    pub(super) preflight: bool,
    pub(super) origin: &'a str,
    pub(super) method: &'a str,
    pub(super) headers: Vec<&'a str>,
}

/// Why the policy in this file answers as it does, a sentence each.
pub(super) fn why(program: &Path, policy: &Path, about: &About<'_>) -> io::Result<Vec<String>> {
    let output = Command::new(program)
        .arg("try")
        .arg(policy)
        .arg(if about.preflight { "--preflight" } else { "--actual" })
        // Each in one word with its value, which may look like an option itself.
        .arg(format!("--origin={}", about.origin))
        .arg(format!("--method={}", about.method))
        .args(about.headers.iter().map(|name| format!("--header={name}")))
        .stdin(Stdio::null())
        .output()?;
    Ok(sentences(&String::from_utf8_lossy(&output.stdout)))
}

/// What stands between the verdict, which is a line, and an empty one.
fn sentences(said: &str) -> Vec<String> {
    said.lines().skip(1).take_while(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_stand_behind_the_verdict() {
        assert_eq!(sentences("Preflight denied: it is.\nOne.\nTwo.\n\n> GET\n"), ["One.", "Two."]);
        assert_eq!(sentences(""), [""; 0]);
    }
}
