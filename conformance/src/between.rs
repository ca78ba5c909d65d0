//! Code between two layers, which changes the response of the inner one.

use serde::Deserialize;

/// A change that middleware between two layers makes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
pub enum Between {
    /// `Access-Control-Allow-Origin: *` replaces what is there.
    #[serde(rename = "writes *")]
    WritesStar,
    /// `Vary: accept` replaces what is there.
    #[serde(rename = "overwrites vary")]
    OverwritesVary,
    /// Extensions are removed.
    #[serde(rename = "drops extensions")]
    DropsExtensions,
    /// Every line is written again, and extensions are removed.
    #[serde(rename = "copies the head")]
    CopiesTheHead,
    /// Every line and all extensions are removed.
    #[serde(rename = "drops the head")]
    DropsTheHead,
}

/// The head of a framework's response, for [`Between`] to change.
pub trait Head {
    /// Every line: its name, and its value.
    fn lines(&self) -> Vec<(String, Vec<u8>)>;

    /// Replaces every line.
    fn set_lines(&mut self, lines: Vec<(String, Vec<u8>)>);

    /// Makes `value` the only line of this name, and leaves the others as they are.
    fn set(&mut self, name: &'static str, value: &'static str);

    /// Removes the response's extensions, if the framework has them.
    fn drop_extensions(&mut self);
}

impl Between {
    /// Changes the response of the inner layer.
    pub fn change(self, head: &mut impl Head) {
        match self {
            Self::WritesStar => head.set("access-control-allow-origin", "*"),
            Self::OverwritesVary => head.set("vary", "accept"),
            Self::DropsExtensions => head.drop_extensions(),
            Self::CopiesTheHead => {
                head.drop_extensions();
                let lines = head.lines();
                head.set_lines(lines);
            }
            Self::DropsTheHead => {
                head.drop_extensions();
                head.set_lines(Vec::new());
            }
        }
    }
}
