//! Whatever a file holds, it is a policy or a report about it.

use proptest::{collection::vec, prelude::*, sample::select};

use crate::support::file;

/// What files are made of, and what breaks them.
const PIECES: &[&str] = &[
    "allow_origins",
    "allowedOrigins",
    "max_age",
    "resources",
    "$schema",
    "é",
    "😀",
    "\u{feff}",
    "\u{1b}",
    "\"",
    "'",
    "\\",
    "\\u00e9",
    "\\ud800",
    "[",
    "]",
    "{",
    "}",
    ".",
    ",",
    ":",
    "=",
    "#",
    "*",
    "null",
    "none",
    "true",
    "-1",
    "1e9",
    "86401",
    "0x_",
    " ",
    "\n",
    "\r\n",
    "\t",
    "\"https://a.example/\"",
    "{\"allow_origins\": [\"é\"",
    "allow_origins = ['é'",
    "[resources.\"/é\"]\n",
    "1979-05-27",
];

proptest! {
    #[test]
    fn no_text_panics(pieces in vec(select(PIECES), 0..40)) {
        for name in ["mangled.toml", "mangled.json"] {
            let file = file(name, &pieces.concat());
            let report = file.check().expect("the file can be read");
            let errors = report.count(cors_file::Severity::Error);
            prop_assert_eq!(file.load().is_ok(), errors == 0);
            let _ = report.to_string();
        }
    }
}
