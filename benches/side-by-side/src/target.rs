//! What should hold, as ratios within one run.

use crate::{measured::Measured, request::SHAPES};

/// A limit, and what it limits.
pub struct Target {
    /// What is measured.
    pub what: String,
    /// The most it may be.
    pub limit: f64,
    of: Of,
}

/// Where the measured figure comes from.
enum Of {
    /// One time by another.
    Ratio(String, String),
    /// Our overhead by theirs, in this framework and case.
    Overhead(&'static str, &'static str),
    /// The largest of the facts whose names start like this.
    Most(&'static str),
    /// A fact less another.
    Difference(&'static str, &'static str),
    /// A fact by another.
    Facts(String, &'static str),
    /// The bytes of a policy by 1.6 times its text and 16 bytes an origin.
    Bytes(&'static str),
}

impl Target {
    /// The measured figure, where it was measured.
    pub fn measured(&self, measured: &Measured) -> Option<f64> {
        let fact = |name: &str| measured.facts.get(name).copied();
        match &self.of {
            Of::Ratio(one, other) => Some(measured.ratio(one, other)?.median),
            Of::Overhead(framework, case) => {
                let of = |side| measured.overhead(framework, case, side);
                Some(of("ours")?.median / of("theirs")?.median)
            }
            Of::Most(prefix) => {
                let facts = measured.facts.iter().filter(|(name, _)| name.starts_with(prefix));
                facts.map(|(_, fact)| *fact).reduce(f64::max)
            }
            Of::Difference(one, other) => Some(fact(one)? - fact(other)?),
            Of::Facts(one, other) => Some(fact(one)? / fact(other)?),
            Of::Bytes(scale) => {
                let (count, text) =
                    (fact(&format!("count/{scale}"))?, fact(&format!("text/{scale}"))?);
                Some(fact(&format!("bytes/{scale}"))? / (1.6 * text + 16.0 * count))
            }
        }
    }
}

/// All of them.
pub fn targets() -> Vec<Target> {
    let mut all = Vec::new();
    let mut target = |what: &str, limit, of| {
        all.push(Target { what: what.to_owned(), limit, of });
    };
    let ratio = |one: &str, other: &str| Of::Ratio(one.to_owned(), other.to_owned());
    target(
        "decide, actual / bare insertion of its three headers",
        0.30,
        ratio("decide/actual", "bare/actual"),
    );
    target("decide and apply, actual / the same", 1.30, ratio("apply/actual", "bare/actual"));
    target(
        "decide and apply, actual among 1,000 origins / the same",
        1.45,
        ratio("apply/actual, 1,000 origins", "bare/actual"),
    );
    target(
        "decide and apply, preflight / bare insertion of its six headers",
        1.35,
        ratio("apply/preflight", "bare/preflight"),
    );
    for (framework, case, limit) in [
        ("tower", "actual", 0.27),
        ("tower", "preflight", 0.43),
        ("tower", "actual, 1,000 origins", 0.05),
        ("axum", "actual", 0.30),
        ("axum", "actual, 1,000 origins", 0.005),
        ("actix-web", "actual", 0.8),
        ("poem", "actual", 1.0),
        ("warp", "actual", 1.0),
        ("salvo", "actual", 0.3),
        ("rocket", "actual", 0.3),
    ] {
        let what = format!("{framework}, {case}: our overhead / theirs");
        target(&what, limit, Of::Overhead(framework, case));
    }
    target(
        "decide among 1,000,000 origins / one, hot",
        1.3,
        ratio("decide/actual, 1,000,000 origins", "decide/actual"),
    );
    target("tower, a call with 4 threads / with 1", 1.1, ratio("threads/4/ours", "threads/1/ours"));
    for (shape, _) in SHAPES {
        let time = ratio(&format!("decide/{shape}"), "decide/preflight, header denied");
        target(&format!("{shape} / a short refused list"), 1.0, time);
        let count = Of::Facts(
            format!("instructions/decide/{shape}"),
            "instructions/decide/a list refused by its length",
        );
        target(&format!("{shape} / a short list refused by its length, instructions"), 1.0, count);
    }
    target("allocations of a decision, at most", 0.0, Of::Most("allocations/decide/"));
    let added = Of::Difference("allocations/tower/actual/ours", "allocations/tower/actual/bare");
    target("allocations added to an actual response with room, tower", 0.0, added);
    // The header map's entries and its index of them.
    let map = Of::Most("allocations/tower/preflight/ours");
    target("allocations of a preflight, tower: the header map's own two", 2.0, map);
    let million = "1,000,000 origins";
    target(
        "bytes of 1,000,000 origins / 1.6 times their text and 16 bytes each",
        1.0,
        Of::Bytes(million),
    );
    target("seconds to compile 1,000,000 origins", 1.0, Of::Most("seconds/1,000,000 origins"));
    all
}
