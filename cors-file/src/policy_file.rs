//! A file with a policy, and what may be done with it.

use std::{
    collections::HashSet,
    ffi::OsStr,
    path::{Path, PathBuf},
};

use cors_core::{Cors, Framework};

use crate::{
    bounded,
    document::{Entry, Syntax},
    draft::Draft,
    environment,
    finding::{Finding, Report, Where},
    from_json, from_toml,
    place::Lines,
    prove, read, table,
};

/// A file with a policy, in TOML or JSON by its name, and what the environment overrides in it.
///
/// ```no_run
/// use cors_file::PolicyFile;
///
/// let file = PolicyFile::new("policy.toml").overridden_by([("CORS_MAX_AGE", "60")]);
/// let cors = file.load()?;
/// # Ok::<(), cors_file::Report>(())
/// ```
#[derive(Clone, Debug)]
pub struct PolicyFile {
    pub(crate) path: PathBuf,
    /// Used instead of the file's content.
    content: Option<String>,
    variables: Vec<(String, String)>,
    /// The table with the policy, and the tables around it. None: the whole file.
    table: Vec<String>,
}

impl PolicyFile {
    /// The file at this path, which ends in `.toml` or `.json`. Nothing overrides it.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), content: None, variables: Vec::new(), table: Vec::new() }
    }

    /// Uses this text as the file's content. The file is not read and need not exist; its name
    /// decides the format and appears in reports.
    ///
    /// ```
    /// use cors_file::PolicyFile;
    ///
    /// let file = PolicyFile::new("typed.toml").with_content("allow_origin = [\"*\"]");
    /// let report = file.check()?;
    /// assert_eq!(report.iter().next().map(|finding| finding.code()), Some("unknown-key"));
    /// # Ok::<(), cors_file::Report>(())
    /// ```
    #[must_use]
    pub fn with_content(mut self, text: impl Into<String>) -> Self {
        self.content = Some(text.into());
        self
    }

    /// Reads the policy from a table of an application's own file, such as `[cors]`. The rest of the
    /// file is not looked at. `server.cors` is a table in a table.
    ///
    /// ```
    /// use cors_file::PolicyFile;
    ///
    /// let text = "port = 3000\n\n[cors]\nallow_origins = [\"https://app.example.com\"]\n";
    /// let cors = PolicyFile::new("app.toml").with_content(text).table("cors").load()?;
    /// # Ok::<(), cors_file::Report>(())
    /// ```
    #[must_use]
    pub fn table(mut self, name: &str) -> Self {
        self.table = name.split('.').map(str::to_owned).collect();
        self
    }

    /// Lets environment variables stand in the place of what the file says: see
    /// [the crate's page](crate#the-environment). Names that do not begin with `CORS_` are left
    /// alone, so that all of [`std::env::vars_os`] can be given.
    pub fn overridden_by<N: AsRef<OsStr>, V: AsRef<OsStr>>(
        mut self,
        variables: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        // What is not Unicode becomes what no key and no value has.
        let text = |text: &OsStr| text.to_string_lossy().into_owned();
        let variables = variables.into_iter();
        self.variables.extend(
            variables
                .map(|(name, value)| (text(name.as_ref()), text(value.as_ref())))
                .filter(|(name, _)| name.starts_with(environment::PREFIX)),
        );
        self.variables.sort();
        self
    }

    /// Reads and compiles the policy.
    ///
    /// # Errors
    ///
    /// Every mistake, with its place.
    pub fn load(&self) -> Result<Cors, Report> {
        let text = self.text().map_err(|finding| self.report(vec![finding]))?;
        self.compile(&text)
    }

    /// Compiles this text as if the file held it.
    pub(crate) fn compile<C: Framework>(&self, text: &str) -> Result<Cors<C>, Report> {
        let (draft, mut findings) = self.read(text);
        if findings.is_empty() {
            return prove::compile(text, &draft).map_err(|findings| self.report(findings));
        }
        findings.extend(beyond_reading(text, &draft));
        Err(self.report(findings))
    }

    /// Everything that is wrong with the file, and every warning: nothing may be said at all.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or is neither TOML nor JSON by its name.
    pub fn check(&self) -> Result<Report, Report> {
        let text = self.text().map_err(|finding| self.report(vec![finding]))?;
        let (draft, mut findings) = self.read(&text);
        let errors = match findings.is_empty() {
            true => prove::errors(&text, &draft),
            false => beyond_reading(&text, &draft),
        };
        findings.extend(errors);
        // Of a value that is refused it need not be said what else is doubtful about it.
        let refused: HashSet<_> = findings.iter().map(|finding| finding.at.clone()).collect();
        let mut warnings = prove::warnings(&text, &draft);
        warnings.retain(|warning| !refused.contains(&warning.at));
        findings.extend(warnings);
        Ok(self.report(findings))
    }

    /// The file's text.
    pub(crate) fn text(&self) -> Result<String, Finding> {
        self.parser()?;
        if let Some(content) = &self.content {
            return Ok(content.clone());
        }
        bounded::read(&self.path).map_err(|error| {
            Finding::error("unreadable", format!("cannot read the file: {error}"), Where::File)
        })
    }

    fn parser(&self) -> Result<Parse, Finding> {
        match self.path.extension().and_then(OsStr::to_str) {
            Some("toml") => Ok(from_toml::parse),
            Some("json") => Ok(from_json::parse),
            _ => Err(Finding::error(
                "unknown-format",
                "unknown file format: use a name that ends in .toml or .json",
                Where::File,
            )),
        }
    }

    fn read(&self, text: &str) -> (Draft, Vec<Finding>) {
        let parsed = match self.parser() {
            Ok(parse) => parse(text)
                .map_err(|wrong| syntax(text, wrong))
                .and_then(|entries| table::find(text, entries, &self.table).map_err(|it| vec![it])),
            Err(finding) => Err(vec![finding]),
        };
        match parsed {
            Ok(entries) => {
                let (mut draft, mut findings) = read::read(text, entries);
                findings.extend(environment::apply(&mut draft, &self.variables));
                (draft, findings)
            }
            Err(findings) => (Draft::default(), findings),
        }
    }

    pub(crate) fn report(&self, findings: Vec<Finding>) -> Report {
        Report::new(Path::new(&self.path), findings)
    }
}

type Parse = fn(&str) -> Result<Vec<Entry>, Vec<Syntax>>;

/// The first mistake of each line: what follows on it comes of the first.
fn syntax(text: &str, wrong: Vec<Syntax>) -> Vec<Finding> {
    let mut lines = HashSet::new();
    let source = Lines::of(text);
    let places = wrong.into_iter().map(|wrong| (source.place(&wrong.span), wrong.message));
    places
        .filter(|(place, _)| lines.insert(place.line()))
        .map(|(place, message)| Finding::error("syntax", message, Where::At(place)))
        .collect()
}

/// What is wrong beyond what could not be read, which may be just what seems to be missing.
fn beyond_reading(text: &str, draft: &Draft) -> Vec<Finding> {
    let mut findings = prove::errors(text, draft);
    findings.retain(|finding| !matches!(finding.code, "origin-none" | "resources-none"));
    findings
}
