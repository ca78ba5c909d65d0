//! The reason for which an origin is allowed or denied.

use alloc::{format, string::String};

use super::{
    Explanation, listing,
    nearest::nearest,
    request::{Asked, text},
};
use crate::{
    Framework, Origin,
    compiled::{Compiled, Origins},
    data::Key,
    origin::{LIMIT, pattern},
};

impl Explanation {
    /// The entry that allows the origin, or else the option or the predicate.
    pub(super) fn allowed<C: Framework>(&mut self, policy: &Compiled<C>, asked: &Asked) {
        let Some(bytes) = &asked.origin else { return };
        let origin = text(bytes);
        self.entry = entry(policy, &origin);
        let sentence = match &self.entry {
            Some((key, entry)) => format!(
                "{} lists {}, which matches {}.",
                key.name(),
                listing::quoted(entry),
                listing::quoted(&origin)
            ),
            None if origin == "null" && policy.null => {
                format!("{} is set.", Key::DangerouslyAllowNullOrigin.name())
            }
            None => match policy.origins {
                Origins::Reflect => {
                    format!("{} is set.", Key::DangerouslyAllowAnyOriginWithCredentials.name())
                }
                _ => format!("The server's predicate allows {}.", listing::quoted(&origin)),
            },
        };
        self.say(sentence);
    }

    /// What keeps the origin from being allowed.
    pub(super) fn origin<C: Framework>(&mut self, policy: &Compiled<C>, asked: &Asked) {
        let Some(bytes) = &asked.origin else {
            return self
                .say("The request has several Origin headers, and browsers send exactly one.");
        };
        if bytes == b"null" {
            return self.say(
                "The origin is \"null\", which sandboxed frames and local files send. Only \
                 dangerously_allow_null_origin allows it.",
            );
        }
        match Origin::parse(bytes) {
            Some(origin) => self.unlisted(policy, &origin),
            None if bytes.len() > LIMIT => {
                self.say(format!(
                    "The Origin header is longer than any origin: {} bytes.",
                    bytes.len()
                ));
            }
            None => self.malformed(policy, &text(bytes)),
        }
    }

    fn unlisted<C: Framework>(&mut self, policy: &Compiled<C>, origin: &Origin<'_>) {
        let Origins::Listed(set) = &policy.origins else { return };
        self.say(format!(
            "{} is not in allow_origins, which {}.",
            listing::quoted(origin.as_str()),
            listing::listed(set.texts().iter()),
        ));
        if let Some((entry, differences)) = nearest(set.texts().iter(), origin) {
            self.say(format!(
                "The closest entry is {}: {}.",
                listing::quoted(entry),
                differences.join("; ")
            ));
            self.nearest = Some(entry.into());
        }
        let patterns = &policy.policy.allow_origin_patterns;
        if !patterns.is_empty() {
            self.say(format!(
                "It does not match allow_origin_patterns either, which {}.",
                listing::listed(patterns)
            ));
        }
        if policy.policy.dynamic_origins {
            self.say(
                "dynamic_origins is set: the server's predicate may still allow this origin, but it \
                 is not called here.",
            );
        }
    }

    /// An origin that browsers never send. The strict parser of policies knows why, and how to write
    /// it.
    fn malformed<C: Framework>(&mut self, policy: &Compiled<C>, origin: &str) {
        let Err(errors) = pattern::parse(origin) else {
            return self.say(format!(
                "{} is not a single origin, and browsers send exactly one.",
                listing::quoted(origin)
            ));
        };
        for error in &errors {
            self.say(format!("Browsers never send this: {error}."));
        }
        let Some(mended) = errors.iter().find_map(|error| error.suggestion()) else { return };
        if entry(policy, mended).is_some() || matches!(policy.origins, Origins::Reflect) {
            self.say(format!("The policy allows {mended:?}."));
        } else if let Some(mended) = Origin::parse(mended.as_bytes()) {
            self.unlisted(policy, &mended);
        }
    }
}

/// The entry that covers an origin.
fn entry<C: Framework>(policy: &Compiled<C>, origin: &str) -> Option<(Key, String)> {
    let set = match &policy.origins {
        Origins::Any => return Some((Key::AllowOrigins, "*".into())),
        Origins::Reflect => return None,
        Origins::Listed(set) => set,
    };
    if set.has_literal(origin.as_bytes()) {
        return Some((Key::AllowOrigins, origin.into()));
    }
    let parsed = Origin::parse(origin.as_bytes())?;
    if set.has_family(&parsed) {
        let mut entries = set.texts().iter();
        let family = entries.find(|entry| entry.contains('*') && pattern::covers(entry, &parsed));
        return family.map(|entry| (Key::AllowOrigins, entry.into()));
    }
    #[cfg(feature = "regex")]
    if let Some(at) = policy.regexes.as_ref()?.which(&parsed) {
        let pattern = policy.policy.allow_origin_patterns.get(at)?;
        return Some((Key::AllowOriginPatterns, pattern.clone()));
    }
    None
}
