//! A list where one origin belongs.

use cors_core::ResponseField;

use super::{Report, Step, layers};

pub(super) fn find(report: &Report, step: &Step) -> Option<String> {
    let lines = step.lines(ResponseField::AllowOrigin.name());
    let several = layers::values(&lines).len() > 1 && layers::find(report, step).is_none();
    several.then(|| {
        "access-control-allow-origin contains a list, but takes exactly one origin: look up the \
         request's Origin in the list, and send only that one."
            .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use crate::causes::support::{check, get, report};

    #[test]
    fn a_list_is_of_different_origins() {
        for (value, says) in [
            ("https://app.example, https://b.example", Some("contains a list")),
            ("https://a.example https://b.example", Some("contains a list")),
            ("*, https://b.example", None),
            ("https://b.example", None),
        ] {
            let lines = [("access-control-allow-origin", value)];
            check(&report(get(), 200, &lines), "origin-list", says);
        }
    }
}
