//! A router on a free port of loopback, beside everything else that the process does.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    thread,
};

use axum::Router;

/// Serves a router, made for its own address, from a separate thread until the process ends.
///
/// # Errors
///
/// No port can be listened on, or no runtime starts.
pub(crate) fn serve(app: impl FnOnce(SocketAddr) -> Router) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let app = app(address);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    thread::spawn(move || {
        runtime.block_on(async {
            // A listener that is lost takes the page with it, and nothing else.
            let _ = axum::serve(tokio::net::TcpListener::from_std(listener)?, app).await;
            io::Result::Ok(())
        })
    });
    Ok(address)
}
