//! Everything that is held to a policy: servers with exported configurations, and Envoy with the
//! filter.

use std::{
    fmt,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use cors_core::Resources;
use cors_export::{Server, export};

use crate::{filter, program, server, server::Served};

/// A server, and how it gets the policy.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Target {
    /// As an exported configuration.
    Exported(Server),
    /// Envoy, as the configuration of the filter.
    Filter,
}

/// The programs that a target consists of.
pub(crate) struct Installed {
    pub(crate) program: PathBuf,
    /// The filter's module.
    module: PathBuf,
}

impl Target {
    /// Every target.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        Server::ALL.into_iter().map(Self::Exported).chain([Self::Filter])
    }

    /// The target of this name: a server's, or `filter`.
    ///
    /// # Errors
    ///
    /// The name is unknown.
    pub(crate) fn named(name: &str) -> Result<Self, String> {
        let known = Self::all().find(|target| target.name() == name);
        known.ok_or_else(|| {
            let names: Vec<_> = Self::all().map(Self::name).collect();
            format!("use one of {}", names.join(", "))
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::Exported(server) => server.as_str(),
            Self::Filter => "filter",
        }
    }

    fn server(self) -> Server {
        match self {
            Self::Exported(server) => server,
            Self::Filter => Server::Envoy,
        }
    }

    /// The programs, or what is missing.
    ///
    /// # Errors
    ///
    /// The command that installs what is missing.
    pub(crate) fn installed(self) -> Result<Installed, &'static str> {
        let program = program::find(self.server()).ok_or(program::install(self.server()))?;
        let module = filter::module();
        if self == Self::Filter && !module.is_file() {
            return Err("cargo xtask wasm");
        }
        Ok(Installed { program, module })
    }

    /// The version that the server prints.
    pub(crate) fn version(self, installed: &Installed) -> String {
        program::version(self.server(), &installed.program)
    }

    /// Starts the server with the policy, in front of an application.
    ///
    /// # Errors
    ///
    /// A reason why the policy cannot be exported, inside. Outside: the server does not start.
    pub(crate) fn start(
        self,
        installed: &Installed,
        policy: &Resources,
        application: SocketAddr,
        folder: &Path,
    ) -> Result<Result<Served, String>, String> {
        let Installed { program, module } = installed;
        match self {
            Self::Exported(server) => match export(server, policy) {
                Err(refusal) => Ok(Err(refusal.to_string())),
                Ok(exported) => server::start(program, &exported, application, folder).map(Ok),
            },
            Self::Filter => filter::start(program, module, policy, application, folder).map(Ok),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exported(server) => server.fmt(f),
            Self::Filter => f.write_str("Envoy, filter"),
        }
    }
}
