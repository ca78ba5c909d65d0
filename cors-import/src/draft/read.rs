//! Options of a library, read for a draft.

use cors_core::Origin;

use super::Draft;
use crate::{Cause, Mistake, Value};

impl Draft {
    /// A boolean option, false where it is absent.
    pub(crate) fn flag(&mut self, option: &str, value: Option<&Value>) -> bool {
        match value {
            None => false,
            Some(Value::Bool(flag)) => *flag,
            Some(value) => {
                self.refuse(Cause::Type, option, value);
                false
            }
        }
    }

    /// The texts of a list, in which no other value may be; `unset` where it is absent.
    pub(crate) fn texts<'v>(
        &mut self,
        option: &str,
        value: Option<&'v Value>,
        unset: &[&'static str],
    ) -> Vec<&'v str> {
        match value {
            None => unset.to_vec(),
            Some(Value::List(elements)) => {
                elements.iter().filter_map(|element| self.text(option, element)).collect()
            }
            Some(value @ Value::Text(text)) => {
                self.mistakes.push(Mistake {
                    cause: Cause::Type,
                    option: option.into(),
                    value: value.to_string(),
                    said: Some(("is not a list".into(), as_list(text))),
                });
                Vec::new()
            }
            Some(value) => {
                self.refuse(Cause::Type, option, value);
                Vec::new()
            }
        }
    }

    /// The names of a list that is one text with commas, or several texts; `unset` where it is
    /// absent.
    pub(crate) fn names<'v>(
        &mut self,
        option: &str,
        value: Option<&'v Value>,
        unset: &[&'static str],
    ) -> Vec<&'v str> {
        let Some(value) = value else { return unset.to_vec() };
        let texts = value.elements().iter().filter_map(|element| self.text(option, element));
        let names = texts.flat_map(|text| text.split(',').map(str::trim));
        names.filter(|name| !name.is_empty()).collect()
    }

    fn text<'v>(&mut self, option: &str, value: &'v Value) -> Option<&'v str> {
        let text = value.text();
        if text.is_none() {
            let cause = if matches!(value, Value::Code(_)) { Cause::Callback } else { Cause::Type };
            self.refuse(cause, option, value);
        }
        text
    }
}

/// The list that a text with commas was meant to be.
fn as_list(text: &str) -> String {
    let items: Vec<_> = text.split(',').map(|item| format!("{:?}", item.trim())).collect();
    format!("write [{}]", items.join(", "))
}

/// The origin that was meant, if only a slash at the end or the default port is too much.
pub(super) fn corrected(text: &str) -> Option<&str> {
    let origin = text.strip_suffix('/').unwrap_or(text);
    let port = match origin.split_once("://")?.0 {
        "http" => ":80",
        "https" => ":443",
        _ => "/",
    };
    let origin = origin.strip_suffix(port).unwrap_or(origin);
    Origin::parse(origin.as_bytes()).map(|_| origin)
}
