//! The names in `Vary`.

use alloc::{borrow::Cow, boxed::Box, string::String, vec::Vec};

use crate::{
    Framework, RequestField, ResponseField, ResponseHead, header::list::elements, literal, method,
};

/// A set of the names that this engine may put into `Vary`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Vary(u8);

impl Vary {
    pub(crate) const NONE: Self = Self(0);
    /// `Origin`
    pub(crate) const ORIGIN: Self = Self(1);
    /// `Access-Control-Request-Method`
    pub(crate) const METHOD: Self = Self(2);
    /// `Access-Control-Request-Headers`
    pub(crate) const HEADERS: Self = Self(4);
    /// `Access-Control-Request-Private-Network`
    pub(crate) const PRIVATE_NETWORK: Self = Self(8);
    const ALL: Self = Self(15);

    /// Every name, with the request header that it is.
    const NAMES: [(Self, RequestField); 4] = [
        (Self::ORIGIN, RequestField::Origin),
        (Self::METHOD, RequestField::Method),
        (Self::HEADERS, RequestField::Headers),
        (Self::PRIVATE_NETWORK, RequestField::PrivateNetwork),
    ];

    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    const fn has(self, name: Self) -> bool {
        self.0 & name.0 != 0
    }

    /// The names in one line of a response.
    pub(crate) fn of_line(line: &[u8]) -> Self {
        elements(line).fold(Self::NONE, |found, element| {
            let is = |field: RequestField| element.eq_ignore_ascii_case(field.name().as_bytes());
            found.and(match Self::NAMES.into_iter().find(|(_, field)| is(*field)) {
                Some((name, _)) => name,
                // It already says that everything matters: nothing is missing.
                None if element == b"*" => Self::ALL,
                None => Self::NONE,
            })
        })
    }

    /// The set as text, if it is not empty.
    pub(crate) fn text(self) -> Option<Cow<'static, str>> {
        let common =
            literal::vary(self.has(Self::ORIGIN), self.has(Self::METHOD), self.has(Self::HEADERS));
        if !self.has(Self::PRIVATE_NETWORK) {
            return common.map(Cow::Borrowed);
        }
        let common = common.into_iter();
        Some(join(common.chain([literal::PRIVATE_NETWORK])).into())
    }
}

/// Names in `Vary` that are not the engine's: those of headers that a predicate read.
#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) struct OtherNames(pub(crate) Vec<String>);

impl OtherNames {
    /// The names of both.
    pub(crate) fn join(one: Option<Box<Self>>, other: Option<Box<Self>>) -> Option<Box<Self>> {
        match (one, other) {
            (Some(mut one), Some(other)) => {
                one.0.extend(other.0);
                Some(one)
            }
            (one, other) => one.or(other),
        }
    }

    /// Adds the names that `Vary` does not list yet. Returns whether the line was rewritten, and has
    /// lost the engine's mark.
    #[cold]
    #[inline(never)]
    pub(crate) fn merge<H: ResponseHead>(&self, head: &mut H) -> bool {
        let mut lines = Vec::new();
        head.fields(|field, value| {
            if field == ResponseField::Vary {
                lines.push(value.to_vec());
            }
        });
        let mut missing: Vec<&str> = Vec::new();
        for name in &self.0 {
            let is =
                |element: &[u8]| element == b"*" || element.eq_ignore_ascii_case(name.as_bytes());
            let is_listed = lines.iter().any(|line| elements(line).any(is));
            if !is_listed && !missing.iter().any(|known| is(known.as_bytes())) {
                missing.push(name);
            }
        }
        if missing.is_empty() {
            return false;
        }
        let texts: Option<Vec<&str>> = lines.iter().map(|line| visible(line)).collect();
        let is_rewritten = texts.is_some();
        if is_rewritten {
            head.remove(ResponseField::Vary);
        }
        let line = join(texts.unwrap_or_default().into_iter().chain(missing));
        head.append(ResponseField::Vary, H::Framework::value(line.into()));
        is_rewritten
    }
}

/// Returns true if the text is the name of a header.
pub(crate) fn is_name(text: &str) -> bool {
    method::is_token(text.as_bytes())
}

/// The line as text, if it can be sent as it is.
pub(crate) fn visible(line: &[u8]) -> Option<&str> {
    let text = core::str::from_utf8(line).ok()?;
    text.bytes().all(|byte| matches!(byte, b' '..=b'~')).then_some(text)
}

/// The elements of a list with commas between them.
pub(crate) fn join<'a>(elements: impl Iterator<Item = &'a str>) -> String {
    let mut joined = String::new();
    for element in elements.filter(|element| !element.trim().is_empty()) {
        if !joined.is_empty() {
            joined.push_str(", ");
        }
        joined.push_str(element);
    }
    joined
}
