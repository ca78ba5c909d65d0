//! One case, and what it takes to pass.

use std::fmt::Debug;

use cors_core::{Resources, plain};
use serde::Deserialize;

use crate::{
    Adapter, App, Between, Predicate, Reply, Request, Response, Spy, bless::Answer, compare,
    permission,
};

/// Between the names of two policies, and between their verdicts: the outer one first.
pub(crate) const AROUND: &str = " around ";

/// A row that was read: all of it is there, and its policies compile.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// Group and name, as in `preflight/denied method`.
    pub(crate) name: String,
    /// Outermost first.
    pub(crate) policies: Vec<Resources>,
    /// The policies' names in the suite, joined by [`AROUND`].
    pub(crate) policy: String,
    pub(crate) between: Option<Between>,
    /// One of each policy, joined by [`AROUND`].
    pub(crate) verdict: String,
    pub(crate) request: Request,
    pub(crate) handler: Handler,
    pub(crate) status: u16,
    pub(crate) want: Vec<(String, Vec<u8>)>,
}

/// Who makes the response.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
pub(crate) enum Handler {
    #[serde(rename = "runs")]
    Runs,
    #[serde(rename = "does not run")]
    DoesNotRun,
    /// A router does, behind the layer; the handler where there is none.
    #[serde(rename = "router answers")]
    RouterAnswers,
}

impl Case {
    /// Whether the engine decides as the row says, and the adapter answers so.
    pub(crate) fn run(&self, adapter: &dyn Adapter) -> Result<(), String> {
        let app = self.app();
        let response = adapter.answer(&app, &self.request);
        let mut wrong: Vec<String> = self.check_verdict(&app).into_iter().collect();
        wrong.extend(self.check_handler(app.spy.calls()));
        wrong.extend(self.check_response(&response));
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
    }

    fn app(&self) -> App {
        App { policies: self.policies.clone(), between: self.between, spy: Spy::default() }
    }

    /// What an adapter answers, in the words of a row.
    pub(crate) fn answered_by(&self, adapter: &dyn Adapter) -> Answer {
        let app = self.app();
        let response = adapter.answer(&app, &self.request);
        let reply = Reply::to(&self.request.method, &self.request.path);
        let (handler, own) = match app.spy.calls() {
            0 if response.status == reply.status && reply.is_routers() => {
                ("router answers", reply.headers)
            }
            0 => ("does not run", &[][..]),
            _ if reply.is_routers() => ("router answers", reply.headers),
            _ => ("runs", reply.headers),
        };
        let want = compare::added(own, &response.headers);
        Answer { verdict: self.verdict_of(&app), handler, status: response.status, want }
    }

    fn check_verdict(&self, app: &App) -> Option<String> {
        differ("verdict of the engine", &self.verdict, &self.verdict_of(app))
    }

    fn verdict_of(&self, app: &App) -> String {
        let Request { method, path, headers } = self.request.clone();
        let head = plain::Request::new(method, headers).to(path);
        let verdicts = app.layers(Predicate::AtOnce).into_iter().map(|(cors, predicate)| {
            let allows = (predicate == Predicate::AtOnce).then_some(permission);
            cors.decide_asking(&head, allows).verdict().as_str()
        });
        verdicts.collect::<Vec<_>>().join(AROUND)
    }

    fn check_handler(&self, calls: usize) -> Option<String> {
        let is_right = match self.handler {
            Handler::Runs => calls == 1,
            Handler::DoesNotRun => calls == 0,
            Handler::RouterAnswers => calls <= 1,
        };
        (!is_right).then(|| format!("handler: called {calls} times, wanted {:?}", self.handler))
    }

    fn check_response(&self, response: &Response) -> Vec<String> {
        let reply = self.reply();
        let own = reply.map_or(&[][..], |reply| reply.headers);
        let mut wrong = compare::headers(&self.want, own, &response.headers);
        wrong.extend(differ("status", &self.status, &response.status));
        if let Some(body) = self.body(reply) {
            let got = String::from_utf8_lossy(&response.body);
            wrong.extend(differ("body", &*body, &*got));
        }
        wrong
    }

    /// What is behind the layers, unless they answer.
    fn reply(&self) -> Option<Reply> {
        (self.handler != Handler::DoesNotRun)
            .then(|| Reply::to(&self.request.method, &self.request.path))
    }

    /// The body, where the suite knows it: a framework's router and whatever catches a panic may
    /// write their own, and servers take it off the answer to a `HEAD`.
    fn body(&self, reply: Option<Reply>) -> Option<String> {
        match reply {
            None => Some(String::new()),
            Some(reply) if reply.is_frameworks() || self.request.method == "HEAD" => None,
            Some(reply) => Some(reply.body.chunks().concat()),
        }
    }
}

fn differ<T: PartialEq + Debug + ?Sized>(what: &str, wanted: &T, got: &T) -> Option<String> {
    (wanted != got).then(|| format!("{what}: wanted {wanted:?}, got {got:?}"))
}
