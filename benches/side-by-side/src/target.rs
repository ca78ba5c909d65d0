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
    /// The instructions that ours adds, in this framework and case.
    Added(&'static str, &'static str),
    /// The same by what theirs adds.
    Overhead(&'static str, &'static str),
    /// What a denied actual request adds, less what a request without `Origin` adds.
    Denied(&'static str),
    /// The percentage that ours adds to a whole server's instructions.
    Server(&'static str, &'static str),
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
            Of::Added(framework, case) => measured.added(framework, case, "ours"),
            Of::Overhead(framework, case) => {
                let of = |side| measured.added(framework, case, side);
                Some(of("ours")? / of("theirs")?)
            }
            Of::Denied(framework) => {
                let of = |case| measured.added(framework, case, "ours");
                Some(of("actual, denied")? - of("no Origin")?)
            }
            Of::Server(framework, case) => {
                let of = |side| fact(&format!("server/{framework}/{case}/{side}"));
                Some((of("ours")? / of("bare")? - 1.0) * 100.0)
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
    let preflight =
        Of::Facts("instructions/apply/preflight".to_owned(), "instructions/bare/preflight");
    target("decide and apply, preflight / the same, instructions", 1.0, preflight);
    instructions(&mut target);
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
    target("bytes of a policy of one origin", 1_024.0, Of::Most("bytes/1 origin"));
    let growth = |one: &str, other| Of::Facts(format!("growth/{one}"), other);
    for (what, limit, of) in [
        ("a path of 60 KB / of 1 KB", 1.0, growth("a path of 60 KB", "growth/a path of 1 KB")),
        (
            "1,000 allowed headers requested in reverse / in order",
            2.0,
            growth("headers in reverse", "growth/headers in order"),
        ),
        (
            "the last of 1,000 allowed headers / the first",
            2.0,
            growth("the last header", "growth/the first header"),
        ),
        ("seconds to compile 300 patterns", 1.0, Of::Most("growth/patterns/")),
        (
            "100,000 policies by path: time to compile / of half as many",
            2.5,
            growth("policies by path/100000", "growth/policies by path/50000"),
        ),
    ] {
        target(what, limit, of);
    }
    target("seconds to compile 1,000,000 origins", 1.0, Of::Most("seconds/1,000,000 origins"));
    all
}

/// The targets of the frameworks and of whole servers.
fn instructions(target: &mut impl FnMut(&str, f64, Of)) {
    for (case, limit) in [("no Origin", 650.0), ("actual", 1_150.0), ("preflight", 1_200.0)] {
        let what = format!("tower, {case}: instructions that ours adds");
        target(&what, limit, Of::Added("tower", case));
    }
    let what = "tower, actual, denied: instructions more than without Origin";
    target(what, 200.0, Of::Denied("tower"));
    for (framework, case, limit) in [
        ("actix-web", "actual", 0.65),
        ("salvo", "actual", 0.26),
        ("rocket", "actual", 0.26),
        ("rocket", "no Origin", 1.2),
        ("poem", "actual", 1.05),
        ("warp", "actual", 1.1),
        ("warp, as a filter", "actual", 2.7),
        ("axum", "actual, 1,000 origins", 0.05),
    ] {
        let what = format!("{framework}, {case}: instructions ours adds / theirs adds");
        target(&what, limit, Of::Overhead(framework, case));
    }
    for (framework, case, limit) in [
        ("axum", "actual", 18.0),
        ("axum, around the router", "actual", 14.0),
        ("actix-web", "actual", 9.0),
        ("actix-web", "no Origin", 5.5),
    ] {
        let what = format!("{framework}, whole server, {case}: % of instructions that ours adds");
        target(&what, limit, Of::Server(framework, case));
    }
}
