//! The engine decides a path only where every naive reader finds the same policy.

use cors_core::{Policy, Resources};
use proptest::{
    collection::vec,
    prelude::{Strategy, proptest},
    sample::select,
};

use crate::{strategy, support};

fn pattern() -> impl Strategy<Value = String> {
    let segments = vec(select(&["a", "b", "ab", "C", "\u{e9}", ".a"][..]), 0..4);
    (segments, select(&["", "/*"][..])).prop_map(|(segments, end)| match segments.as_slice() {
        [] if end.is_empty() => "/".into(),
        segments => segments.iter().map(|segment| format!("/{segment}")).collect::<String>() + end,
    })
}

fn path() -> impl Strategy<Value = Vec<u8>> {
    let piece = select(
        &[
            "/", "/", "/", "a", "b", "ab", "C", "c", "A", "%61", "%C3%A9", "\u{e9}", "..", ".",
            "%2e", "%2F", "\\", "%5C", "%", "%ff", "%c3", "+", "//", ".a", "%25", ";", ";v=1",
            "%3B", "...", ". ", "%20", "%252e", "%252F", "%255c", "%253b",
        ][..],
    );
    vec(piece, 0..12).prop_map(|pieces| ["/", &pieces.concat()].concat().into_bytes())
}

proptest! {
    #![proptest_config(strategy::cases(5_000))]

    #[test]
    fn no_reader_finds_another_policy(
        patterns in vec((pattern(), 0..4_usize), 2..8),
        path in path(),
    ) {
        let mut resources = Resources::new();
        for (pattern, number) in patterns {
            resources = match number {
                0 => resources.without(pattern),
                number => {
                    let origin = format!("https://p{number}.example");
                    resources.at(pattern, Policy::new().allow_origins([origin]))
                }
            };
        }
        // Paths that clash are another test's.
        if let Ok(cors) = resources.compile() {
            support::path::check(&cors, &resources, &path);
        }
    }
}
