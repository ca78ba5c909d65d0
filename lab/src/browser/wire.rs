//! What a browser sends and receives, as it tells it itself.

use std::collections::HashMap;

use cors_core::plain;

/// Header lines, their names in lower case.
pub(super) type Lines = Vec<(String, String)>;

/// A request that was on its way, and what became of it.
#[derive(Default, Debug)]
pub(super) struct Exchange {
    pub(super) url: String,
    pub(super) method: String,
    pub(super) preflight: bool,
    /// The lines sent; none where the browser stopped it before.
    pub(super) lines: Option<Lines>,
    /// The status and the lines that came back.
    pub(super) received: Option<(u16, Lines)>,
    /// Chromium's own word for what CORS has against it.
    pub(super) cors_error: Option<String>,
    pub(super) ended: bool,
}

/// Every exchange of a page, in the order begun, and what the console says.
#[derive(Default)]
pub(super) struct Wire {
    pub(super) exchanges: Vec<Exchange>,
    pub(super) console: Vec<String>,
    by_id: HashMap<String, usize>,
}

impl Exchange {
    /// The head as it was sent, if it was.
    pub(super) fn sent(&self) -> Option<plain::Request> {
        let lines = self.lines.as_ref()?.iter().map(|(name, value)| (&**name, &**value));
        Some(plain::Request::new(self.method.as_str(), lines))
    }
}

impl Wire {
    /// Exchanges that were recorded on their way.
    pub(super) fn recorded(exchanges: Vec<Exchange>) -> Self {
        Self { exchanges, ..Self::default() }
    }

    /// The exchange that the browser calls by this name, which may be a new one.
    pub(super) fn exchange(&mut self, id: &str) -> &mut Exchange {
        let next = self.exchanges.len();
        let at = *self.by_id.entry(id.to_owned()).or_insert(next);
        if at == next {
            self.exchanges.push(Exchange::default());
        }
        &mut self.exchanges[at]
    }

    /// The exchanges of one URL, in the order begun.
    pub(super) fn of<'a>(&'a self, url: &'a str) -> impl Iterator<Item = &'a Exchange> {
        self.exchanges.iter().filter(move |exchange| exchange.url == url)
    }

    /// The first thing that the console says with this text in it.
    pub(super) fn says(&self, text: &str) -> Option<&str> {
        self.console.iter().map(String::as_str).find(|said| said.contains(text))
    }
}
