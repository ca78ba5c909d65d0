//! The frameworks: each application without CORS, with the peer and with ours.

use cors_peers::{
    AXUM_AROUND, Answer, Application, FRAMEWORKS, Framework, Policy, Request, Side, TOWER,
    WARP_FILTER,
};

use crate::{
    request::{
        ASKED, ORIGIN, SHAPES, STRANGER, actual, large, long_origin, origins, preflight,
        same_origin,
    },
    series::Series,
};

/// What a request's answer has to say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// An origin is allowed.
    Allowed,
    /// None is.
    Denied,
    /// Libraries differ, or the browser compares: only that there is an answer.
    Whatever,
}

/// A policy with a request, in any framework.
pub struct Case {
    /// What it is called.
    pub name: String,
    origins: Option<usize>,
    request: Request,
    wanted: Wanted,
}

/// Every case, in every framework.
pub fn cases() -> Vec<Case> {
    let mut cases = vec![];
    let mut case = |name: &str, origins, request, wanted| {
        cases.push(Case { name: name.to_owned(), origins, request, wanted });
    };
    let one = Some(1);
    case("no Origin", one, same_origin(), Wanted::Whatever);
    case("actual", one, actual(ORIGIN), Wanted::Allowed);
    case("actual, denied", one, actual(STRANGER), Wanted::Denied);
    case("actual, 1,000 origins", Some(1_000), actual(ORIGIN), Wanted::Allowed);
    case("actual, denied, 1,000 origins", Some(1_000), actual(STRANGER), Wanted::Denied);
    case("actual, any", None, actual(ORIGIN), Wanted::Allowed);
    case("preflight", one, preflight(ORIGIN, "PUT", ASKED), Wanted::Allowed);
    case("preflight, origin denied", one, preflight(STRANGER, "PUT", ASKED), Wanted::Denied);
    case("preflight, method denied", one, preflight(ORIGIN, "PATCH", ASKED), Wanted::Whatever);
    case("preflight, header denied", one, preflight(ORIGIN, "PUT", "x-other"), Wanted::Whatever);
    for (name, of) in SHAPES {
        case(name, one, preflight(ORIGIN, "PUT", &large(of)), Wanted::Whatever);
    }
    case("8 KiB of Origin", one, long_origin(), Wanted::Denied);
    cases
}

/// Tower first, then the others, and what is timed beside them.
pub fn frameworks() -> impl Iterator<Item = Framework> {
    std::iter::once(TOWER).chain(FRAMEWORKS).chain([AXUM_AROUND, WARP_FILTER])
}

/// The sides, each with its name in [`Measured`](crate::measured::Measured).
pub const SIDES: [(Side, &str); 3] =
    [(Side::Bare, "bare"), (Side::Old, "theirs"), (Side::Ours, "ours")];

impl Case {
    /// The application on this side, whose answer is asserted.
    ///
    /// # Panics
    ///
    /// Where the answer is not the one that is to be timed.
    pub fn application(&self, framework: &Framework, side: Side) -> Box<dyn Application> {
        let policy = self.origins.map_or_else(Policy::any, |count| Policy::list(origins(count)));
        let mut application = (framework.application)(side, &policy);
        let answer = application.answer(&self.request);
        let right = side == Side::Bare || self.is_right(&answer, side);
        assert!(right, "{}/{}, {side:?}: status {}", framework.name, self.name, answer.status());
        application
    }

    /// Whether the answer is the one to be timed. A denial is that no CORS header allows the
    /// stranger: two peers answer 200 or 400 to it.
    fn is_right(&self, answer: &Answer, side: Side) -> bool {
        let allowed = answer.items("access-control-allow-origin");
        let listed = answer.items("vary").iter().any(|item| item == "origin");
        // Three of the peers send no `Vary` for a list.
        (side == Side::Old || listed == self.origins.is_some())
            && match self.wanted {
                Wanted::Allowed => matches!(allowed, [one] if *one == ORIGIN || *one == "*"),
                Wanted::Denied => !allowed.iter().any(|one| one == STRANGER || one == "*"),
                Wanted::Whatever => true,
            }
    }

    /// The number of calls to count together: fewer for long requests.
    pub fn calls(&self) -> usize {
        let length: usize = self.request.headers().values().map(|value| value.len()).sum();
        if length > 4_096 { 4 } else { 100 }
    }

    /// Its request.
    pub fn request(&self) -> &Request {
        &self.request
    }
}

/// Every case of every framework, three sides next to each other.
pub fn series() -> Vec<Series> {
    let mut all = Vec::new();
    for framework in frameworks() {
        for case in cases() {
            for (side, name) in SIDES {
                let mut application = case.application(&framework, side);
                let request = case.request.clone();
                let name = format!("{}/{}/{name}", framework.name, case.name);
                all.push(Series::new(name, move |times| application.time(&request, times)));
            }
        }
    }
    all
}
