//! The matcher and the parsers do what their naive twins do.

use cors_core::{Cors, Policy, plain::Request};
use proptest::{
    collection::vec,
    prelude::{Just, Strategy, proptest},
    sample::select,
};

use crate::{strategy, support::origin};

/// Entries, and origins near them. Beyond three literals the matcher hashes, so that both sides of
/// that number are tried.
fn entries_and_origins() -> impl Strategy<Value = (Vec<String>, Vec<String>)> {
    select(&[1, 3, 4, 30][..]).prop_flat_map(|count| vec(strategy::entry(), count)).prop_flat_map(
        |entries| {
            let origins = vec(strategy::near_origin(&entries), 20);
            (Just(entries), origins)
        },
    )
}

proptest! {
    #![proptest_config(strategy::cases(500))]

    #[test]
    fn the_matcher_allows_what_the_entries_cover((entries, origins) in entries_and_origins()) {
        let cors: Cors = Policy::new().allow_origins(&entries).compile().expect("valid entries");
        for text in origins {
            origin::check_matcher(&cors, &entries, text.as_bytes());
        }
    }

    #[test]
    fn the_parsers_agree((_, origins) in entries_and_origins()) {
        for text in origins {
            origin::check_parsers(text.as_bytes());
        }
    }

    #[test]
    fn an_entry_compiles_or_explains_itself((entries, origins) in entries_and_origins()) {
        for text in origins.iter().chain(&entries) {
            origin::check_entry(text, origins[0].as_bytes());
        }
    }

    #[test]
    fn a_predicate_is_asked_about_the_undecided_origin(
        (policy, request) in strategy::policy().prop_flat_map(|policy| {
            let request = strategy::request(&policy);
            (Just(policy), request)
        })
    ) {
        if let Ok(cors) = policy.compile() {
            check_predicate(&cors, &request);
        }
    }
}

fn check_predicate(cors: &Cors, request: &Request) {
    let undecided = cors.undecided_origin(request);
    let mut asked = None;
    let decision = cors.decide_with(request, |origin| {
        asked = Some(origin.to_string());
        true
    });
    assert_eq!(asked, undecided.map(|origin| origin.to_string()));
    let told = cors.decide(request).verdict().is_origin_denied();
    assert_eq!(told && undecided.is_none(), decision.verdict().is_origin_denied());
}
