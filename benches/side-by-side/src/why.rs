//! Why a target is missed, where it is: what profiles of single cases showed. Times are those of the
//! machine that they were taken on, and only their proportions are meant.

/// How the target's name begins, and the reason.
const REASONS: [(&str, &str); 10] = [
    (
        "decide, actual / bare",
        "deciding takes 14 to 16 ns, of which the look-up of `Origin` is half; the bare insertion reads \
         from 45 to 61 ns by the layout of the program alone, so that the ratio is 0.25 to 0.34.",
    ),
    (
        "decide and apply, preflight",
        "three look-ups in the request's map take 18 ns, and what is compared about as much; the six \
         insertions are the floor itself. One pass over the request's lines in the place of the \
         look-ups was slower, and leaving out the look at the response's lines gained 1 %.",
    ),
    (
        "tower, actual:",
        "a layer that clones the origin and inserts three headers, and decides nothing, adds 77 ns \
         already, and deciding 15. The rest is moving: a request of 224 bytes and a future of 200. \
         Applying the decision in place, or packing it smaller, did not help.",
    ),
    (
        "tower, actual, 1,000 origins:",
        "what ours adds is the same as among one. Theirs compares origin by origin, which takes less \
         than the target supposes as long as nobody clones its list: in axum each request does.",
    ),
    (
        "tower, preflight:",
        "as of a preflight above: the map of the answer is allocated and filled by both, and theirs \
         compares neither the method nor the headers.",
    ),
    (
        "axum, actual",
        "axum clones and boxes a layer for each request, which takes 115 ns for a layer that does \
         nothing, and 250 ns for one that inserts these headers and decides nothing. Among 1,000 \
         origins that alone is 0.0067 of what theirs adds.",
    ),
    (
        "actix-web, actual",
        "ours takes 2,050 instructions and theirs 2,757; in time the two are near to each other, and \
         runs differ from 0.75 to 0.93.",
    ),
    (
        "poem, actual",
        "ours looks at the response's lines for `Vary`, and at what an inner layer may have left: 1,872 \
         instructions against 1,629. Theirs sends no `Vary` for a list.",
    ),
    (
        "warp, actual",
        "all but some 10 ns is the tower layer's own, which by itself takes as long as warp's wrapper. \
         Theirs sends no `Vary` for a list; ours looks at the response's lines for it.",
    ),
    (
        "decide among 1,000,000 origins",
        "a thousand origins take as long as a million: it is the hash of the origin and one slot of a \
         table against comparing with the only origin there is, and not the cache.",
    ),
];

/// The reason, where one is known.
pub fn why(target: &str) -> Option<&'static str> {
    REASONS.iter().find(|(start, _)| target.starts_with(start)).map(|(_, reason)| *reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::targets;

    #[test]
    fn every_reason_is_some_targets() {
        for (start, _) in REASONS {
            assert!(targets().iter().any(|target| target.what.starts_with(start)), "{start}");
        }
    }
}
