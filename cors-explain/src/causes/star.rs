//! A `*` in a list, and what it does not cover.

use cors_browser::Credentials;
use cors_core::ResponseField;

use super::{Report, Step, layers};

pub(super) fn find(report: &Report, step: &Step) -> Option<String> {
    if step.has("header.authorization-not-listed") && has_star(step, ResponseField::AllowHeaders) {
        return Some(
            "`*` in access-control-allow-headers does not cover Authorization, which has to be \
             named beside it."
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
            "`*` in {} means every name only where the request is without credentials: list the \
             names.",
            field.name()
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
        check(&report(include, 204, &lines), "star", Some("access-control-allow-methods means"));
        let named = put().header("authorization", "x");
        check(&report(named, 204, &lines), "star", Some("Authorization"));
        check(&report(put(), 204, &lines[..1]), "star", None);
    }
}
