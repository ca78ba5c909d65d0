//! Readers of a path, each written naively: a text is changed, and every pattern is compared with
//! its segments. No spelling may lead any of them to another policy.

use cors_core::{Cors, Denial, Policy, Resources, Verdict, plain::Request};

/// The engine decides a path only where every reader finds the same policy.
pub(crate) fn check(cors: &Cors, resources: &Resources, path: &[u8]) {
    let request = Request::new("GET", [("origin", "https://a.example")]).to(path);
    let verdict = cors.decide(&request).verdict();
    if verdict == Verdict::Deny(Denial::Path) {
        assert!(!is_plain(path), "{} is plain", path.escape_ascii());
        return;
    }
    let text = decode(path).expect("an unsound path is denied");
    let found = cors.policy_for(&request);
    let found = found.as_ref();
    assert_eq!(verdict == Verdict::NoPolicy, found.is_none());
    assert_eq!(closest(resources, &strict(path), str::eq), found);
    for reader in Reader::all() {
        let segments = reader.read(&text);
        let read = closest(resources, &segments, str::eq_ignore_ascii_case);
        assert_eq!(read, found, "{reader:?} reads {text:?} as {segments:?}");
    }
}

/// A path that every reader reads alike.
fn is_plain(path: &[u8]) -> bool {
    let path = path.strip_prefix(b"/").unwrap_or(path);
    path.split(|byte| *byte == b'/').all(|segment| {
        !segment.is_empty() && segment.iter().all(|byte| matches!(byte, b'a' | b'b'))
    })
}

/// What one reader does to a path.
#[derive(Clone, Copy, Debug)]
struct Reader {
    decodes_again: usize,
    backslashes: bool,
    parameters: bool,
    trims: bool,
}

impl Reader {
    fn all() -> impl Iterator<Item = Self> {
        (0..24).map(|number: usize| Self {
            decodes_again: number / 8,
            backslashes: number & 1 != 0,
            parameters: number & 2 != 0,
            trims: number & 4 != 0,
        })
    }

    /// Empty segments and those of dots are resolved.
    fn read(self, text: &str) -> Segments {
        let mut text = text.to_owned();
        for _ in 0..self.decodes_again {
            text = decode(text.as_bytes()).unwrap_or(text);
        }
        let separators: &[char] = if self.backslashes { &['/', '\\'] } else { &['/'] };
        let mut segments: Vec<String> = Vec::new();
        let mut slash = false;
        for mut segment in text.split(separators) {
            if self.parameters {
                segment = segment.split(';').next().unwrap_or_default();
            }
            if self.trims && !matches!(segment, "." | "..") {
                segment = segment.trim_end_matches(['.', ' ']);
            }
            slash = matches!(segment, "" | "." | "..");
            match segment {
                "." | "" => {}
                ".." => drop(segments.pop()),
                name => segments.push(name.to_owned()),
            }
        }
        (segments, slash)
    }
}

/// Segments, and whether a slash follows the last.
type Segments = (Vec<String>, bool);

fn strict(path: &[u8]) -> Segments {
    let path = path.strip_prefix(b"/").unwrap_or(path);
    let segments =
        path.split(|byte| *byte == b'/').map(|segment| decode(segment).unwrap_or_default());
    let mut segments: Vec<_> = segments.collect();
    let slash = segments.last().is_some_and(String::is_empty);
    if slash {
        segments.pop();
    }
    (segments, slash)
}

/// The policy of the closest pattern.
fn closest<'a>(
    resources: &'a Resources,
    (path, slash): &Segments,
    same: fn(&str, &str) -> bool,
) -> Option<&'a Policy> {
    let starts = |pattern: &[&str]| {
        pattern.len() <= path.len() && pattern.iter().zip(path).all(|(a, b)| same(a, b))
    };
    let rank = |pattern: &str| {
        let below = pattern == "*" || pattern.ends_with("/*");
        let pattern = pattern.trim_start_matches('/').trim_end_matches('*').trim_end_matches('/');
        let segments: Vec<_> = pattern.split('/').filter(|segment| !segment.is_empty()).collect();
        let whole = path.len() == segments.len();
        let is_root = path.is_empty();
        let covers = if below { !whole || *slash || is_root } else { whole && (!slash || is_root) };
        (starts(&segments) && covers).then_some((segments.len(), !below))
    };
    let ranked = resources.iter().filter_map(|(pattern, policy)| Some((rank(pattern)?, policy)));
    ranked.max_by_key(|(rank, _)| *rank).and_then(|(_, policy)| policy)
}

/// Decoded once, if it can be.
fn decode(path: &[u8]) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = path;
    while let [first, after @ ..] = rest {
        let (byte, after) = match (first, after) {
            (b'%', [high, low, after @ ..]) => (hex(*high)? << 4 | hex(*low)?, after),
            (b'%', _) => return None,
            _ => (*first, after),
        };
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8(bytes).ok().filter(|text| !text.bytes().any(|byte| byte.is_ascii_control()))
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| digit.try_into().ok())
}
