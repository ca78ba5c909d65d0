//! Whole configurations around the exported parts, and the commands that run them.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Command,
};

use cors_export::{Exported, Server};

use crate::running::{Running, free_port};

/// A server with an exported configuration, in front of an application.
pub(crate) struct Served {
    pub(crate) address: SocketAddr,
    _running: Running,
}

/// Starts a server with this configuration.
///
/// # Errors
///
/// Where it does not start.
pub(crate) fn start(
    program: &Path,
    exported: &Exported,
    application: SocketAddr,
    folder: &Path,
) -> Result<Served, String> {
    let port = free_port()?;
    let text = whole(exported, port, application, folder);
    let file = folder.join(match exported.server {
        Server::Caddy => "Caddyfile",
        Server::Envoy => "envoy.yaml",
        _ => "server.conf",
    });
    fs::write(&file, text).map_err(|error| format!("{}: {error}", file.display()))?;
    run(exported.server, program, folder, &file, port)
}

/// Runs a server with a whole configuration that listens on this port.
///
/// # Errors
///
/// Where it does not start.
pub(crate) fn run(
    server: Server,
    program: &Path,
    folder: &Path,
    file: &Path,
    port: u16,
) -> Result<Served, String> {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let command = command(server, program, folder, file);
    let running = Running::start(command, address, &folder.join("log"))
        .map_err(|error| format!("{error}\n{}", file.display()))?;
    Ok(Served { address, _running: running })
}

fn command(server: Server, program: &Path, folder: &Path, file: &Path) -> Command {
    let mut command = Command::new(program);
    match server {
        Server::Nginx => command.arg("-p").arg(folder).arg("-c").arg(file),
        Server::Apache => command.arg("-f").arg(file).arg("-DFOREGROUND"),
        Server::Caddy => command
            .args(["run", "--adapter", "caddyfile", "--config"])
            .arg(file)
            .env("HOME", folder)
            .env("XDG_DATA_HOME", folder)
            .env("XDG_CONFIG_HOME", folder),
        Server::HaProxy => command.args(["-db", "-f"]).arg(file),
        Server::Envoy => command
            .args(["--use-dynamic-base-id", "--concurrency", "1", "-l", "warning", "-c"])
            .arg(file),
    };
    command
}

/// The exported parts, in the smallest configuration that has their places.
fn whole(exported: &Exported, port: u16, application: SocketAddr, folder: &Path) -> String {
    let part = |at: usize| exported.parts.get(at).map_or("", |part| part.text.as_str());
    match exported.server {
        Server::Nginx => format!(
            "daemon off; worker_processes 1; pid nginx.pid; error_log error.log; {user}\n\
             events {{ worker_connections 64; }}\nhttp {{\naccess_log off;\n\
             large_client_header_buffers 4 128k;\n\
             client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;\n\
             uwsgi_temp_path uwsgi; scgi_temp_path scgi;\n{}\n\
             server {{\nlisten 127.0.0.1:{port};\nlocation / {{\n{}\n\
             proxy_pass http://{application};\nproxy_http_version 1.1;\n}}\n}}\n}}\n",
            part(0),
            part(1),
            user = if is_root() { "user root;" } else { "" },
        ),
        Server::Apache => apache(part(0), port, application, folder),
        Server::Caddy => format!(
            "{{\nadmin off\nauto_https off\n}}\nhttp://127.0.0.1:{port} {{\nbind 127.0.0.1\n{}\n\
             handle_errors {{\n{}\nrespond \"\" {{http.error.status_code}}\n}}\n}}\n",
            part(0).replace(
                "# Here: the directives that answer, such as reverse_proxy.",
                &format!("reverse_proxy {application}")
            ),
            part(1),
        ),
        Server::HaProxy => format!(
            "global\n  tune.bufsize 131072\n  tune.http.maxhdr 256\ndefaults\n  mode http\n  timeout connect 1s\n  timeout client 5s\n  timeout server 5s\n\
             frontend api\n  bind 127.0.0.1:{port}\n{}  default_backend app\n\
             backend app\n  server app {application}\n",
            indented(part(0), 2),
        ),
        Server::Envoy => envoy(part(0), part(1), "", port, application),
    }
}

fn apache(part: &str, port: u16, application: SocketAddr, folder: &Path) -> String {
    let modules =
        ["/usr/lib/apache2/modules", "/usr/lib64/httpd/modules", "/usr/lib/httpd/modules"];
    let modules = modules.iter().map(PathBuf::from).find(|folder| folder.is_dir());
    let modules = modules.unwrap_or_default();
    let names = [
        "mpm_event",
        "authz_core",
        "unixd",
        "setenvif",
        "headers",
        "rewrite",
        "proxy",
        "proxy_http",
    ];
    let load: String = names
        .iter()
        .map(|name| (name, modules.join(format!("mod_{name}.so"))))
        .filter(|(_, file)| file.exists())
        .map(|(name, file)| format!("LoadModule {name}_module {}\n", file.display()))
        .collect();
    let shown = folder.display();
    format!(
        "ServerRoot {shown}\nDefaultRuntimeDir {shown}\nPidFile {shown}/apache.pid\nErrorLog {shown}/error.log\n\
         ServerName 127.0.0.1\nListen 127.0.0.1:{port}\n\
         HttpProtocolOptions Unsafe\n{load}<VirtualHost *:{port}>\n{part}\
         AllowEncodedSlashes NoDecode\nProxyPass / http://{application}/ nocanon\n</VirtualHost>\n"
    )
}

/// Envoy's configuration with these routes, and filters before its router.
pub(crate) fn envoy(
    routes: &str,
    runtime: &str,
    filters: &str,
    port: u16,
    application: SocketAddr,
) -> String {
    let (host, to) = (application.ip(), application.port());
    format!(
        "{runtime}static_resources:\n  listeners:\n  - name: edge\n    address: {{socket_address: {{address: 127.0.0.1, port_value: {port}}}}}\n\
         \x20   filter_chains:\n    - filters:\n      - name: envoy.filters.network.http_connection_manager\n        typed_config:\n\
         \x20         \"@type\": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager\n\
         \x20         stat_prefix: edge\n          max_request_headers_kb: 256\n          common_http_protocol_options: {{max_headers_count: 256}}\n          route_config:\n            virtual_hosts:\n            - name: edge\n              domains: [\"*\"]\n{}\
         \x20         http_filters:\n{}          - name: envoy.filters.http.router\n            typed_config: {{\"@type\": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router, suppress_envoy_headers: true}}\n\
         \x20 clusters:\n  - {{name: app, type: STATIC, connect_timeout: 1s, load_assignment: {{cluster_name: app, endpoints: [{{lb_endpoints: [{{endpoint: {{address: {{socket_address: {{address: {host}, port_value: {to}}}}}}}}}]}}]}}}}\n",
        indented(routes, 14),
        indented(filters, 10),
    )
}

fn indented(text: &str, by: usize) -> String {
    text.lines().map(|line| format!("{}{line}\n", " ".repeat(by))).collect()
}

#[cfg(unix)]
fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}
