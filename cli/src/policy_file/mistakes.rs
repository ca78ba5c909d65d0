//! Mistakes in a file, and their places.

use std::{
    error::Error,
    fmt,
    path::{Path, PathBuf},
};

/// The longest line that is shown below a mistake, in bytes.
const SHOWN: usize = 160;

/// Everything that is wrong with a file.
#[derive(Debug)]
pub(crate) struct Mistakes {
    path: PathBuf,
    mistakes: Vec<Mistake>,
}

/// One thing that is wrong.
#[derive(Debug)]
pub(super) struct Mistake {
    message: String,
    place: Option<Place>,
}

/// A line and a column, from 1, and the text of the line.
#[derive(Debug)]
pub(super) struct Place {
    line: usize,
    column: usize,
    text: String,
}

impl Mistakes {
    pub(super) fn new(path: &Path, mistakes: Vec<Mistake>) -> Self {
        Self { path: path.to_owned(), mistakes }
    }
}

impl Mistake {
    pub(super) fn new(message: impl Into<String>, place: Option<Place>) -> Self {
        Self { message: message.into(), place }
    }
}

impl Place {
    /// The place of a byte.
    pub(super) fn of(text: &str, offset: usize) -> Self {
        let before = &text[..offset];
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        Self::new(text, before.matches('\n').count() + 1, before[start..].chars().count() + 1)
    }

    pub(super) fn new(text: &str, line: usize, column: usize) -> Self {
        let text = text.lines().nth(line - 1).unwrap_or_default().to_owned();
        Self { line, column, text }
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        for (at, Mistake { message, place }) in self.mistakes.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            match place {
                Some(place) => {
                    write!(f, "{path}:{}:{}: {message}{place}", place.line, place.column)?
                }
                None => write!(f, "{path}: {message}")?,
            }
        }
        Ok(())
    }
}

/// The line, and a mark below the column, unless the line is too long to be read.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.text.len() > SHOWN {
            return Ok(());
        }
        let line = self.line.to_string();
        let indent: String = self
            .text
            .chars()
            .take(self.column.saturating_sub(1))
            .map(|char| if char == '\t' { char } else { ' ' })
            .collect();
        write!(f, "\n{line} | {}\n{:width$} | {indent}^", self.text, "", width = line.len())
    }
}

impl Error for Mistakes {}
