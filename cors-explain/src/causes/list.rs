//! A list where one origin belongs.

use cors_core::ResponseField;

use super::{Report, Step, layers};

pub(super) fn find(report: &Report, step: &Step) -> Option<String> {
    let lines = step.lines(ResponseField::AllowOrigin.name());
    let several = layers::values(&lines).len() > 1 && layers::find(report, step).is_none();
    several.then(|| {
        "access-control-allow-origin holds a list, and takes one origin alone: the server has to \
         look the request's Origin up in its list, and to answer with that one."
            .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use crate::causes::support::{check, get, report};

    #[test]
    fn a_list_is_of_different_origins() {
        for (value, says) in [
            ("https://app.example, https://b.example", Some("holds a list")),
            ("https://a.example https://b.example", Some("holds a list")),
            ("*, https://b.example", None),
            ("https://b.example", None),
        ] {
            let lines = [("access-control-allow-origin", value)];
            check(&report(get(), 200, &lines), "origin-list", says);
        }
    }
}
