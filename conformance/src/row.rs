//! Rows: cases as they are written, in TOML.

use std::collections::BTreeMap;

use cors_core::Resources;
use serde::Deserialize;
use toml::{Table, Value};

use crate::{
    Between, Reply, Request,
    case::{AROUND, Case, Handler},
    notation,
};

/// The group of rows that each stand for a published mistake of another implementation.
pub(crate) const ADVISORIES: &str = "advisories";

/// The files, each with the group that its rows belong to.
const FILES: &[(&str, &str)] = &[
    ("not-cors", include_str!("../cases/not-cors.toml")),
    ("actual", include_str!("../cases/actual.toml")),
    ("actual", include_str!("../cases/actual-origins.toml")),
    ("preflight", include_str!("../cases/preflight.toml")),
    ("preflight", include_str!("../cases/preflight-lists.toml")),
    ("preflight", include_str!("../cases/preflight-echo.toml")),
    ("preflight", include_str!("../cases/preflight-switches.toml")),
    ("timing", include_str!("../cases/timing.toml")),
    ("vary", include_str!("../cases/vary.toml")),
    ("paths", include_str!("../cases/paths.toml")),
    ("predicates", include_str!("../cases/predicates.toml")),
    ("composition", include_str!("../cases/composition.toml")),
    ("composition", include_str!("../cases/composition-layers.toml")),
    ("between", include_str!("../cases/between.toml")),
    ("hostile", include_str!("../cases/hostile-look-alikes.toml")),
    ("hostile", include_str!("../cases/hostile-origins.toml")),
    ("hostile", include_str!("../cases/hostile-lines.toml")),
    ("hostile", include_str!("../cases/hostile-request-methods.toml")),
    ("hostile", include_str!("../cases/hostile-request-headers.toml")),
    ("hostile", include_str!("../cases/hostile-echo.toml")),
    (ADVISORIES, include_str!("../cases/advisories.toml")),
];

const POLICIES: &str = include_str!("../cases/policies.toml");

/// A case as it is written. No field has a default, but for `between`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    policy: String,
    between: Option<Between>,
    request: Vec<String>,
    verdict: String,
    handler: Handler,
    status: u16,
    want: Vec<String>,
}

/// Every case of the suite, or all that is wrong with the rows.
pub(crate) fn read() -> Result<Vec<Case>, Vec<String>> {
    read_from(POLICIES, FILES)
}

fn read_from(policies: &str, files: &[(&str, &str)]) -> Result<Vec<Case>, Vec<String>> {
    let mut errors = Vec::new();
    let policies = read_policies(policies, &mut errors);
    let mut cases: BTreeMap<String, Case> = BTreeMap::new();
    for (group, text) in files {
        for (name, row) in table(group, text, &mut errors) {
            let name = format!("{group}/{name}");
            let row = Row::deserialize(row).map_err(sentence);
            match row.and_then(|row| row.case(&name, &policies)) {
                Ok(_) if cases.contains_key(&name) => {
                    errors.push(format!("{name}: is there twice"))
                }
                Ok(case) => drop(cases.insert(name, case)),
                Err(error) => errors.push(format!("{name}: {error}")),
            }
        }
    }
    if errors.is_empty() { Ok(cases.into_values().collect()) } else { Err(errors) }
}

fn read_policies(text: &str, errors: &mut Vec<String>) -> BTreeMap<String, Resources> {
    let mut policies = BTreeMap::new();
    for (name, value) in table("policies", text, errors) {
        match policy(value) {
            Ok(policy) => drop(policies.insert(name, policy)),
            Err(error) => errors.push(format!("policies/{name}: {error}")),
        }
    }
    policies
}

fn table(name: &str, text: &str, errors: &mut Vec<String>) -> Table {
    text.parse().unwrap_or_else(|error| {
        errors.push(format!("{name}: {error}"));
        Table::new()
    })
}

