//! TOML as a tree of values.

use toml::{
    Spanned,
    de::{DeInteger, DeTable, DeValue},
};

use crate::document::{Entry, Node, Syntax, Value};

/// The entries of a file, or every mistake in its syntax.
pub(crate) fn parse(text: &str) -> Result<Vec<Entry>, Vec<Syntax>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Ok(entries(table.into_inner()));
    }
    Err(errors
        .into_iter()
        .map(|error| Syntax {
            message: error.message().to_owned(),
            span: error.span().unwrap_or(text.len()..text.len()),
        })
        .collect())
}

/// The entries in the order written, which the parser does not keep.
fn entries(table: DeTable<'_>) -> Vec<Entry> {
    let mut entries: Vec<_> = table
        .into_iter()
        .map(|(key, value)| Entry {
            span: key.span(),
            name: key.into_inner().into_owned(),
            node: node(value),
        })
        .collect();
    entries.sort_by_key(|entry| entry.span.start);
    entries
}

fn node(value: Spanned<DeValue<'_>>) -> Node {
    let span = value.span();
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(number) => Value::Number(whole(&number)),
        DeValue::Float(_) => Value::Number(None),
        DeValue::Boolean(switch) => Value::Switch(switch),
        DeValue::Datetime(_) => Value::Other("a date or time"),
        DeValue::Array(items) => Value::List(items.into_iter().map(node).collect()),
        DeValue::Table(table) => Value::Table(entries(table)),
    };
    Node { span, value }
}

fn whole(number: &DeInteger<'_>) -> Option<u64> {
    u64::from_str_radix(number.as_str(), number.radix()).ok()
}
