//! `cargo xtask edge --scale`: exported policies of 10, 1,000 and 100,000 origins, and what each costs.

use std::{
    fmt::Write,
    fs,
    net::SocketAddr,
    time::{Duration, Instant},
};

use cors_conformance::{Request, tcp};
use cors_core::Policy;
use cors_export::{Server, export};

use crate::{application, program, root, server};

const ORIGINS: [usize; 3] = [10, 1_000, 100_000];

/// Requests of which the median counts.
const REQUESTS: usize = 301;

const HEAD: &str = "\
# Where to enforce CORS as a system grows

| place | adds | suits |
|---|---|---|
| the process, with an adapter | nothing to run. Handlers, errors and policies by path are covered. | one service, or a few |
| a proxy in front, with `cors export` | a configuration to reload. It also covers services in other languages. | several services with one policy |
| `cors proxy` in front | one process more, and a reload without a restart | a server whose configuration cannot change |
| [a filter in Envoy or Istio](filter.md) | the engine itself in the proxy: about 50 microseconds of processor time a request | many services behind one gateway |
| a gateway or CDN | its own limits: [fields by key](export.md) | static policies with few origins |

CORS is enforced in one place. Two layers write two values, and browsers reject both. Check the place that
answers with `cors verify`: see [verify.md](verify.md).

## Policies of 10, 1,000 and 100,000 origins

This section is written by `cargo xtask edge --scale`. Each server runs the exported policy in front of
the same application. The request comes from the last origin of the list, on a new connection. The time
is the median of 301 requests, on a machine that did other work too. The row \"no server\" asks the application directly.

| server | origins | configuration | start | one request |
|---|--:|--:|--:|--:|
";

const TAIL: &str = "
nginx looks up a long list in a hash table and keeps its pace. Apache and HAProxy compare the texts in
turn, so each request costs more. Caddy and Envoy read the list into one expression when they start, and
refuse the longest list.

Lists of thousands of origins belong into nginx, or into the process: an adapter looks them up in a hash
table too, takes a predicate, and replaces a live policy without a restart.
";

/// Measures, and writes docs/scale.md.
///
/// # Errors
///
/// Where the application cannot be served or the page cannot be written.
pub(crate) fn run() -> Result<(), String> {
    let (application, _) = application::serve()?;
    let mut text = HEAD.to_owned();
    let direct = median(application, "https://0.example.com")?;
    let _ = writeln!(text, "| no server | | | | {} |", shown(direct));
    for server in Server::ALL {
        let Some(program) = program::find(server) else { continue };
        for origins in ORIGINS {
            let last = format!("https://{}.example.com", origins - 1);
            let all = (0..origins).map(|at| format!("https://{at}.example.com"));
            let policy = Policy::new().allow_origins(all);
            let exported = export(server, &policy.into()).map_err(|error| error.to_string())?;
            let size: usize = exported.parts.iter().map(|part| part.text.len()).sum();
            let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
            let started = Instant::now();
            let row = match server::start(&program, &exported, application, folder.path()) {
                Err(_) => "does not start | |".to_owned(),
                Ok(served) => {
                    let start = started.elapsed();
                    match median(served.address, &last) {
                        Ok(median) => format!("{} | {} |", shown(start), shown(median)),
                        Err(_) => format!("{} | no answer |", shown(start)),
                    }
                }
            };
            let row = format!("| {server} | {origins} | {} KB | {row}", size.div_ceil(1024));
            println!("{row}");
            text += &row;
            text.push('\n');
        }
    }
    text += TAIL;
    let path = root().join("docs/scale.md");
    fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
}

/// The median time of an answer that names the origin, or comes from the application alone.
fn median(address: SocketAddr, origin: &str) -> Result<Duration, String> {
    let request = Request::new("GET", "/", [("origin", origin)]);
    let mut times = Vec::with_capacity(REQUESTS);
    for _ in 0..REQUESTS {
        let started = Instant::now();
        let answer = tcp::exchange(address, &request).map_err(|error| error.to_string())?;
        times.push(started.elapsed());
        if answer.status != 200 {
            return Err(format!("status {}", answer.status));
        }
    }
    times.sort_unstable();
    Ok(times[REQUESTS / 2])
}

fn shown(time: Duration) -> String {
    match time.as_millis() {
        0..10 => format!("{} us", time.as_micros()),
        more => format!("{more} ms"),
    }
}
