//! A decision may be held while something else is awaited, in a future that moves between threads.

use std::{future::Future, pin::Pin};

use cors_core::adapter::Decision;
use cors_http::{HttpCors, Leave, Policy, RequestView, ResponseView, Verdict};
use http::{Request, Response};

type Answered<'a> = Pin<Box<dyn Future<Output = Response<()>> + Send + 'a>>;

/// A method as `async_trait` writes it.
trait Filter {
    fn answer<'a>(&'a self, request: &'a Request<()>) -> Answered<'a>;
}

struct Held(HttpCors);

impl Filter for Held {
    fn answer<'a>(&'a self, request: &'a Request<()>) -> Answered<'a> {
        Box::pin(async move {
            let view = RequestView::from(request);
            let decision = self.0.decide(&view);
            tokio::task::yield_now().await;
            let mut response = Response::new(());
            let mut head = ResponseView::new(&mut response, Leave::Always);
            match decision {
                Decision::Forward(forward) => forward.apply(&mut head),
                Decision::Answer(answer) => answer.apply(&mut head),
            }
            response
        })
    }
}

#[tokio::test]
async fn a_decision_is_held_across_an_await() {
    let policy = Policy::new().allow_origin("https://app.example.com");
    let filter = Held(policy.compile().expect("a valid policy").render());
    let request = Request::get("/").header("origin", "https://app.example.com");
    let request = request.body(()).expect("a request");
    let response = filter.answer(&request).await;
    assert_eq!(response.headers()["access-control-allow-origin"], "https://app.example.com");
    assert_eq!(cors_http::verdict(response.extensions()), Some(Verdict::Allow));
}
