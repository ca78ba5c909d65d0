//! A `*` in a list, and what it does not cover.

use cors_browser::Credentials;
use cors_core::ResponseField;

use super::{Report, Step, layers};

pub(super) fn find(report: &Report, step: &Step) -> Option<String> {
    if step.has("header.authorization-not-listed") && has_star(step, ResponseField::AllowHeaders) {
        return Some(
            "\"*\" in access-control-allow-headers does not cover Authorization: list Authorization \
         as well."
                .to_owned(),
        );
    }
    let blind = [
        ("method.not-allowed", ResponseField::AllowMethods),
        ("header.not-allowed", ResponseField::AllowHeaders),
    ];
    let includes = report.request.credentials == Credentials::Include;
    let (_, field) =
        blind.into_iter().find(|(fault, field)| step.has(fault) && has_star(step, *field))?;
    includes.then(|| {
        format!(
            "\"*\" in {} is a wildcard only for requests without credentials: list the names.",
            field.name()
        )
    })
}

/// The standard's letter differs from the browsers here.
pub(super) fn authorization(report: &Report) -> Option<String> {
    let is = |name: &str| name.eq_ignore_ascii_case("authorization");
    let is_sent = report.request.headers.iter().any(|(name, _)| is(name));
    let step = report.steps.iter().find(|step| step.is_preflight())?;
    let lines = step.lines(ResponseField::AllowHeaders.name());
    let names = layers::values(&lines);
    let is_covered = step.faults.is_empty() && names.contains(&"*");
    (is_sent && is_covered && !names.iter().any(|name| is(name))).then(|| {
        format!(
            "browsers let \"*\" in access-control-allow-headers cover Authorization, but the standard does \
             not: list Authorization as well. Firefox's console: Cross-Origin Request Warning: The Same \
             Origin Policy will disallow reading the remote resource at {} soon. (Reason: When the \
             `Access-Control-Allow-Headers` is `*`, the `Authorization` header is not covered. To include \
             the `Authorization` header, it must be explicitly listed in CORS header \
             `Access-Control-Allow-Headers`).",
            step.sent.url
        )
    })
}

fn has_star(step: &Step, field: ResponseField) -> bool {
    layers::values(&step.lines(field.name())).contains(&"*")
}

#[cfg(test)]
mod tests {
    use cors_browser::Credentials;

    use crate::causes::support::{PAGE, check, put, report};

    #[test]
    fn a_star_covers_less_than_it_seems() {
        let lines = [
            ("access-control-allow-origin", PAGE),
            ("access-control-allow-credentials", "true"),
            ("access-control-allow-methods", "*"),
            ("access-control-allow-headers", "*"),
        ];
        let include = put().credentials(Credentials::Include);
        check(
            &report(include, 204, &lines),
            "star",
            Some("access-control-allow-methods is a wildcard"),
        );
        let named = put().header("authorization", "x");
        check(&report(named, 204, &lines), "star", Some("Authorization"));
        check(&report(put(), 204, &lines[..1]), "star", None);
    }
}
