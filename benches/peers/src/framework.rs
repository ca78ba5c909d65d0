//! The same small application in each framework: `GET` and `PUT` of `/items` are 200.

mod actix_web;
mod axum;
mod poem;
mod rocket;
mod salvo;
mod tower;
mod warp;

pub use self::tower::{Copies, copies as tower_copies};
use std::{io, net::TcpListener};

use crate::{application::Application, policy::Policy};

/// Who speaks CORS for the application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Nobody.
    Bare,
    /// The framework's own library, or the one that its users take.
    Old,
    /// Ours.
    Ours,
}

/// Serves an application to whoever connects, until it fails.
pub type Serve = fn(Side, &Policy, TcpListener) -> io::Result<()>;

/// A framework, whose application stands on any side.
pub struct Framework {
    /// Its name.
    pub name: &'static str,
    /// The old library and ours.
    pub(crate) title: &'static str,
    /// The application under this policy, which nobody reads on the bare side.
    pub application: fn(Side, &Policy) -> Box<dyn Application>,
    /// Serves it in one thread, where that can be compared too.
    pub serve: Option<Serve>,
}

/// Tower alone, without a framework: what axum's and warp's adapters stand on.
pub const TOWER: Framework = Framework {
    name: "tower",
    title: "tower-http 0.7 and cors-tower",
    application: tower::application,
    serve: None,
};

/// warp again, with ours around a filter instead of the service.
pub const WARP_FILTER: Framework = Framework {
    name: "warp, as a filter",
    title: "warp 0.4's own and cors-warp's filter",
    application: warp::filter,
    serve: None,
};

/// axum again, with ours around the finished router instead of in `Router::layer`.
pub const AXUM_AROUND: Framework = Framework {
    name: "axum, around the router",
    title: "tower-http 0.7 and cors-axum around the router",
    application: axum::around,
    serve: Some(axum::serve_around),
};

/// Those with a CORS library to compare with ours.
pub const FRAMEWORKS: [Framework; 6] = [
    Framework {
        name: "axum",
        title: "tower-http 0.7 and cors-axum",
        application: axum::application,
        serve: Some(axum::serve),
    },
    Framework {
        name: "actix-web",
        title: "actix-cors 0.7 and cors-actix-web",
        application: actix_web::application,
        serve: Some(actix_web::serve),
    },
    Framework {
        name: "rocket",
        title: "rocket_cors 0.6 and cors-rocket",
        application: rocket::application,
        serve: None,
    },
    Framework {
        name: "warp",
        title: "warp 0.4's own and cors-warp",
        application: warp::application,
        serve: None,
    },
    Framework {
        name: "poem",
        title: "poem 3's own and cors-poem",
        application: poem::application,
        serve: None,
    },
    Framework {
        name: "salvo",
        title: "salvo 1's own and cors-salvo",
        application: salvo::application,
        serve: None,
    },
];
