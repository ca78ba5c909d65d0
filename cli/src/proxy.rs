//! `cors proxy`: a policy in front of a server whose headers nobody can change.
//!
//! The layer of `cors-tower` stands outermost and does all that is CORS: it answers preflights,
//! replaces what the upstream says about CORS, and covers the refusals made here as well. Behind it
//! is one service, which carries a request to the one upstream and its response back.
//!
//! It stands on hyper's client and server, which axum, tonic and reqwest stand on too. Not on
//! pingora: a proxy there is a set of filters over pingora's own types, so that the layer would not
//! fit and CORS would have to be written once more; and it brings a framework of services, threads
//! and configuration where one upstream is wanted.

mod activity;
mod args;
mod body;
mod client;
mod forward;
mod front;
mod headers;
mod hosts;
mod listen;
mod log;
mod progress;
mod refusal;
mod upstream;

use std::{
    io::{self, Write},
    sync::Arc,
};

use cors_core::Policy;
use cors_file::PolicyFile;
use cors_tower::{Cors, CorsLayer};
use tokio::{net::TcpListener, runtime::Runtime, sync::Notify};

use crate::status::{Status, complain};
pub(crate) use args::{AFTER_PROXY, Proxy as Args};
use forward::Proxy;
use front::Front;
use hosts::Hosts;
use listen::Limits;
use log::Log;

/// Serves until it is told to stop: by Ctrl-C or by SIGTERM.
///
/// # Errors
///
/// Where it cannot listen, or cannot be told to stop, or knows no certificates.
pub(crate) fn run(args: Args, out: &mut impl Write) -> io::Result<Status> {
    let cors = match policy(&args) {
        Ok(cors) => cors,
        Err(mistakes) => {
            complain(mistakes);
            return Ok(Status::Invalid);
        }
    };
    let stop = Arc::new(Notify::new());
    let told = Arc::clone(&stop);
    ctrlc::set_handler(move || told.notify_one()).map_err(io::Error::other)?;

    let runtime = Runtime::new()?;
    runtime.block_on(async {
        let proxy = Proxy::new(&args)?;
        let listener = TcpListener::bind(args.listen).await.map_err(|error| {
            io::Error::new(error.kind(), format!("cannot listen on {}: {error}", args.listen))
        })?;
        writeln!(out, "listening on http://{}, forwarding to {}", listener.local_addr()?, args.to)?;
        out.flush()?;
        let limits = Limits { grace: args.grace, connections: args.max_connections.into() };
        let front = Front {
            hosts: Hosts::new(listener.local_addr()?.ip(), args.hosts),
            log: (!args.quiet).then(|| Log::new(cors.clone())),
            service: CorsLayer::new(cors),
            proxy,
        };
        listen::serve(listener, front, &stop, limits).await;
        io::Result::Ok(())
    })?;
    // Not by dropping it, which waits for whoever still asks for an address.
    runtime.shutdown_background();
    Ok(Status::Allowed)
}

/// The policy of the file, or one for the given origins.
fn policy(args: &Args) -> Result<Cors, String> {
    if let Some(file) = &args.policy {
        return PolicyFile::new(file).load().map_err(|report| report.to_string());
    }
    Policy::new()
        .allow_origins(&args.origins)
        .allow_methods("*")
        .allow_headers("*")
        .expose_headers("*")
        .compile()
        .map_err(|errors| errors.to_string())
}
