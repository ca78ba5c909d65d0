//! Runs the binary in front of an upstream of its own, as whoever types `cors proxy` does.

mod arguments;
mod body;
mod client;
mod cors;
mod failure;
mod hardened;
mod head;
mod load;
mod process;
#[cfg(unix)]
mod shutdown;
mod tls;
mod upstream;
