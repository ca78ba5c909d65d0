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
                "{host} has a certificate that is not trusted here ({fault}): browsers break off \
                 too, unless they know it; --insecure goes on"
            ),
            error => format!("{host} does not speak TLS as browsers do ({error}): is it http://?"),
        };
    }
    let is_refused = |error: &&Source<'_>| {
        let io = error.downcast_ref::<io::Error>();
        io.is_some_and(|error| error.kind() == io::ErrorKind::ConnectionRefused)
    };
    if chain.iter().any(|error| is_refused(&error)) {
        return format!("{host} refused the connection: nothing listens there");
    }
    // The type of this one is private.
    if chain.iter().any(|error| error.to_string().starts_with("dns error")) {
        return format!("{host} has no address: the name is not known here");
    }
    match chain.iter().find_map(|error| error.downcast_ref::<hyper::Error>()) {
        Some(error) if error.is_parse() => {
            format!("{host} answered with something that is no HTTP ({error})")
        }
        _ if !error.is_connect() => format!("{host} broke off before it answered"),
        _ => {
            let cause = chain.last().map(ToString::to_string).unwrap_or_default();
            format!("{host} cannot be reached ({cause})")
        }
    }
}

pub(crate) fn too_slow(host: &str, limit: Duration) -> String {
    format!("{host} did not answer within {} s: --timeout waits longer", limit.as_secs_f64())
}

/// What an error holds. One of I/O keeps its content from those who ask for its source.
fn below(error: Source<'_>) -> Option<Source<'_>> {
    let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    inner.map(|inner| inner as Source<'_>).or_else(|| error.source())
}
