//! Whatever arrives, and whatever the handler wrote, every response keeps the laws of the wire.

use proptest::prelude::{Just, Strategy, proptest};

use crate::{strategy, support::wire};

proptest! {
    #![proptest_config(strategy::cases(4000))]

    #[test]
    fn every_response_keeps_the_laws(
        (policy, request, handler) in strategy::policy().prop_flat_map(|policy| {
            let request = strategy::request(&policy);
            (Just(policy), request, strategy::handler())
        })
    ) {
        if let Ok(cors) = policy.compile() {
            wire::check(&cors, &request, &handler);
        }
    }
}
