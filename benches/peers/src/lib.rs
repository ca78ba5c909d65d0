//! The frameworks' own CORS middleware beside ours, request by request.

mod answer;
mod application;
mod framework;
mod policy;
mod row;
mod table;

pub use answer::Answer;
pub use application::{Application, Request};
pub use framework::{
    AXUM_AROUND, Copies, FRAMEWORKS, Framework, Serve, Side, TOWER, WARP_FILTER, tower_copies,
};
pub use policy::Policy;
pub use table::differences;

/// The examples of the pages about moving from one to the other.
#[cfg(doctest)]
mod pages {
    #[doc = include_str!("../../../docs/migrating/README.md")]
    struct Common;
    #[doc = include_str!("../../../docs/migrating/actix-cors.md")]
    struct ActixCors;
    #[doc = include_str!("../../../docs/migrating/poem.md")]
    struct Poem;
    #[doc = include_str!("../../../docs/migrating/rocket_cors.md")]
    struct RocketCors;
    #[doc = include_str!("../../../docs/migrating/salvo.md")]
    struct Salvo;
    #[doc = include_str!("../../../docs/migrating/tower-http.md")]
    struct TowerHttp;
    #[doc = include_str!("../../../docs/migrating/warp.md")]
    struct Warp;
}
