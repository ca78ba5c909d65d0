//! A service around the layer that rewrites the target, and keeps the original.

use std::{convert::Infallible, future::ready};

use cors_conformance::{check_nested, http::in_process, nested_policies};
use cors_tower::CorsLayer;
use http::{Request, Response, Uri};
use tower::{Layer, ServiceExt, service_fn};

#[derive(Clone)]
struct Original(Uri);

#[test]
fn a_layer_finds_the_path_that_was_sent() {
    let layer = CorsLayer::new(nested_policies().compile().expect("the policies are valid"))
        .sent_uri(|extensions| extensions.get().map(|Original(uri)| uri));
    check_nested(|request| {
        in_process(request, async |mut request: Request<()>| {
            let sent = request.uri().clone();
            let rest = sent.path().strip_prefix("/admin").expect("the prefix");
            *request.uri_mut() = rest.parse().expect("a path");
            request.extensions_mut().insert(Original(sent));
            let handler = service_fn(|_| ready(Ok::<_, Infallible>(Response::new(String::new()))));
            layer.layer(handler).oneshot(request).await
        })
    });
}
