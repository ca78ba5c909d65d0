//! A response's header lines: *the wanted ones plus the handler's, and nothing more*.

use cors_core::ResponseField;

/// Lines that frameworks and servers add of their own.
const IGNORED: &[&str] = &[
    "allow",
    "connection",
    "content-length",
    "content-type",
    "date",
    "permissions-policy",
    "server",
    "transfer-encoding",
    "x-content-type-options",
    "x-frame-options",
];

const VARY: &str = "vary";

type Line = (String, Vec<u8>);

/// What is wrong with a response's lines: nothing, where they are the wanted ones and the
/// handler's `own`, in any order. Of the handler's own, those that belong to the layer count for
/// nothing.
///
/// `Vary` is compared as one list of names in any case. A wanted name that the handler already wrote
/// is there once, and not twice. Where a name is wanted, all names are on one line: caches such as
/// nginx before 1.23 read the last of several lines only.
pub(crate) fn headers(want: &[Line], own: &[(&str, &str)], got: &[Line]) -> Vec<String> {
    let mut wrong = lists(want, own, got);
    let vary_lines = got.iter().filter(|(name, _)| name.eq_ignore_ascii_case(VARY)).count();
    if vary_lines > 1 && !vary_names(want).is_empty() {
        wrong.push(format!("Vary is on {vary_lines} lines, not on one"));
    }
    wrong
}

/// As [`headers`], and `Vary` may have several lines. HTTP gives them the meaning of one.
pub(crate) fn lists(want: &[Line], own: &[(&str, &str)], got: &[Line]) -> Vec<String> {
    let own: Vec<Line> = own
        .iter()
        .filter(|(name, _)| ResponseField::OWNED.iter().all(|field| field.name() != *name))
        .map(|&(name, value)| (name.to_owned(), value.into()))
        .collect();
    let wanted = [want, &own].concat();

    let mut names = vary_names(&own);
    let added = vary_names(want).into_iter().filter(|name| !names.contains(name));
    names.extend(added.collect::<Vec<_>>());

    let mut wrong = differences("line", lines(&wanted), lines(got));
    wrong.extend(differences("Vary name", names, vary_names(got)));
    wrong
}

/// The lines that a layer added to the handler's `own`: what a row has to want. The names that it
/// added to `Vary` are one line, the last.
pub(crate) fn added(own: &[(&str, &str)], got: &[Line]) -> Vec<Line> {
    let is_own = |(name, value): &Line| {
        own.iter().any(|(own, text)| own.eq_ignore_ascii_case(name) && text.as_bytes() == value)
            && ResponseField::OWNED.iter().all(|field| field.name() != name.to_ascii_lowercase())
    };
    let is_compared = |(name, _): &Line| {
        let name = name.to_ascii_lowercase();
        name != VARY && !IGNORED.contains(&name.as_str())
    };
    let mut added: Vec<Line> =
        got.iter().filter(|line| is_compared(line) && !is_own(line)).cloned().collect();
    let own: Vec<Line> = own.iter().map(|&(name, value)| (name.to_owned(), value.into())).collect();
    let known = vary_names(&own);
    let values = got.iter().filter(|(name, _)| name.eq_ignore_ascii_case(VARY));
    let names: Vec<&[u8]> = values
        .flat_map(|(_, value)| value.split(|&byte| byte == b','))
        .map(<[u8]>::trim_ascii)
        .filter(|name| !known.contains(&name.to_ascii_lowercase().escape_ascii().to_string()))
        .collect();
    if !names.is_empty() {
        added.push((VARY.to_owned(), names.join(&b", "[..])));
    }
    added
}

/// Every line but `Vary` and those that are ignored, names in lower case.
fn lines(lines: &[Line]) -> Vec<String> {
    lines
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value))
        .filter(|(name, _)| name != VARY && !IGNORED.contains(&name.as_str()))
        .map(|(name, value)| format!("{name}: {}", value.escape_ascii()))
        .collect()
}

/// The elements of every `Vary` line, in lower case.
fn vary_names(lines: &[Line]) -> Vec<String> {
    lines
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case(VARY))
        .flat_map(|(_, value)| value.split(|&byte| byte == b','))
        .map(|element| element.trim_ascii().to_ascii_lowercase().escape_ascii().to_string())
        .filter(|element| !element.is_empty())
        .collect()
}

