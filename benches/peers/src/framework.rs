//! The same small application in each framework: `GET` and `PUT` of `/items` are 200.

mod actix_web;
mod axum;
mod poem;
mod rocket;
mod salvo;
mod warp;

use crate::{answer::Answer, policy::Policy, row::Row};

/// Answers one request in process.
pub(crate) type Side = fn(Policy, &Row) -> Answer;

/// A framework with its two sides.
pub(crate) struct Framework {
    /// The old library and ours.
    pub(crate) title: &'static str,
    pub(crate) old: Side,
    pub(crate) ours: Side,
}

pub(crate) const FRAMEWORKS: [Framework; 6] = [
    Framework { title: "tower-http 0.7 and cors-axum", old: axum::old, ours: axum::ours },
    Framework {
        title: "actix-cors 0.7 and cors-actix-web",
        old: actix_web::old,
        ours: actix_web::ours,
    },
    Framework { title: "rocket_cors 0.6 and cors-rocket", old: rocket::old, ours: rocket::ours },
    Framework { title: "warp 0.4's own and cors-warp", old: warp::old, ours: warp::ours },
    Framework { title: "poem 3's own and cors-poem", old: poem::old, ours: poem::ours },
    Framework { title: "salvo 1's own and cors-salvo", old: salvo::old, ours: salvo::ours },
];

fn block_on<T>(answer: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime can be built").block_on(answer)
}
