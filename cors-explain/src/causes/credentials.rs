//! Credentials, and what does not cover them.

use cors_core::ResponseField;

use super::{Report, Step};

pub(super) fn star(_: &Report, step: &Step) -> Option<String> {
    step.has("acao.wildcard-with-credentials").then(|| {
        format!(
            "\"*\" never covers a request with credentials: send {} instead, or remove credentials: \
         \"include\" (withCredentials) from the script if it needs no cookie.",
            step.origin()
        )
    })
}

pub(super) fn spelling(_: &Report, step: &Step) -> Option<String> {
    let lines = step.lines(ResponseField::AllowCredentials.name());
    let is_meant = matches!(&lines[..], [value] if value != "true"
        && value.trim_matches(['"', '\'']).eq_ignore_ascii_case("true"));
    (is_meant && step.has("acac.invalid")).then(|| {
        "access-control-allow-credentials is meant to be true, which counts in lower case alone."
            .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use cors_browser::Credentials;

    use crate::causes::support::{PAGE, check, get, report};

    #[test]
    fn credentials_have_rules_of_their_own() {
        for (origin, credentials, slug, says) in [
            ("*", "true", "credentials-star", Some("never covers")),
            (PAGE, "true", "credentials-star", None),
            (PAGE, "True", "credentials-spelling", Some("lower case")),
            (PAGE, "\"true\"", "credentials-spelling", Some("lower case")),
            (PAGE, "false", "credentials-spelling", None),
        ] {
            let lines = [
                ("access-control-allow-origin", origin),
                ("access-control-allow-credentials", credentials),
            ];
            let request = get().credentials(Credentials::Include);
            check(&report(request, 200, &lines), slug, says);
        }
    }
}
