//! A package: its manifest and its Rust files.

use toml::{Table, Value};

/// A member of the workspace.
pub struct Package {
    /// From the workspace's folder, such as `adapters/axum`.
    pub(super) folder: String,
    name: String,
    pub(super) text: String,
    pub(super) manifest: Table,
    pub(super) sources: Vec<Source>,
}

/// A Rust file.
pub(super) struct Source {
    /// From the workspace's folder.
    pub(super) path: String,
    pub(super) text: String,
}

/// What a package is for: its folder tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Role<'a> {
    /// The engine.
    Core,
    /// The one dependency that stands for every adapter.
    Facade,
    /// The suite that every adapter passes.
    Conformance,
    /// Policies from files, for whichever framework.
    File,
    /// Other libraries' configurations, for whichever framework.
    Import,
    /// The browser's half.
    Browser,
    /// The trace of a request and its causes; the playground.
    Explain,
    /// The adapter of this framework.
    Adapter(&'a str),
    /// The example in this framework.
    Example(&'a str),
    /// A program: cli, benches, xtask.
    Program,
}

/// An entry of a table of dependencies.
pub(super) struct Dependency<'a> {
    /// The package's own name, however it is called here.
    pub(super) name: &'a str,
    pub(super) dev: bool,
    pub(super) optional: bool,
}

impl Package {
    pub(super) fn new(folder: &str, text: String, sources: Vec<Source>) -> Result<Self, String> {
        let manifest = parse(&format!("{folder}/Cargo.toml"), &text)?;
        let name = manifest.get("package").and_then(|package| package.get("name"));
        let name =
            name.and_then(Value::as_str).ok_or(format!("{folder}: a package has no name"))?;
        Ok(Self { folder: folder.to_owned(), name: name.to_owned(), text, manifest, sources })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its features, without `default`.
    pub fn features(&self) -> impl Iterator<Item = &str> {
        let features = self.manifest.get("features").and_then(Value::as_table);
        features
            .into_iter()
            .flat_map(Table::keys)
            .map(String::as_str)
            .filter(|name| *name != "default")
    }

    /// The lane of `cargo xtask test` that tests it.
    pub(crate) fn lane(&self) -> &str {
        match self.role() {
            Role::Core | Role::Browser | Role::Conformance => "core",
            Role::File | Role::Import => "files",
            Role::Explain if self.folder == "playground" => "tools",
            Role::Explain => "cli",
            Role::Facade => "adapters",
            Role::Adapter(framework) | Role::Example(framework) => framework,
            Role::Program => match self.folder.split('/').next() {
                Some("cli" | "cors-export" | "cors-verify" | "cors-remedy") => "cli",
                Some("cors-import") => "files",
                Some("benches") => "benches",
                _ => "tools",
            },
        }
    }

    /// The package that re-exports every adapter.
    pub(crate) fn is_facade(&self) -> bool {
        self.role() == Role::Facade
    }

    /// The oldest compiler that it states.
    pub(crate) fn rust_version(&self) -> Option<&str> {
        self.manifest["package"].get("rust-version").and_then(Value::as_str)
    }

    /// The folder, from the workspace's.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// The Rust files: path and text.
    pub(crate) fn sources(&self) -> impl Iterator<Item = (&str, &str)> {
        self.sources.iter().map(|source| (&*source.path, &*source.text))
    }

    pub(super) fn role(&self) -> Role<'_> {
        match self.folder.split_once('/') {
            None if self.folder == "cors-core" => Role::Core,
            None if self.folder == "adapters" => Role::Facade,
            None if self.folder == "conformance" => Role::Conformance,
            None if ["cors-file", "cors-tenants"].contains(&&*self.folder) => Role::File,
            // What a policy is made from, and what is made from one.
            None if ["cors-import", "cors-export", "cors-verify", "cors-remedy"]
                .contains(&&*self.folder) =>
            {
                Role::Import
            }
            None if self.folder == "cors-browser" => Role::Browser,
            None if ["cors-explain", "playground"].contains(&&*self.folder) => Role::Explain,
            Some(("adapters", framework)) => Role::Adapter(framework),
            Some(("examples", framework)) => Role::Example(framework),
            _ => Role::Program,
        }
    }

    /// Where findings about the manifest are.
    pub(super) fn manifest_path(&self) -> String {
        format!("{}/Cargo.toml", self.folder)
    }

    /// The manifest's one line about it.
    pub fn description(&self) -> &str {
        let description = self.manifest["package"].get("description");
        description.and_then(Value::as_str).unwrap_or_default()
    }

    /// The packages that it needs, without those of its tests.
    pub fn needs(&self) -> Vec<&str> {
        let needed = self.dependencies().into_iter().filter(|dependency| !dependency.dev);
        needed.map(|dependency| dependency.name).collect()
    }

    /// Returns true unless the manifest says `publish = false`.
    pub fn is_published(&self) -> bool {
        self.manifest["package"].get("publish").and_then(Value::as_bool) != Some(false)
    }

    /// Of every kind, and of every target.
    pub(super) fn dependencies(&self) -> Vec<Dependency<'_>> {
        let targets = self.manifest.get("target").and_then(Value::as_table);
        let targets = targets.into_iter().flat_map(Table::values).filter_map(Value::as_table);
        let mut found = Vec::new();
        for table in targets.chain([&self.manifest]) {
            for kind in ["dependencies", "build-dependencies", "dev-dependencies"] {
                let entries = table.get(kind).and_then(Value::as_table);
                for (name, entry) in entries.into_iter().flatten() {
                    found.push(Dependency {
                        name: entry.get("package").and_then(Value::as_str).unwrap_or(name),
                        dev: kind == "dev-dependencies",
                        optional: entry.get("optional").and_then(Value::as_bool) == Some(true),
                    });
                }
            }
        }
        found
    }
}

impl Source {
    /// The lines before the unit tests, which stand last.
    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.lines().take_while(|line| !line.starts_with("mod tests {"))
    }

    /// The lines of code, unit tests included, with their numbers. Comments stand on lines of their own.
    pub(super) fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines()).filter(|(_, line)| is_code(line))
    }
}

/// Whether a line is neither blank nor a comment.
pub(super) fn is_code(line: &str) -> bool {
    let line = line.trim_start();
    !line.is_empty() && !line.starts_with("//")
}

pub(super) fn parse(path: &str, text: &str) -> Result<Table, String> {
    text.parse().map_err(|error| format!("{path}: {error}"))
}
