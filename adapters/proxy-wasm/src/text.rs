//! The text of a configuration, read from its start.

/// The part of a text that is not yet read.
pub(crate) struct Text<'t> {
    whole: &'t str,
    at: usize,
}

impl<'t> Text<'t> {
    pub(crate) fn new(whole: &'t str) -> Self {
        Self { whole, at: 0 }
    }

    /// The part that is not yet read.
    pub(crate) fn rest(&self) -> &'t str {
        self.whole.get(self.at..).unwrap_or_default()
    }

    /// The next byte.
    pub(crate) fn peek(&self) -> Option<u8> {
        self.rest().bytes().next()
    }

    /// Reads the next character.
    pub(crate) fn next(&mut self) -> Option<char> {
        let next = self.rest().chars().next()?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// Reads this text, if it comes next.
    pub(crate) fn take(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    /// Reads characters for as long as they are wanted.
    pub(crate) fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|next| !wanted(next)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    /// A sentence about the part that was read last.
    pub(crate) fn error(&self, problem: &str) -> String {
        let read = self.whole.get(..self.at).unwrap_or_default();
        format!("line {}: {problem}", read.matches('\n').count() + 1)
    }

    /// A sentence about the character that comes next.
    pub(crate) fn unexpected(&self, expected: &str) -> String {
        match self.rest().chars().next() {
            Some(found) => self.error(&format!("expected {expected}, found {found:?}")),
            None => self.error(&format!("expected {expected}, and the text ends")),
        }
    }

    /// The rest of a string in double quotes, whose start is read. Both formats have this form, and
    /// TOML has more escapes.
    pub(crate) fn string(&mut self, toml: bool) -> Result<String, String> {
        let mut string = String::new();
        loop {
            let next = self.next();
            match next {
                Some('"') => return Ok(string),
                Some('\\') => {
                    let escaped = self.escape(toml);
                    string.push(escaped.ok_or_else(|| self.error("unknown escape in a string"))?);
                }
                Some('\t') if toml => string.push('\t'),
                Some('\x7f') if !toml => string.push('\x7f'),
                Some(other) if !other.is_ascii_control() => string.push(other),
                _ => return Err(self.error("a string has no end on its line: close it with \"")),
            }
        }
    }

    fn escape(&mut self, toml: bool) -> Option<char> {
        Some(match self.next()? {
            '"' => '"',
            '\\' => '\\',
            '/' if !toml => '/',
            'b' => '\x08',
            'f' => '\x0c',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'e' if toml => '\x1b',
            'x' if toml => char::from_u32(self.digits(2)?)?,
            'U' if toml => char::from_u32(self.digits(8)?)?,
            'u' => match self.digits(4)? {
                high @ 0xd800..=0xdbff if !toml && self.take("\\u") => {
                    let low = self.digits(4)?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                    char::from_u32(0x10000 + ((high - 0xd800) << 10) + low)?
                }
                other => char::from_u32(other)?,
            },
            _ => return None,
        })
    }

    fn digits(&mut self, count: usize) -> Option<u32> {
        (0..count).try_fold(0, |value, _| Some(value * 16 + self.next()?.to_digit(16)?))
    }
}
