//! Rendered lists as `'static` text.
//!
//! A clone of `'static` text is free and is shared by no counter, which is what several threads
//! need that answer at once. Each distinct text is kept for good, once, so that compiling the same
//! policy again keeps nothing more; what is kept is bounded, and beyond the bound a text is owned
//! as any other.

use alloc::{borrow::Cow, boxed::Box, string::String};

use once_cell::race::OnceBox;

/// How many bytes of text are kept for good, at most, in a program's life.
const LIMIT: usize = 256 * 1024;

static FIRST: OnceBox<Node> = OnceBox::new();

struct Node {
    text: Box<str>,
    /// The bytes kept so far, this text included.
    kept: usize,
    next: OnceBox<Node>,
}

/// `text`, borrowed for good where there is room, else owned.
pub(crate) fn intern(text: String) -> Cow<'static, str> {
    let mut slot = &FIRST;
    let mut kept = 0;
    loop {
        let node = match slot.get() {
            Some(node) => node,
            None => {
                if kept + text.len() > LIMIT {
                    return Cow::Owned(text);
                }
                let new = Node {
                    text: text.as_str().into(),
                    kept: kept + text.len(),
                    next: OnceBox::new(),
                };
                // Another thread may have been first: then its node is looked at like any other.
                let _ = slot.set(Box::new(new));
                continue;
            }
        };
        if *node.text == *text {
            return Cow::Borrowed(&node.text);
        }
        kept = node.kept;
        slot = &node.next;
    }
}

#[cfg(test)]
mod tests {
    use alloc::{format, string::ToString};

    use super::*;

    #[test]
    fn the_same_text_is_kept_once_and_the_whole_is_bounded() {
        let first = intern("PUT, DELETE".to_string());
        let again = intern("PUT, DELETE".to_string());
        assert!(matches!(first, Cow::Borrowed(_)));
        assert_eq!(first.as_ptr(), again.as_ptr());

        let long = "x".repeat(LIMIT / 4);
        let all: alloc::vec::Vec<_> = (0..8).map(|n| intern(format!("{n}{long}"))).collect();
        assert!(all.iter().any(|text| matches!(text, Cow::Owned(_))));
        assert!(all.iter().enumerate().all(|(n, text)| *text == format!("{n}{long}")));
    }
}
