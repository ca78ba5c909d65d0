//! Which policy stands for a path, and the naive twin that says so too: each path is a list of
//! segments, and every pattern is compared with it.

use cors_core::{Cors, Denial, Resources, Verdict, plain::Request};

/// The engine and the naive twin find the same policy for a path.
pub(crate) fn check(cors: &Cors, resources: &Resources, path: &[u8]) {
    let request = Request::new("GET", [("origin", "https://a.example")]).to(path);
    let verdict = cors.decide(&request).verdict();
    match find(resources, path) {
        None => assert_eq!(verdict, Verdict::Deny(Denial::Path)),
        Some(number) => {
            let policy = number.and_then(|number| resources.iter().nth(number)?.1);
            assert_eq!(cors.policy_for(&request).as_ref(), policy);
            assert_eq!(verdict == Verdict::NoPolicy, policy.is_none());
        }
    }
}

/// The number of the pattern that stands for a path, unless none does; or nothing where the path is
/// refused.
fn find(resources: &Resources, path: &[u8]) -> Option<Option<usize>> {
    let text = decode(path)?;
    let strict = closest(resources, strict(path), str::eq);
    let lax = closest(resources, lax(&text), str::eq_ignore_ascii_case);
    let policy = |number: Option<usize>| number.map(|number| resources.iter().nth(number)?.1);
    (policy(strict).flatten() == policy(lax).flatten()).then_some(strict)
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

fn lax(text: &str) -> Segments {
    let mut segments = Vec::new();
    let mut slash = false;
    for segment in text.split(['/', '\\']) {
        slash = matches!(segment, "" | "." | "..");
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            name => segments.push(name.to_owned()),
        }
    }
    (segments, slash)
}

fn closest(
    resources: &Resources,
    (path, slash): Segments,
    same: fn(&str, &str) -> bool,
) -> Option<usize> {
    let starts = |pattern: &[&str]| {
        pattern.len() <= path.len() && pattern.iter().zip(&path).all(|(a, b)| same(a, b))
    };
    let rank = |pattern: &str| {
        let below = pattern == "*" || pattern.ends_with("/*");
        let pattern = pattern.trim_start_matches('/').trim_end_matches('*').trim_end_matches('/');
        let segments: Vec<_> = pattern.split('/').filter(|segment| !segment.is_empty()).collect();
        let whole = path.len() == segments.len();
        let is_root = path.is_empty();
        let stands = if below { !whole || slash || is_root } else { whole };
        (starts(&segments) && stands).then_some((segments.len(), !below))
    };
    let ranked = resources.iter().enumerate();
    let ranked = ranked.filter_map(|(number, (pattern, _))| Some((rank(pattern)?, number)));
    ranked.max().map(|(_, number)| number)
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
