//! The head of a response with headers and extensions of `http`.

use http::{Extensions, HeaderMap, HeaderName, HeaderValue};

use crate::{Between, between};

/// Changes the response of the inner of two layers, if there is code between them.
pub fn change(between: Option<Between>, headers: &mut HeaderMap, extensions: &mut Extensions) {
    if let Some(between) = between {
        between.change(&mut Head { headers, extensions });
    }
}

struct Head<'a> {
    headers: &'a mut HeaderMap,
    extensions: &'a mut Extensions,
}

impl between::Head for Head<'_> {
    fn lines(&self) -> Vec<(String, Vec<u8>)> {
        let lines = self.headers.iter();
        lines.map(|(name, value)| (name.to_string(), value.as_bytes().to_vec())).collect()
    }

    fn set_lines(&mut self, lines: Vec<(String, Vec<u8>)>) {
        self.headers.clear();
        for (name, value) in lines {
            let name = HeaderName::try_from(name).expect("it was a name");
            self.headers.append(name, HeaderValue::try_from(value).expect("it was a value"));
        }
    }

    fn set(&mut self, name: &'static str, value: &'static str) {
        // The value of a program that knows nothing of the engine's own constants.
        let value = HeaderValue::try_from(value.to_owned()).expect("it is visible");
        self.headers.insert(name, value);
    }

    fn drop_extensions(&mut self) {
        self.extensions.clear();
    }
}