fn policy(value: Value) -> Result<Resources, String> {
    let policy = Resources::deserialize(value).map_err(sentence)?;
    match policy.compile() {
        Ok(_) => Ok(policy),
        Err(errors) => Err(errors.to_string()),
    }
}

impl Row {
    fn case(self, name: &str, policies: &BTreeMap<String, Resources>) -> Result<Case, String> {
        let find = |name| policies.get(name).ok_or_else(|| format!("there is no policy {name:?}"));
        let policies = self.policy.split(AROUND).map(|name| find(name).cloned());
        let policies = policies.collect::<Result<Vec<_>, _>>()?;
        if self.between.is_some() && policies.len() != 2 {
            return Err("nothing is between fewer or more than two policies".into());
        }
        let request = request(&self.request)?;
        let is_routers = Reply::to(&request.method, &request.path).is_routers();
        if self.handler != Handler::DoesNotRun
            && is_routers != (self.handler == Handler::RouterAnswers)
        {
            return Err(format!("{} is no path of that handler's", request.path));
        }
        Ok(Case {
            name: name.to_owned(),
            policies,
            policy: self.policy,
            between: self.between,
            verdict: self.verdict,
            request,
            handler: self.handler,
            status: self.status,
            want: lines(&self.want)?,
        })
    }
}

/// The request line without its version, and the header lines.
fn request(texts: &[String]) -> Result<Request, String> {
    let (first, headers) = texts.split_first().ok_or("request is empty")?;
    let (method, path) = first
        .split_once(' ')
        .filter(|(_, path)| path.starts_with('/'))
        .ok_or_else(|| format!("{first:?} is not a method and a path"))?;
    Ok(Request { method: method.into(), path: path.into(), headers: lines(headers)? })
}

fn lines(texts: &[String]) -> Result<Vec<(String, Vec<u8>)>, String> {
    let lines = texts.iter().map(|text| notation::lines(text)).collect::<Result<Vec<_>, _>>()?;
    Ok(lines.concat())
}

