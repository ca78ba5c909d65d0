//! Many requests at once, and none is lost.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use http::StatusCode;
use http_body_util::Full;
use tokio::task::JoinSet;

use crate::{
    client::{Answer, Body, Version, client, get},
    process::{PAGE, Proxy},
    upstream::Upstream,
};

const REQUESTS: usize = 20_000;
const AT_ONCE: usize = 64;

async fn check(version: Version, args: &[&str]) {
    let upstream = Upstream::start().await;
    let proxy = Arc::new(Proxy::start(&upstream.url(), args));
    let (client, next) = (client(version), Arc::new(AtomicUsize::new(0)));
    let mut workers = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (proxy, client, next) = (Arc::clone(&proxy), client.clone(), Arc::clone(&next));
        workers.spawn(async move {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= REQUESTS {
                    return;
                }
                let path = format!("/{number}");
                let request = get(&proxy, &path).body(Body::Left(Full::default()));
                let response = client.request(request.expect("it is valid")).await;
                let answer = Answer::of(response.expect("it is answered")).await;
                assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
                assert_eq!(answer.header("access-control-allow-origin"), PAGE);
                assert!(answer.body.contains(&format!("{path} HTTP")), "{}", answer.body);
            }
        });
    }
    while let Some(worker) = workers.join_next().await {
        worker.expect("every request is answered");
    }
    assert_eq!(upstream.calls(), REQUESTS);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn none_of_many_requests_over_http_1_is_lost() {
    check(Version::One, &[]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn none_of_many_requests_over_http_2_is_lost() {
    check(Version::Two, &["--upstream-http2"]).await;
}
