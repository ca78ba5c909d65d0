//! Methods in the wrong case.

use cors_core::ResponseField;

use super::{Report, Step, layers};

pub(super) fn find(report: &Report, step: &Step) -> Option<String> {
    let lines = step.lines(ResponseField::AllowMethods.name());
    let fault =
        step.faults.iter().find(|reason| reason.code() == "preflight.method.not-allowed")?;
    let method = fault.subject();
    let listed =
        layers::values(&lines).into_iter().find(|name| name.eq_ignore_ascii_case(method))?;
    Some(match report.request.method == method && method != method.to_ascii_uppercase() {
        true => format!(
            "the script says {method:?}, and the server lists {listed:?}: methods have a case, and \
             browsers correct that of GET, HEAD, POST, PUT, DELETE and OPTIONS alone. Write {:?} in \
             the script.",
            method.to_ascii_uppercase()
        ),
        false => format!(
            "the server lists {listed:?}, and browsers send {method:?}: methods have a case."
        ),
    })
}

#[cfg(test)]
mod tests {
    use cors_browser::Request;

    use crate::causes::support::{PAGE, URL, check, report};

    #[test]
    fn methods_have_a_case() {
        for (method, listed, says) in [
            ("PUT", "get, put", Some("browsers send \"PUT\"")),
            ("patch", "PATCH", Some("Write \"PATCH\" in the script")),
            ("PUT", "PATCH", None),
        ] {
            let lines =
                [("access-control-allow-origin", PAGE), ("access-control-allow-methods", listed)];
            let request = Request::new(PAGE, URL, method);
            check(&report(request, 204, &lines), "method-case", says);
        }
    }
}
