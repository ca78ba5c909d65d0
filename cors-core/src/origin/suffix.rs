//! [Public suffixes](https://publicsuffix.org/list/): domains under which anyone may register a name.

/// Whether the subdomains of this host belong to strangers: it is a public suffix, or every name
/// under it is one.
pub(crate) fn covers_strangers(host: &str) -> bool {
    is_public_suffix(host) || is_public_suffix(&alloc::format!("any-name.{host}"))
}

fn is_public_suffix(host: &str) -> bool {
    psl::suffix(host.as_bytes()).is_some_and(|suffix| suffix.is_known() && suffix == host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suffix_and_what_a_wildcard_rule_covers() {
        for host in ["com", "co.uk", "github.io", "compute-1.amazonaws.com", "kawasaki.jp", "ck"] {
            assert!(covers_strangers(host), "{host}");
        }
        for host in ["example.com", "example.co.uk", "me.github.io", "internal", "corp.internal"] {
            assert!(!covers_strangers(host), "{host}");
        }
    }
}
