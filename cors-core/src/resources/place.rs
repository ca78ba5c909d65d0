//! A place in the tree of paths.

/// The node of the path `/`.
pub(super) const ROOT: u32 = 0;

/// A node of the tree, or a number of segments beyond it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Place {
    pub(super) node: u32,
    pub(super) beyond: u32,
    /// The path so far ends with a slash.
    pub(super) slash: bool,
}

impl Place {
    /// The place below, for a segment with this child.
    pub(super) fn enter(self, child: Option<u32>) -> Self {
        match child {
            Some(node) if self.beyond == 0 => Self { node, beyond: 0, slash: false },
            _ => Self { beyond: self.beyond + 1, slash: false, ..self },
        }
    }

    /// The same place, for a segment that a reader drops.
    pub(super) fn stay(self) -> Self {
        Self { slash: true, ..self }
    }
}
