//! The handler that the suite owns: it records being called, and its answer is known.

mod replies;

use std::{
    panic,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use replies::{GET_ONLY, METHOD_NOT_ALLOWED, PANIC, REPLIES, UNROUTED};

/// A handler that counts its calls. Clones count together.
#[derive(Clone, Default, Debug)]
pub struct Spy(Arc<AtomicUsize>);

/// What the handler answers, for the adapter to make its framework's response of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reply {
    /// The status code.
    pub status: u16,
    /// The header lines, in order.
    pub headers: &'static [(&'static str, &'static str)],
    /// The body.
    pub body: Body,
}

/// A [`Reply`]'s body.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Body {
    /// One piece, of a known length.
    Full(&'static str),
    /// Pieces that arrive one after the other, of a length that is not known.
    Stream(&'static [&'static str]),
}

/// Every path that a router gives to the handler.
pub fn routes() -> impl Iterator<Item = Route> {
    let paths = REPLIES.iter().map(|(path, _)| *path).chain([PANIC]);
    paths.map(|path| Route { path, get_only: path == GET_ONLY })
}

/// A path that a router gives to the handler.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Route {
    /// The path.
    pub path: &'static str,
    /// Whether only `GET` goes to the handler, and every other method gets the router's own 405.
    pub get_only: bool,
}

impl Spy {
    /// The handler's answer, by the request's path.
    ///
    /// # Panics
    ///
    /// On `/panic`: what catches panics stands between this and the layer.
    pub fn call(&self, method: &str, path: &str) -> Reply {
        self.0.fetch_add(1, Ordering::Relaxed);
        if path == PANIC {
            // Not `panic!`, whose message would only be noise among the tests' lines.
            panic::resume_unwind(Box::new("the handler panics"));
        }
        Reply::to(method, path)
    }

    /// How often the handler was called.
    pub fn calls(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

impl Reply {
    /// What whatever caught the handler's panic answers.
    pub const CAUGHT: Self = Self { status: 500, headers: &[], body: Body::Full("") };

    pub(crate) fn to(method: &str, path: &str) -> Self {
        match REPLIES.iter().find(|(known, _)| *known == path) {
            Some(&(GET_ONLY, _)) if method != "GET" => METHOD_NOT_ALLOWED,
            Some(&(_, reply)) => reply,
            None if path == PANIC => Self::CAUGHT,
            None => UNROUTED,
        }
    }

    /// Whether a router answers in the handler's place.
    pub(crate) fn is_routers(&self) -> bool {
        [UNROUTED, METHOD_NOT_ALLOWED].contains(self)
    }

    /// Whether the framework makes this response, so that its body is not known.
    pub(crate) fn is_frameworks(&self) -> bool {
        self.is_routers() || *self == Self::CAUGHT
    }
}

impl Body {
    /// The body's pieces.
    pub fn chunks(&self) -> &[&'static str] {
        match self {
            Self::Full(text) => std::slice::from_ref(text),
            Self::Stream(chunks) => chunks,
        }
    }
}
