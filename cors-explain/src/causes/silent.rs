//! A server that says nothing about CORS.

use super::{Report, Step, refused};

pub(super) fn find(report: &Report, step: &Step) -> Option<String> {
    let is_silent = step.is_cors
        && (200..300).contains(&step.status())
        && step
            .response
            .iter()
            .flat_map(|response| &response.headers)
            .all(|(name, _)| !name.to_ascii_lowercase().starts_with("access-control-"));
    let is_explained = [refused::unlisted, refused::unrouted, refused::dropped]
        .iter()
        .any(|find| find(report, step).is_some());
    (is_silent && report.steps.len() == 1 && !is_explained).then(|| {
        "the server sends no CORS headers. It has no CORS layer, has none for this path, or \
         does not list this page's origin: add the origin to its CORS policy."
            .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use crate::causes::support::{check, get, put, report};

    #[test]
    fn silence_is_no_header_at_all() {
        check(&report(get(), 200, &[("date", "x")]), "no-cors", Some("sends no CORS headers"));
        check(&report(get(), 200, &[("vary", "origin")]), "no-cors", None);
        check(&report(put(), 200, &[("allow", "GET")]), "no-cors", None);
        check(&report(put(), 204, &[]), "no-cors", Some("sends no CORS headers"));
        let lines = [("access-control-max-age", "60")];
        check(&report(put(), 204, &lines), "no-cors", None);
        check(&report(get(), 404, &[]), "no-cors", None);
    }
}
