//! The suite's rows for servers that no adapter is in: one policy, one request, one response.

use cors_core::Resources;

use crate::{
    Predicate, Reply, Request, Response,
    case::{Case, Handler},
    compare, row,
};

/// A row with one policy, as a server outside this process is held to it.
#[derive(Clone, Debug)]
pub struct Exchange(Case);

/// Every row of the suite with one policy and no predicate, in the order of their names. The rows of
/// published advisories are left out: they repeat classes that the others have.
///
/// # Panics
///
/// Where a row is invalid, which the suite's own tests rule out.
pub fn exchanges() -> Vec<Exchange> {
    let cases = row::read().unwrap_or_else(|errors| panic!("{}", errors.join("\n")));
    let is_one = |case: &Case| match &case.policies[..] {
        _ if case.name.starts_with(row::ADVISORIES) => false,
        [policy] => Predicate::of(policy, Predicate::AtOnce) == Predicate::None,
        _ => false,
    };
    cases.into_iter().filter(is_one).map(Exchange).collect()
}

impl Exchange {
    /// Group and name, as in `preflight/denied method`.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The policy's name in the suite.
    pub fn policy_name(&self) -> &str {
        &self.0.policy
    }

    /// The policy.
    pub fn policy(&self) -> &Resources {
        &self.0.policies[0]
    }

    /// The request.
    pub fn request(&self) -> &Request {
        &self.0.request
    }

    /// The response that the row wants, without a body: its lines, and those of the suite's handler
    /// that belong to no layer.
    pub fn wanted(&self) -> Response {
        let own = self.reply().map_or(&[][..], |reply| reply.headers);
        let own = own
            .iter()
            .filter(|(name, _)| !name.starts_with("access-control-"))
            .map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec()));
        let headers = self.0.want.iter().cloned().chain(own).collect();
        Response { status: self.0.status, headers, body: Vec::new() }
    }

    /// The differences between the row and a response, with the number of calls that reached the
    /// suite's handler. Bodies are not compared: servers write their own to errors. `Vary` may have several
    /// lines: a server adds its own to that of the application.
    pub fn differences(&self, response: &Response, calls: usize) -> Vec<String> {
        let own = self.reply().map_or(&[][..], |reply| reply.headers);
        let mut wrong = compare::lists(&self.0.want, own, &response.headers);
        if response.status != self.0.status {
            wrong.push(format!("status: wanted {}, got {}", self.0.status, response.status));
        }
        let runs = self.0.handler != Handler::DoesNotRun;
        if runs != (calls > 0) {
            wrong.push(format!("handler: called {calls} times, wanted {:?}", self.0.handler));
        }
        wrong
    }

    fn reply(&self) -> Option<Reply> {
        let Request { method, path, .. } = &self.0.request;
        (self.0.handler != Handler::DoesNotRun).then(|| Reply::to(method, path))
    }
}
