//! The application behind every server: the suite's handler.

use std::{
    convert::Infallible,
    net::{SocketAddr, TcpListener},
    thread,
};

use cors_conformance::{Spy, http::call};
use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;

/// Serves the suite's handler on a port of this machine, until this process ends.
///
/// # Errors
///
/// Where no port is free.
pub(crate) fn serve() -> Result<(SocketAddr, Spy), String> {
    let failed = |error: std::io::Error| format!("cannot serve the application: {error}");
    let listener = TcpListener::bind("127.0.0.1:0").map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(failed)?;
    let spy = Spy::default();
    let handler = spy.clone();
    thread::spawn(move || {
        runtime.block_on(async {
            let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
            // Servers keep their connections, so each is served beside the others.
            while let Ok((stream, _)) = listener.accept().await {
                let spy = handler.clone();
                tokio::spawn(async move {
                    let service = service_fn(move |request| {
                        let answer = call(&spy, &request);
                        async { Ok::<_, Infallible>(answer) }
                    });
                    let _ = http1::Builder::new()
                        .max_buf_size(256 * 1024)
                        .serve_connection(TokioIo::new(stream), service)
                        .await;
                });
            }
        });
    });
    Ok((address, spy))
}
