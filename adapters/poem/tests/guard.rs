//! A guard around a whole route, over TCP.

use cors_conformance::{check_guard, guarded_policy, http::over_tcp};
use cors_poem::CorsMiddleware;
use poem::{EndpointExt, Route, Server, endpoint::make_sync, get, listener::TcpAcceptor};

#[test]
fn strangers_are_refused() {
    let cors = CorsMiddleware::new(guarded_policy());
    check_guard(|request| {
        over_tcp(request, async |listener| {
            let done = get(make_sync(|_| "done")).post(make_sync(|_| "done"));
            let app = Route::new().at("/transfer", done).with(cors.clone());
            let acceptor = TcpAcceptor::from_tokio(listener).expect("the listener is bound");
            let served = Server::new_with_acceptor(acceptor).run(app).await;
            unreachable!("the server never stops: {served:?}")
        })
    });
}
