//! A policy and what is compiled from it are the same thing.

use cors_core::{Cors, PolicyErrors};
use proptest::prelude::{Strategy, proptest};

use crate::{strategy, support::wire};

proptest! {
    #![proptest_config(strategy::cases(2000))]

    #[test]
    fn compiled_again_it_decides_the_same(
        (policy, request, handler) in strategy::policy().prop_flat_map(|policy| {
            let request = strategy::request(&policy);
            (proptest::prelude::Just(policy), request, strategy::handler())
        })
    ) {
        let compiled: Result<Cors, PolicyErrors> = policy.compile();
        match compiled {
            Ok(cors) => {
                let written = cors.resources();
                let again: Cors = written.compile().expect("it compiled before");
                assert_eq!(again.resources(), written);
                let [first, second] =
                    [&cors, &again].map(|cors| wire::outcome(cors, &request, &handler));
                assert_eq!(first, second);
            }
            Err(errors) => {
                let again: Result<Cors, PolicyErrors> = policy.clone().compile();
                assert_eq!(again.err(), Some(errors));
            }
        }
    }

    #[cfg(feature = "serde")]
    #[test]
    fn written_as_data_it_is_read_again(policy in strategy::policy()) {
        let json = serde_json::to_string(&policy).expect("a policy is data");
        assert_eq!(serde_json::from_str::<cors_core::Policy>(&json).expect("just written"), policy);
    }
}
