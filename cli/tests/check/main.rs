//! Runs the binary, as whoever types `cors check` does.

#[path = "../try/run.rs"]
mod run;

use run::{policy, run};

const CLEAN: &str = "allow_origins = ['https://a.example']\n";
const DOUBTFUL: &str = "allow_origins = ['*']\nallow_methods = ['GET']\n";
const WRONG: &str = "allow_origins = ['https://a.example/']\nmax_ages = 5\n";

/// What a run says on standard output, with nothing on standard error, and how it ends.
#[track_caller]
fn check(args: &[&str], out: &str, status: i32) {
    let said = run(&[&["check"], args].concat(), b"");
    assert_eq!(said.out, out);
    assert_eq!((said.err.as_str(), said.status), ("", Some(status)));
}

#[test]
fn a_file_without_a_fault() {
    policy("clean.toml", CLEAN);
    check(&["clean.toml"], "clean.toml: no errors, no warnings\n", 0);
    check(&["clean.toml", "--deny", "warnings"], "clean.toml: no errors, no warnings\n", 0);
    check(&["clean.toml", "--json"], "", 0);
}

#[test]
fn a_warning_fails_where_it_is_denied() {
    policy("doubtful.toml", DOUBTFUL);
    let page = "warning[method-safelisted]: method \"GET\" does not need to be listed\n \
                --> doubtful.toml:2:18\n  \
                  |\n\
                2 | allow_methods = ['GET']\n  \
                  |                  ^^^^^\n  \
                  = help: remove it\n\
                \n\
                doubtful.toml: no errors, 1 warning\n";
    check(&["doubtful.toml"], page, 0);
    check(&["doubtful.toml", "--deny", "warnings"], page, 1);
}

#[test]
fn the_worst_of_several_files_decides() {
    policy("several-clean.toml", CLEAN);
    policy("several-wrong.toml", WRONG);
    let said = run(&["check", "several-wrong.toml", "several-clean.toml"], b"");
    assert!(said.out.contains("several-wrong.toml: 2 errors, no warnings\n\nseveral-clean.toml"));
    assert_eq!(said.status, Some(1));
}

