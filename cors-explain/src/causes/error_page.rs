//! Answers that the CORS layer does not cover.

use super::{Report, Step};

pub(super) fn find(_: &Report, step: &Step) -> Option<String> {
    let status = step.status();
    (is_bare(step) && status >= 400).then(|| {
        format!(
            "the answer is an error page ({status}) without CORS headers, made outside the CORS \
             layer: by a proxy, a router or a handler of errors. The error itself is {status}; CORS \
             hides it from the script. Put the layer outermost (in nginx: `always`)."
        )
    })
}

/// The preflight has the headers, so that there is a layer.
pub(super) fn misses(report: &Report, step: &Step) -> Option<String> {
    let asked = report.steps.iter().any(Step::is_preflight);
    (is_bare(step) && step.status() < 300 && asked).then(|| {
        "the preflight is answered with CORS headers, and the request itself is not: they have to \
         be on every answer, and not on that to OPTIONS alone."
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
        check(&after_preflight(put(), 200, &[]), "layer-misses-answer", Some("every answer"));
        check(&report(get(), 200, &[]), "layer-misses-answer", None);
    }
}
