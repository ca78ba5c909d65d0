//! Answers that the CORS layer does not cover.

use super::{Report, Step, redirect, refused};

pub(super) fn find(report: &Report, step: &Step) -> Option<String> {
    let status = step.status();
    let is_express = step.lines("x-powered-by").iter().any(|value| value.contains("Express"));
    let hint = match status == 500 && is_express {
        true => {
            " In Express, it can also be the CORS layer: an origin function that calls back with an \
                 Error."
        }
        false => "",
    };
    let is_login = redirect::login(report, step).is_some();
    (is_bare(step) && status >= 400 && !is_login).then(|| {
        format!(
            "the response is an error page ({status}) without CORS headers. A proxy, a router or an \
         error handler outside the CORS layer produced it. The real problem is the {status}, \
         which CORS hides from the script: fix it, and make the CORS layer the outermost (in \
         nginx, add `always`).{hint}"
        )
    })
}

/// The preflight has the headers, so that there is a layer.
pub(super) fn misses(report: &Report, step: &Step) -> Option<String> {
    let asked = report.steps.iter().any(Step::is_preflight);
    let is_explained = [refused::dropped, refused::unlisted, redirect::login]
        .iter()
        .any(|find| find(report, step).is_some());
    (is_bare(step) && step.status() < 300 && asked && !is_explained).then(|| {
        "the preflight response has CORS headers, but the response to the request does not: add \
         them to every response, not only to OPTIONS."
            .to_owned()
    })
}

fn is_bare(step: &Step) -> bool {
    !step.is_preflight() && step.has("acao.missing")
}

#[cfg(test)]
mod tests {
    use crate::causes::support::{PAGE, after_preflight, check, get, put, report};

    #[test]
    fn an_error_page_has_no_headers() {
        let allowed = [("access-control-allow-origin", PAGE)];
        check(&report(get(), 500, &[]), "error-page", Some("an error page (500)"));
        check(&after_preflight(put(), 404, &[]), "error-page", Some("an error page (404)"));
        check(&report(get(), 500, &allowed), "error-page", None);
        check(&report(get(), 200, &[]), "error-page", None);
    }

    #[test]
    fn a_preflight_alone_has_the_headers() {
        check(&after_preflight(put(), 200, &[]), "layer-misses-answer", Some("every response"));
        check(&report(get(), 200, &[]), "layer-misses-answer", None);
    }
}
