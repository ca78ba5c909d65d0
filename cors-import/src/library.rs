//! The seven, by name.

use std::fmt;

use crate::Rule;

/// A library whose configurations are known.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Library {
    /// `cors` of express, version 2.8
    Express,
    /// Flask-CORS, version 6.0
    Flask,
    /// `CORSMiddleware` of Starlette and FastAPI, version 1.10
    Starlette,
    /// django-cors-headers, version 4.9
    Django,
    /// sinatra-cross_origin, version 0.4
    Sinatra,
    /// rack-cors of Rails, version 3.0
    RackCors,
    /// Laravel's `HandleCors` and fruitcake's laravel-cors
    Laravel,
}

impl Library {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Express,
        Self::Flask,
        Self::Starlette,
        Self::Django,
        Self::Sinatra,
        Self::RackCors,
        Self::Laravel,
    ];

    /// `express`, `flask`, `starlette`, `django`, `sinatra`, `rack-cors` or `laravel`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Express => "express",
            Self::Flask => "flask",
            Self::Starlette => "starlette",
            Self::Django => "django",
            Self::Sinatra => "sinatra",
            Self::RackCors => "rack-cors",
            Self::Laravel => "laravel",
        }
    }

    /// What is different whatever is configured.
    pub(crate) const fn rules(self) -> &'static [Rule] {
        use Rule::{Exceptions, HandlerHeaders, PathForm, SafelistedPreflights, Unrouted, Vary};
        match self {
            Self::Express => &[Vary, HandlerHeaders, Exceptions, PathForm],
            Self::Laravel => &[HandlerHeaders, Exceptions, PathForm],
            Self::Flask => {
                &[Vary, HandlerHeaders, Exceptions, Unrouted, PathForm, SafelistedPreflights]
            }
            Self::Starlette => &[HandlerHeaders, Exceptions],
            Self::Django => &[HandlerHeaders, Exceptions, PathForm],
            Self::Sinatra => &[Vary, HandlerHeaders, Exceptions, Unrouted],
            Self::RackCors => &[Vary, HandlerHeaders, Exceptions, PathForm],
        }
    }

    /// The library with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|library| library.as_str() == name)
    }
}

impl fmt::Display for Library {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
