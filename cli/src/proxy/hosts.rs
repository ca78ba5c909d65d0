//! The host names that the proxy serves.

use std::net::IpAddr;

use http::uri::Authority;

/// The listener's own names, and those of `--host`. A page whose name suddenly resolves to the
/// listener (DNS rebinding) sends that name as `Host`, and would read the upstream as its own.
pub(crate) struct Hosts {
    listener: IpAddr,
    named: Vec<String>,
}

impl Hosts {
    pub(crate) fn new(listener: IpAddr, named: Vec<String>) -> Self {
        Self { listener, named }
    }

    /// Returns true if the host of a request is served. Its port is not looked at: it cannot be rebound.
    pub(crate) fn serve(&self, host: &[u8]) -> bool {
        let authority = Authority::try_from(host).ok();
        let Some(authority) = authority.filter(|it| !it.as_str().contains('@')) else {
            return false;
        };
        let host = authority.host().trim_end_matches('.').to_ascii_lowercase();
        if self.named.contains(&host) {
            return true;
        }
        let literal = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        let is_local = self.listener.is_loopback() || self.listener.is_unspecified();
        match literal {
            // No name leads to an address, so an address cannot be rebound.
            Ok(address) if self.listener.is_unspecified() => {
                address.is_ipv4() || host.starts_with('[')
            }
            Ok(address) => address == self.listener || is_local && address.is_loopback(),
            Err(_) => is_local && (host == "localhost" || host.ends_with(".localhost")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(listener: &str, served: &[&str], others: &[&str]) {
        let hosts = Hosts::new(listener.parse().expect("an address"), vec!["api.test".to_owned()]);
        for host in served {
            assert!(hosts.serve(host.as_bytes()), "{listener} serves {host}");
        }
        for host in others {
            assert!(!hosts.serve(host.as_bytes()), "{listener} does not serve {host}");
        }
    }

    #[test]
    fn a_listener_serves_its_own_names() {
        let local = [
            "localhost",
            "LOCALHOST.:80",
            "a.localhost:8080",
            "127.0.0.1:1",
            "127.9.9.9",
            "[::1]:2",
        ];
        let strange = [
            "evil.test",
            "evil.test:8080",
            "localhost.evil.test",
            "127.0.0.1.evil.test",
            "",
            "a@localhost",
            "localhost@evil.test",
            "notlocalhost",
        ];
        check("127.0.0.1", &[&local[..], &["api.test", "API.test.:80"]].concat(), &strange);
        check("127.0.0.1", &[], &["192.0.2.1", "b.api.test"]);
        check("0.0.0.0", &[&local[..], &["192.0.2.1", "[2001:db8::1]:80"]].concat(), &strange);
        check("192.0.2.1", &["192.0.2.1", "192.0.2.1:80", "api.test"], &strange);
        check("192.0.2.1", &[], &["192.0.2.2", "localhost", "127.0.0.1"]);
    }
}
