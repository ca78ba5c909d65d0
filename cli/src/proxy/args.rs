//! The arguments of `cors proxy`.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use super::upstream::Upstream;

/// The longest time that can be asked for, in seconds: a day.
const LONGEST: f64 = 86_400.0;

/// What to stand in front of, and how.
#[derive(clap::Args)]
pub(crate) struct Proxy {
    /// The one server that requests go to, such as `https://api.example.com`
    #[arg(long, value_name = "URL")]
    pub(crate) to: Upstream,

    /// The policy: a file that ends in .toml or .json
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: PathBuf,

    /// Where to listen; port 0 is any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,

    /// Speak HTTP/2 to an http:// upstream, which cannot be asked whether it does
    #[arg(long)]
    pub(crate) upstream_http2: bool,

    /// Keep the X-Forwarded-* headers that arrive: for a place behind another proxy
    #[arg(long)]
    pub(crate) behind_proxy: bool,

    /// The longest that a connection to the upstream may take to be made
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    pub(crate) connect_timeout: Duration,

    /// The longest that the upstream may leave a request without an answer
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    pub(crate) head_timeout: Duration,

    /// The longest silence within a body, of either side, and of a client before its request
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    pub(crate) idle_timeout: Duration,

    /// The longest that running requests may take to end, once it is told to stop
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    pub(crate) grace: Duration,
}

fn seconds(text: &str) -> Result<Duration, &'static str> {
    match text.parse::<f64>() {
        Ok(seconds) if seconds > 0.0 && seconds <= LONGEST => Ok(Duration::from_secs_f64(seconds)),
        _ => Err("write a number of seconds above 0, and 86400 at most"),
    }
}

pub(crate) const AFTER_PROXY: &str = "\
It answers preflights by itself, replaces what the upstream says about CORS, and passes everything
else, to the upstream alone. It prints the address that it serves, and ends with Ctrl-C or SIGTERM.

    cors proxy --to https://api.example.com --policy policy.toml

Where the upstream does not answer it says so: 502 if it cannot be reached or breaks off, 504 if it
takes too long, 508 if it is this proxy itself. Requests for WebSockets are refused with 501: CORS
does not apply to them, so that a page can connect to the upstream.

Exit status: 0 once it was told to stop, 2 for arguments or a policy file that cannot be used.";
