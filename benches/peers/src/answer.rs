//! What a side answers, as far as CORS goes.

use std::collections::BTreeMap;

/// A status, and the items of the headers that matter.
#[derive(PartialEq, Eq)]
pub struct Answer {
    status: u16,
    headers: BTreeMap<String, Vec<String>>,
}

/// Lists of names, whose case means nothing.
const NAMES: [&str; 3] = ["access-control-allow-headers", "access-control-expose-headers", "vary"];

impl Answer {
    pub(crate) fn new<'a, N: AsRef<str>>(
        status: u16,
        lines: impl IntoIterator<Item = (N, &'a [u8])>,
    ) -> Self {
        let mut headers = BTreeMap::<_, Vec<_>>::new();
        for (name, value) in lines {
            let name = name.as_ref().to_ascii_lowercase();
            if !name.starts_with("access-control-") && name != "allow" && name != "vary" {
                continue;
            }
            let mut value = value.escape_ascii().to_string();
            if NAMES.contains(&name.as_str()) {
                value.make_ascii_lowercase();
            }
            let items = value.split(',').map(|item| item.trim().to_owned());
            headers.entry(name).or_default().extend(items);
        }
        // Their order means nothing, and two peers' is random.
        headers.values_mut().for_each(|items| items.sort());
        Self { status, headers }
    }

    /// Of a framework on `http` 1.x.
    pub(crate) fn of<B>(response: &http::Response<B>) -> Self {
        let lines = response.headers().iter();
        let lines = lines.map(|(name, value)| (name.as_str(), value.as_bytes()));
        Self::new(response.status().as_u16(), lines)
    }

    /// The status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The items of a header, sorted; none where it is not there.
    pub fn items(&self, name: &str) -> &[String] {
        self.headers.get(name).map_or(&[], Vec::as_slice)
    }

    /// The cell of a Markdown table: the status, and what the other side does not have.
    pub(crate) fn beside(&self, other: Option<&Self>) -> String {
        let mut cell = self.status.to_string();
        for (name, items) in &self.headers {
            if other.and_then(|other| other.headers.get(name)) != Some(items) {
                cell += &format!("<br>`{name}: {}`", items.join(", "));
            }
        }
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &[(&str, &str)], other: &[(&str, &str)], equal: bool) {
        let answer = |lines: &[(&str, &str)]| {
            Answer::new(
                200,
                lines.iter().map(|(name, value)| (*name, value.as_bytes())).collect::<Vec<_>>(),
            )
        };
        assert_eq!(answer(one) == answer(other), equal);
    }

    #[test]
    fn lists_are_compared_without_order() {
        check(&[("Vary", "Origin, Accept")], &[("vary", "accept"), ("vary", "origin")], true);
        check(&[("vary", "origin")], &[("vary", "origin, origin")], false);
    }

    #[test]
    fn the_case_of_methods_matters() {
        let name = "access-control-allow-methods";
        check(&[(name, "PUT, DELETE")], &[(name, "DELETE,PUT")], true);
        check(&[(name, "PUT")], &[(name, "put")], false);
    }

    #[test]
    fn other_headers_do_not_matter() {
        check(&[("server", "one")], &[("date", "today")], true);
    }
}
