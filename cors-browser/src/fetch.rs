//! All steps of a request, redirects included. Sends nothing.

use alloc::{boxed::Box, string::String, vec::Vec};
use core::time::Duration;

use super::{
    cache::Cache,
    cors_request::CorsRequest,
    profile::Profile,
    readable,
    reason::{Cause, Reason, Stage},
    redirect::{self, Redirect},
    request::{Credentials, Mode, Request},
    response::{Response, is_redirect},
    url::Url,
};
use cors_core::{Kind, RequestField, plain};

/// The result that a script gets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// The response, and of its headers those with these names: in lower case, sorted, each once.
    Allowed {
        /// The names.
        readable: Vec<String>,
    },
    /// A response of which nothing can be read, not even its status.
    Opaque,
    /// An error without a reason. Only the console shows the reason.
    Blocked(Reason),
}

/// A request that a browser sends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sent {
    /// The kind of request that the server sees.
    pub kind: Kind,
    /// The URL, without a fragment.
    pub url: String,
    /// The method, and all headers that matter to CORS or that the script set.
    pub request: plain::Request,
    /// Set if it carries cookies.
    pub credentials: bool,
}

/// The next step.
#[derive(Debug)]
pub enum Step<'c> {
    /// Send [`Fetch::sent`], and give the answer to [`Fetch::receive`].
    Send(Box<Fetch<'c>>),
    /// The request is finished, with this result.
    Done(Outcome),
}

/// A request under way.
///
/// ```
/// use cors_browser::{Fetch, Outcome, Profile, Request, Response, Step};
///
/// let request = Request::new("https://app.example.com", "https://api.example.com/", "GET");
/// let mut step = Fetch::start(Profile::Fetch, &request);
/// while let Step::Send(fetch) = step {
///     assert_eq!(fetch.sent().url, "https://api.example.com/");
///     step = fetch.receive(Some(&Response::new(200, [("access-control-allow-origin", "*")])));
/// }
/// assert!(matches!(step, Step::Done(Outcome::Allowed { .. })));
/// ```
#[derive(Debug)]
pub struct Fetch<'c> {
    request: CorsRequest,
    url: Url,
    mode: Mode,
    redirects: u8,
    stream_body: bool,
    credentials: Credentials,
    tainting: Tainting,
    stage: Stage,
    cache: Option<(&'c mut Cache, Duration)>,
}

/// [Response tainting](https://fetch.spec.whatwg.org/#concept-request-response-tainting).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Tainting {
    Basic,
    Cors,
    Opaque,
}

/// Fetches with a function that answers what is sent, or does not.
pub fn fetch(
    profile: Profile,
    request: &Request,
    mut server: impl FnMut(&Sent) -> Option<Response>,
) -> Outcome {
    let mut step = Fetch::start(profile, request);
    loop {
        match step {
            Step::Send(fetch) => {
                let response = server(&fetch.sent());
                step = fetch.receive(response.as_ref());
            }
            Step::Done(outcome) => return outcome,
        }
    }
}

impl Fetch<'static> {
    /// Starts without a preflight cache.
    pub fn start(profile: Profile, request: &Request) -> Step<'static> {
        Fetch::begin(profile, request, None)
    }
}

