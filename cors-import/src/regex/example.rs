//! An origin that a pattern matches and that belongs to a stranger.

use cors_core::Origin;
use regex_syntax::hir::{Class, Hir, HirKind};

/// More alternatives than this are not looked at.
const MOST: usize = 64;

/// An origin whose registrable domain the pattern leaves open, and whether it is under a suffix of a
/// hosting provider.
pub(crate) fn stranger(pattern: &str) -> Option<(String, bool)> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let (some, others) = (examples(&hir, ['x', '1'])?, examples(&hir, ['q', '2'])?);
    some.into_iter().zip(others).find_map(|(one, other)| {
        let (mine, theirs) = (domain(&one)?, domain(&other)?);
        (mine != theirs).then(|| {
            let private = psl::suffix(mine.as_bytes())
                .is_some_and(|suffix| suffix.typ() == Some(psl::Type::Private));
            (one.clone(), private)
        })
    })
}

fn domain(origin: &str) -> Option<&str> {
    Origin::parse(origin.as_bytes())?;
    let host = origin.split_once("://")?.1.split(':').next()?;
    psl::domain_str(host).filter(|_| host.parse::<std::net::Ipv4Addr>().is_err())
}

/// One text for each alternative, filled with these where a class leaves a choice.
fn examples(hir: &Hir, fill: [char; 2]) -> Option<Vec<String>> {
    let one = |text: String| Some(vec![text]);
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => one(String::new()),
        HirKind::Literal(literal) => one(str::from_utf8(&literal.0).ok()?.to_owned()),
        HirKind::Class(class) => one(pick(class, fill)?.into()),
        HirKind::Repetition(repeated) => {
            let times = repeated.min.max(1);
            let texts = examples(&repeated.sub, fill)?;
            Some(texts.into_iter().map(|text| text.repeat(times.min(64) as usize)).collect())
        }
        HirKind::Capture(capture) => examples(&capture.sub, fill),
        HirKind::Alternation(parts) => {
            let mut all = Vec::new();
            for part in parts {
                all.extend(examples(part, fill)?);
            }
            (all.len() <= MOST).then_some(all)
        }
        HirKind::Concat(parts) => {
            let mut all = vec![String::new()];
            for part in parts {
                let tails = examples(part, fill)?;
                if all.len() * tails.len() > MOST {
                    return None;
                }
                all = all
                    .iter()
                    .flat_map(|head| tails.iter().map(move |tail| format!("{head}{tail}")))
                    .collect();
            }
            Some(all)
        }
    }
}

/// A character of the class: one of these if it has one.
fn pick(class: &Class, fill: [char; 2]) -> Option<char> {
    let Class::Unicode(set) = class else { return None };
    let has = |char: &char| set.iter().any(|range| range.start() <= *char && *char <= range.end());
    fill.into_iter().find(has).or_else(|| set.iter().map(|range| range.start()).next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_that_the_pattern_leaves_open() {
        for (pattern, expected) in [
            (r"https://app-.*\.vercel\.app", Some(("https://app-x.vercel.app", true))),
            (r"https://app.*\.com", Some(("https://appx.com", false))),
            (r"https?://.*\.example\.com", None),
            (r"http://10\.\d+\.\d+\.\d+", None),
        ] {
            let got = stranger(pattern);
            let got = got.as_ref().map(|(origin, private)| (origin.as_str(), *private));
            assert_eq!(got, expected, "{pattern}");
        }
    }
}
