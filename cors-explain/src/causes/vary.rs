//! An answer to one origin that a cache may give to another.

use cors_core::{RequestField, ResponseField};

use super::Report;

pub(super) fn find(report: &Report) -> Option<String> {
    let lacks = report.steps.iter().find(|step| {
        let own = step.origin();
        let for_one = step.lines(ResponseField::AllowOrigin.name()).contains(&own);
        let response = step.response.as_ref();
        step.is_cors
            && !step.is_preflight()
            && for_one
            && response.is_some_and(|response| !response.varies_by(RequestField::Origin.name()))
    })?;
    Some(format!(
        "{} answers with this page's origin and without `Vary: Origin`: a cache may give that answer \
         to another page, which is then blocked. Add `Vary: Origin` to every answer.",
        lacks.sent.url
    ))
}

#[cfg(test)]
mod tests {
    use crate::causes::support::{PAGE, check, get, report};

    #[test]
    fn an_answer_to_one_origin_varies() {
        for (origin, vary, says) in [
            (PAGE, "Accept-Encoding", Some("without `Vary: Origin`")),
            (PAGE, "accept, origin", None),
            (PAGE, "*", None),
            ("*", "", None),
        ] {
            let lines = [("access-control-allow-origin", origin), ("vary", vary)];
            check(&report(get(), 200, &lines), "vary-missing", says);
        }
    }
}
