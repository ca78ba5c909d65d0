//! Every way in which a lax reader might walk a path through the tree.

use super::{
    fold::{fold, folded},
    place::Place,
    text::{HARD, SOFT, Text},
    tree::{Ambiguous, Entry, Tree},
};

/// The most places at which the readings of one path may be at once. With more, it is denied.
const MOST: usize = 16;

/// The most often that a path is decoded.
const DECODINGS: usize = 3;

/// Fails unless every reading of a path leads to `entry`.
///
/// Readers may differ segment by segment: each one keeps a segment as it is, or drops what servers
/// are known to drop from it, or resolves it. The work is bounded by [`MOST`] and by
/// [`LONGEST`](super::text::LONGEST).
pub(super) fn check(tree: &Tree, mut text: Text, entry: Entry) -> Result<(), Ambiguous> {
    for _ in 0..DECODINGS {
        walk(tree, text.as_str(), entry)?;
        if !text.decode_again().map_err(|_| Ambiguous)? {
            return Ok(());
        }
    }
    Err(Ambiguous)
}

fn walk(tree: &Tree, path: &str, entry: Entry) -> Result<(), Ambiguous> {
    let mut places = Places::start();
    // Some read `//host/path` as a host and a path.
    let mut authority = path.starts_with([HARD, SOFT]);
    let mut segments = path.split(HARD).peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        let mut pieces = segment.split(SOFT).peekable();
        let single = !segment.contains(SOFT);
        let mut first = true;
        while let Some(piece) = pieces.next() {
            let at_end = last && pieces.peek().is_none();
            let mut next = Places::default();
            for place in places.iter() {
                // Pieces are one name for a reader to whom the separator is a part of it.
                if !single {
                    next.add(place.enter(None))?;
                    if !first {
                        next.add(place)?;
                    }
                }
                if authority && !piece.is_empty() {
                    next.add(place)?;
                }
                read(tree, place, piece, at_end, &mut next)?;
            }
            authority &= piece.is_empty();
            first = false;
            places = next;
            // A reader that cuts here may cut all that follows.
            if piece.contains(is_cut) {
                places.end(tree, entry)?;
            }
        }
    }
    places.end(tree, entry)
}

/// Adds each place to which a segment may lead.
fn read(
    tree: &Tree,
    place: Place,
    piece: &str,
    at_end: bool,
    next: &mut Places,
) -> Result<(), Ambiguous> {
    if !(piece.is_empty() && at_end) {
        next.add(place.enter(tree.child(place, piece)))?;
    }
    let cut = piece.find(is_cut);
    let stream = piece.contains(":$").then(|| piece.find(':')).flatten();
    for end in [Some(piece.len()), cut, stream].into_iter().flatten() {
        let name = &piece[..end];
        let trimmed = [name, name.trim_end_matches(is_space), name.trim_end_matches(is_filler)];
        for (at, name) in trimmed.into_iter().enumerate() {
            if at == 0 || name.len() < end {
                resolve(tree, place, name, next)?;
                resolve(tree, place, name.trim_start_matches(is_space), next)?;
            }
        }
    }
    match piece.split_once('~') {
        Some((start, number)) if number.starts_with(|c: char| c.is_ascii_digit()) => {
            // The short name of a longer one begins as that does, with two characters at least.
            let start = start.char_indices().nth(2).map_or(start, |(end, _)| &start[..end]);
            for child in tree.children_from(place, start) {
                next.add(place.enter(Some(child)))?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Adds the places of one name, as a lax reader has it.
fn resolve(tree: &Tree, place: Place, name: &str, next: &mut Places) -> Result<(), Ambiguous> {
    if name.chars().all(is_filler) {
        let dots = folded(name).filter(|character| *character == '.').count();
        if dots != 2 || name != ".." {
            next.add(place.stay())?;
        }
        let mut above = tree.up(place);
        for _ in 1..dots {
            next.add(above)?;
            above = tree.up(above);
        }
        return Ok(());
    }
    let spaced = name.contains('+').then(|| tree.spaced_child(place, name));
    for child in [tree.lax_child(place, name), spaced.flatten()].into_iter().flatten() {
        next.add(place.enter(Some(child)))?;
    }
    Ok(())
}

/// What begins parameters, a query or a fragment.
fn is_cut(character: char) -> bool {
    matches!(fold(character), Some((';' | '?' | '#', _)))
}

/// What some file systems drop at the end of a name: dots and spaces.
fn is_filler(character: char) -> bool {
    matches!(fold(character), None | Some((' ' | '+' | '.', _)))
}

/// A space, as forms may write it.
fn is_space(character: char) -> bool {
    matches!(fold(character), None | Some((' ' | '+', _)))
}

/// Places, each once.
#[derive(Default)]
struct Places {
    places: [Place; MOST],
    length: usize,
}

impl Places {
    fn start() -> Self {
        Self { places: [Place::default(); MOST], length: 1 }
    }

    fn iter(&self) -> impl Iterator<Item = Place> {
        self.places[..self.length].iter().copied()
    }

    fn add(&mut self, place: Place) -> Result<(), Ambiguous> {
        if self.places[..self.length].contains(&place) {
            return Ok(());
        }
        *self.places.get_mut(self.length).ok_or(Ambiguous)? = place;
        self.length += 1;
        Ok(())
    }

    /// Fails unless a path that ends at any of the places has this entry, with a slash at its end
    /// or, for readers that drop it, without.
    fn end(&self, tree: &Tree, entry: Entry) -> Result<(), Ambiguous> {
        if self.iter().all(|place| tree.agrees(place, entry)) { Ok(()) } else { Err(Ambiguous) }
    }
}
