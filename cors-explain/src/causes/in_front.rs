//! What answers a preflight before CORS does.

use super::{Report, Step, redirect};

const LOGIN: [&str; 5] = ["login", "signin", "sign-in", "auth", "sso"];

pub(super) fn find(report: &Report, step: &Step) -> Option<String> {
    if !step.is_preflight() {
        return None;
    }
    let location = step.lines("location").join(", ");
    let who = match step.status() {
        301 | 302 | 303 | 307 | 308 if is_login(&location) => {
            format!("a login page ({location}) is in front of OPTIONS")
        }
        301 | 302 | 303 | 307 | 308 if redirect::to_https(report, step).is_none() => {
            format!(
                "a redirect to {location} is in front of OPTIONS: perhaps the URL's slash or host differs from what the server wants"
            )
        }
        status @ (401 | 403 | 407) => format!(
            "something that asks who it is ({status}) is in front of OPTIONS, such as a login, a \
             firewall or a gateway; or the CORS layer itself refuses this origin"
        ),
        status @ (404 | 405 | 501) => format!(
            "a router that has no OPTIONS for this path ({status}) is in front of CORS, or there is \
             no CORS layer at all"
        ),
        status @ 500.. => format!("something fails ({status}) before or within the CORS layer"),
        _ => return None,
    };
    Some(format!(
        "{who}. A preflight carries no cookie and no Authorization, and has to be answered 2xx: let \
         the CORS layer stand outermost."
    ))
}

fn is_login(location: &str) -> bool {
    let location = location.to_ascii_lowercase();
    LOGIN.iter().any(|word| location.contains(word))
}

#[cfg(test)]
mod tests {
    use crate::causes::support::{check, get, put, report};

    #[test]
    fn whoever_answers_before_cors_is_known_by_the_status() {
        for (status, location, says) in [
            (302, "https://sso.example/login", Some("a login page")),
            (301, "https://api.example/items/", Some("a redirect to")),
            (401, "", Some("asks who it is (401)")),
            (403, "", Some("asks who it is (403)")),
            (404, "", Some("no OPTIONS for this path (404)")),
            (405, "", Some("no OPTIONS for this path (405)")),
            (502, "", Some("something fails (502)")),
            (204, "", None),
        ] {
            let lines = [("location", location)];
            check(&report(put(), status, &lines), "in-front-of-options", says);
        }
        check(&report(get(), 405, &[]), "in-front-of-options", None);
    }
}
