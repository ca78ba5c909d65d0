//! An origin that is somebody else's.

use cors_core::{Origin, ResponseField};

use super::{Report, Step, spelling};

pub(super) fn find(report: &Report, step: &Step) -> Option<String> {
    let lines = step.lines(ResponseField::AllowOrigin.name());
    let [value] = &lines[..] else { return None };
    let is_another = Origin::parse(value.as_bytes()).is_some() && *value != step.origin();
    // Whose origin was lost is told so.
    let is_lost = step.origin() == "null" && report.request.origin != "null";
    (is_another && !is_lost && spelling::find(report, step).is_none()).then(|| {
        format!(
            "the server answers {} with {value}. It sends one fixed origin, or a default for \
         unlisted origins: add this page's origin to its list.",
            step.origin()
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::causes::support::{check, get, report};

    #[test]
    fn a_fixed_origin_is_another_one() {
        for (value, says) in [
            ("https://www.example", Some("one fixed origin")),
            ("http://localhost:3000", Some("one fixed origin")),
            ("https://app.example/", None),
            ("nonsense", None),
        ] {
            let lines = [("access-control-allow-origin", value)];
            check(&report(get(), 200, &lines), "origin-fixed", says);
        }
    }
}
