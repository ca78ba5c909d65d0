//! The literals of JavaScript that calls of `fetch()` are made of.

use std::{iter::Peekable, str::Chars};

use super::shell::code;

/// The greatest depth of nested objects and lists.
const DEPTH: usize = 16;

/// A value.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Value {
    Text(String),
    Object(Vec<(String, Value)>),
    List(Vec<Value>),
    /// A call, such as `JSON.stringify({})`: its name and arguments.
    Call(String, Vec<Value>),
    /// Anything else: a number, a name, `null`.
    Other(String),
}

impl Value {
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value of an object's key.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(pairs) => {
                pairs.iter().find(|(name, _)| name == key).map(|(_, value)| value)
            }
            _ => None,
        }
    }
}

/// Reads the values of a call's arguments: the text behind its first parenthesis.
///
/// # Errors
///
/// If it ends too early, or is not made of literals.
pub(super) fn arguments(text: &str) -> Result<Vec<Value>, String> {
    Reader { letters: text.chars().peekable() }.list(')', DEPTH)
}

struct Reader<'t> {
    letters: Peekable<Chars<'t>>,
}

impl Reader<'_> {
    /// Values with commas between them, up to this letter.
    fn list(&mut self, end: char, depth: usize) -> Result<Vec<Value>, String> {
        let mut values = Vec::new();
        loop {
            self.space();
            if self.letters.next_if_eq(&end).is_some() {
                return Ok(values);
            }
            values.push(self.value(depth)?);
            self.space();
            self.letters.next_if_eq(&',');
        }
    }

    fn value(&mut self, depth: usize) -> Result<Value, String> {
        let Some(depth) = depth.checked_sub(1) else {
            return Err("the call is nested too deeply".to_owned());
        };
        match self.letters.peek() {
            None => Err("the call ends too early: copy it whole".to_owned()),
            Some('"' | '\'' | '`') => self.text().map(Value::Text),
            Some('{') => {
                self.letters.next();
                self.object(depth).map(Value::Object)
            }
            Some('[') => {
                self.letters.next();
                self.list(']', depth).map(Value::List)
            }
            Some(_) => self.name(depth),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Vec<(String, Value)>, String> {
        let mut pairs = Vec::new();
        loop {
            self.space();
            if self.letters.next_if_eq(&'}').is_some() {
                return Ok(pairs);
            }
            let key = match self.value(depth)? {
                Value::Text(text) | Value::Other(text) => text,
                _ => return Err("cannot read the call: use literal values".to_owned()),
            };
            self.space();
            let value = match self.letters.next_if_eq(&':') {
                Some(_) => {
                    self.space();
                    self.value(depth)?
                }
                // `{ headers }`: the value is a variable.
                None => Value::Other(key.clone()),
            };
            pairs.push((key, value));
            self.space();
            self.letters.next_if_eq(&',');
        }
    }

    /// A name, a number, or a call.
    fn name(&mut self, depth: usize) -> Result<Value, String> {
        let mut name = String::new();
        let is_of_name = |letter: &char| letter.is_alphanumeric() || "_$.-+".contains(*letter);
        while let Some(letter) = self.letters.next_if(is_of_name) {
            name.push(letter);
        }
        if name.is_empty() {
            let letter = self.letters.next().unwrap_or_default();
            return Err(format!("cannot read the call at {letter:?}: use literal values"));
        }
        self.space();
        if name == "new" {
            return self.name(depth);
        }
        match self.letters.next_if_eq(&'(') {
            Some(_) => Ok(Value::Call(name, self.list(')', depth)?)),
            None => Ok(Value::Other(name)),
        }
    }

    fn text(&mut self) -> Result<String, String> {
        let quote = self.letters.next().unwrap_or('"');
        let mut text = String::new();
        while let Some(letter) = self.letters.next() {
            match letter {
                letter if letter == quote => return Ok(text),
                '\\' => match self.letters.next() {
                    Some('n') => text.push('\n'),
                    Some('r') => text.push('\r'),
                    Some('t') => text.push('\t'),
                    Some('u') => text.extend(self.unit()),
                    Some('x') => text.extend(code(&mut self.letters, 2)),
                    Some('\n') | None => {}
                    Some(escaped) => text.push(escaped),
                },
                letter => text.push(letter),
            }
        }
        Err(format!("the call ends inside {quote}...{quote}: copy it whole"))
    }

    /// A character behind `\u`: `XXXX`, two of them for one character, or `{X}`.
    fn unit(&mut self) -> Option<char> {
        if self.letters.next_if_eq(&'{').is_some() {
            let letter = code(&mut self.letters, 6);
            self.letters.next_if_eq(&'}');
            return letter;
        }
        let digits: String = self.letters.by_ref().take(4).collect();
        let first = u16::from_str_radix(&digits, 16).ok()?;
        let mut units = vec![first];
        if (0xd800..0xdc00).contains(&first) {
            let rest: String = self.letters.clone().take(6).collect();
            let second = rest.strip_prefix("\\u").and_then(|it| u16::from_str_radix(it, 16).ok());
            if let Some(second) = second {
                self.letters.by_ref().take(6).for_each(drop);
                units.push(second);
            }
        }
        char::decode_utf16(units).next()?.ok()
    }

    /// Spaces and comments.
    fn space(&mut self) {
        loop {
            while self.letters.next_if(|letter| letter.is_whitespace()).is_some() {}
            let rest: String = self.letters.clone().take(2).collect();
            match &*rest {
                "//" => while self.letters.next().is_some_and(|letter| letter != '\n') {},
                "/*" => {
                    let mut last = ' ';
                    for letter in self.letters.by_ref() {
                        if (last, letter) == ('*', '/') {
                            break;
                        }
                        last = letter;
                    }
                }
                _ => return,
            }
        }
    }
}
