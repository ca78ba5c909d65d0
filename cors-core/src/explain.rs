//! The reason for a decision, in sentences. Off the hot path: it allocates.

mod listing;
mod nearest;
mod origin;
mod request;

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;

use crate::{
    Cors, Denial, Framework, Kind, RequestHead, Verdict, compiled::Compiled, data::Key,
    resources::Place,
};
use request::{Asked, asked};

/// The reason for a decision: the entry that matches, or the closest one, what is missing, and what
/// a browser does.
///
/// It prints as the verdict and the [`sentences`](Self::sentences), which are for people and may
/// change. Programs read the [`Verdict`] and the other parts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explanation {
    verdict: Verdict,
    path: Option<String>,
    entry: Option<(Key, String)>,
    nearest: Option<String>,
    method: Option<String>,
    headers: Vec<String>,
    sentences: Vec<String>,
}

impl Explanation {
    fn of(verdict: Verdict) -> Self {
        Self {
            verdict,
            path: None,
            entry: None,
            nearest: None,
            method: None,
            headers: Vec::new(),
            sentences: Vec::new(),
        }
    }

    /// The verdict that this explains.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The path pattern of the policy that decided, such as `/api/*`. `None` if one policy applies
    /// to all paths, or no policy decided.
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// The entry that allows the origin, with its key. `None` if the origin is denied, or is allowed
    /// by a `dangerously_` option or a predicate.
    pub fn entry(&self) -> Option<(Key, &str)> {
        self.entry.as_ref().map(|(key, entry)| (*key, entry.as_str()))
    }

    /// The entry that is closest to a denied origin.
    pub fn nearest(&self) -> Option<&str> {
        self.nearest.as_deref()
    }

    /// The method of a preflight that was denied for it.
    pub fn method(&self) -> Option<&str> {
        self.method.as_deref()
    }

    /// The headers that the policy of a denied preflight does not list, in the order received.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// The reasons and the effect in a browser, a sentence each. Empty if the verdict says it all.
    pub fn sentences(&self) -> &[String] {
        &self.sentences
    }

    fn say(&mut self, sentence: impl Into<String>) {
        self.sentences.push(sentence.into());
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.", self.verdict)?;
        self.sentences.iter().try_for_each(|sentence| write!(f, " {sentence}"))
    }
}

impl<C: Framework> Cors<C> {
    /// Explains the decision about a request. Calls no predicate.
    ///
    /// ```
    /// use cors_core::{Policy, plain::Request};
    ///
    /// let cors = Policy::new().allow_origin("http://localhost:3000").compile()?;
    /// let request = Request::new("GET", [("origin", "http://localhost:5173")]);
    /// assert_eq!(cors.explain(&request).sentences(), [
    ///     r#""http://localhost:5173" is not in allow_origins, which lists "http://localhost:3000"."#,
    ///     r#"The closest entry is "http://localhost:3000": the port is 5173, not 3000."#,
    ///     "The handler runs, but the browser hides the response from the page.",
    /// ]);
    /// # Ok::<(), cors_core::PolicyErrors>(())
    /// ```
    pub fn explain<R: RequestHead<Framework = C>>(&self, request: &R) -> Explanation {
        self.explain_verdict(request, self.decide(request).verdict())
    }

    /// Like [`explain`](Self::explain), for a verdict that a predicate took part in.
    pub fn explain_verdict<R>(&self, request: &R, verdict: Verdict) -> Explanation
    where
        R: RequestHead<Framework = C>,
    {
        let mut explanation = Explanation::of(verdict);
        let Place { policy, path } = self.place_of(request);
        explanation.path = path;
        if let Some(policy) = policy {
            explanation.explain(policy, &asked(request));
        }
        explanation
    }
}

impl Explanation {
    fn explain<C: Framework>(&mut self, policy: &Compiled<C>, asked: &Asked) {
        match self.verdict {
            Verdict::Allow => return self.allowed(policy, asked),
            Verdict::Deny(Denial::Origin) => self.origin(policy, asked),
            Verdict::Deny(Denial::Method) => self.denied_method(policy, asked),
            Verdict::Deny(Denial::Header) => self.denied_headers(policy, asked),
            Verdict::Undecided => {
                return self.say(
                    "The server answers 503 and does not run the handler. Its log has the error.",
                );
            }
            // The verdict says it all.
            _ => return,
        }
        let silent = match self.verdict {
            Verdict::Deny(Denial::Method) if policy.only_listed_methods => {
                Some(Key::OnlyListedMethods)
            }
            Verdict::Deny(Denial::Method | Denial::Header) if policy.silent => {
                Some(Key::SilentRefusals)
            }
            _ => None,
        };
        if let Some(key) = silent {
            self.say(format!(
                "{} leaves the CORS headers off this response, so the browser's console blames the \
                 origin.",
                key.name()
            ));
        }
        self.say(match (&asked.method, asked.kind) {
            (Some(method), Kind::Preflight) => {
                format!("The browser does not send the {} request.", listing::plain(method))
            }
            _ => "The handler runs, but the browser hides the response from the page.".to_string(),
        });
    }

    fn denied_method<C: Framework>(&mut self, policy: &Compiled<C>, asked: &Asked) {
        self.method = asked.method.clone();
        let Some(method) = &asked.method else {
            return self.say("The preflight has several methods, and browsers send exactly one.");
        };
        if policy.methods.echoes() {
            return self.say("The method is too long: the response can repeat at most 4096 bytes.");
        }
        let listed = &policy.policy.allow_methods;
        let needed = if policy.only_listed_methods {
            "must be listed too, because only_listed_methods is set"
        } else {
            "do not need to be listed"
        };
        self.say(format!(
            "{} is not in allow_methods, which {}. GET, HEAD and POST {needed}.",
            listing::quoted(method),
            listing::listed(listed),
        ));
        if let Some(entry) = listed.iter().find(|name| name.eq_ignore_ascii_case(method)) {
            self.say(format!(
                "{entry:?} does not match: methods are case-sensitive, and browsers uppercase only \
                 DELETE, GET, HEAD, OPTIONS, POST and PUT."
            ));
        }
    }

    fn denied_headers<C: Framework>(&mut self, policy: &Compiled<C>, asked: &Asked) {
        if policy.headers.echoes() {
            return self
                .say("The header names are too long: the response can repeat at most 4096 bytes.");
        }
        let listed = &policy.policy.allow_headers;
        let is_missing =
            |name: &&String| !listed.iter().any(|known| known.eq_ignore_ascii_case(name));
        self.headers = asked.headers.iter().filter(is_missing).cloned().collect();
        if self.headers.is_empty() {
            return self.say(
                "Access-Control-Request-Headers is longer than all names in allow_headers, with \
                 white space.",
            );
        }
        let verb = if self.headers.len() == 1 { "is" } else { "are" };
        self.say(format!(
            "{} {verb} not in allow_headers, which {}.",
            listing::first_few(&self.headers),
            listing::listed(listed),
        ));
    }
}
