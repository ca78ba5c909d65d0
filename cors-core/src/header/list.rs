//! The list of allowed request headers, and the scanner that holds a preflight's
//! `Access-Control-Request-Headers` against it.
//!
//! What a request may cost is bounded by the policy: a request list longer than
//! the list's budget is refused by its length alone, so that 64 KiB of commas cost
//! less than a short list.

use alloc::{boxed::Box, string::String, vec::Vec};

use crate::method::is_token_byte;

/// Beyond the names themselves, a request list may spend this many bytes on white space and on
/// empty elements, and two more for every name.
const SLACK: usize = 64;

/// The longest request list that is echoed, in bytes over all lines.
pub(crate) const ECHO_LIMIT: usize = 4096;

/// Header names, compiled for comparison: lower case, sorted, each once.
#[derive(Debug)]
pub(crate) struct HeaderList {
    names: Box<[Box<str>]>,
    /// The greatest total length, in bytes over all lines and the commas that join them, of a
    /// request list that is looked at.
    budget: usize,
}

impl HeaderList {
    pub(crate) fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut names: Vec<Box<str>> =
            names.into_iter().map(|name| name.to_ascii_lowercase().into_boxed_str()).collect();
        names.sort_unstable();
        names.dedup();
        // The names as a browser writes them, one space on either side of each, and the slack.
        let budget = names.join(",").len() + 2 * names.len() + SLACK;
        Self { names: names.into_boxed_slice(), budget }
    }

    /// Whether every name in `lines`, read as one list, is in this list. Names are compared without
    /// case, in any order; white space around them and empty elements are skipped, within the
    /// budget.
    pub(crate) fn allows_all<'l>(&self, lines: impl Iterator<Item = &'l [u8]>) -> bool {
        let mut left = self.budget + 1;
        for line in lines {
            let Some(rest) = left.checked_sub(line.len() + 1) else { return false };
            left = rest;
            let rest = self.skip_sorted(line);
            if !elements(rest).all(|name| self.contains(name)) {
                return false;
            }
        }
        true
    }

    /// What is left of a line behind the names that stand in it as a browser writes them: sorted,
    /// in lower case, with nothing but a comma between. Of a browser's line nothing is left.
    fn skip_sorted<'l>(&self, line: &'l [u8]) -> &'l [u8] {
        let mut rest = line;
        for name in &self.names {
            match rest.strip_prefix(name.as_bytes()) {
                Some([]) => return &[],
                Some([b',', behind @ ..]) => rest = behind,
                Some(_) | None => {}
            }
        }
        rest
    }

    fn contains(&self, name: &[u8]) -> bool {
        self.names
            .binary_search_by(|known| known.bytes().cmp(name.iter().map(u8::to_ascii_lowercase)))
            .is_ok()
    }
}

/// The elements of one line of a list, without the white space around them and without the empty
/// ones ([RFC 9110, 5.6.1](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1.2)).
pub fn elements(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    line.split(|&byte| byte == b',').map(trim).filter(|element| !element.is_empty())
}

/// An element without the spaces and tabs around it.
pub fn trim(mut element: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] = element {
        element = rest;
    }
    while let [rest @ .., b' ' | b'\t'] = element {
        element = rest;
    }
    element
}

/// Whether `lines`, read as one list, may be echoed: tokens, commas and white space only, and
/// within [`ECHO_LIMIT`]. Never looks at more than that.
pub(crate) fn may_echo<'l>(lines: impl Iterator<Item = &'l [u8]>) -> bool {
    let mut left = ECHO_LIMIT + 1;
    for line in lines {
        let Some(rest) = left.checked_sub(line.len() + 1) else { return false };
        left = rest;
        if !elements(line).all(|name| name.iter().copied().all(is_token_byte)) {
            return false;
        }
    }
    true
}

/// What is echoed of `lines`: the names as sent, joined by `, `. At most [`ECHO_LIMIT`] names are
/// read, of lines that [`may_echo`] passed.
pub(crate) fn echo<'l>(lines: impl Iterator<Item = &'l [u8]>) -> String {
    let mut names = String::new();
    for line in lines {
        for name in elements(line) {
            if !names.is_empty() {
                names.push_str(", ");
            }
            names.extend(name.iter().map(|&byte| char::from(byte)));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use alloc::{format, vec};

    use super::*;

    fn list() -> HeaderList {
        HeaderList::new(["X-Api-Key", "content-type", "Authorization"])
    }

    #[track_caller]
    fn check(lines: &[&str], allowed: bool) {
        assert_eq!(
            list().allows_all(lines.iter().map(|line| line.as_bytes())),
            allowed,
            "{lines:?}"
        );
    }

    #[test]
    fn a_subset_passes_in_any_order_case_and_spacing() {
        check(&[], true);
        check(&[""], true);
        check(&["content-type"], true);
        check(&["authorization,content-type,x-api-key"], true);
        check(&["x-api-key,authorization"], true);
        check(&["Content-Type , \tAUTHORIZATION"], true);
        check(&[",,content-type,,"], true);
        check(&["content-type", "authorization"], true);
        check(&["content-type,content-type"], true);
    }

    #[test]
    fn a_name_outside_the_list_fails_wherever_it_stands() {
        check(&["x-other"], false);
        check(&["authorization,x-other"], false);
        check(&["x-other,authorization"], false);
        check(&["content-type", "x-other"], false);
        check(&["content-typ"], false);
        check(&["content-typee"], false);
        check(&["content type"], false);
        check(&["content-type\u{e4}"], false);
        check(&["content-type;authorization"], false);
    }

    #[test]
    fn nothing_passes_an_empty_list_but_nothing() {
        let empty = HeaderList::new([]);
        assert!(
            empty.allows_all([&b""[..]].into_iter())
                && empty.allows_all([&b" ,\t, "[..]].into_iter())
        );
        assert!(!empty.allows_all([&b"a"[..]].into_iter()));
    }

    #[test]
    fn the_budget_is_the_last_length_that_passes() {
        let commas = |len| list().allows_all([&vec![b','; len][..]].into_iter());
        let budget = list().budget;
        assert!(commas(budget));
        assert!(!commas(budget + 1));
        assert!(
            !list().allows_all(core::iter::repeat_n(&b""[..], 64 * 1024)),
            "lines cost a comma each"
        );
    }

    #[test]
    fn every_name_with_a_space_on_either_side_is_within_the_budget() {
        let names: Vec<String> = (0..200).map(|n| format!("x-{n:03}")).collect();
        let list = HeaderList::new(names.iter().map(String::as_str));
        assert!(list.allows_all([names.join(" , ").as_bytes()].into_iter()));
    }

    #[test]
    fn an_echo_is_tokens_within_the_limit() {
        fn echoed(lines: &[&str]) -> Option<String> {
            let lines = || lines.iter().map(|line| line.as_bytes());
            may_echo(lines()).then(|| echo(lines()))
        }
        assert_eq!(echoed(&["a,b ,,", "", "C"]).as_deref(), Some("a, b, C"));
        for refused in ["a b", "a\u{e4}", "a;b"] {
            assert_eq!(echoed(&[refused]), None);
        }
        assert!(echoed(&[&"a".repeat(ECHO_LIMIT)]).is_some());
        assert_eq!(echoed(&[&"a".repeat(ECHO_LIMIT + 1)]), None);
    }
}
