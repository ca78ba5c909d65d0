//! The arguments of `cors proxy`.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use super::upstream::Upstream;

/// The longest time that can be asked for, in seconds: a day.
const LONGEST: f64 = 86_400.0;

/// What to stand in front of, and how.
#[derive(clap::Args)]
pub(crate) struct Proxy {
    /// Upstream server, such as https://api.example.com
    #[arg(long, value_name = "URL")]
    pub(crate) to: Upstream,

    /// Policy file, in TOML or JSON
    #[arg(
        long,
        value_name = "FILE",
        required_unless_present = "origins",
        conflicts_with = "origins"
    )]
    pub(crate) policy: Option<PathBuf>,

    /// Origin to allow instead of a policy file; any method and header; can be repeated
    #[arg(long = "origin", value_name = "ORIGIN")]
    pub(crate) origins: Vec<String>,

    /// Address or port to listen on; port 0 picks a free port
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080", value_parser = address)]
    pub(crate) listen: SocketAddr,

    /// Host name to serve besides the listener's own; can be repeated
    #[arg(long = "host", value_name = "NAME", value_parser = host)]
    pub(crate) hosts: Vec<String>,

    /// Most connections from clients at a time
    #[arg(long, value_name = "NUMBER", default_value = "1024", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) max_connections: u16,

    /// Do not print a line for each request
    #[arg(long)]
    pub(crate) quiet: bool,

    /// Use HTTP/2 to an http:// upstream, where it cannot be negotiated
    #[arg(long)]
    pub(crate) upstream_http2: bool,

    /// Keep incoming X-Forwarded-* headers; use this only behind another proxy
    #[arg(long)]
    pub(crate) behind_proxy: bool,

    /// How long to wait for a connection to the upstream
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    pub(crate) connect_timeout: Duration,

    /// How long to wait for the headers of a response
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    pub(crate) head_timeout: Duration,

    /// How long to wait for more of a body, or for the next request on a connection
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    pub(crate) idle_timeout: Duration,

    /// How long to wait for in-flight requests at shutdown
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    pub(crate) grace: Duration,
}

/// An address, or a port of loopback.
fn address(text: &str) -> Result<SocketAddr, &'static str> {
    let port = text.parse::<u16>().map(|port| SocketAddr::from(([127, 0, 0, 1], port)));
    let address = port.or_else(|_| text.parse().map_err(|_| ()));
    address.map_err(|()| "use a port, such as 8080, or an address, such as 127.0.0.1:8080")
}

/// A name without a port, in the spelling that hosts are compared in.
fn host(text: &str) -> Result<String, &'static str> {
    let is_name = |host: &str| !host.is_empty() && !host.contains(['/', ':', '@', ' ', '*']);
    match text.starts_with('[') && text.ends_with(']') || is_name(text) {
        true => Ok(text.trim_end_matches('.').to_ascii_lowercase()),
        false => Err("use a host name without a scheme and a port, such as api.example.com"),
    }
}

fn seconds(text: &str) -> Result<Duration, &'static str> {
    match text.parse::<f64>() {
        Ok(seconds) if seconds > 0.0 && seconds <= LONGEST => Ok(Duration::from_secs_f64(seconds)),
        _ => Err("use a number of seconds above 0, at most 86400"),
    }
}

pub(crate) const AFTER_PROXY: &str = "\
Answers preflights, replaces the upstream's CORS headers, and forwards everything else to the upstream
and nowhere else. Prints the address that it listens on. Stop it with Ctrl-C or SIGTERM.

    cors proxy --to https://api.example.com --policy policy.toml
    cors proxy --to https://api.example.com --origin http://localhost:5173

Requests for other host names get 421: a page whose name resolves to this address could read the
upstream otherwise. On loopback, localhost and loopback addresses are served; --host adds a name. One
line for each request goes to standard error: method, path, status, verdict and milliseconds.

If the upstream does not answer, the proxy does: 502 if it cannot be reached, closes the connection or sends an
ambiguous response, 504 if it takes too long, 508 if it is the proxy itself. WebSocket requests get 501. CORS does not
apply to them, so pages can connect to the upstream directly.

Exit status: 0 after a normal shutdown, 2 if the arguments or the policy file cannot be used.";
