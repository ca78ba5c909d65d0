//! What a comparison found.

use std::{collections::BTreeMap, fmt};

use cors_import::Library;

use super::{
    Request,
    list::{List, Reason, When},
    recorded::Configuration,
};

/// How many cases there are of each kind, and every one that is not explained.
pub struct Report {
    list: List,
    /// How many cases each entry of the list explains, by library.
    explained: Vec<BTreeMap<Library, usize>>,
    agreeing: BTreeMap<Library, usize>,
    unexplained: Vec<String>,
    more_permissive: Vec<String>,
}

impl Report {
    pub(super) fn new(list: List) -> Self {
        let explained = vec![BTreeMap::new(); list.difference.len()];
        Self {
            list,
            explained,
            agreeing: BTreeMap::new(),
            unexplained: Vec::new(),
            more_permissive: Vec::new(),
        }
    }

    /// Whether everything is explained, by a list of which everything is needed.
    pub fn is_clean(&self) -> bool {
        self.unexplained.is_empty()
            && self.more_permissive.is_empty()
            && self.unneeded().next().is_none()
    }

    pub(super) fn agrees(&mut self, configuration: &Configuration) {
        *self.agreeing.entry(configuration.library).or_default() += 1;
    }

    /// The two answers lead a browser to different conclusions, and ours to less.
    pub(super) fn differs(
        &mut self,
        configuration: &Configuration,
        request: &Request,
        when: When,
        theirs: impl fmt::Display,
        ours: impl fmt::Display,
    ) {
        match self.list.explains(configuration, when) {
            Some(entry) => self.explain(entry, configuration, 1),
            None => {
                let case = case(configuration, request, theirs, ours);
                self.unexplained.push(format!("{case}\n    because: {when:?}"));
            }
        }
    }

    pub(super) fn more_permissive(
        &mut self,
        configuration: &Configuration,
        request: &Request,
        theirs: impl fmt::Display,
        ours: impl fmt::Display,
    ) {
        self.more_permissive.push(case(configuration, request, theirs, ours));
    }

    /// A configuration becomes no policy. Where the library refuses it as well, the two agree.
    pub(super) fn inexpressible(
        &mut self,
        configuration: &Configuration,
        code: &str,
        cases: usize,
        refused: bool,
    ) {
        let Configuration { library, id, .. } = configuration;
        if refused {
            *self.agreeing.entry(*library).or_default() += cases;
            return;
        }
        match self.list.explains_all(configuration, When::Configuration, code) {
            Some(entry) => self.explain(entry, configuration, cases),
            None => self.unexplained.push(format!("{library} / {id}: becomes no policy [{code}]")),
        }
    }

    /// The library crashed.
    pub(super) fn unanswered(&mut self, configuration: &Configuration, request: &Request) {
        match self.list.explains_all(configuration, When::Crash, "unanswered") {
            Some(entry) => self.explain(entry, configuration, 1),
            None => self.missing(configuration, request),
        }
    }

    /// There is nothing to compare with.
    pub(super) fn missing(&mut self, configuration: &Configuration, request: &Request) {
        let Configuration { library, id, .. } = configuration;
        self.unexplained.push(format!("{library} / {id} / {}: no answer", request.id));
    }

    fn explain(&mut self, entry: usize, configuration: &Configuration, cases: usize) {
        *self.explained[entry].entry(configuration.library).or_default() += cases;
    }

    fn unneeded(&self) -> impl Iterator<Item = String> {
        let entries = self.list.difference.iter().zip(&self.explained);
        entries.filter(|(_, cases)| cases.is_empty()).map(|(entry, _)| entry.to_string())
    }

    /// The counts per library and reason, as a table in Markdown.
    pub fn counts(&self) -> String {
        let mut table = String::from(
            "| library | cases | the same | safer | their bug | cannot express |\n|---|---:|---:|---:|---:|---:|\n",
        );
        let mut totals = [0; 5];
        for library in Library::ALL {
            let same = self.agreeing.get(&library).copied().unwrap_or_default();
            let of = |reason: Reason| -> usize {
                let entries = self.list.difference.iter().zip(&self.explained);
                entries
                    .filter(|(entry, _)| entry.reason == reason)
                    .filter_map(|(_, cases)| cases.get(&library))
                    .sum()
            };
            let [safer, bug, cannot] = Reason::ALL.map(of);
            let row = [same + safer + bug + cannot, same, safer, bug, cannot];
            for (total, count) in totals.iter_mut().zip(row) {
                *total += count;
            }
            table.push_str(&line(library.as_str(), row));
        }
        table + &line("all", totals)
    }

