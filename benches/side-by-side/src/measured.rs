//! Everything that one run found.

use std::collections::BTreeMap;

use crate::series::Figure;

/// What was timed and what was counted, by name.
#[derive(Default)]
pub struct Measured {
    /// Nanoseconds of one call, a sample each round: `decide/actual`, `axum/preflight/ours`.
    pub samples: BTreeMap<String, Vec<f64>>,
    /// What is no time of one call: `allocations/tower/actual/ours`, `bytes/1000000 origins`.
    pub facts: BTreeMap<String, f64>,
    /// Why something was not counted.
    pub missing: Vec<String>,
}

impl Measured {
    /// What was timed under this name.
    pub fn figure(&self, name: &str) -> Option<Figure> {
        self.samples.get(name).map(|samples| Figure::of(samples.clone()))
    }

    /// What this side costs more than the same application without CORS. Samples of one round are
    /// compared: they stand close together, and what slows one slows the other.
    pub fn overhead(&self, framework: &str, case: &str, side: &str) -> Option<Figure> {
        let name = |side| format!("{framework}/{case}/{side}");
        self.paired(&name(side), &name("bare"), |with, bare| with - bare)
    }

    /// The instructions that this side adds to a call of the application without CORS.
    pub fn added(&self, framework: &str, case: &str, side: &str) -> Option<f64> {
        let of = |side| self.facts.get(&format!("instructions/{framework}/{case}/{side}"));
        Some(of(side)? - of("bare")?)
    }

    /// One by another, of samples of one round.
    pub fn ratio(&self, one: &str, other: &str) -> Option<Figure> {
        self.paired(one, other, |one, other| one / other)
    }

    fn paired(&self, one: &str, other: &str, of: fn(f64, f64) -> f64) -> Option<Figure> {
        let pairs = self.samples.get(one)?.iter().zip(self.samples.get(other)?);
        Some(Figure::of(pairs.map(|(one, other)| of(*one, *other)).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_slows_a_whole_round_is_no_overhead() {
        let mut measured = Measured::default();
        measured.samples.insert("axum/actual/bare".to_owned(), vec![10.0, 500.0, 11.0]);
        measured.samples.insert("axum/actual/ours".to_owned(), vec![15.0, 505.0, 16.0]);
        let overhead = measured.overhead("axum", "actual", "ours");
        assert_eq!(overhead, Some(Figure::of(vec![5.0])));
    }
}
