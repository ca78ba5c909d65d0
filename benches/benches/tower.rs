//! A tower service with the layer around it, beside the same service without.

use std::{
    convert::Infallible,
    future::{Future, Ready, ready},
    hint::black_box,
    pin::pin,
    task::{Context, Poll, Waker},
};

use cors_benches::{ORIGIN, actual, listed, preflight, response};
use cors_tower::CorsLayer;
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use http::{HeaderMap, Request, Response, header};
use tower::{Layer, Service, service_fn};

fn handler(_: Request<()>) -> Ready<Result<Response<()>, Infallible>> {
    let mut answer = Response::new(());
    *answer.headers_mut() = response().into_parts().0.headers;
    ready(Ok(answer))
}

/// Calls a service whose futures are ready at once.
fn call<S, B>(service: &mut S, request: Request<()>) -> HeaderMap
where
    S: Service<Request<()>, Response = Response<B>, Error = Infallible>,
{
    let future = pin!(service.call(request));
    match future.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(response)) => response.into_parts().0.headers,
        Poll::Pending => unreachable!("the handler is ready at once"),
    }
}

fn bench<S, B>(
    criterion: &mut Criterion,
    name: &str,
    service: &mut S,
    request: &Request<()>,
    lines: usize,
) where
    S: Service<Request<()>, Response = Response<B>, Error = Infallible>,
{
    let copy = request.clone();
    let mut headers = HeaderMap::new();
    let count = allocation_counter::measure(|| headers = call(service, copy)).count_total;
    assert_eq!(headers.len(), lines, "{name}");
    println!("{name}: {count} allocations");
    criterion.bench_function(name, |bencher| {
        let copy = || request.clone();
        bencher.iter_batched(
            copy,
            |request| black_box(call(service, request)),
            BatchSize::SmallInput,
        );
    });
}

fn services(criterion: &mut Criterion) {
    let request = actual(ORIGIN);
    assert!(request.headers().contains_key(header::ORIGIN));
    bench(criterion, "tower/actual, no layer", &mut service_fn(handler), &request, 0);
    for origins in [1, 1_000] {
        let mut service =
            CorsLayer::new(cors_core::Source::from(listed(origins))).layer(service_fn(handler));
        let name = format!("tower/actual, among {origins}");
        bench(criterion, &name, &mut service, &request, 3);
    }
    let mut service = CorsLayer::new(cors_core::Source::from(listed(1))).layer(service_fn(handler));
    let request = preflight(ORIGIN, "PUT", "authorization,content-type");
    bench(criterion, "tower/preflight", &mut service, &request, 6);
}

criterion_group!(benches, services);
criterion_main!(benches);
