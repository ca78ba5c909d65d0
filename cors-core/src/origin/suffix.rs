//! [Public suffixes](https://publicsuffix.org/list/): domains under which anyone may register a name.

/// Whether the subdomains of this host belong to strangers: it is a public suffix, or every name
/// under it is one.
pub(crate) fn covers_strangers(host: &str) -> bool {
    is_public_suffix(host) || is_public_suffix(&alloc::format!("any-name.{host}"))
}

/// Whether this host stands under a suffix that a hosting provider has put on the list, such as
/// `github.io`.
pub(crate) fn is_hosted(host: &str) -> bool {
    psl::suffix(host.as_bytes()).is_some_and(|suffix| suffix.typ() == Some(psl::Type::Private))
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

    #[test]
    fn a_host_at_a_provider() {
        for host in ["me.github.io", "shop.vercel.app", "a.b.pages.dev", "github.io"] {
            assert!(is_hosted(host), "{host}");
        }
        for host in ["example.com", "example.co.uk", "github.com", "localhost", "127.0.0.1"] {
            assert!(!is_hosted(host), "{host}");
        }
    }
}
