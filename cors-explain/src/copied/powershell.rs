//! `Invoke-WebRequest` commands.

use super::Copied;

/// A word, in quotes or not, and the letters that mean something outside of them.
#[derive(Clone, PartialEq, Debug)]
enum Token {
    Word(String),
    Quoted(String),
    Mark(char),
}

pub(super) fn read(text: &str) -> Result<Copied, String> {
    let tokens = tokens(text)?;
    let mut copied = Copied::new(String::new());
    let mut content_type = None;
    let mut at = 0;
    while at < tokens.len() {
        let after = tokens[at + 1..].iter().find(|token| **token != Token::Mark('='));
        let next = match after {
            Some(Token::Word(text) | Token::Quoted(text)) => Some(text.clone()),
            _ => None,
        };
        let Token::Word(word) = &tokens[at] else {
            at += 1;
            continue;
        };
        match (&*word.to_ascii_lowercase(), next) {
            ("-uri", Some(value)) => copied.url = value,
            ("-method", Some(value)) => copied.method = value.to_ascii_uppercase(),
            ("-contenttype", Some(value)) => content_type = Some(value),
            ("-body", Some(value)) => copied.body = Some(value.into_bytes()),
            ("-useragent" | "$session.useragent", Some(value)) => copied.user_agent = Some(value),
            ("-skipcertificatecheck", _) => copied.is_insecure = true,
            ("-headers", _) => pairs(&tokens[at + 1..], &mut copied),
            ("system.net.cookie", _) => cookie(&tokens[at + 1..], &mut copied),
            ("invoke-webrequest" | "invoke-restmethod" | "iwr" | "irm", Some(value))
                if value.contains("://") =>
            {
                copied.url = value;
            }
            _ => {}
        }
        at += 1;
    }
    if let Some(value) = content_type {
        copied.line("content-type", &value);
    } else if copied.body.is_some() {
        copied.default_type("application/x-www-form-urlencoded");
    }
    Ok(copied)
}

/// `@{ "name"="value" ... }`, up to its brace.
fn pairs(tokens: &[Token], copied: &mut Copied) {
    let tokens = tokens.iter().take_while(|token| **token != Token::Mark('}'));
    let texts: Vec<&str> = tokens
        .filter_map(|token| match token {
            Token::Word(text) | Token::Quoted(text) => Some(text.as_str()),
            Token::Mark(_) => None,
        })
        .filter(|text| *text != "@")
        .collect();
    for pair in texts.chunks(2) {
        if let [name, value] = pair {
            copied.line(name, value);
        }
    }
}

/// `System.Net.Cookie("name", "value", ...)`.
fn cookie(tokens: &[Token], copied: &mut Copied) {
    let mut texts = tokens.iter().filter_map(|token| match token {
        Token::Quoted(text) => Some(text.as_str()),
        _ => None,
    });
    if let (Some(name), Some(value)) = (texts.next(), texts.next()) {
        let all = match &copied.cookie {
            Some(others) => format!("{others}; {name}={value}"),
            None => format!("{name}={value}"),
        };
        copied.cookies(&all);
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            quote @ ('"' | '\'') => {
                let mut value = String::new();
                loop {
                    match letters.next() {
                        None => return Err("the command ends inside quotes: copy it whole".into()),
                        // A doubled quote is one.
                        Some(end) if end == quote => match letters.next_if_eq(&quote) {
                            Some(_) => value.push(quote),
                            None => break,
                        },
                        Some('`') if quote == '"' => match letters.next() {
                            Some('n') => value.push('\n'),
                            Some('r') => value.push('\r'),
                            Some('t') => value.push('\t'),
                            Some('\n') | None => {}
                            Some(escaped) => value.push(escaped),
                        },
                        Some(letter) => value.push(letter),
                    }
                }
                tokens.push(Token::Quoted(value));
            }
            // At the end of a line, the command continues.
            '`' => {}
            letter if letter.is_whitespace() => {}
            letter if "{}()=,;@".contains(letter) => tokens.push(Token::Mark(letter)),
            letter => {
                let mut word = String::from(letter);
                let is_of_word =
                    |letter: &char| !letter.is_whitespace() && !"{}()=,;@\"'`".contains(*letter);
                while let Some(letter) = letters.next_if(is_of_word) {
                    word.push(letter);
                }
                tokens.push(Token::Word(word));
            }
        }
    }
    Ok(tokens)
}
