//! The servers, by name.

use std::fmt;

/// A server that a policy can be exported to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Server {
    /// nginx 1.11 or newer
    Nginx,
    /// Apache HTTP Server 2.4 with mod_setenvif, mod_headers and mod_rewrite
    Apache,
    /// Caddy 2.6 or newer
    Caddy,
    /// HAProxy 2.4 or newer
    HaProxy,
    /// Envoy, as routes of a virtual host, without its CORS filter
    Envoy,
}

impl Server {
    /// Every server.
    pub const ALL: [Self; 5] = [Self::Nginx, Self::Apache, Self::Caddy, Self::HaProxy, Self::Envoy];

    /// `nginx`, `apache`, `caddy`, `haproxy` or `envoy`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Apache => "apache",
            Self::Caddy => "caddy",
            Self::HaProxy => "haproxy",
            Self::Envoy => "envoy",
        }
    }

    /// The name as its authors write it, such as `HAProxy`.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Apache => "Apache",
            Self::Caddy => "Caddy",
            Self::HaProxy => "HAProxy",
            Self::Envoy => "Envoy",
        }
    }

    /// The server with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|server| server.as_str() == name)
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title())
    }
}
