//! The right origin, in a spelling that browsers do not use.

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
        "is in quotes"
    } else if value.trim_end_matches('/') == wanted {
        "ends with a slash"
    } else if value.eq_ignore_ascii_case(&wanted) {
        "contains uppercase letters"
    } else if value.starts_with(&format!("{wanted}/")) {
        "contains a path"
    } else if is_default_port(value, &wanted) {
        "includes the default port, which browsers omit"
    } else if Some(value) == host(&wanted).as_ref() {
        "has no scheme"
    } else if host(value).is_some() && host(value) == host(&wanted) {
        "has a different scheme"
    } else {
        return None;
    };
    Some(format!(
        "access-control-allow-origin is meant for this page, but {what}. Browsers compare it byte for \
         byte: send {wanted}."
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
            ("https://app.example/", Some("ends with a slash")),
            ("https://App.example", Some("uppercase")),
            ("https://app.example/index", Some("contains a path")),
            ("https://app.example:443", Some("default port")),
            ("app.example", Some("has no scheme")),
            ("http://app.example", Some("has a different scheme")),
            ("\"https://app.example\"", Some("in quotes")),
            ("https://app.example.org", None),
            ("https://app.example:8443", None),
        ] {
            let lines = [("access-control-allow-origin", value)];
            check(&report(get(), 200, &lines), "origin-spelling", says);
        }
    }
}
