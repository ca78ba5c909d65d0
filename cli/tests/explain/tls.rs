//! Servers whose certificate nobody knows.

use std::sync::Arc;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, pki_types::PrivateKeyDer},
};

use crate::run::{PAGE, explain_with, file};

/// Asks a server whose certificate is known, or not.
async fn said(known: bool, args: &'static [&'static str]) -> (String, Option<i32>) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["localhost".to_owned()]).expect("a name");
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).expect("a key");
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .expect("they fit");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let port = listener.local_addr().expect("it listens").port();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.expect("it can accept");
        // A client that does not know the certificate breaks off.
        if let Ok(mut stream) = TlsAcceptor::from(Arc::new(config)).accept(stream).await {
            let _ = stream.read(&mut [0; 4096]).await;
            let answer =
                "HTTP/1.1 200 OK\r\naccess-control-allow-origin: *\r\ncontent-length: 0\r\n\r\n";
            stream.write_all(answer.as_bytes()).await.expect("it is read");
            // Until the client is done.
            let _ = stream.read(&mut [0; 1]).await;
        }
    });
    let other = generate_simple_self_signed(["localhost".to_owned()]).expect("a name").cert;
    let roots = if known { cert.pem() } else { other.pem() };
    let roots = file(&format!("explain-roots-{port}.pem"), &roots);
    let url = format!("https://localhost:{port}/");
    let said = tokio::task::spawn_blocking(move || {
        let args = [&[url.as_str(), "--origin", PAGE], args].concat();
        explain_with(&args, &[("SSL_CERT_FILE", &roots), ("SSL_CERT_DIR", "/nonexistent")], "")
    });
    let said = said.await.expect("it runs");
    (said.out, said.status)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_is_known() {
    let (out, status) = said(true, &[]).await;
    assert_eq!(status, Some(0), "{out}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_is_not_known() {
    let (out, status) = said(false, &[]).await;
    assert_eq!(status, Some(2), "{out}");
    assert!(out.contains("is not trusted ("), "{out}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_need_not_be_known() {
    let (out, status) = said(false, &["--insecure"]).await;
    assert_eq!(status, Some(0), "{out}");
    assert!(out.starts_with("! --insecure: accepting any certificate"), "{out}");
}
