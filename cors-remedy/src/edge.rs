//! Servers that `cors-export` writes for.

use cors_core::Policy;
use cors_export::{Server, export};

pub(crate) fn nginx(policy: &Policy) -> String {
    exported(Server::Nginx, policy)
}

pub(crate) fn apache(policy: &Policy) -> String {
    exported(Server::Apache, policy)
}

pub(crate) fn caddy(policy: &Policy) -> String {
    exported(Server::Caddy, policy)
}

pub(crate) fn haproxy(policy: &Policy) -> String {
    exported(Server::HaProxy, policy)
}

pub(crate) fn envoy(policy: &Policy) -> String {
    exported(Server::Envoy, policy)
}

/// Each part behind its place. What differs from the policy in requests that no browser sends is left
/// out here.
fn exported(server: Server, policy: &Policy) -> String {
    match export(server, &policy.clone().into()) {
        Ok(exported) => {
            let part = |part: &cors_export::Part| format!("# {}\n{}", part.place, part.text);
            exported.parts.iter().map(part).collect::<Vec<_>>().join("\n")
        }
        Err(error) => error.to_string(),
    }
}
