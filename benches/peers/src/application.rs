//! An application that is asked in process.

use std::{
    hint::black_box,
    pin::pin,
    task::{Context, Poll, Waker},
    time::{Duration, Instant},
};

use crate::answer::Answer;

/// A request as it is given to every framework, which makes its own of it.
pub type Request = http::Request<()>;

/// An application with a CORS library around it, or with none.
pub trait Application {
    /// The answer to a request.
    fn answer(&mut self, request: &Request) -> Answer;

    /// How long so many answers to a request took. The framework's requests are made before; its
    /// responses are dropped within, since what a library puts on them has to be dropped too.
    fn time(&mut self, request: &Request, times: usize) -> Duration;

    /// Answers the request `times` times inside `around`. The framework's requests are made before.
    fn within(&mut self, request: &Request, times: usize, around: &mut dyn FnMut(&mut dyn FnMut()));
}

/// How a framework is asked: its request is made, called, and its response is read.
pub(crate) struct Asked<M, C, R> {
    pub(crate) make: M,
    pub(crate) call: C,
    pub(crate) read: R,
}

impl<M, C, R, Req, Res> Application for Asked<M, C, R>
where
    M: Fn(&Request) -> Req,
    C: FnMut(Req) -> Res,
    R: Fn(&Res) -> Answer,
{
    fn answer(&mut self, request: &Request) -> Answer {
        (self.read)(&(self.call)((self.make)(request)))
    }

    fn time(&mut self, request: &Request, times: usize) -> Duration {
        let requests: Vec<Req> = (0..times).map(|_| (self.make)(request)).collect();
        let start = Instant::now();
        for request in requests {
            drop(black_box((self.call)(black_box(request))));
        }
        start.elapsed()
    }

    fn within(
        &mut self,
        request: &Request,
        times: usize,
        around: &mut dyn FnMut(&mut dyn FnMut()),
    ) {
        let mut requests: Vec<Req> = (0..times).map(|_| (self.make)(request)).collect();
        around(&mut || {
            while let Some(request) = requests.pop() {
                drop(black_box((self.call)(black_box(request))));
            }
        });
    }
}

/// What a future gives that waits for nothing, as these applications do.
pub(crate) fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => unreachable!("the applications wait for nothing"),
    }
}