/// What one side has more often than the other.
fn differences(what: &str, wanted: Vec<String>, mut got: Vec<String>) -> Vec<String> {
    let mut wrong = Vec::new();
    for line in wanted {
        match got.iter().position(|other| *other == line) {
            Some(at) => drop(got.swap_remove(at)),
            None => wrong.push(format!("{what} missing: {line}")),
        }
    }
    wrong.extend(got.into_iter().map(|line| format!("{what} too many: {line}")));
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACAO: &str = "access-control-allow-origin: *";

    fn line(text: &str) -> Line {
        let (name, value) = text.split_once(": ").expect("a line");
        (name.to_owned(), value.into())
    }

    #[track_caller]
    fn check(want: &[&str], own: &[(&str, &str)], got: &[&str], wrong: &[&str]) {
        let lines = |texts: &[&str]| texts.iter().map(|text| line(text)).collect::<Vec<_>>();
        assert_eq!(headers(&lines(want), own, &lines(got)), wrong);
    }

    #[test]
    fn the_wanted_and_the_handlers_own_in_any_order() {
        let own = [("etag", "1")];
        check(&[ACAO], &own, &["etag: 1", "Access-Control-Allow-Origin: *"], &[]);
        check(&[], &[], &["date: today", "content-length: 0", "allow: GET"], &[]);
    }

    #[test]
    fn what_is_missing_and_what_is_too_much() {
        check(&[ACAO], &[], &[], &["line missing: access-control-allow-origin: *"]);
        check(&[], &[], &[ACAO], &["line too many: access-control-allow-origin: *"]);
        check(&[ACAO], &[], &[ACAO, ACAO], &["line too many: access-control-allow-origin: *"]);
        check(&[], &[("etag", "1")], &[], &["line missing: etag: 1"]);
        check(
            &["access-control-allow-origin: https://a.example"],
            &[],
            &[ACAO],
            &[
                "line missing: access-control-allow-origin: https://a.example",
                "line too many: access-control-allow-origin: *",
            ],
        );
    }

    #[test]
    fn what_the_handler_wrote_under_the_layers_names_is_gone() {
        let own = [("access-control-allow-origin", "*")];
        check(&[], &own, &[], &[]);
        check(&[], &own, &[ACAO], &["line too many: access-control-allow-origin: *"]);
    }

    #[test]
    fn what_was_added_is_wanted() {
        let own = [(VARY, "accept-encoding"), ("etag", "1"), ("access-control-allow-origin", "*")];
        let got = ["etag: 1", ACAO, "date: today", "vary: accept-encoding, Origin"];
        let got: Vec<Line> = got.iter().map(|text| line(text)).collect();
        assert_eq!(added(&own, &got), [line(ACAO), line("vary: Origin")]);
        check(
            &[ACAO, "vary: Origin"],
            &own,
            &["etag: 1", ACAO, "vary: accept-encoding, Origin"],
            &[],
        );
    }

    #[test]
    fn vary_is_one_list_however_it_is_written() {
        let own = [(VARY, "accept-encoding")];
        check(&["vary: Origin"], &own, &["vary: accept-encoding, Origin"], &[]);
        check(&["vary: Origin"], &own, &["Vary: origin ,Accept-Encoding"], &[]);
        check(&["vary: Origin"], &[(VARY, "origin")], &["vary: origin"], &[]);
        check(&[], &[(VARY, "*")], &["vary: *"], &[]);
    }

    #[test]
    fn vary_is_neither_replaced_nor_doubled() {
        let own = [(VARY, "accept-encoding")];
        check(&["vary: Origin"], &own, &["vary: Origin"], &["Vary name missing: accept-encoding"]);
        check(&["vary: Origin"], &own, &["vary: accept-encoding"], &["Vary name missing: origin"]);
        check(
            &["vary: Origin"],
            &[(VARY, "Origin")],
            &["vary: Origin", "vary: Origin"],
            &["Vary name too many: origin", "Vary is on 2 lines, not on one"],
        );
        check(
            &["vary: Origin"],
            &own,
            &["vary: accept-encoding", "vary: Origin"],
            &["Vary is on 2 lines, not on one"],
        );
        check(&[], &[(VARY, "*")], &["vary: *, Origin"], &["Vary name too many: origin"]);
    }
}
