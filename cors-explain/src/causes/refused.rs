//! A CORS layer that answers, and refuses.

use cors_core::{RequestField, ResponseField};

use super::{Report, Step};

/// The status says no because of a method or a header, as Starlette and Fastify do.
pub(super) fn find(_: &Report, step: &Step) -> Option<String> {
    let subject = |fault: &str| {
        let mut faults = step.faults.iter().filter(|reason| reason.code().ends_with(fault));
        faults.next().map(|reason| reason.subject().to_owned())
    };
    let what = if let Some(method) = subject("method.not-allowed") {
        format!("the method {method:?}")
    } else if let Some(name) = subject("header.not-allowed") {
        format!("the header {name:?}")
    } else if step.has("header.authorization-not-listed") {
        "the header \"authorization\"".to_owned()
    } else if step.has("acao.missing") {
        format!("the origin {}", step.origin())
    } else {
        return None;
    };
    let has_lists = [ResponseField::AllowMethods, ResponseField::AllowHeaders]
        .iter()
        .any(|field| !step.lines(field.name()).is_empty());
    (step.is_preflight() && matches!(step.status(), 400 | 403) && has_lists).then(|| {
        format!(
            "the CORS layer itself answers with {} because it does not allow {what}: add it to the \
             layer's list, and the status becomes 2xx.",
            step.status()
        )
    })
}

/// No route runs for a preflight, so an error is the layer's own.
pub(super) fn failed(_: &Report, step: &Step) -> Option<String> {
    let powered = step.lines("x-powered-by").iter().any(|value| value.contains("Express"));
    let detail = match powered {
        true => {
            "In Express, an origin function that calls back with an Error does this: call back with \
                 (null, false) instead, and allow this origin"
        }
        false => "An origin function may throw: look at the server's log",
    };
    (step.is_preflight() && step.status() == 500).then(|| {
        format!(
            "the preflight fails with an error (500). No route runs for a preflight, so the CORS layer \
             itself fails, or something in front of it. {detail}."
        )
    })
}

/// The layer has looked at the origin, which `Vary` shows, and did not allow it.
pub(super) fn unlisted(_: &Report, step: &Step) -> Option<String> {
    let varies = step
        .response
        .as_ref()
        .is_some_and(|response| response.varies_by(RequestField::Origin.name()));
    let is_star = step.lines("vary").iter().any(|value| value == "*");
    (step.has("acao.missing") && varies && !is_star).then(|| {
        format!(
            "the server has looked at the Origin, which `Vary: Origin` shows, and its list does not \
             have {}: add that origin to the list, byte for byte.",
            step.origin()
        )
    })
}

/// A route that answers `OPTIONS` with the methods of HTTP, and not with those of CORS.
pub(super) fn unrouted(_: &Report, step: &Step) -> Option<String> {
    let allow = step.lines("allow");
    let is_bare = step.has("acao.missing") || step.has("method.not-allowed");
    (step.is_preflight() && (200..300).contains(&step.status()) && !allow.is_empty() && is_bare)
        .then(|| {
            format!(
                "the framework answers OPTIONS itself, with Allow: {}. No CORS layer covers OPTIONS here, \
                 as if it is set for single routes: put it around the whole application.",
                allow.join(", ")
            )
        })
}

/// An `add_header` in an inner block of nginx, which drops those of the outer ones.
pub(super) fn dropped(report: &Report, step: &Step) -> Option<String> {
    let is_nginx = step.lines("server").iter().any(|server| server.starts_with("nginx"))
        && step.lines("x-powered-by").is_empty();
    if !is_nginx || !step.has("acao.missing") {
        return None;
    }
    let has_some = step
        .response
        .iter()
        .flat_map(|response| &response.headers)
        .any(|(name, _)| name.to_ascii_lowercase().starts_with("access-control-"));
    let what = if step.is_preflight() && has_some {
        "nginx sends some CORS headers here, but not access-control-allow-origin"
    } else if step.is_preflight() && step.status() == 204 {
        // nginx has no such answer of its own.
        "nginx answers OPTIONS with 204, but without CORS headers"
    } else if !step.is_preflight()
        && step.status() < 400
        && report.steps.iter().any(Step::is_preflight)
    {
        "nginx sends the CORS headers with the preflight response, but not with this one"
    } else {
        return None;
    };
    Some(format!(
        "{what}. An add_header inside `if` or `location` drops those of the blocks around it: repeat all \
         of them in that block."
    ))
}

#[cfg(test)]
mod tests {
    use crate::causes::support::{PAGE, after_preflight, check, get, put, report};

    #[test]
    fn a_layer_that_refuses_names_its_lists() {
        let lines =
            [("access-control-allow-origin", PAGE), ("access-control-allow-methods", "GET")];
        check(
            &report(put(), 400, &lines),
            "layer-refuses",
            Some("because it does not allow the method \"PUT\""),
        );
        check(&report(put(), 400, &lines[..1]), "layer-refuses", None);
        check(&report(put(), 200, &lines), "layer-refuses", None);
    }

    #[test]
    fn a_server_that_varies_has_looked() {
        let says = Some("does not have https://app.example");
        check(&report(get(), 200, &[("vary", "Accept, Origin")]), "origin-not-listed", says);
        check(&report(get(), 200, &[("vary", "*")]), "origin-not-listed", None);
        check(&report(get(), 200, &[("vary", "accept")]), "origin-not-listed", None);
    }

    #[test]
    fn a_route_without_options_says_allow() {
        let lines = [("allow", "GET, HEAD, OPTIONS")];
        check(&report(put(), 200, &lines), "options-not-routed", Some("Allow: GET, HEAD"));
        check(&report(get(), 200, &lines), "options-not-routed", None);
    }

    #[test]
    fn nginx_drops_headers_of_outer_blocks() {
        let lines = [("server", "nginx/1.22.1"), ("access-control-max-age", "600")];
        check(&report(put(), 204, &lines), "nginx-add-header", Some("inside `if` or `location`"));
        check(
            &report(put(), 204, &lines[..1]),
            "nginx-add-header",
            Some("answers OPTIONS with 204"),
        );
        check(&report(put(), 200, &lines[..1]), "nginx-add-header", None);
        let says = Some("but not with this one");
        check(&after_preflight(put(), 200, &lines[..1]), "nginx-add-header", says);
        check(&after_preflight(put(), 500, &lines[..1]), "nginx-add-header", None);
    }

    #[test]
    fn a_layer_that_fails_is_the_cause() {
        let express = [("x-powered-by", "Express")];
        check(&report(put(), 500, &express), "layer-failed", Some("(null, false)"));
        check(&report(put(), 500, &[]), "layer-failed", Some("the server's log"));
        check(&report(put(), 502, &[]), "layer-failed", None);
        check(&report(get(), 500, &[]), "layer-failed", None);
    }
}
