//! Big bodies pass through, and do not stay.

use bytes::Bytes;
use http_body_util::{BodyExt, Full, channel::Channel};

use crate::{
    client::{Answer, Body, Version, client, get},
    process::Proxy,
    upstream::{PIECE, Upstream},
};

/// 256 MiB.
const PIECES: usize = 4096;

/// The most memory that the proxy may ever have had, in KiB.
#[cfg(target_os = "linux")]
const MEMORY: u64 = 48 * 1024;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_big_body_passes_through_and_does_not_stay() {
    let upstream = Upstream::start().await;
    let proxy = Proxy::start(&upstream.url(), &[]);
    for version in [Version::One, Version::Two] {
        assert_eq!(down(&proxy, version).await, PIECES * PIECE);
        assert_eq!(up(&proxy, version).await, (PIECES * PIECE).to_string());
    }
    #[cfg(target_os = "linux")]
    check_memory(&proxy);
}

async fn down(proxy: &Proxy, version: Version) -> usize {
    let request = get(proxy, &format!("/down?{PIECES}")).body(Body::Left(Full::default()));
    let response = client(version).request(request.expect("it is valid")).await;
    let (mut size, mut body) = (0, response.expect("it is answered").into_body());
    while let Some(frame) = body.frame().await {
        size += frame.expect("it is whole").data_ref().map_or(0, Bytes::len);
    }
    size
}

async fn up(proxy: &Proxy, version: Version) -> String {
    let (mut sender, body) = Channel::new(1);
    tokio::spawn(async move {
        let piece = Bytes::from(vec![b'x'; PIECE]);
        for _ in 0..PIECES {
            sender.send_data(piece.clone()).await.expect("it is read");
        }
    });
    let request = get(proxy, "/up").method("PUT").body(Body::Right(body));
    let response = client(version).request(request.expect("it is valid")).await;
    Answer::of(response.expect("it is answered")).await.body
}

#[cfg(target_os = "linux")]
#[track_caller]
fn check_memory(proxy: &Proxy) {
    let path = format!("/proc/{}/status", proxy.child.id());
    let status = std::fs::read_to_string(path).expect("it runs");
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a line");
    let most: u64 =
        most.trim().trim_end_matches(" kB").parse().expect("the kernel writes a number");
    println!("at most {most} KiB");
    assert!(most < MEMORY, "{most} KiB");
}
