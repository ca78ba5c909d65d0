//! An upstream over TLS.

use std::sync::Arc;

use http::StatusCode;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::net::TcpListener;
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, pki_types::PrivateKeyDer},
};

use crate::{
    client::{Answer, Version, ask, get},
    process::{Proxy, command, file},
    upstream::Upstream,
};

/// Asks an upstream that offers these protocols, and whose certificate the proxy knows or not.
async fn through_tls(protocols: &[&str], trusted: bool) -> Answer {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["localhost".to_owned()]).expect("a name");
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).expect("a key");
    let mut config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .expect("they fit");
    config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let port = listener.local_addr().expect("it listens").port();
    let upstream = Upstream::start().await;
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.expect("it can accept");
        // A client that does not know the certificate breaks off.
        if let Ok(stream) = acceptor.accept(stream).await {
            upstream.serve(stream).await;
        }
    });

    let other = generate_simple_self_signed(["localhost".to_owned()]).expect("a name").cert;
    let known = if trusted { cert } else { other };
    let name = format!("certificates-{port}.pem");
    let mut command = command(&format!("https://localhost:{port}"));
    command.env("SSL_CERT_FILE", file(&name, &known.pem())).env_remove("SSL_CERT_DIR");
    let proxy = Proxy::spawn(command.args(["--listen", "127.0.0.1:0"]));
    ask(Version::One, get(&proxy, "/a")).await
}

#[tokio::test]
async fn the_newest_version_that_both_speak_is_taken() {
    for (protocols, wanted) in [
        (&["h2", "http/1.1"][..], Some("HTTP/2.0")),
        (&["http/1.1"], Some("HTTP/1.1")),
        (&[], Some("HTTP/1.1")),
    ] {
        let answer = through_tls(protocols, true).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let line = answer.body.lines().next().unwrap_or_default();
        assert_eq!(line.rsplit(' ').next(), wanted);
    }
}

#[tokio::test]
async fn a_stranger_with_a_certificate_is_not_the_upstream() {
    let answer = through_tls(&["h2"], false).await;
    let wanted = (StatusCode::BAD_GATEWAY, "Cannot reach the upstream.\n");
    assert_eq!((answer.status, &*answer.body), wanted);
}
