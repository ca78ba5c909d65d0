//! Runs the binary against servers of its own, as whoever types `cors explain` does.

mod arguments;
mod codes;
mod console;
mod copied;
mod docs;
mod failure;
mod har;
mod live;
mod redirect;
mod run;
mod server;
mod team;
mod tls;
