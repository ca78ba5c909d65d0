//! Figures that no change may worsen by more than [`MARGIN`].
//!
//! A figure is what ours adds to a call, by what the other library adds to an actual request in the
//! same framework. A preflight counts whole, because its answer skips the handler. Both counts are
//! of one run, so a machine's allocator and memory functions count on both sides.

use std::collections::BTreeMap;

/// The factor by which a figure may grow.
pub const MARGIN: f64 = 1.05;

/// The cases, in the order of the figures.
pub const CASES: [&str; 4] = ["no Origin", "actual", "actual, denied", "preflight"];

/// A framework, with its figure in each of the [`CASES`].
pub const GATES: [(&str, [f64; 4]); 9] = [
    ("tower", [0.161, 0.294, 0.170, 0.541]),
    ("axum", [0.249, 0.310, 0.261, 0.809]),
    ("actix-web", [0.451, 0.805, 0.523, 1.752]),
    ("rocket", [0.102, 0.255, 0.121, 1.308]),
    ("warp", [0.890, 1.381, 0.925, 2.424]),
    ("poem", [1.063, 1.462, 1.158, 2.451]),
    ("salvo", [0.183, 0.237, 0.223, 1.589]),
    ("axum, around the router", [0.102, 0.162, 0.125, 0.284]),
    ("warp, as a filter", [4.513, 5.287, 4.830, 7.341]),
];

/// The figure of a case, where it was counted.
pub fn figure(facts: &BTreeMap<String, f64>, framework: &str, case: &str) -> Option<f64> {
    let of = |case: &str, side: &str| {
        facts.get(&format!("instructions/{framework}/{case}/{side}")).copied()
    };
    let theirs = of("actual", "theirs")? - of("actual", "bare")?;
    let bare = if case == "preflight" { 0.0 } else { of(case, "bare")? };
    Some((of(case, "ours")? - bare) / theirs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_a_part_of_what_the_other_library_adds() {
        let count = |name: &str, count| (format!("instructions/axum/{name}"), count);
        let facts = BTreeMap::from([
            count("actual/bare", 100.0),
            count("actual/theirs", 300.0),
            count("actual/ours", 150.0),
            count("preflight/ours", 50.0),
        ]);
        assert_eq!(figure(&facts, "axum", "actual"), Some(0.25));
        assert_eq!(figure(&facts, "axum", "preflight"), Some(0.25));
        assert_eq!(figure(&facts, "axum", "no Origin"), None);
    }
}
