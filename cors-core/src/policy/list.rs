//! Origins in one text, such as an environment variable.

use alloc::{string::String, vec::Vec};

use hashbrown::HashMap;

use super::Policy;
use crate::DiagnosticKind;

/// The origins of one text, or the mistake in it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Listed {
    pub(crate) variable: Option<String>,
    pub(crate) origins: Vec<String>,
    pub(crate) wrong: Option<(DiagnosticKind, String)>,
}

impl Policy {
    /// Adds the origins of one text: separated by commas, or a JSON array of strings. White space
    /// around an origin is removed, and empty items are skipped.
    ///
    /// ```
    /// # use cors_core::Policy;
    /// let policy = Policy::new().allow_origins_list("https://a.example, https://b.example,");
    /// assert_eq!(policy.allow_origins, ["https://a.example", "https://b.example"]);
    /// let policy = Policy::new().allow_origins_list(r#"["https://a.example"]"#);
    /// assert_eq!(policy.allow_origins, ["https://a.example"]);
    /// ```
    #[must_use]
    pub fn allow_origins_list(self, text: &str) -> Self {
        self.add_listed(None, text)
    }

    /// Adds the origins of an environment variable, in the forms of
    /// [`allow_origins_list`](Self::allow_origins_list).
    ///
    /// [`compile`](Self::compile) reports an error if the variable is not set or has no origin. Its
    /// errors about these origins name the variable.
    ///
    /// ```
    /// # use cors_core::Policy;
    /// let policy = Policy::new().allow_origins_from_env("ALLOWED_ORIGINS");
    /// assert_eq!(
    ///     policy.compile().unwrap_err().to_string(),
    ///     "environment variable \"ALLOWED_ORIGINS\" is not set to a list of origins: set it to a list \
    ///      such as \"https://app.example.com, https://admin.example.com\", or use \
    ///      allow_origins_from_env_or_none [origin-variable]",
    /// );
    /// ```
    #[cfg(feature = "std")]
    #[must_use]
    #[doc(alias = "env")]
    pub fn allow_origins_from_env(self, variable: &str) -> Self {
        let (mut policy, found) = self.add_variable(variable);
        if !found {
            policy.add_wrong(Some(variable), DiagnosticKind::OriginVariable, variable);
        }
        policy
    }

    /// Like [`allow_origins_from_env`](Self::allow_origins_from_env), but a variable that is not set
    /// or has no origin is not an error: the policy then denies every origin that it does not list
    /// elsewhere.
    #[cfg(feature = "std")]
    #[must_use]
    pub fn allow_origins_from_env_or_none(self, variable: &str) -> Self {
        let (mut policy, found) = self.add_variable(variable);
        policy.no_origins |= !found;
        policy
    }

    /// Adds the origins of a variable. `false` if there are none.
    #[cfg(feature = "std")]
    fn add_variable(mut self, variable: &str) -> (Self, bool) {
        use std::env::VarError;

        let text = match std::env::var(variable) {
            Ok(text) => text,
            Err(VarError::NotPresent) => return (self, false),
            Err(VarError::NotUnicode(_)) => {
                self.add_wrong(Some(variable), DiagnosticKind::OriginVariable, variable);
                return (self, true);
            }
        };
        let before = (self.allow_origins.len(), self.lists.len());
        let policy = self.add_listed(Some(variable), &text);
        let found = (policy.allow_origins.len(), policy.lists.len()) != before;
        (policy, found)
    }

    fn add_listed(mut self, variable: Option<&str>, text: &str) -> Self {
        let text = text.trim();
        let origins = match text.strip_prefix('[') {
            Some(items) => json_strings(items),
            None => Some(text.split(',').map(String::from).collect()),
        };
        let Some(origins) = origins else {
            self.add_wrong(variable, DiagnosticKind::OriginListJson, text);
            return self;
        };
        let origins =
            origins.iter().map(|origin| origin.trim()).filter(|origin| !origin.is_empty());
        let origins: Vec<String> = origins.map(Into::into).collect();
        self.allow_origins.extend_from_slice(&origins);
        if variable.is_some() && !origins.is_empty() {
            self.lists.push(Listed { variable: variable.map(Into::into), origins, wrong: None });
        }
        self
    }

