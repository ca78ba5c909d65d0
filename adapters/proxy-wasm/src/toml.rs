//! TOML, as far as policies use it. Dates, fractions and strings over several lines are errors.

use crate::{
    document::{DEPTH, Growth, Table, Value},
    text::Text,
};

/// Reads a document.
///
/// # Errors
///
/// The first mistake, with its line.
pub(crate) fn parse(text: &str) -> Result<Table, String> {
    let mut text = Text::new(text);
    let mut root = Table { growth: Growth::Headed, ..Table::default() };
    let mut header: Vec<String> = Vec::new();
    loop {
        skip(&mut text)?;
        match text.peek() {
            None => return Ok(root),
            Some(b'[') => {
                text.next();
                if text.peek() == Some(b'[') {
                    return Err(text.error("a policy has no list of tables: write [ ] once"));
                }
                header = keys(&mut text)?;
                if !text.take("]") {
                    return Err(text.unexpected("\"]\""));
                }
                head(&mut root, &header, &text)?;
            }
            Some(_) => {
                let table = find(&mut root, &header, &text)?;
                entry(table, &mut text, DEPTH)?;
            }
        }
        end_of_line(&mut text)?;
    }
}

/// Skips blank lines and comments.
fn skip(text: &mut Text<'_>) -> Result<(), String> {
    loop {
        blank(text);
        if text.take("#") {
            text.take_while(|next| next == '\t' || !next.is_ascii_control());
        }
        match text.peek() {
            Some(b'\n' | b'\r') => newline(text)?,
            Some(byte) if byte != b'\t' && byte.is_ascii_control() => {
                return Err(text.unexpected("text"));
            }
            _ => return Ok(()),
        }
    }
}

fn blank(text: &mut Text<'_>) {
    text.take_while(|next| matches!(next, ' ' | '\t'));
}

fn newline(text: &mut Text<'_>) -> Result<(), String> {
    let found = text.take("\n") || text.take("\r\n");
    found.then_some(()).ok_or_else(|| text.unexpected("the end of the line"))
}

fn end_of_line(text: &mut Text<'_>) -> Result<(), String> {
    blank(text);
    if text.take("#") {
        text.take_while(|next| next == '\t' || !next.is_ascii_control());
    }
    if text.peek().is_none() { Ok(()) } else { newline(text) }
}

/// Makes the table of a header.
fn head(root: &mut Table, header: &[String], text: &Text<'_>) -> Result<(), String> {
    let mut table = root;
    for (at, key) in header.iter().enumerate() {
        let last = at + 1 == header.len();
        if !table.entries.iter().any(|(known, _)| known == key) {
            table.entries.push((key.clone(), Value::Table(Table::default())));
        }
        let entry = table.entries.iter_mut().find(|(known, _)| known == key);
        let Some((_, Value::Table(next))) = entry else { return Err(twice(key, text)) };
        let grows = match next.growth {
            Growth::Implied => true,
            Growth::Headed => !last,
            Growth::Dotted | Growth::Closed => false,
        };
        if !grows {
            return Err(twice(key, text));
        }
        if last {
            next.growth = Growth::Headed;
        }
        table = next;
    }
    Ok(())
}

/// The table of the last header.
fn find<'a>(
    root: &'a mut Table,
    header: &[String],
    text: &Text<'_>,
) -> Result<&'a mut Table, String> {
    header.iter().try_fold(root, |table, key| {
        let entry = table.entries.iter_mut().find(|(known, _)| known == key);
        match entry {
            Some((_, Value::Table(next))) => Ok(next),
            _ => Err(twice(key, text)),
        }
    })
}

fn twice(key: &str, text: &Text<'_>) -> String {
    text.error(&format!("{key:?} is given twice: remove one of the two"))
}

