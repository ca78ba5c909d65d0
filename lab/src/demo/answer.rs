//! What a server answers, as far as the engine has a say in it.

use std::fmt;

use cors_conformance::Response;
use cors_core::{Cors, ResponseField, plain};

use super::case::{Case, short};

/// A status, and the lines that belong to the engine.
#[derive(Clone)]
pub(super) struct Answer {
    /// None where the policy leaves it to the framework.
    status: Option<u16>,
    /// In the order of [`ResponseField`]; the names in `Vary` sorted and in lower case, because
    /// frameworks order and spell them as they like.
    lines: Vec<(&'static str, String)>,
}

impl Answer {
    /// What the engine answers by itself.
    pub(super) fn wanted(cors: &Cors, case: &Case) -> Self {
        let mut head = plain::Response::default();
        let status = cors.decide(&case.request).apply(&mut head).or(case.status);
        Self::new(status, head.headers.iter().map(|(name, value)| (&**name, value.to_string())))
    }

    pub(super) fn received(response: &Response) -> Self {
        let lines = response.headers.iter();
        Self::new(
            Some(response.status),
            lines.map(|(name, value)| (&**name, String::from_utf8_lossy(value).into_owned())),
        )
    }

    fn new<'a>(
        status: Option<u16>,
        lines: impl Iterator<Item = (&'a str, String)> + Clone,
    ) -> Self {
        let named = |field: ResponseField| {
            let lines =
                lines.clone().filter(move |(name, _)| name.eq_ignore_ascii_case(field.name()));
            lines.map(|(_, value)| value)
        };
        let mut ours: Vec<_> = ResponseField::OWNED
            .into_iter()
            .flat_map(|field| named(field).map(move |value| (field.name(), value)))
            .collect();
        let vary: Vec<String> = named(ResponseField::Vary).collect();
        if !vary.is_empty() {
            let vary = vary.join(",").to_ascii_lowercase();
            let mut names: Vec<&str> = vary.split(',').map(str::trim).collect();
            names.sort_unstable();
            ours.push((ResponseField::Vary.name(), names.join(", ")));
        }
        Self { status, lines: ours }
    }

    /// Whether this is what `wanted` says.
    pub(super) fn agrees(&self, wanted: &Self) -> bool {
        (wanted.status.is_none() || wanted.status == self.status) && self.lines == wanted.lines
    }

    /// The status and each line, in pieces that are not to be broken.
    pub(super) fn parts(&self) -> Vec<String> {
        let status = self.status.map_or("any status".to_owned(), |status| status.to_string());
        let lines = self.lines.iter().map(|(name, value)| format!("{}: {value}", short(name)));
        std::iter::once(status).chain(lines).collect()
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.parts().join("  "))
    }
}

#[cfg(test)]
mod tests {
    use cors_core::Policy;

    use super::*;

    #[track_caller]
    fn check(agrees: bool, status: u16, lines: &[(&str, &str)]) {
        let cors = Policy::new()
            .allow_origins(["https://a.example"])
            .compile()
            .expect("the policy is valid");
        let case = Case::get("", "/", Some("https://a.example"));
        let headers = lines.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        let received = Answer::received(&Response { status, headers, body: Vec::new() });
        assert_eq!(received.agrees(&Answer::wanted(&cors, &case)), agrees, "{received}");
    }

    const ALLOWED: (&str, &str) = ("Access-Control-Allow-Origin", "https://a.example");
    const VARY: (&str, &str) = ("Vary", "Origin");

    #[test]
    fn the_wanted_answer_agrees() {
        check(true, 200, &[ALLOWED, VARY]);
        check(true, 200, &[("vary", "origin"), ("content-type", "text/plain"), ALLOWED]);
    }

    #[test]
    fn another_status_disagrees() {
        check(false, 204, &[ALLOWED, VARY]);
    }

    #[test]
    fn a_missing_line_disagrees() {
        check(false, 200, &[ALLOWED]);
        check(false, 200, &[VARY]);
    }

    #[test]
    fn a_line_too_many_disagrees() {
        check(false, 200, &[ALLOWED, ALLOWED, VARY]);
        check(false, 200, &[ALLOWED, VARY, ("access-control-allow-credentials", "true")]);
        check(false, 200, &[ALLOWED, VARY, VARY]);
    }

    #[test]
    fn another_value_disagrees() {
        check(false, 200, &[("Access-Control-Allow-Origin", "*"), VARY]);
    }
}