#[test]
fn a_dash_reads_standard_input_in_either_format() {
    let toml = run(&["check", "-"], CLEAN.as_bytes());
    assert_eq!(toml.out, "stdin.toml: no errors, no warnings\n");
    let json = run(&["check", "-"], br#"{"allow_origins": ["https://a.example"]}"#);
    assert_eq!(json.out, "stdin.json: no errors, no warnings\n");
}

#[test]
fn a_policy_is_read_from_a_table_of_an_applications_file() {
    policy("app.toml", "port = 3000\n\n[cors]\nallow_origins = ['https://a.example']\n");
    check(&["app.toml", "--table", "cors"], "app.toml: no errors, no warnings\n", 0);
    check(
        &["app.toml", "--table", "http.cors"],
        "error[missing-table]: has no table \"http\"\n \
         --> app.toml\n  \
           = help: add the table, or name the one that has the policy\n\
         \n\
         app.toml: 1 error, no warnings\n",
        1,
    );
}

#[test]
fn the_environment_is_checked_where_it_is_asked_for() {
    policy("deployed.toml", CLEAN);
    let said = |arguments: &[&str]| {
        let command = std::process::Command::new(env!("CARGO_BIN_EXE_cors"))
            .current_dir(env!("CARGO_TARGET_TMPDIR"))
            .env("CORS_ALLOW_CREDENTIALS", "1")
            .args(arguments)
            .output()
            .expect("the binary runs");
        String::from_utf8(command.stdout).expect("text")
    };
    assert_eq!(said(&["check", "deployed.toml"]), "deployed.toml: no errors, no warnings\n");
    let checked = said(&["check", "--env", "deployed.toml"]);
    assert!(checked.contains("CORS_ALLOW_CREDENTIALS"), "{checked}");
    assert!(checked.contains("help: write true"), "{checked}");
}

#[test]
fn completions_and_a_manual_name_every_command() {
    for arguments in [&["completions", "bash"][..], &["man"]] {
        let said = run(arguments, b"");
        assert_eq!(said.status, Some(0));
        for command in ["check", "try", "explain", "verify", "export", "import", "proxy"] {
            assert!(said.out.contains(command), "{arguments:?}: {command}");
        }
    }
}

#[test]
fn errors_fail() {
    policy("wrong.toml", WRONG);
    check(
        &["wrong.toml"],
        "error[origin-trailing-slash]: origin \"https://a.example/\" ends with a slash, but an origin has no path\n \
         --> wrong.toml:1:18\n  \
           |\n\
         1 | allow_origins = ['https://a.example/']\n  \
           |                  ^^^^^^^^^^^^^^^^^^^^\n  \
           = help: write \"https://a.example\"\n\
         \n\
         error[unknown-key]: unknown key \"max_ages\"\n \
         --> wrong.toml:2:1\n  \
           |\n\
         2 | max_ages = 5\n  \
           | ^^^^^^^^\n  \
           = help: write max_age\n\
         \n\
         wrong.toml: 2 errors, no warnings\n",
        1,
    );
}

#[test]
fn a_line_of_json_for_each_finding() {
    policy("lines.toml", "allow_methods = ['GET', 'TRACE']");
    check(
        &["lines.toml", "--json"],
        r#"{"severity":"warning","code":"method-safelisted","file":"lines.toml","line":1,"column":18,"message":"method \"GET\" does not need to be listed","help":"remove it"}
{"severity":"error","code":"method-forbidden","file":"lines.toml","line":1,"column":25,"message":"method \"TRACE\" cannot be used by a script","help":"remove it"}
{"severity":"error","code":"origin-none","file":"lines.toml","line":null,"column":null,"message":"allow_origins is empty","help":"list the origins to allow, such as \"https://app.example.com\", or \"*\" alone for any origin"}
"#,
        1,
    );
}

#[test]
fn what_cannot_be_used() {
    check(
        &["absent.toml"],
        "error[unreadable]: cannot read the file: No such file or directory (os error 2)\n \
         --> absent.toml\n\
         \n\
         absent.toml: 1 error, no warnings\n",
        2,
    );
    check(
        &["policy.yaml", "--json"],
        "{\"severity\":\"error\",\"code\":\"unknown-format\",\"file\":\"policy.yaml\",\"line\":null,\"column\":null,\"message\":\"unknown file format: use a name that ends in .toml or .json\",\"help\":null}\n",
        2,
    );
    for args in [&["check"][..], &["check", "a.toml", "--deny", "errors"]] {
        let said = run(args, b"");
        assert_eq!((said.out.as_str(), said.status), ("", Some(2)), "{}", said.err);
    }
}

#[test]
fn the_environment_is_not_asked() {
    policy("alone.toml", CLEAN);
    let output = run::cors(&["check", "alone.toml"])
        .env("CORS_MAX_AGE", "no number")
        .output()
        .expect("the binary runs");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn the_help_says_how_it_ends() {
    let said = run(&["check", "--help"], b"");
    assert!(said.out.contains("Exit status: 0 without errors"), "{}", said.out);
}

#[test]
fn a_failure_is_a_failure_when_no_one_reads() {
    policy("closed.toml", WRONG);
    policy("closed-har.har", "{}");
    for (args, status) in [
        (&["check", "closed.toml"][..], 1),
        (&["check", "closed.toml", "--json"], 1),
        (&["try", "closed.toml", "--origin", "https://a.example"], 2),
        (&["explain", "closed-har.har"], 2),
        (&["man"], 0),
    ] {
        let mut child = run::cors(args).spawn().expect("the binary starts");
        drop(child.stdout.take());
        drop(child.stderr.take());
        let ended = child.wait().expect("the binary ends");
        assert_eq!(ended.code(), Some(status), "{args:?}");
    }
}

#[test]
fn nothing_that_a_terminal_obeys_is_printed() {
    let hostile = "allow_origins = ['https://a\u{202e}\u{9b}31m.example']\n# \u{9d}8;;\n";
    policy("hostile-\u{1b}]8;;x\u{7}\u{202e}.toml", hostile);
    for args in [&[][..], &["--json"]] {
        let file = "hostile-\u{1b}]8;;x\u{7}\u{202e}.toml";
        let said = run(&[&["check", file], args].concat(), b"");
        assert_eq!(said.status, Some(1), "{said:?}");
        for letter in ['\u{1b}', '\u{7}', '\u{202e}', '\u{9b}', '\u{9d}'] {
            assert!(!said.out.contains(letter), "{letter:?} in {said:?}");
        }
    }
}
