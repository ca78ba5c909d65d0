//! A file that is still being written.

/// What is found in a file, look after look, until it has settled.
///
/// Half of a file may be a valid policy. So a change is believed after more looks that find the same
/// than there were looks that found something new.
pub(crate) struct Settling<T> {
    /// What was believed last.
    seen: T,
    /// What the last look found.
    last: T,
    /// The number of looks that found something new since then.
    changes: u32,
    /// The number of looks since the last of those.
    quiet: u32,
}

impl<T: PartialEq + Clone> Settling<T> {
    pub(crate) fn new(seen: T) -> Self {
        Self { last: seen.clone(), seen, changes: 0, quiet: 0 }
    }

    /// True if the file changes: the next look is soon.
    pub(crate) fn is_changing(&self) -> bool {
        self.last != self.seen
    }

    /// Takes what a look found. Returns it if the file has changed and settled.
    pub(crate) fn look(&mut self, found: T) -> Option<T> {
        if found != self.last {
            self.changes += 1;
            self.quiet = 0;
            self.last = found;
        } else {
            self.quiet += 1;
        }
        if self.is_changing() && self.quiet < self.changes {
            return None;
        }
        let changed = self.is_changing().then(|| self.last.clone());
        self.seen = self.last.clone();
        self.changes = 0;
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is believed after each look.
    #[track_caller]
    fn check(looks: &str, believed: &str) {
        let mut settling = Settling::new('a');
        let found: String =
            looks.chars().map(|found| settling.look(found).unwrap_or('.')).collect();
        assert_eq!(found, believed, "{looks}");
    }

    #[test]
    fn a_file_is_believed_after_as_many_looks_as_it_changed() {
        check("aaaa", "....");
        check("bbbb", ".b..");
        check("bbcc", ".b.c");
        check("abaa", "....");
        // Written in four pieces.
        check("bcdeeeee", ".......e");
        check("bcdeeef", ".......");
        check("bcdeeeeeff", ".......e.f");
    }
}
