//! What Chromium says. Its sentences stand in the core alone: here each is made with a sample in it,
//! and what stands around the sample is looked for.

use cors_browser::{Reason, Request};

use super::{Fault, Meaning, Scene, Sentence, other};
use crate::trace::End;

const PREFIX: &str = "Access to ";
const VERDICT: &str = "' has been blocked by CORS policy: ";

/// A sentence, wherever it stands in the text.
pub(super) fn parse(text: &str) -> Option<Sentence> {
    let (_, rest) = text.split_once(PREFIX)?;
    let (_, rest) = rest.split_once(" at '")?;
    let (target, clause) = rest.split_once(VERDICT)?;
    let (url, rest) = target.split_once('\'')?;
    let from = rest.split_once("(redirected from '").and_then(|(_, rest)| rest.split_once('\''));
    let (_, origin) = target.rsplit_once(" from origin '")?;
    let meaning = other::of_chromium(clause).or_else(|| fault(clause).map(Meaning::Fault))?;
    Some(Sentence {
        url: Some(url.into()),
        status: None,
        redirected_from: from.map(|(url, _)| url.into()),
        origin: Some(origin.into()),
        meaning,
    })
}

fn fault(clause: &str) -> Option<Fault> {
    let scenes =
        Scene::ALL.iter().flat_map(|scene| scene.stages().iter().map(|stage| (*scene, *stage)));
    scenes.into_iter().find_map(|(scene, in_preflight)| {
        let known = known(scene, in_preflight)?;
        let subject = match known.split_once(scene.sample()) {
            // Older versions say more in the end.
            None => clause.starts_with(known.trim_end_matches('.')).then_some(None)?,
            Some((before, after)) => {
                let rest = clause.strip_prefix(before)?;
                let after = after.split('.').next().unwrap_or_default();
                let (subject, _) = rest.split_once(after).filter(|_| !after.is_empty())?;
                // Of a header that is missing, nothing stands between the quotes.
                Some(subject.to_owned()).filter(|subject| !subject.is_empty())
            }
        };
        Some(Fault { scene, in_preflight, subject })
    })
}

/// What Chromium says of this scene, with the sample in it.
fn known(scene: Scene, in_preflight: bool) -> Option<String> {
    let request = Request::new("https://page.invalid", "https://url.invalid/", "GET");
    let report = scene.play(&request, Some(scene.sample()), in_preflight);
    let End::Blocked(reason) = &report.end else { return None };
    Some(clause(reason)?.to_owned())
}

fn clause(reason: &Reason) -> Option<String> {
    reason.console()?.split_once(VERDICT).map(|(_, clause)| clause.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scene_is_known_by_its_own_sentence() {
        for scene in Scene::ALL {
            for in_preflight in scene.stages() {
                let clause = known(scene, *in_preflight).expect("Chromium says something");
                let found = fault(&clause).expect("it is known");
                assert_eq!((found.scene, found.in_preflight), (scene, *in_preflight), "{clause}");
            }
        }
    }
}
