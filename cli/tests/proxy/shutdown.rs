//! How it ends.

use std::{os::unix::process::ExitStatusExt, process::ExitStatus, time::Duration};

use http::StatusCode;
use http_body_util::{BodyExt, Full};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use tokio::{net::TcpStream, time::sleep};

use crate::{
    client::{Body, Version, ask, client, get},
    process::Proxy,
    upstream::Upstream,
};

fn tell(proxy: &Proxy, signal: Signal) {
    let id = i32::try_from(proxy.child.id()).expect("a process id");
    kill(Pid::from_raw(id), signal).expect("it runs");
}

async fn ended(proxy: &mut Proxy) -> ExitStatus {
    loop {
        if let Some(status) = proxy.child.try_wait().expect("it can be waited for") {
            return status;
        }
        sleep(Duration::from_millis(5)).await;
    }
}

/// Waits until nobody can connect.
async fn stops_listening(proxy: &Proxy) {
    while TcpStream::connect(proxy.address).await.is_ok() {
        sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn a_running_request_ends_first() {
    for signal in [Signal::SIGINT, Signal::SIGTERM] {
        let upstream = Upstream::start().await;
        let mut proxy = Proxy::start(&upstream.url(), &[]);
        // A connection that waits for nothing does not hold it up.
        let _idle = TcpStream::connect(proxy.address).await.expect("it listens");
        let running = tokio::spawn(ask(Version::One, get(&proxy, "/slow")));
        while upstream.calls() == 0 {
            sleep(Duration::from_millis(5)).await;
        }
        tell(&proxy, signal);
        stops_listening(&proxy).await;
        let answer = running.await.expect("it is answered");
        assert_eq!((answer.status, &*answer.body), (StatusCode::OK, "slow"));
        assert_eq!(ended(&mut proxy).await.code(), Some(0));
    }
}

#[tokio::test]
async fn a_request_without_an_end_is_broken_off() {
    let twice = |proxy: &Proxy| tell(proxy, Signal::SIGTERM);
    let once = |_: &Proxy| {};
    for (grace, again) in [("0.2", &once as &dyn Fn(&Proxy)), ("60", &twice)] {
        let upstream = Upstream::start().await;
        let mut proxy = Proxy::start(&upstream.url(), &["--grace", grace]);
        let request = get(&proxy, "/endless").body(Body::Left(Full::default()));
        let response = client(Version::One).request(request.expect("it is valid")).await;
        tell(&proxy, Signal::SIGTERM);
        stops_listening(&proxy).await;
        again(&proxy);
        let body = response.expect("it is answered").into_body().collect().await;
        assert!(body.is_err(), "its end is no end");
        let status = ended(&mut proxy).await;
        assert_eq!((status.code(), status.signal()), (Some(0), None));
    }
}
