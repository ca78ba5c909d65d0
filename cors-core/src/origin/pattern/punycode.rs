//! [Punycode](https://www.rfc-editor.org/rfc/rfc3492), as far as it can be invalid.

const BASE: u32 = 36;

/// `false` for a label that begins with `xn--` and does not decode to at least one character outside
/// ASCII. Browsers reject it.
pub(super) fn is_valid(label: &str) -> bool {
    label.strip_prefix("xn--").is_none_or(|encoded| decodes(encoded.as_bytes()))
}

/// [Decodes](https://www.rfc-editor.org/rfc/rfc3492#section-6.2), without keeping the characters.
fn decodes(encoded: &[u8]) -> bool {
    let (basic, deltas) = match encoded.iter().rposition(|&byte| byte == b'-') {
        Some(0) => return false,
        Some(at) => (at, &encoded[at + 1..]),
        None => (0, encoded),
    };
    let mut bytes = deltas.iter().peekable();
    let (mut code, mut at, mut bias, mut length) = (128_u32, 0_u32, 72_u32, basic as u32);
    if bytes.peek().is_none() {
        return false;
    }
    while bytes.peek().is_some() {
        let Some(delta) = delta(&mut bytes, bias) else { return false };
        length += 1;
        let Some(sum) = at.checked_add(delta) else { return false };
        bias = adapted(delta, length, length == basic as u32 + 1);
        code = match code.checked_add(sum / length) {
            Some(code) if char::from_u32(code).is_some() => code,
            _ => return false,
        };
        at = sum % length + 1;
    }
    true
}

/// A number of variable length.
fn delta<'b>(bytes: &mut impl Iterator<Item = &'b u8>, bias: u32) -> Option<u32> {
    let (mut delta, mut weight, mut k) = (0_u32, 1_u32, BASE);
    loop {
        let digit = u32::from(match bytes.next()? {
            letter @ b'a'..=b'z' => letter - b'a',
            number @ b'0'..=b'9' => number - b'0' + 26,
            _ => return None,
        });
        delta = delta.checked_add(digit.checked_mul(weight)?)?;
        let threshold = k.saturating_sub(bias).clamp(1, 26);
        if digit < threshold {
            return Some(delta);
        }
        weight = weight.checked_mul(BASE - threshold)?;
        k += BASE;
    }
}

fn adapted(delta: u32, length: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / 700 } else { delta / 2 };
    delta += delta / length;
    let mut k = 0;
    while delta > 455 {
        delta /= BASE - 1;
        k += BASE;
    }
    k + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_names_decode() {
        for label in
            ["plain", "xn--bcher-kva", "xn--fiqs8s", "xn--80ak6aa92e", "xn--p1ai", "xn--ls8h"]
        {
            assert!(is_valid(label), "{label}");
        }
    }

    #[test]
    fn what_does_not_decode_is_invalid() {
        for label in ["xn--", "xn--f", "xn---", "xn--a-", "xn--99999999", "xn--a_b", "xn--abc-"] {
            assert!(!is_valid(label), "{label}");
        }
    }
}
