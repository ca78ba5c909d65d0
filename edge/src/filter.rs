//! Envoy with the filter of `cargo xtask wasm`.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use cors_core::Resources;
use cors_export::Server;

use crate::{
    root,
    running::free_port,
    server::{self, Served},
};

/// The place of the filter's module.
pub(crate) fn module() -> PathBuf {
    root().join("target/wasm/cors_proxy_wasm.wasm")
}

/// Starts Envoy with the filter and this policy, in front of an application.
///
/// # Errors
///
/// It does not start.
pub(crate) fn start(
    program: &Path,
    module: &Path,
    policy: &Resources,
    application: SocketAddr,
    folder: &Path,
) -> Result<Served, String> {
    let policy = serde_json::to_string(policy).map_err(|error| error.to_string())?;
    let port = free_port()?;
    let file = folder.join("envoy.yaml");
    fs::write(&file, configuration(module, &policy, port, application))
        .map_err(|error| format!("{}: {error}", file.display()))?;
    server::run(Server::Envoy, program, folder, &file, port)
}

fn configuration(module: &Path, policy: &str, port: u16, application: SocketAddr) -> String {
    let module = module.display();
    let policy = policy.replace('\'', "''");
    let filter = format!(
        "- name: cors\n  typed_config:\n\
         \x20   \"@type\": type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm\n\
         \x20   config:\n      name: cors\n      configuration:\n\
         \x20       \"@type\": type.googleapis.com/google.protobuf.StringValue\n\
         \x20       value: '{policy}'\n\
         \x20     vm_config: {{runtime: envoy.wasm.runtime.v8, code: {{local: {{filename: {module}}}}}}}\n"
    );
    let routes = "routes:\n- {match: {prefix: \"\"}, route: {cluster: app}}\n";
    server::envoy(routes, "", &filter, port, application)
}