    fn add_wrong(&mut self, variable: Option<&str>, reason: DiagnosticKind, value: &str) {
        let wrong = Some((reason, value.into()));
        let variable = variable.map(Into::into);
        self.lists.push(Listed { variable, origins: Vec::new(), wrong });
    }

    /// The variable that each origin was read from, for those that were.
    pub(crate) fn variables(&self) -> HashMap<&str, &str> {
        let mut variables = HashMap::new();
        for list in &self.lists {
            let Some(variable) = &list.variable else { continue };
            for origin in &list.origins {
                variables.entry(origin.as_str()).or_insert(variable.as_str());
            }
        }
        variables
    }
}

/// The strings of a JSON array, after its `[`. An origin needs no escape but those of `"`, `\`
/// and `/`, so other escapes are mistakes.
fn json_strings(items: &str) -> Option<Vec<String>> {
    let mut strings = Vec::new();
    let mut rest = items.trim_start();
    if let Some(after) = rest.strip_prefix(']') {
        return after.trim().is_empty().then_some(strings);
    }
    loop {
        let mut chars = rest.strip_prefix('"')?.chars();
        let mut string = String::new();
        loop {
            match chars.next()? {
                '"' => break,
                '\\' => string.push(chars.next().filter(|char| matches!(char, '"' | '\\' | '/'))?),
                char => string.push(char),
            }
        }
        strings.push(string);
        rest = chars.as_str().trim_start();
        match rest.strip_prefix(',') {
            Some(after) => rest = after.trim_start(),
            None => return (rest.trim_end() == "]").then_some(strings),
        }
    }
}

#[cfg(test)]
mod tests {
    #[cfg(feature = "std")]
    use alloc::string::ToString;

    use super::*;

    #[track_caller]
    fn lists(text: &str, origins: &[&str]) {
        assert_eq!(Policy::new().allow_origins_list(text).allow_origins, origins, "{text}");
    }

    #[test]
    fn a_text_is_a_list_or_a_json_array() {
        lists("", &[]);
        lists(" , ,", &[]);
        lists("https://a", &["https://a"]);
        lists(" https://a ,https://b,\n", &["https://a", "https://b"]);
        lists("*", &["*"]);
        lists("[]", &[]);
        lists(" [ ] ", &[]);
        lists(r#"["https://a" , "https:\/\/b"]"#, &["https://a", "https://b"]);
        lists(r#"["",  " https://a "]"#, &["https://a"]);
    }

    #[test]
    fn an_array_that_is_not_one_is_an_error() {
        for text in ["[", "[https://a]", r#"["https://a""#, r#"["a",]"#, r#"["a"] b"#, r#"["\n"]"#]
        {
            let errors = Policy::new().allow_origins_list(text).compile().expect_err(text);
            let codes: Vec<_> = errors.iter().map(|error| error.code()).collect();
            assert_eq!(codes, ["origin-list-json"], "{text}");
        }
    }

    #[test]
    #[cfg(feature = "std")]
    fn errors_name_the_variable() {
        // Cargo sets these for every test.
        let errors =
            |policy: Policy| policy.compile().expect_err("not a list of origins").to_string();
        assert_eq!(
            errors(Policy::new().allow_origins_from_env("CARGO_PKG_NAME")),
            "environment variable CARGO_PKG_NAME: origin \"cors-core\" does not start with a scheme and \"://\": \
             write \"https://cors-core\" [origin-missing-scheme]"
        );
        assert!(Policy::new().allow_origins_from_env_or_none("CORS_TEST_UNSET").compile().is_ok());
        let with_other = Policy::new().allow_origin("https://a");
        assert_eq!(
            errors(with_other.allow_origins_from_env("CORS_TEST_UNSET")),
            "environment variable \"CORS_TEST_UNSET\" is not set to a list of origins: set it to a list \
             such as \"https://app.example.com, https://admin.example.com\", or use \
             allow_origins_from_env_or_none [origin-variable]"
        );
    }
}
