//! JSON, as [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259) has it.

use crate::{
    document::{DEPTH, Growth, Table, Value},
    text::Text,
};

/// Reads an object.
///
/// # Errors
///
/// The first mistake, with its line.
pub(crate) fn parse(text: &str) -> Result<Table, String> {
    let mut text = Text::new(text);
    skip(&mut text);
    let value = value(&mut text, DEPTH)?;
    skip(&mut text);
    match value {
        _ if text.peek().is_some() => Err(text.unexpected("the end")),
        Value::Table(table) => Ok(table),
        other => Err(text.error(&format!("expected an object, found {}", other.kind()))),
    }
}

fn skip(text: &mut Text<'_>) {
    text.take_while(|next| matches!(next, ' ' | '\t' | '\n' | '\r'));
}

fn value(text: &mut Text<'_>, depth: usize) -> Result<Value, String> {
    let Some(depth) = depth.checked_sub(1) else {
        return Err(text.error("values are nested deeper than a policy"));
    };
    match text.peek() {
        Some(b'"') => string(text).map(Value::String),
        Some(b'[') => {
            let mut list = Vec::new();
            items(text, "]", |text| {
                list.push(value(text, depth)?);
                Ok(())
            })?;
            Ok(Value::List(list))
        }
        Some(b'{') => {
            let mut table = Table { growth: Growth::Closed, ..Table::default() };
            items(text, "}", |text| {
                let key = string(text)?;
                skip(text);
                if !text.take(":") {
                    return Err(text.unexpected("\":\""));
                }
                skip(text);
                let value = value(text, depth)?;
                table.add(key, value, text)
            })?;
            Ok(Value::Table(table))
        }
        _ => word(text),
    }
}

fn string(text: &mut Text<'_>) -> Result<String, String> {
    if text.take("\"") { text.string(false) } else { Err(text.unexpected("a string")) }
}

/// Reads items with commas between them, from a bracket to this one.
fn items<'t>(
    text: &mut Text<'t>,
    end: &str,
    mut item: impl FnMut(&mut Text<'t>) -> Result<(), String>,
) -> Result<(), String> {
    text.next();
    skip(text);
    if text.take(end) {
        return Ok(());
    }
    loop {
        skip(text);
        item(text)?;
        skip(text);
        if text.take(end) {
            return Ok(());
        }
        if !text.take(",") {
            return Err(text.unexpected(&format!("\",\" or {end:?}")));
        }
    }
}

fn word(text: &mut Text<'_>) -> Result<Value, String> {
    let word = text.take_while(|next| next.is_ascii_alphanumeric() || "+-.".contains(next));
    match word {
        "true" => Ok(Value::Boolean(true)),
        "false" => Ok(Value::Boolean(false)),
        "null" => Ok(Value::Other("null")),
        _ => {
            let digits = word.bytes().all(|byte| byte.is_ascii_digit());
            let plain = digits && (word == "0" || !word.starts_with('0'));
            let number = word.parse().ok().filter(|_| plain).map(Value::Number);
            number.ok_or_else(|| match word {
                "" => text.unexpected("a value"),
                _ => text.error(&format!("cannot read {word:?}: write a whole number, 0 or more")),
            })
        }
    }
}
