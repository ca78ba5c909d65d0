//! A request as it is explained: text, and no more of it than a browser sends.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use crate::{Framework, Kind, Lines, RequestField, RequestHead, header::list::elements};

/// How many header names are read, and how long each may be. A browser's list is shorter.
const NAMES: usize = 200;
const LONGEST_NAME: usize = 1024;

/// What a request asks for.
pub(super) struct Asked {
    pub(super) kind: Kind,
    /// The only `Origin`, byte for byte: `None` if there are several.
    pub(super) origin: Option<Vec<u8>>,
    /// The only method that a preflight asks for.
    pub(super) method: Option<String>,
    /// The headers that a preflight asks for.
    pub(super) headers: Vec<String>,
}

pub(super) fn asked<R: RequestHead>(request: &R) -> Asked {
    let only = |field| match request.find(field) {
        Lines::One(line) => Some(R::Framework::bytes(line).to_vec()),
        Lines::None | Lines::Several => None,
    };
    let has = |field| !matches!(request.find(field), Lines::None);
    let kind = match (has(RequestField::Origin), has(RequestField::Method)) {
        (false, _) => Kind::NotCors,
        (true, true) if request.is_options() => Kind::Preflight,
        (true, _) => Kind::Actual,
    };
    let names =
        request.lines(RequestField::Headers).flat_map(|line| elements(R::Framework::bytes(line)));
    Asked {
        kind,
        origin: only(RequestField::Origin),
        method: only(RequestField::Method).map(|method| text(&method)),
        headers: names
            .take(NAMES)
            .map(|name| text(&name[..name.len().min(LONGEST_NAME)]))
            .collect(),
    }
}

/// Bytes as text: what is not UTF-8 becomes U+FFFD.
pub(super) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).to_string()
}
