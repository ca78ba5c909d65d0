//! Rendered lists as `'static` text.
//!
//! A clone of `'static` text is free and is shared by no counter, which is what several threads
//! need that answer at once. Each distinct text is kept for good, once. Compiling the same policy
//! again keeps nothing more. The memory for it is bounded, and a text beyond the bound is owned
//! like any other.

use alloc::{borrow::Cow, boxed::Box, string::String};
use core::{
    hash::BuildHasher,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use hashbrown::DefaultHashBuilder;
use once_cell::race::OnceBox;

/// The bytes that are kept at most, for all texts in a program's life.
const LIMIT: usize = 256 * 1024;

/// The children of a node. A text is found in as many steps as the logarithm of their number, to
/// this base.
const CHILDREN: usize = 4;

static TEXTS: Texts = Texts::new(LIMIT);

/// `text`, borrowed for good if there is room, else owned.
pub(crate) fn intern(text: String) -> Cow<'static, str> {
    TEXTS.intern(text)
}

/// Texts by their hash, to which a text is added without a lock.
struct Texts {
    root: OnceBox<Node>,
    hasher: OnceBox<DefaultHashBuilder>,
    /// The bytes that may still be kept.
    left: AtomicUsize,
}

struct Node {
    text: Box<str>,
    /// The texts whose hash is the same so far, by its next bits.
    children: [OnceBox<Self>; CHILDREN],
}

impl Texts {
    const fn new(limit: usize) -> Self {
        Self { root: OnceBox::new(), hasher: OnceBox::new(), left: AtomicUsize::new(limit) }
    }

    fn intern(&'static self, text: String) -> Cow<'static, str> {
        let mut hash = self.hasher.get_or_init(Box::default).hash_one(text.as_str()) as usize;
        let mut slot = &self.root;
        loop {
            match slot.get() {
                Some(node) if *node.text == *text => return Cow::Borrowed(&node.text),
                Some(node) => {
                    slot = &node.children[hash % CHILDREN];
                    hash = hash.rotate_right(CHILDREN.ilog2());
                }
                None => {
                    let size = size_of::<Node>() + text.len();
                    let take = |left: usize| left.checked_sub(size);
                    if self.left.fetch_update(Relaxed, Relaxed, take).is_err() {
                        return Cow::Owned(text);
                    }
                    let node = Node { text: text.as_str().into(), children: Default::default() };
                    if slot.set(Box::new(node)).is_err() {
                        // Another thread was first: its node is read like any other.
                        self.left.fetch_add(size, Relaxed);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::{format, string::ToString, vec::Vec};

    use super::*;

    fn texts(limit: usize) -> &'static Texts {
        Box::leak(Box::new(Texts::new(limit)))
    }

    #[test]
    fn the_same_text_is_kept_once() {
        let first = intern("PUT, DELETE".to_string());
        let again = intern("PUT, DELETE".to_string());
        assert!(matches!(first, Cow::Borrowed(_)));
        assert_eq!(first.as_ptr(), again.as_ptr());
    }

    #[test]
    fn what_is_kept_is_bounded_to_the_byte() {
        let texts = texts(2 * size_of::<Node>() + 5);
        assert!(matches!(texts.intern("123".to_string()), Cow::Borrowed("123")));
        assert!(matches!(texts.intern("456".to_string()), Cow::Owned(_)));
        assert!(matches!(texts.intern("45".to_string()), Cow::Borrowed("45")));
        assert!(matches!(texts.intern("".to_string()), Cow::Owned(_)));
        assert!(matches!(texts.intern("123".to_string()), Cow::Borrowed("123")));
    }

    #[test]
    fn a_text_is_found_in_few_steps() {
        let texts = texts(usize::MAX);
        let all: Vec<_> = (0..10_000).map(|number| format!("{number}")).collect();
        for text in &all {
            assert_eq!(texts.intern(text.clone()), text.as_str());
        }
        fn depth(node: &Node) -> usize {
            let children = node.children.iter().filter_map(OnceBox::get);
            1 + children.map(depth).max().unwrap_or(0)
        }
        // 7 steps if the tree were full.
        let deepest = texts.root.get().map_or(0, depth);
        assert!((7..30).contains(&deepest), "{deepest}");
    }
}