/// Reads a key and its value into a table. A key with dots makes tables on the way.
fn entry(mut table: &mut Table, text: &mut Text<'_>, depth: usize) -> Result<(), String> {
    let mut keys = keys(text)?;
    let Some(key) = keys.pop() else { return Err(text.unexpected("a key")) };
    for key in keys {
        if !table.entries.iter().any(|(known, _)| *known == key) {
            let made = Table { growth: Growth::Dotted, ..Table::default() };
            table.entries.push((key.clone(), Value::Table(made)));
        }
        let entry = table.entries.iter_mut().find(|(known, _)| *known == key);
        match entry {
            Some((_, Value::Table(next))) if next.growth == Growth::Dotted => table = next,
            _ => return Err(twice(&key, text)),
        }
    }
    if !text.take("=") {
        return Err(text.unexpected("\"=\""));
    }
    blank(text);
    let value = value(text, depth)?;
    table.add(key, value, text)
}

/// Reads a key: names with dots between them, and the spaces around.
fn keys(text: &mut Text<'_>) -> Result<Vec<String>, String> {
    let mut keys = Vec::new();
    loop {
        blank(text);
        let bare = |next: char| next.is_ascii_alphanumeric() || matches!(next, '_' | '-');
        keys.push(match text.peek() {
            Some(b'"' | b'\'') => string(text)?,
            _ => match text.take_while(bare) {
                "" => return Err(text.unexpected("a key")),
                name => name.to_owned(),
            },
        });
        blank(text);
        if keys.len() > DEPTH {
            return Err(text.error("keys are nested deeper than a policy"));
        }
        if !text.take(".") {
            return Ok(keys);
        }
    }
}

fn value(text: &mut Text<'_>, depth: usize) -> Result<Value, String> {
    let Some(depth) = depth.checked_sub(1) else {
        return Err(text.error("values are nested deeper than a policy"));
    };
    match text.peek() {
        Some(b'"' | b'\'') => string(text).map(Value::String),
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
            items(text, "}", |text| entry(&mut table, text, depth))?;
            close(&mut table);
            Ok(Value::Table(table))
        }
        _ => word(text),
    }
}

/// Closes the tables that dotted keys have made in a value.
fn close(table: &mut Table) {
    table.growth = Growth::Closed;
    for (_, value) in &mut table.entries {
        if let Value::Table(table) = value {
            close(table);
        }
    }
}

/// Reads items with commas between them, and one after the last if it is there.
fn items<'t>(
    text: &mut Text<'t>,
    end: &str,
    mut item: impl FnMut(&mut Text<'t>) -> Result<(), String>,
) -> Result<(), String> {
    text.next();
    loop {
        skip(text)?;
        if text.take(end) {
            return Ok(());
        }
        item(text)?;
        skip(text)?;
        if text.take(end) {
            return Ok(());
        }
        if !text.take(",") {
            return Err(text.unexpected(&format!("\",\" or {end:?}")));
        }
    }
}

fn string(text: &mut Text<'_>) -> Result<String, String> {
    for quotes in ["\"\"\"", "'''"] {
        if text.take(quotes) {
            return Err(text.error("a policy has no string over several lines: use one quote"));
        }
    }
    if text.take("\"") {
        return text.string(true);
    }
    text.next();
    let string = text.take_while(|next| next != '\'' && (next == '\t' || !next.is_ascii_control()));
    if text.take("'") {
        return Ok(string.to_owned());
    }
    Err(text.error("a string has no end on its line: close it with '"))
}

fn word(text: &mut Text<'_>) -> Result<Value, String> {
    let word = text.take_while(|next| next.is_ascii_alphanumeric() || "+-._:".contains(next));
    match word {
        "true" => Ok(Value::Boolean(true)),
        "false" => Ok(Value::Boolean(false)),
        _ => {
            let grouped = word
                .split('_')
                .all(|group| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit()));
            let plain = grouped && (word == "0" || !word.starts_with('0'));
            let number = word.replace('_', "").parse().ok().filter(|_| plain).map(Value::Number);
            number.ok_or_else(|| match word {
                "" => text.unexpected("a value"),
                _ => text.error(&format!("cannot read {word:?}: write a whole number, 0 or more")),
            })
        }
    }
}
