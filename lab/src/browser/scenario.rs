//! The scenarios: what a script on a page asks for, as rows of data.

use std::{fs, path::Path};

use cors_browser::Profile;
use serde::Deserialize;
use serde_json::{Value, json};

/// A row.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct Scenario {
    /// A phrase, and the only one of its kind.
    pub(super) name: String,
    /// The file's name without its group's, set by whoever reads it.
    #[serde(skip)]
    pub(super) group: String,
    /// The name of a file in `policies`.
    pub(super) policy: String,
    /// The page's.
    pub(super) origin: String,
    #[serde(default = "get")]
    pub(super) method: String,
    #[serde(default = "items")]
    pub(super) path: String,
    #[serde(default = "cors")]
    pub(super) mode: String,
    #[serde(default = "same_origin")]
    pub(super) credentials: String,
    #[serde(default)]
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Option<String>,
    /// How often the script asks, one time after the other.
    #[serde(default = "once")]
    pub(super) times: usize,
    /// How many preflights the browser sends in all.
    #[serde(default)]
    pub(super) preflights: usize,
    /// `readable`, `opaque`, `unsent`, or Chromium's own word for why not.
    #[serde(default = "readable")]
    pub(super) wanted: String,
    /// How it ends in Firefox, if otherwise.
    firefox: Option<End>,
    /// The end in WebKit, if it differs.
    webkit: Option<End>,
    /// A server on which it ends otherwise.
    pub(super) except: Option<Exception>,
}

/// How it ends in one browser.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
struct End {
    preflights: usize,
    wanted: String,
}

/// What a framework does that no adapter can change.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct Exception {
    pub(super) server: String,
    pub(super) wanted: String,
    pub(super) because: String,
}

fn get() -> String {
    "GET".to_owned()
}

fn items() -> String {
    "/items".to_owned()
}

fn cors() -> String {
    "cors".to_owned()
}

fn same_origin() -> String {
    "same-origin".to_owned()
}

fn readable() -> String {
    "readable".to_owned()
}

const fn once() -> usize {
    1
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rows {
    scenario: Vec<Scenario>,
}

impl Scenario {
    /// What is wanted in this browser, and after how many preflights.
    pub(super) fn end(&self, profile: Profile) -> (&str, usize) {
        let own = match profile {
            Profile::Firefox => self.firefox.as_ref(),
            Profile::WebKit => self.webkit.as_ref(),
            _ => None,
        };
        own.map_or((&*self.wanted, self.preflights), |end| (&end.wanted, end.preflights))
    }

    /// What the script hands to [`fetch`](https://fetch.spec.whatwg.org/#fetch-method).
    pub(super) fn init(&self) -> Value {
        let mut init = json!({
            "method": self.method,
            "mode": self.mode,
            "credentials": self.credentials,
            "headers": self.headers,
        });
        if let Some(body) = &self.body {
            init["body"] = body.as_str().into();
        }
        init
    }
}

/// Every row of every file in this folder, in the files' order.
pub(super) fn read(folder: &Path) -> Result<Vec<Scenario>, String> {
    let mut scenarios = Vec::new();
    for file in super::files(folder)? {
        let at = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
        let text = fs::read_to_string(&file).map_err(|error| at(&error))?;
        let rows: Rows = toml::from_str(&text).map_err(|error| at(&error))?;
        let group = super::stem(&file);
        scenarios
            .extend(rows.scenario.into_iter().map(|row| Scenario { group: group.clone(), ..row }));
    }
    Ok(scenarios)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo;

    #[test]
    fn every_row_has_a_name_of_its_own_and_a_policy_that_compiles() {
        let data = crate::root().join("lab/data/browser");
        let scenarios = read(&data.join("scenarios")).expect("rows as they should be");
        assert!(scenarios.len() >= 80, "{} are few", scenarios.len());
        let mut names: Vec<&str> = scenarios.iter().map(|scenario| &*scenario.name).collect();
        names.sort_unstable();
        for same in names.chunk_by(|one, other| one == other) {
            assert_eq!(same.len(), 1, "{}", same[0]);
        }
        for scenario in &scenarios {
            let policy = data.join("policies").join(&scenario.policy).with_extension("toml");
            assert_eq!(demo::read_policy(&policy).err(), None);
        }
    }
}