    /// Every difference with its reason and how many cases of each library it explains, as a table
    /// in Markdown.
    pub fn differences(&self) -> String {
        let names = Library::ALL.map(Library::as_str).join(" | ");
        let rule = "---:|".repeat(Library::ALL.len());
        let mut table = format!("| difference | reason | {names} |\n|---|---|{rule}\n");
        for (entry, cases) in self.list.difference.iter().zip(&self.explained) {
            let cell = |library| cases.get(&library).map_or(String::new(), usize::to_string);
            let cells = Library::ALL.map(cell).join(" | ");
            table.push_str(&format!("| {} | {} | {cells} |\n", entry.sentence, entry.reason));
        }
        table
    }
}

fn line(name: &str, row: [usize; 5]) -> String {
    let cells: Vec<String> = row.iter().map(usize::to_string).collect();
    format!("| {name} | {} |\n", cells.join(" | "))
}

fn case(
    configuration: &Configuration,
    request: &Request,
    theirs: impl fmt::Display,
    ours: impl fmt::Display,
) -> String {
    let Configuration { library, id, .. } = configuration;
    format!("{library} / {id} / {}\n    theirs: {theirs}\n    ours:   {ours}", request.id)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.counts())?;
        for case in &self.more_permissive {
            writeln!(f, "more permissive: {case}")?;
        }
        for case in &self.unexplained {
            writeln!(f, "unexplained: {case}")?;
        }
        for entry in self.unneeded() {
            writeln!(f, "unneeded: {entry}")?;
        }
        let counts = [self.more_permissive.len(), self.unexplained.len(), self.unneeded().count()];
        let [more, unexplained, unneeded] = counts;
        writeln!(
            f,
            "{more} more permissive, {unexplained} unexplained, {unneeded} entries unneeded"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str = r#"
        [[difference]]
        rules = ["regex-start-open"]
        when = ["origin"]
        reason = "safer"
        sentence = "An unanchored pattern matches look-alikes"
    "#;

    /// A report on an express whose one origin is this pattern.
    fn report(list: &str, pattern: &str) -> (Report, Configuration) {
        let options = serde_json::json!({"options": {"origin": {"$regex": pattern}}});
        let configuration = Configuration::new(Library::Express, "pattern".into(), &options);
        let list = toml::from_str(list).expect("a list");
        (Report::new(list), configuration.expect("a configuration"))
    }

    #[track_caller]
    fn check(list: &str, pattern: &str, when: When, clean: bool) {
        let (mut report, configuration) = report(list, pattern);
        let request =
            serde_json::from_str(r#"{"id": "", "method": "GET", "path": "/", "headers": []}"#);
        report.differs(&configuration, &request.expect("a request"), when, "theirs", "ours");
        assert_eq!(report.is_clean(), clean, "{report}");
    }

    #[test]
    fn an_entry_explains_what_the_conversion_reports_and_nothing_else() {
        check(ENTRY, "a$", When::Origin, true);
        check(ENTRY, "^a$", When::Origin, false);
        check(ENTRY, "a$", When::Method, false);
        check("difference = []", "a$", When::Origin, false);
    }

    #[test]
    fn an_entry_that_no_case_needs_fails() {
        let (mut report, configuration) = report(ENTRY, "a$");
        report.agrees(&configuration);
        assert!(!report.is_clean());
    }

    #[test]
    fn what_is_more_permissive_fails_whatever_the_list_says() {
        let (mut report, configuration) = report("difference = []", "a$");
        let request =
            serde_json::from_str(r#"{"id": "", "method": "GET", "path": "/", "headers": []}"#);
        report.more_permissive(&configuration, &request.expect("a request"), "theirs", "ours");
        assert!(!report.is_clean());
    }
}
