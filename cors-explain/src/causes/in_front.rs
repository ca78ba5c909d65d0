//! What answers a preflight before CORS does.

use super::{Report, Step, redirect, refused};

pub(super) fn find(report: &Report, step: &Step) -> Option<String> {
    // A layer that has looked at the request is not behind what answers.
    let is_of_layer = || {
        [refused::find, refused::unlisted, refused::failed]
            .iter()
            .any(|find| find(report, step).is_some())
    };
    if !step.is_preflight() || is_of_layer() {
        return None;
    }
    let is_explained =
        || redirect::to_https(report, step).is_some() || redirect::slash(report, step).is_some();
    let location = step.lines("location").join(", ");
    let who = match step.status() {
        301 | 302 | 303 | 307 | 308 if redirect::is_login(&location) => {
            format!("a login page ({location}) answers OPTIONS before the CORS layer")
        }
        301 | 302 | 303 | 307 | 308 if !is_explained() => {
            format!(
                "a redirect to {location} answers OPTIONS before the CORS layer, perhaps because of the \
                 URL's host or path"
            )
        }
        status @ (401 | 403 | 407) => format!(
            "an authentication check ({status}) answers OPTIONS before the CORS layer, such as a \
         login, a firewall or a gateway, or the CORS layer itself denies this origin"
        ),
        status @ (404 | 405 | 501) => format!(
            "a router without OPTIONS for this path ({status}) answers before the CORS layer, or \
         there is no CORS layer"
        ),
        status @ 500.. => format!("an error ({status}) occurs before or inside the CORS layer"),
        _ => return None,
    };
    Some(format!(
        "{who}. A preflight carries no cookie and no Authorization header, and needs a 2xx \
         response: make the CORS layer the outermost."
    ))
}

#[cfg(test)]
mod tests {
    use cors_browser::Request;

    use crate::causes::support::{PAGE, check, get, report};

    #[test]
    fn whoever_answers_before_cors_is_known_by_the_status() {
        for (status, location, says) in [
            (302, "https://sso.example/login", Some("a login page")),
            (301, "https://api.example/v2", Some("a redirect to")),
            (301, "https://api.example/items/", None),
            (401, "", Some("an authentication check (401)")),
            (403, "", Some("an authentication check (403)")),
            (404, "", Some("without OPTIONS for this path (404)")),
            (405, "", Some("without OPTIONS for this path (405)")),
            (502, "", Some("an error (502)")),
            (500, "", None),
            (204, "", None),
        ] {
            let lines = [("location", location)];
            let put = Request::new(PAGE, "https://api.example/items", "PUT");
            check(&report(put, status, &lines), "in-front-of-options", says);
        }
        check(&report(get(), 405, &[]), "in-front-of-options", None);
    }
}
