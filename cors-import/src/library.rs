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

    /// The name as its users write it, for sentences.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Express => "Express",
            Self::Flask => "Flask-CORS",
            Self::Starlette => "Starlette",
            Self::Django => "Django",
            Self::Sinatra => "Sinatra",
            Self::RackCors => "rack-cors",
            Self::Laravel => "Laravel",
        }
    }

    /// The page of `docs/coming-from` for its users.
    pub const fn page(self) -> &'static str {
        match self {
            Self::Starlette => "fastapi",
            Self::RackCors => "rails",
            library => library.as_str(),
        }
    }

    /// Differences that every configuration has.
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

    /// The library with this name, or the framework that it is for: `fastapi`, `rails`.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "fastapi" => return Some(Self::Starlette),
            "rails" => return Some(Self::RackCors),
            "sinatra-cors" => return Some(Self::Sinatra),
            "django-cors-headers" => return Some(Self::Django),
            "flask-cors" => return Some(Self::Flask),
            _ => {}
        }
        Self::ALL.into_iter().find(|library| library.as_str() == name)
    }
}

impl fmt::Display for Library {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::{Django, Express, Flask, Laravel, Sinatra, Starlette, options::Options};

    fn keys(library: Library) -> &'static [&'static str] {
        match library {
            Library::Express => Express::KEYS,
            Library::Flask => Flask::KEYS,
            Library::Starlette => Starlette::KEYS,
            Library::Django => Django::KEYS,
            Library::Sinatra => Sinatra::KEYS,
            Library::Laravel => Laravel::KEYS,
            // Its options are those of blocks.
            Library::RackCors => &[
                "allow do",
                "origins",
                "resource",
                "methods",
                "headers",
                "expose",
                "credentials",
                "max_age",
                "vary",
                "if",
                "debug",
                "logger",
            ],
        }
    }

    #[test]
    fn the_page_of_a_library_has_every_option_in_its_table() {
        for library in Library::ALL {
            let path =
                format!("{}/../docs/coming-from/{}.md", env!("CARGO_MANIFEST_DIR"), library.page());
            let page = fs::read_to_string(&path).expect("the page is there");
            let (_, table) = page.split_once("## Every option").expect("the page has a table");
            let (table, _) = table.split_once("\n## ").expect("a part follows");
            for key in keys(library) {
                let is_named = |line: &str| {
                    let option = line.trim_start_matches("| ").split(" | ").next();
                    option.is_some_and(|option| option.contains(&format!("`{key}")))
                };
                assert!(table.lines().any(is_named), "{path}: no {key}");
            }
        }
    }
}
