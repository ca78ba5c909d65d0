//! A sign that something is waited for.

use std::{
    convert::Infallible,
    io::{self, IsTerminal, Write},
    time::Duration,
};

use tokio::time::sleep;

/// How long nothing is shown, because most servers are quicker.
const PATIENCE: Duration = Duration::from_millis(300);

const FRAME: Duration = Duration::from_millis(100);

const FRAMES: [char; 4] = ['|', '/', '-', '\\'];

/// Turns on standard error, if that is a terminal, until it is dropped.
pub(crate) async fn spin(host: &str) -> Infallible {
    if !io::stderr().is_terminal() {
        return std::future::pending().await;
    }
    sleep(PATIENCE).await;
    let _line = Line;
    loop {
        for frame in FRAMES {
            let _ = write!(io::stderr(), "\r{frame} waiting for {host}");
            sleep(FRAME).await;
        }
    }
}

/// The line that is written on, cleared in the end.
struct Line;

impl Drop for Line {
    fn drop(&mut self) {
        let _ = write!(io::stderr(), "\r\x1b[K");
    }
}
