//! One command of a lane.

use std::{
    env,
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
};

use super::Tally;

/// The exit status of a command that has nothing to run with, such as no browser.
const SKIPPED: i32 = 3;

/// A command of a lane.
#[derive(Clone, Debug)]
pub struct Step {
    program: Program,
    arguments: Vec<String>,
    variables: Vec<(&'static str, String)>,
    /// A program that may be missing, and the command that installs it.
    needs: Option<(&'static str, &'static str)>,
}

#[derive(Clone, Copy, Debug)]
enum Program {
    Cargo,
    /// This program, by cargo: a lane that tests xtask may have replaced the running file.
    Xtask,
}

impl Step {
    /// A cargo command, its arguments separated by spaces.
    pub fn cargo(arguments: &str) -> Self {
        Self::new(Program::Cargo, arguments)
    }

    /// A command of this program, its arguments separated by spaces.
    pub fn xtask(arguments: &str) -> Self {
        Self::new(Program::Xtask, arguments)
    }

    fn new(program: Program, arguments: &str) -> Self {
        let arguments = arguments.split(' ').map(str::to_owned).collect();
        Self { program, arguments, variables: Vec::new(), needs: None }
    }

    /// Adds arguments.
    #[must_use]
    pub fn args(mut self, arguments: &[&str]) -> Self {
        self.arguments.extend(arguments.iter().map(|&argument| argument.to_owned()));
        self
    }

    /// Sets an environment variable.
    #[must_use]
    pub fn env(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.variables.push((name, value.into()));
        self
    }

    /// Skips the step, with this command as the remedy, where a program is not installed.
    #[must_use]
    pub(super) fn needs(mut self, program: &'static str, install: &'static str) -> Self {
        self.needs = Some((program, install));
        self
    }

    /// Prints the command, runs it, and adds what its output counts.
    ///
    /// # Errors
    ///
    /// The command fails or cannot be run.
    pub fn run(&self, tally: &mut Tally) -> Result<(), String> {
        let shown = self.to_string();
        eprintln!("\n$ {shown}");
        if let Some((program, install)) = self.needs.filter(|(program, _)| !is_installed(program)) {
            println!("skipped: {program} is not installed ({install})");
            tally.skip();
            return Ok(());
        }
        let failed = |why: &dyn std::fmt::Display| format!("{why}: {shown}");
        let mut command = self.command();
        let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| failed(&error))?;
        // The output passes at once, and is read on its way.
        let output = child.stdout.take().into_iter();
        let before = tally.clone();
        for line in output.flat_map(|output| BufReader::new(output).split(b'\n')) {
            let mut line = line.map_err(|error| failed(&error))?;
            tally.read(&String::from_utf8_lossy(&line));
            line.push(b'\n');
            std::io::stdout().write_all(&line).map_err(|error| failed(&error))?;
        }
        let status = child.wait().map_err(|error| failed(&error))?;
        match status.code() {
            Some(0) => {
                // A command without tests of its own is one.
                if *tally == before {
                    tally.pass();
                }
                Ok(())
            }
            Some(SKIPPED) => {
                tally.skip();
                Ok(())
            }
            _ => {
                tally.fail();
                Err(failed(&status))
            }
        }
    }

    fn command(&self) -> Command {
        let mut command = match self.program {
            Program::Cargo if self.arguments[0].starts_with('+') => Command::new("cargo"),
            Program::Cargo => crate::cargo(),
            Program::Xtask => {
                let mut cargo = crate::cargo();
                cargo.args(["run", "--quiet", "--locked", "--package", "xtask", "--"]);
                cargo
            }
        };
        command.current_dir(crate::root()).args(&self.arguments);
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        if self.arguments[0].starts_with('+') {
            // A cargo that this one started would otherwise keep its own toolchain.
            command.env_remove("RUSTUP_TOOLCHAIN").env_remove("RUSTC").env_remove("CARGO");
        }
        command
    }
}

/// The command as one would type it.
impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (name, value) in &self.variables {
            write!(f, "{name}='{value}' ")?;
        }
        f.write_str(match self.program {
            Program::Cargo => "cargo",
            Program::Xtask => "cargo xtask",
        })?;
        self.arguments.iter().try_for_each(|argument| write!(f, " {argument}"))
    }
}

fn is_installed(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    let program = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&path).any(|folder| folder.join(&program).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_shown_as_one_would_type_it() {
        let step = Step::cargo("doc --no-deps").env("RUSTDOCFLAGS", "-D warnings");
        assert_eq!(step.to_string(), "RUSTDOCFLAGS='-D warnings' cargo doc --no-deps");
        assert_eq!(Step::xtask("demo").args(&["--once"]).to_string(), "cargo xtask demo --once");
    }

    #[test]
    fn a_command_without_tests_counts_as_one_and_a_failure_is_named() {
        let mut tally = Tally::default();
        Step::cargo("--version").run(&mut tally).expect("cargo has a version");
        assert!(tally.line().starts_with("test result: ok. 1 passed; 0 failed; 0 ignored;"));
        let failure = Step::cargo("--no-such-option").run(&mut tally).expect_err("it fails");
        assert!(failure.ends_with(": cargo --no-such-option"), "{failure}");
        assert!(tally.line().starts_with("test result: FAILED. 1 passed; 1 failed; 0 ignored;"));
    }

    #[test]
    fn what_is_not_installed_is_skipped() {
        let mut tally = Tally::default();
        let step = Step::cargo("--no-such-option").needs("no-such-program", "install it");
        step.run(&mut tally).expect("it is skipped");
        assert!(tally.line().starts_with("test result: ok. 0 passed; 0 failed; 1 ignored;"));
    }
}
