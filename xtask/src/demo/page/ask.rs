//! Asks the program `cors`, so that the page says what `cors try` says.

use std::{
    fs, io,
    path::Path,
    process::{Command, Stdio},
};

use serde::Serialize;

/// A mistake in a policy.
#[derive(Serialize, PartialEq, Eq, Debug)]
pub(super) struct Mistake {
    /// The line and the column, from 1, where they are known.
    place: Option<(usize, usize)>,
    message: String,
}

/// A request to ask about.
pub(super) struct About<'a> {
    pub(super) preflight: bool,
    pub(super) origin: &'a str,
    pub(super) method: &'a str,
    pub(super) headers: Vec<&'a str>,
}

/// Why the policy answers as it does, a sentence each; or every mistake in it.
pub(super) fn why(
    program: &Path,
    policy: &str,
    about: &About<'_>,
) -> io::Result<Result<Vec<String>, Vec<Mistake>>> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("policy.toml");
    fs::write(&file, policy)?;
    let output = Command::new(program)
        .arg("try")
        .arg(&file)
        .arg(if about.preflight { "--preflight" } else { "--actual" })
        // Each in one word with its value, which may look like an option itself.
        .arg(format!("--origin={}", about.origin))
        .arg(format!("--method={}", about.method))
        .args(about.headers.iter().map(|name| format!("--header={name}")))
        .stdin(Stdio::null())
        .output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    // The verdict stands before the sentences, and an empty line behind them.
    let sentences = said.lines().skip(1).take_while(|line| !line.is_empty());
    if !said.is_empty() {
        return Ok(Ok(sentences.map(str::to_owned).collect()));
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    Ok(Err(mistakes(&complaint, &file.display().to_string())))
}

/// The mistakes in what was complained about: each stands behind the file's name, and the lines
/// between them only show where. What names no file is a mistake as a whole.
fn mistakes(complaint: &str, file: &str) -> Vec<Mistake> {
    let named = |line: &'_ str| Some(line.strip_prefix(file)?.strip_prefix(':')?.to_owned());
    let mistakes: Vec<_> =
        complaint.lines().filter_map(named).map(|text| Mistake::placed(&text)).collect();
    if mistakes.is_empty() {
        return vec![Mistake { place: None, message: complaint.trim().to_owned() }];
    }
    mistakes
}

impl Mistake {
    /// From `LINE:COLUMN: message`, or only a message.
    fn placed(text: &str) -> Self {
        let place = text.split_once(": ").and_then(|(place, message)| {
            let (line, column) = place.split_once(':')?;
            Some(((line.parse().ok()?, column.parse().ok()?), message))
        });
        match place {
            Some((place, message)) => Self { place: Some(place), message: message.to_owned() },
            None => Self { place: None, message: text.trim_start().to_owned() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(complaint: &str, wanted: &[(Option<(usize, usize)>, &str)]) {
        let wanted: Vec<_> = wanted
            .iter()
            .map(|(place, message)| Mistake { place: *place, message: (*message).to_owned() })
            .collect();
        assert_eq!(mistakes(complaint, "/t/p.toml"), wanted);
    }

    #[test]
    fn mistakes_have_places() {
        check(
            "/t/p.toml:2:1: unknown key \"a\": write b\n2 | a = 1\n  | ^\n/t/p.toml: no origin\n",
            &[(Some((2, 1)), "unknown key \"a\": write b"), (None, "no origin")],
        );
    }

    #[test]
    fn what_names_no_file_is_told_as_it_is() {
        check("method \"TRACE\" is forbidden\n", &[(None, "method \"TRACE\" is forbidden")]);
    }
}
