//! A text in, policies out.

use std::fmt;

use serde::de::DeserializeOwned;

use crate::{
    Converted, Django, Express, Flask, Inexpressible, Laravel, Library, RackCors, Sinatra,
    Starlette,
};

/// What a configuration is written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// JSON
    Json,
    /// TOML
    Toml,
}

/// Why a text does not become policies.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unreadable {
    /// It is malformed, or has an option that the library does not have.
    Malformed {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
        /// One clause.
        message: String,
    },
    /// A policy cannot say it.
    Inexpressible(Inexpressible),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { line, column, message } => write!(f, "{line}:{column}: {message}"),
            Self::Inexpressible(wrong) => wrong.fmt(f),
        }
    }
}

impl std::error::Error for Unreadable {}

/// Reads a library's configuration and converts it.
///
/// # Errors
///
/// One mistake of the text, with its place; or everything that a policy cannot say.
///
/// ```
/// use cors_import::{Format, Library, import};
///
/// let wrong = import(Library::Django, Format::Json, r#"{"CORS_ALLOWED_ORIGIN": []}"#);
/// assert_eq!(
///     wrong.unwrap_err().to_string(),
///     "django: \"CORS_ALLOWED_ORIGIN\" is not a known option, and Django ignores it: write \
///      CORS_ALLOWED_ORIGINS, or remove it [option]",
/// );
/// ```
pub fn import(library: Library, format: Format, text: &str) -> Result<Converted, Unreadable> {
    let converted = match library {
        Library::Express => read::<Express>(format, text)?.convert(),
        Library::Flask => read::<Flask>(format, text)?.convert(),
        Library::Starlette => read::<Starlette>(format, text)?.convert(),
        Library::Django => read::<Django>(format, text)?.convert(),
        Library::Sinatra => read::<Sinatra>(format, text)?.convert(),
        Library::RackCors => read::<RackCors>(format, text)?.convert(),
        Library::Laravel => read::<Laravel>(format, text)?.convert(),
    };
    converted.map_err(Unreadable::Inexpressible)
}

fn read<T: DeserializeOwned>(format: Format, text: &str) -> Result<T, Unreadable> {
    match format {
        Format::Json => serde_json::from_str(text).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            let shown = error.to_string();
            let place = format!(" at line {line} column {column}");
            let message = shown.strip_suffix(&place).unwrap_or(&shown).to_owned();
            Unreadable::Malformed { line, column: column.max(1), message }
        }),
        Format::Toml => toml::from_str(text).map_err(|error: toml::de::Error| {
            let before = text.get(..error.span().map_or(0, |span| span.start)).unwrap_or_default();
            let line_start = before.rfind('\n').map_or(0, |end| end + 1);
            Unreadable::Malformed {
                line: before.matches('\n').count() + 1,
                column: before[line_start..].chars().count() + 1,
                message: error.message().to_owned(),
            }
        }),
    }
}
