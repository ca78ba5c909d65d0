//! The right origin, spelled as no browser does.

use cors_core::ResponseField;

use super::{Report, Step};

pub(super) fn find(_: &Report, step: &Step) -> Option<String> {
    let lines = step.lines(ResponseField::AllowOrigin.name());
    let [value] = &lines[..] else { return None };
    let wanted = step.origin();
    let host = |origin: &str| origin.split_once("://").map(|(_, host)| host.to_owned());
    let plain = value.trim_matches(['"', '\'']);
    let what = if *value == wanted {
        return None;
    } else if plain != value && plain == wanted {
        "stands in quotes"
    } else if value.trim_end_matches('/') == wanted {
        "ends in a slash, which no origin does"
    } else if value.eq_ignore_ascii_case(&wanted) {
        "has upper-case letters, which browsers never send"
    } else if value.starts_with(&format!("{wanted}/")) {
        "has a path, and an origin has none"
    } else if is_default_port(value, &wanted) {
        "has the default port, which browsers leave out"
    } else if Some(value) == host(&wanted).as_ref() {
        "lacks its scheme"
    } else if host(value).is_some() && host(value) == host(&wanted) {
        "differs in its scheme"
    } else {
        return None;
    };
    Some(format!(
        "access-control-allow-origin is meant for this page, and {what}: it is compared byte for \
         byte, so write {wanted}."
    ))
}

fn is_default_port(value: &str, wanted: &str) -> bool {
    value.strip_prefix(wanted).is_some_and(|port| {
        port == ":443" && wanted.starts_with("https:")
            || port == ":80" && wanted.starts_with("http:")
    })
}

#[cfg(test)]
mod tests {
    use crate::causes::support::{check, get, report};

    #[test]
    fn an_origin_is_compared_byte_for_byte() {
        for (value, says) in [
            ("https://app.example/", Some("ends in a slash")),
            ("https://App.example", Some("upper-case")),
            ("https://app.example/index", Some("has a path")),
            ("https://app.example:443", Some("default port")),
            ("app.example", Some("lacks its scheme")),
            ("http://app.example", Some("differs in its scheme")),
            ("\"https://app.example\"", Some("in quotes")),
            ("https://app.example.org", None),
            ("https://app.example:8443", None),
        ] {
            let lines = [("access-control-allow-origin", value)];
            check(&report(get(), 200, &lines), "origin-spelling", says);
        }
    }
}
