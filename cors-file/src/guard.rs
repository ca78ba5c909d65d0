//! The guard of a file: a table with the server's own hosts.

use std::collections::HashSet;

use cors_core::{Cors, Framework};

use crate::{
    document::{self, Span, Value},
    finding::{Finding, Where},
    place::Lines,
    read::Reader,
};

/// The key of the guard.
pub(crate) const GUARD: &str = "guard";

/// The key of its hosts.
pub(crate) const OWN_HOSTS: &str = "own_hosts";

/// A guard that was read, with the place of each host.
pub(crate) struct Guard {
    own_hosts: Vec<(String, Span)>,
}

impl Guard {
    /// Reads the table.
    pub(crate) fn read(reader: &mut Reader<'_>, entry: &document::Entry) -> Option<Self> {
        let remedy = "write its keys, or {} for a guard whose own hosts are the loopback names";
        let Value::Table(keys) = &entry.node.value else {
            reader.expected(GUARD, "a table", &entry.node, remedy);
            return None;
        };
        let mut own_hosts = Vec::new();
        for key in keys {
            match (key.name.as_str(), &key.node.value) {
                (OWN_HOSTS | "ownHosts", Value::List(nodes)) => {
                    own_hosts.extend(reader.texts(OWN_HOSTS, nodes));
                }
                (OWN_HOSTS | "ownHosts", _) => {
                    reader.expected(
                        OWN_HOSTS,
                        "a list of strings",
                        &key.node,
                        "write it in brackets",
                    );
                }
                (name, _) => {
                    let problem = format!("unknown key {name:?}");
                    reader.wrong("unknown-key", problem, &key.span, "write own_hosts");
                }
            }
        }
        Some(Self { own_hosts })
    }

    /// The policy with this guard, or the places of the hosts that are invalid.
    pub(crate) fn add<C: Framework>(
        &self,
        text: &str,
        cors: Cors<C>,
    ) -> Result<Cors<C>, Vec<Finding>> {
        let hosts = self.own_hosts.iter().map(|(host, _)| host.as_str());
        cors.guard(&cors_core::Guard::new().own_hosts(hosts)).map_err(|errors| {
            let lines = Lines::of(text);
            let wrong: HashSet<&str> = errors.iter().collect();
            let hosts = self.own_hosts.iter().filter(|(host, _)| wrong.contains(host.as_str()));
            let finding = |(host, span): &(String, Span)| {
                let problem =
                    format!("own host {host:?} is not a lowercase host with an optional port");
                let at = Where::At(lines.place(span));
                Finding::error("own-host", problem, at)
                    .with_help("write it like \"api.example.com\" or \"localhost:8080\"")
            };
            hosts.map(finding).collect()
        })
    }
}
