//! A response to one origin that a cache may serve to another.

use cors_core::{RequestField, ResponseField};

use super::Report;

pub(super) fn find(report: &Report) -> Option<String> {
    let lacks = report.steps.iter().find(|step| {
        let own = step.origin();
        let for_one = step.lines(ResponseField::AllowOrigin.name()).contains(&own);
        let response = step.response.as_ref();
        let is_cacheable = matches!(&*step.sent.request.method, "GET" | "HEAD")
            && !step.lines("cache-control").iter().any(|value| value.contains("no-store"));
        step.is_cors
            && is_cacheable
            && for_one
            && response.is_some_and(|response| !response.varies_by(RequestField::Origin.name()))
    })?;
    Some(format!(
        "{} answers with this page's origin but without `Vary: Origin`. A cache may serve that \
         response to another page, which is then blocked: add `Vary: Origin` to every response.",
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
