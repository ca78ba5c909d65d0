//! Why there is no answer, in a sentence.

use std::{error::Error, io, iter::successors, time::Duration};

use hyper_util::client::legacy;
use tokio_rustls::rustls;
use tower::timeout::error::Elapsed;

type Source<'e> = &'e (dyn Error + 'static);

/// What an error of the client comes to.
pub(crate) fn sentence(error: &legacy::Error, host: &str, limit: Duration) -> String {
    let chain: Vec<Source<'_>> =
        successors(Some(error as Source<'_>), |&error| below(error)).collect();
    if chain.iter().any(|error| error.is::<Elapsed>()) {
        return too_slow(host, limit);
    }
    if let Some(error) = chain.iter().find_map(|error| error.downcast_ref::<rustls::Error>()) {
        return match error {
            rustls::Error::InvalidCertificate(fault) => format!(
                "the certificate of {host} is not trusted ({fault}), and browsers that do not know it \
         reject it too: use --insecure to continue"
            ),
            error => format!(
                "cannot establish TLS with {host} ({error}): check whether the URL should be http://"
            ),
        };
    }
    let is_refused = |error: &&Source<'_>| {
        let io = error.downcast_ref::<io::Error>();
        io.is_some_and(|error| error.kind() == io::ErrorKind::ConnectionRefused)
    };
    if chain.iter().any(|error| is_refused(&error)) {
        return format!(
            "{host} refused the connection: check that the server is running, and the port"
        );
    }
    // The type of this one is private.
    if chain.iter().any(|error| error.to_string().starts_with("dns error")) {
        return format!("cannot resolve {host}: check the host name");
    }
    match chain.iter().find_map(|error| error.downcast_ref::<hyper::Error>()) {
        Some(error) if error.is_parse() => {
            format!("{host} did not answer with valid HTTP ({error})")
        }
        _ if !error.is_connect() => format!("{host} closed the connection before it answered"),
        _ => {
            let cause = chain.last().map(ToString::to_string).unwrap_or_default();
            format!("cannot reach {host} ({cause})")
        }
    }
}

pub(crate) fn too_slow(host: &str, limit: Duration) -> String {
    format!("{host} did not answer within {} s: use --timeout to wait longer", limit.as_secs_f64())
}

/// What an error holds. One of I/O keeps its content from those who ask for its source.
fn below(error: Source<'_>) -> Option<Source<'_>> {
    let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    inner.map(|inner| inner as Source<'_>).or_else(|| error.source())
}