impl<'c> Fetch<'c> {
    /// Starts with a preflight cache, at a time that counts for all of this fetch.
    pub fn start_with(
        profile: Profile,
        request: &Request,
        cache: &'c mut Cache,
        now: Duration,
    ) -> Step<'c> {
        Self::begin(profile, request, Some((cache, now)))
    }

    fn begin(
        profile: Profile,
        request: &Request,
        cache: Option<(&'c mut Cache, Duration)>,
    ) -> Step<'c> {
        let mut cors = match CorsRequest::new(profile, request) {
            Ok(cors) => cors,
            Err(reason) => return blocked(reason),
        };
        let Some(url) = Url::parse(&request.url) else {
            return blocked(cors.reason(Cause::InvalidUrl).about(&*request.url));
        };
        // What follows is a fragment, which is not sent.
        cors.context.url.truncate(url.as_str().len());
        let fetch = Self {
            request: cors,
            url,
            mode: request.mode,
            redirects: 0,
            stream_body: request.stream_body,
            credentials: request.credentials,
            tainting: Tainting::Basic,
            stage: Stage::Actual,
            cache,
        };
        fetch.main()
    }

    /// Returns the request to send now.
    pub fn sent(&self) -> Sent {
        let (kind, request) = match self.stage {
            Stage::Preflight => (Kind::Preflight, self.request.preflight()),
            Stage::Actual if self.names_its_origin() => (Kind::Actual, self.actual()),
            Stage::Actual => (Kind::NotCors, self.request.without_origin()),
        };
        let credentials = match self.credentials {
            Credentials::Omit => false,
            Credentials::SameOrigin => self.tainting == Tainting::Basic,
            Credentials::Include => true,
        };
        let credentials = credentials && kind != Kind::Preflight;
        let request = request.to(self.url.path());
        Sent { kind, url: self.url.as_str().into(), request, credentials }
    }

    /// The request as CORS knows it, where what is [sent](Self::sent) goes to another origin: of an
    /// answer it names every fault, where [`receive`](Self::receive) names the first.
    pub fn cors_request(&self) -> Option<&CorsRequest> {
        self.is_cors().then_some(&self.request)
    }

    /// Goes on with the answer to what was [sent](Self::sent), if there is one.
    pub fn receive(mut self: Box<Self>, response: Option<&Response>) -> Step<'c> {
        let Some(response) = response else {
            return blocked(self.request.reason(Cause::NoResponse(self.stage)));
        };
        match self.pass(response) {
            Err(reason) => blocked(reason),
            Ok(Some(outcome)) => Step::Done(outcome),
            Ok(None) if self.stage == Stage::Preflight => {
                self.stage = Stage::Actual;
                Step::Send(self)
            }
            Ok(None) => self.main(),
        }
    }

    /// What comes of a response, if it is the last one.
    fn pass(&mut self, response: &Response) -> Result<Option<Outcome>, Reason> {
        if self.stage == Stage::Preflight {
            self.request.preflight_check(response)?;
            if let Some((cache, now)) = &mut self.cache {
                cache.store(&self.request, response, *now);
            }
            return Ok(None);
        }
        if self.is_cors() {
            self.request.cors_check(response)?;
        }
        let location = response.get("location");
        if let Some(location) = location.filter(|_| is_redirect(response.status)) {
            let redirect = Redirect {
                status: response.status,
                location: &location,
                before: self.redirects,
                crosses: self.is_cors(),
                is_cors_mode: self.mode == Mode::Cors,
                stream_body: self.stream_body,
            };
            self.url = redirect::follow(&mut self.request, &self.url, &redirect)?;
            self.redirects += 1;
            self.stream_body &= self.request.method != "GET";
            return Ok(None);
        }
        Ok(Some(match self.tainting {
            Tainting::Basic => Outcome::Allowed { readable: readable::of_same_origin(response) },
            Tainting::Cors => Outcome::Allowed { readable: self.request.readable(response) },
            Tainting::Opaque => Outcome::Opaque,
        }))
    }

    /// [Main fetch](https://fetch.spec.whatwg.org/#concept-main-fetch): whom to ask, and how.
    fn main(mut self) -> Step<'c> {
        self.stage = Stage::Actual;
        if self.url.has_scheme("data") {
            // It is its own answer, with a type and nothing else.
            return Step::Done(Outcome::Allowed {
                readable: [String::from("content-type")].into(),
            });
        }
        let refused = |cause| blocked(self.request.reason(cause).about(self.url.as_str()));
        let is_own = self.url.is_of_origin(&self.request.context.page);
        if self.tainting != Tainting::Basic || !is_own {
            if self.mode == Mode::SameOrigin {
                return refused(Cause::CrossOrigin);
            }
            if !self.url.is_http() {
                return refused(Cause::Scheme);
            }
            if self.mode == Mode::NoCors {
                self.tainting = Tainting::Opaque;
            } else {
                self.tainting = Tainting::Cors;
                if self.request.preflight_needed().is_some() && !self.is_remembered() {
                    self.stage = Stage::Preflight;
                }
            }
        }
        Step::Send(Box::new(self))
    }

    fn is_cors(&self) -> bool {
        self.tainting == Tainting::Cors
    }

    fn is_remembered(&self) -> bool {
        self.cache.as_ref().is_some_and(|(cache, now)| cache.covers(&self.request, *now))
    }

    /// Whether there is an `Origin`: on whatever may change something, CORS or not.
    fn names_its_origin(&self) -> bool {
        self.is_cors() || !matches!(&*self.request.method, "GET" | "HEAD")
    }

    fn is_downgrade(&self) -> bool {
        let trusted = self.request.profile.trusts_loopback() && self.url.is_loopback();
        let page = &self.request.context.page;
        page.starts_with("https:") && self.url.has_scheme("http") && !trusted
    }

    /// The request itself. Beyond CORS, a page of `https` does not tell `http` where it is.
    fn actual(&self) -> plain::Request {
        let mut request = self.request.actual();
        if self.is_downgrade() && !self.is_cors() {
            let is_origin = |name: &str| name == RequestField::Origin.name();
            for (_, value) in request.headers.iter_mut().filter(|(name, _)| is_origin(name)) {
                *value = b"null".to_vec();
            }
        }
        request
    }
}

fn blocked<'c>(reason: Reason) -> Step<'c> {
    Step::Done(Outcome::Blocked(reason))
}
