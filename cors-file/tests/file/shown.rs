//! A report, as people see it.

use cors_file::PolicyFile;

use crate::support::{file, shown};

#[track_caller]
fn check(name: &str, text: &str, expected: &str) {
    let report = file(name, text).check().expect("the file can be read");
    assert_eq!(shown(&report), expected);
}

#[test]
fn as_a_compiler_does() {
    check(
        "shown.toml",
        "max_age = 5\n\tallow_origins = ['https://é.example', 'https://B.example']\n",
        "error[origin-not-ascii]: origin \"https://é.example\" contains non-ASCII characters\n \
         --> shown.toml:2:19\n  \
           |\n\
         2 | \tallow_origins = ['https://é.example', 'https://B.example']\n  \
           | \t                 ^^^^^^^^^^^^^^^^^^^\n  \
           = help: write the host in Punycode (\"xn--...\"), as browsers send it\n\
         \n\
         error[origin-upper-case]: origin \"https://B.example\" contains uppercase letters, which browsers never send\n \
         --> shown.toml:2:40\n  \
           |\n\
         2 | \tallow_origins = ['https://é.example', 'https://B.example']\n  \
           | \t                                      ^^^^^^^^^^^^^^^^^^^\n  \
           = help: write \"https://b.example\"",
    );
}

#[test]
fn what_a_terminal_would_act_upon_is_not_shown() {
    check(
        "terminal.json",
        "{\u{1b}[31m}",
        "error[syntax]: key must be a string\n \
         --> terminal.json:1:2\n  \
           |\n\
         1 | {\u{fffd}[31m}\n  \
           |  ^",
    );
}

#[test]
fn no_name_of_a_file_or_a_variable_reaches_a_terminal_as_it_is() {
    for hostile in ["\u{1b}[2J", "\u{1b}]8;;http://evil.test\u{7}", "\u{9b}31m", "\u{202e}", "\r"] {
        let name = format!("{hostile}.toml");
        let text = format!("allow_origins = ['https://a.example']\n\"{hostile}\" = 1 # {hostile}");
        let variable = (format!("CORS_MAX_AGE{hostile}"), hostile);
        let file = PolicyFile::new(&name).with_content(text).overridden_by([variable]);
        let shown = file.check().expect("it has content").to_string();
        assert!(shown.contains("error"), "{shown:?}");
        let obeyed = shown.chars().find(|char| {
            char.is_control() && *char != '\n' || matches!(char, '\u{202a}'..='\u{202e}')
        });
        assert_eq!(obeyed, None, "{shown:?}");
    }
}

#[test]
fn a_value_of_several_lines_is_marked_on_its_first() {
    check(
        "lines.toml",
        "allow_origins = ['*']\nmax_age = [\n]\n",
        "error[wrong-type]: max_age: expected a number of seconds, found a list\n \
         --> lines.toml:2:11\n  \
           |\n\
         2 | max_age = [\n  \
           |           ^\n  \
           = help: write it as in 3600",
    );
}

#[test]
fn a_line_that_is_too_long_is_left_out() {
    let text = format!("allow_origins = ['*']\nmax_age = 90000 # {}", "x".repeat(200));
    check(
        "long.toml",
        &text,
        "error[max-age-too-large]: max_age 90000 is longer than any browser caches a preflight\n \
         --> long.toml:2:11\n  \
           = help: use 86400 seconds or less",
    );
}

#[test]
fn what_is_missing_and_what_the_environment_says() {
    check(
        "missing.toml",
        "max_age = 5",
        "error[origin-none]: allow_origins is empty\n \
         --> missing.toml\n  \
           = help: list the origins to allow, such as \"https://app.example.com\", or \"*\" alone for any origin",
    );
    let report = file("variable.toml", "allow_origins = ['*']")
        .overridden_by([("CORS_MAX_AGE", "x")])
        .check()
        .expect("the file can be read");
    assert_eq!(
        shown(&report),
        "error[variable-value]: max_age: expected a number of seconds, found \"x\"\n \
         --> CORS_MAX_AGE in the environment\n  \
           = help: write it as in 3600"
    );
}
