//! A middleware inside a nested route decides by the path that the client sent.

use cors_conformance::{check_nested, http::over_tcp, nested_policies};
use cors_poem::CorsMiddleware;
use poem::{
    EndpointExt, Route, Server,
    endpoint::{BoxEndpoint, make_sync},
    get,
    listener::TcpAcceptor,
    middleware::{NormalizePath, TrailingSlash},
};

#[test]
fn inside_a_nested_route() {
    check(|cors| Route::new().nest("/admin", routes("/public/report").with(cors)).boxed());
}

#[test]
fn inside_a_nested_route_that_keeps_the_prefix() {
    check(|cors| {
        let inner = routes("/admin/public/report").with(cors);
        Route::new().nest_no_strip("/admin", inner).boxed()
    });
}

#[test]
fn inside_two_nested_routes() {
    check(|cors| {
        let inner = Route::new().nest("/public", routes("/report").with(cors));
        Route::new().nest("/admin", inner).boxed()
    });
}

#[test]
fn inside_a_nested_route_with_a_rewritten_path() {
    check(|cors| {
        let app = Route::new().nest("/admin", routes("/public/report/").with(cors));
        app.with(NormalizePath::new(TrailingSlash::Always)).boxed()
    });
}

#[test]
fn around_the_outermost_route() {
    check(|cors| Route::new().nest("/admin", routes("/public/report")).with(cors).boxed());
}

fn routes(path: &str) -> Route {
    Route::new().at(path, get(make_sync(|_| "[]")))
}

#[track_caller]
fn check(nest: fn(CorsMiddleware) -> BoxEndpoint<'static>) {
    let cors = CorsMiddleware::new(nested_policies().compile().expect("the policies are valid"));
    check_nested(|request| {
        over_tcp(request, async |listener| {
            let acceptor = TcpAcceptor::from_tokio(listener).expect("the listener is bound");
            let served = Server::new_with_acceptor(acceptor).run(nest(cors.clone())).await;
            unreachable!("the server never stops: {served:?}")
        })
    });
}
