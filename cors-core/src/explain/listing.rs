//! Values in sentences: quoted, short, and never more than a few.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// How many entries of a list are shown.
const SHOWN: usize = 5;

/// How much of a value is shown, in characters. No host that is resolved is longer.
const LONGEST: usize = 300;

/// The start of a value that may have come from anywhere.
fn start(value: &str) -> (&str, &'static str) {
    match value.char_indices().nth(LONGEST) {
        Some((end, _)) => (&value[..end], "..."),
        None => (value, ""),
    }
}

/// A value in quotation marks, with everything escaped that a terminal would act on.
pub(super) fn quoted(value: &str) -> String {
    let (value, more) = start(value);
    format!("{value:?}{more}")
}

/// A value without quotation marks, escaped.
pub(super) fn plain(value: &str) -> String {
    let (value, more) = start(value);
    format!("{}{more}", value.escape_debug())
}

/// `is empty`, or `lists "a" and "b"`.
pub(super) fn listed<T: AsRef<str>>(entries: impl IntoIterator<Item = T>) -> String {
    match first_few(entries) {
        shown if shown.is_empty() => "is empty".to_string(),
        shown => format!("lists {shown}"),
    }
}

/// `"a", "b" and "c"`, or the first few and how many more there are.
pub(super) fn first_few<T: AsRef<str>>(entries: impl IntoIterator<Item = T>) -> String {
    let mut entries = entries.into_iter();
    let mut shown: Vec<_> =
        entries.by_ref().take(SHOWN).map(|entry| quoted(entry.as_ref())).collect();
    match entries.count() {
        0 => {}
        more => shown.push(format!("{more} more")),
    }
    match shown.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => String::new(),
    }
}