/// What serde says, without the place in a text that was not the whole file.
fn sentence(error: toml::de::Error) -> String {
    error.message().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICIES: &str = r#"any = { allow_origins = ["*"] }"#;

    const ROW: &str = r#"["a name"]
        policy = "any"
        request = ["GET /", "origin: https://a.example"]
        verdict = "allow"
        handler = "runs"
        status = 200
        want = ["access-control-allow-origin: *"]"#;

    #[track_caller]
    fn fails(written: &str, instead: &str, message: &str) {
        assert!(ROW.contains(written), "{written}");
        check(POLICIES, &[("group", &ROW.replace(written, instead))], message);
    }

    #[track_caller]
    fn check(policies: &str, files: &[(&str, &str)], message: &str) {
        let errors = read_from(policies, files).expect_err("a wrong row");
        assert!(errors.len() == 1 && errors[0].starts_with(message), "{errors:?}");
    }

    #[test]
    fn a_row_says_everything() {
        let cases = read_from(POLICIES, &[("group", ROW)]).expect("a right row");
        let [case] = &cases[..] else { panic!("{cases:?}") };
        assert_eq!(case.name, "group/a name");
        assert_eq!(case.policies, [cors_core::Policy::new().allow_any_origin().into()]);
        assert_eq!(case.verdict, "allow");
        assert_eq!(case.request, Request::new("GET", "/", [("origin", "https://a.example")]));
        assert_eq!((case.handler, case.status), (Handler::Runs, 200));
        assert_eq!(case.want, [("access-control-allow-origin".into(), b"*".to_vec())]);
    }

    #[test]
    fn a_row_that_lacks_a_field_or_has_another_is_named() {
        for field in ["policy", "request", "verdict", "handler", "status", "want"] {
            let written = ROW.lines().find(|line| line.trim().starts_with(field)).expect(field);
            fails(written, "", &format!("group/a name: missing field `{field}`"));
        }
        fails("want =", "headers = []\nwant =", "group/a name: unknown field `headers`");
        fails("\"runs\"", "\"jumps\"", "group/a name: unknown variant `jumps`");
    }

    #[test]
    fn a_row_that_says_nonsense_is_named() {
        fails("\"any\"", "\"some\"", "group/a name: there is no policy \"some\"");
        fails("\"any\"", "\"any around some\"", "group/a name: there is no policy \"some\"");
        fails("GET /", "GET", "group/a name: \"GET\" is not a method and a path");
        fails("GET /", "GET /unrouted", "group/a name: /unrouted is no path");
        fails("\"runs\"", "\"router answers\"", "group/a name: / is no path");
        fails(
            "origin: https",
            "origin https",
            "group/a name: \"origin https://a.example\" is no line",
        );
    }

    #[test]
    fn a_name_stands_for_one_row() {
        check(POLICIES, &[("group", ROW), ("group", ROW)], "group/a name: is there twice");
        check(POLICIES, &[("group", &[ROW, ROW].join("\n"))], "group: TOML parse error");
    }

    #[test]
    fn a_wrong_policy_is_named() {
        check(r#"x = { allow_origins = ["https://X.y"] }"#, &[], "policies/x: origin");
        check(r#"x = { allow_origin = ["*"] }"#, &[], "policies/x: unknown key");
    }

    #[test]
    fn every_file_of_the_suite_is_read() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/cases");
        let files = std::fs::read_dir(folder).expect("the cases").count();
        assert_eq!(files, FILES.len() + 1, "all but the policies belong into FILES");
        let cases = read().unwrap_or_else(|errors| panic!("{}", errors.join("\n")));
        assert!(!cases.is_empty());
    }

    /// What the README says of a row is what a row can say.
    #[test]
    fn the_readme_has_every_field_verdict_and_handler() {
        let readme = include_str!("../README.md");
        let cells = |field: &str| {
            let row = readme.lines().find(|line| line.starts_with(&format!("| `{field}` |")));
            row.unwrap_or_else(|| panic!("the README has no row for {field}"))
        };
        for field in ["policy", "request", "status", "want"] {
            cells(field);
        }
        for verdict in rows().iter().flat_map(|row| row.verdict.split(AROUND)) {
            assert!(cells("verdict").contains(&format!("`{verdict}`")), "{verdict}");
        }
        for handler in ["runs", "does not run", "router answers"] {
            assert!(cells("handler").contains(&format!("`{handler}`")), "{handler}");
        }
    }

    #[test]
    fn every_policy_of_the_suite_has_a_row() {
        let policies: Table = super::POLICIES.parse().expect("TOML");
        for name in policies.keys() {
            let is_named = |row: &Row| row.policy.split(AROUND).any(|named| named == name);
            assert!(rows().iter().any(is_named), "{name}");
        }
    }

    #[test]
    fn every_class_of_published_mistakes_has_a_row_with_its_advisory() {
        let (_, text) = FILES.iter().find(|(group, _)| *group == ADVISORIES).expect("the group");
        let mut classes = std::collections::BTreeSet::new();
        for name in text.parse::<Table>().expect("TOML").keys() {
            let (id, rest) = name.split_once(", ").expect(name);
            let (class, _) = rest.split_once(": ").expect(name);
            let is_id = ["CVE-", "GHSA-"].iter().any(|start| id.starts_with(start));
            assert!(is_id || id.contains("/") && id.contains("#"), "{name}");
            classes.insert(class.to_owned());
        }
        for class in [
            "prefix",
            "suffix",
            "dot",
            "null",
            "reflection",
            "path",
            "layering",
            "cache",
            "rebinding",
            "proxy",
        ] {
            assert!(classes.contains(class), "{class}");
        }
    }

    fn rows() -> Vec<Row> {
        let tables = FILES.iter().map(|(_, text)| text.parse::<Table>().expect("TOML"));
        tables.flatten().map(|(_, row)| Row::deserialize(row).expect("a row")).collect()
    }
}
