//! A verdict, left beside a request or a response.
//!
//! It is left as a type without a value, one for each verdict: such a box is no allocation.

use cors_core::{Denial, Verdict};
use http::Extensions;

#[derive(Clone, Copy)]
struct Mark<const OF: u8>;

/// Stands beside every [`Mark`]: where none was left, one look-up says so.
#[derive(Clone, Copy)]
struct Left;

/// One line for each verdict and its mark, so that the three ways to use them cannot differ.
macro_rules! marks {
    ($($verdict:pat => $of:literal, $value:expr;)+) => {
        /// Leaves a verdict, in the place of one that was left before.
        pub fn leave_verdict(extensions: &mut Extensions, verdict: Verdict) {
            if extensions.insert(Left).is_some() {
                $(extensions.remove::<Mark<$of>>();)+
            }
            match verdict {
                $($verdict => { extensions.insert(Mark::<$of>); })+
            }
        }

        /// The verdict that was left, if any.
        #[inline]
        pub fn verdict(extensions: &Extensions) -> Option<Verdict> {
            // Hardly any message has extensions.
            if extensions.is_empty() { None } else { find(extensions) }
        }

        #[inline(never)]
        fn find(extensions: &Extensions) -> Option<Verdict> {
            extensions.get::<Left>()?;
            $(if extensions.get::<Mark<$of>>().is_some() {
                return Some($value);
            })+
            None
        }
    };
}

marks! {
    Verdict::NotCors => 0, Verdict::NotCors;
    Verdict::Allow => 1, Verdict::Allow;
    Verdict::Deny(Denial::Origin) => 2, Verdict::Deny(Denial::Origin);
    Verdict::Deny(Denial::Method) => 3, Verdict::Deny(Denial::Method);
    Verdict::Deny(Denial::Header) => 4, Verdict::Deny(Denial::Header);
    Verdict::Deny(Denial::Path) => 5, Verdict::Deny(Denial::Path);
    Verdict::NoPolicy => 6, Verdict::NoPolicy;
    Verdict::Undecided => 7, Verdict::Undecided;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_verdict_left_is_the_one_found() {
        let mut extensions = Extensions::new();
        assert_eq!(verdict(&extensions), None);
        let denials =
            [Denial::Header, Denial::Method, Denial::Origin, Denial::Path].map(Verdict::Deny);
        let others =
            [Verdict::Allow, Verdict::NotCors, Verdict::NoPolicy, Verdict::Undecided, denials[0]];
        for left in denials.into_iter().chain(others) {
            leave_verdict(&mut extensions, left);
            assert_eq!(verdict(&extensions), Some(left));
            assert_eq!(extensions.len(), 2);
        }
    }
}
