//! Policies as a table of classes, each a table of rows: what every server is written from.

use cors_core::{Resources, ResponseField};

use crate::{
    Mistake,
    class::{Act, Class, Row, Test},
    paths::Paths,
    sample::Value,
};

/// Every answer that a server gives, and to whom.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Table {
    /// Where policies differ by path. Then the first class is closed, the last untouched, and those
    /// between are the entries.
    pub(crate) paths: Option<Paths>,
    pub(crate) classes: Vec<Class>,
}

impl Table {
    pub(crate) fn of(resources: &Resources, mistakes: &mut Vec<Mistake>) -> Self {
        if let Some(policy) = resources.only() {
            return Self { paths: None, classes: vec![Class::of(policy, mistakes)] };
        }
        let mut classes = vec![Class::closed()];
        for (at, (_, policy)) in resources.iter().enumerate() {
            let Some(policy) = policy else {
                classes.push(Class::untouched());
                continue;
            };
            let mut class = Class::of(policy, mistakes);
            for row in &mut class.rows {
                row.name = format!("{}-{}", at + 1, row.name);
            }
            classes.push(class);
        }
        classes.push(Class::untouched());
        Self { paths: Some(Paths::of(resources, mistakes)), classes }
    }

    /// The class of paths that no entry is for.
    pub(crate) fn otherwise(&self) -> usize {
        self.classes.len() - 1
    }

    /// Every row, each name once.
    pub(crate) fn rows(&self) -> Vec<&Row> {
        let mut rows: Vec<&Row> = Vec::new();
        for row in self.classes.iter().flat_map(|class| &class.rows) {
            if rows.iter().all(|known| known.name != row.name) {
                rows.push(row);
            }
        }
        rows
    }

    /// The headers that any row writes, in one order.
    pub(crate) fn fields(&self) -> Vec<&'static str> {
        let rows = self.rows();
        let is_written =
            |name: &&str| rows.iter().any(|row| row.lines.iter().any(|(known, _)| known == name));
        ResponseField::OWNED.iter().map(|field| field.name()).filter(is_written).collect()
    }

    /// The rows that write this header, by value.
    pub(crate) fn by_value(&self, field: &str) -> Vec<(Value, Vec<&Row>)> {
        let mut by_value: Vec<(Value, Vec<&Row>)> = Vec::new();
        for row in self.rows() {
            let Some((_, value)) = row.lines.iter().find(|(name, _)| *name == field) else {
                continue;
            };
            match by_value.iter_mut().find(|(known, _)| known == value) {
                Some((_, rows)) => rows.push(row),
                None => by_value.push((value.clone(), vec![row])),
            }
        }
        by_value
    }

    /// The rows that add these names to `Vary`.
    pub(crate) fn by_vary(&self) -> Vec<(&'static str, Vec<&Row>)> {
        let mut by_vary: Vec<(&'static str, Vec<&Row>)> = Vec::new();
        for row in self.rows() {
            match by_vary.iter_mut().find(|(known, _)| *known == row.vary) {
                Some((_, rows)) => rows.push(row),
                None => by_vary.push((row.vary, vec![row])),
            }
        }
        by_vary
    }

    /// The rows that the server answers, by status.
    pub(crate) fn by_status(&self) -> Vec<(u16, Vec<&Row>)> {
        let mut by_status: Vec<(u16, Vec<&Row>)> = Vec::new();
        for row in self.rows() {
            let Act::Answer(status) = row.act else { continue };
            match by_status.iter_mut().find(|(known, _)| *known == status) {
                Some((_, rows)) => rows.push(row),
                None => by_status.push((status, vec![row])),
            }
        }
        by_status
    }

    /// Whether a row of any class has this test.
    pub(crate) fn asks(&self, test: Test) -> bool {
        self.classes.iter().any(|class| class.asks(test))
    }

    /// Whether a path may have no policy.
    pub(crate) fn has_untouched(&self) -> bool {
        self.rows().iter().any(|row| row.act == Act::Untouched)
    }

    /// Whether a row depends on `Vary` being right: not where every origin is allowed.
    pub(crate) fn varies(&self) -> bool {
        self.rows().iter().any(|row| !row.vary.is_empty())
    }
}

/// The rows' names, joined.
pub(crate) fn names(rows: &[&Row], separator: &str) -> String {
    rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>().join(separator)
}
