//! The inputs that a target starts from, as they are written: one a line.

/// An input.
#[derive(PartialEq, Eq, Debug)]
pub struct Seed {
    /// Its name, and that of the file that it is unpacked to.
    pub name: String,
    /// The input.
    pub bytes: Vec<u8>,
}

/// Reads a file of seeds.
///
/// # Errors
///
/// A line has no name, repeats one, or has an unknown escape.
pub fn parse(text: &str) -> Result<Vec<Seed>, String> {
    let mut seeds: Vec<Seed> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        // An empty input ends in white space, which editors remove.
        let (name, rest) = line.split_once(" =").ok_or(format!("line {number}: no ` = `"))?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if name.is_empty() || !name.bytes().all(plain) {
            return Err(format!("line {number}: the name {name:?} is not letters, digits and `-`"));
        }
        if seeds.iter().any(|seed| seed.name == name) {
            return Err(format!("line {number}: the name {name:?} is already used"));
        }
        let bytes = bytes(rest.strip_prefix(' ').unwrap_or(rest));
        let bytes = bytes.map_err(|error| format!("line {number}: {error}"))?;
        seeds.push(Seed { name: name.to_owned(), bytes });
    }
    Ok(seeds)
}

fn bytes(text: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        rest = &rest[character.len_utf8()..];
        if character != '\\' {
            bytes.extend(character.to_string().bytes());
            continue;
        }
        let escape = rest.chars().next().ok_or("a backslash at the end")?;
        rest = &rest[escape.len_utf8()..];
        bytes.push(match escape {
            'n' => b'\n',
            'r' => b'\r',
            't' => b'\t',
            '\\' => b'\\',
            'x' => {
                let digits = rest.get(..2).ok_or("\\x without two digits")?;
                rest = &rest[2..];
                u8::from_str_radix(digits, 16).map_err(|_| format!("\\x{digits} is not a byte"))?
            }
            other => return Err(format!("unknown escape \\{other}")),
        });
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, wanted: Result<&[(&str, &[u8])], &str>) {
        let wanted = wanted
            .map(|seeds| {
                let seed = |(name, bytes): &(&str, &[u8])| Seed {
                    name: (*name).to_owned(),
                    bytes: bytes.to_vec(),
                };
                seeds.iter().map(seed).collect::<Vec<_>>()
            })
            .map_err(str::to_owned);
        assert_eq!(parse(text), wanted);
    }

    #[test]
    fn a_line_is_a_name_and_bytes() {
        check("a = b = c\n# no\n\nd-1 =\ne = ", Ok(&[("a", b"b = c"), ("d-1", b""), ("e", b"")]));
        check(r"a = \n\r\t\\\x00\xff", Ok(&[("a", b"\n\r\t\\\x00\xff")]));
    }

    #[test]
    fn a_mistake_is_named_with_its_line() {
        check("a", Err("line 1: no ` = `"));
        check("a = b\na = c", Err("line 2: the name \"a\" is already used"));
        check("../a = b", Err("line 1: the name \"../a\" is not letters, digits and `-`"));
        check(r"a = \q", Err(r"line 1: unknown escape \q"));
        check(r"a = \x8", Err(r"line 1: \x without two digits"));
        check(r"a = \xzz", Err(r"line 1: \xzz is not a byte"));
        check("a = \\", Err("line 1: a backslash at the end"));
    }
}
