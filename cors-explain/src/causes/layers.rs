//! Two layers that both add headers.

use cors_core::ResponseField;

use super::{Report, Step};

pub(super) fn find(_: &Report, step: &Step) -> Option<String> {
    let lines = step.lines(ResponseField::AllowOrigin.name());
    let mut values = values(&lines);
    let count = values.len();
    let has_star = values.contains(&"*");
    values.sort_unstable();
    values.dedup();
    let sign = match lines.len() {
        2.. => format!("on {} lines", lines.len()),
        _ if count > 1 && has_star => "as `*` and an origin".to_owned(),
        _ if count > values.len() => "with the same value twice".to_owned(),
        _ => return None,
    };
    Some(format!(
        "access-control-allow-origin arrives {sign}. Two layers add it, such as the application \
         and a proxy in front of it: remove it from one of them."
    ))
}

/// The elements of a header that should have one.
pub(super) fn values(lines: &[String]) -> Vec<&str> {
    let elements = lines.iter().flat_map(|line| line.split([',', ' ']));
    elements.filter(|element| !element.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use crate::causes::support::{check, get, report};

    #[test]
    fn several_values_of_which_one_layer_would_write_one() {
        const NAME: &str = "access-control-allow-origin";
        let page = "https://app.example";
        for (lines, says) in [
            (&[(NAME, page), (NAME, page)][..], Some("on 2 lines")),
            (&[(NAME, page), (NAME, "*")], Some("on 2 lines")),
            (&[(NAME, "*, https://app.example")], Some("as `*` and an origin")),
            (&[(NAME, "https://a.example, https://a.example")], Some("same value twice")),
            (&[(NAME, "https://a.example, https://b.example")], None),
            (&[(NAME, "https://a.example")], None),
            (&[], None),
        ] {
            check(&report(get(), 200, lines), "two-layers", says);
        }
    }
}
