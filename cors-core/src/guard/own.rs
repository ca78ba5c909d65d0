//! A guard that knows the server's own hosts.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;

use crate::{Framework, Lines, Origin, RequestField, RequestHead, Verdict, origin::default_port};

/// Refuses what CORS lets through: requests of strangers that change state or open a WebSocket.
///
/// CORS says who may read a response. A denied `POST` still runs its handler, and a WebSocket
/// handshake is not a CORS request. With a guard the engine answers both with 403, in every
/// framework:
///
/// ```
/// use cors_core::{Cors, Decision, Guard, Policy, plain::Request};
///
/// let policy = Policy::new().allow_origins(["https://app.example.com"]);
/// let guard = Guard::new().own_hosts(["api.example.com"]);
/// let cors: Cors = policy.compile()?.guard(&guard)?;
///
/// let post = |host: &str, origin: &str| Request::new("POST", [("host", host), ("origin", origin)]);
/// let refused = |request: Request| match cors.decide(&request) {
///     Decision::Answer(answer) => answer.status() == 403,
///     Decision::Forward(_) => false,
/// };
/// assert!(!refused(post("api.example.com", "https://app.example.com")));
/// assert!(!refused(post("api.example.com", "https://api.example.com")));
/// assert!(refused(post("api.example.com", "https://evil.test")));
/// // The name of a stranger that resolves to this server (DNS rebinding):
/// assert!(refused(post("evil.test", "http://evil.test")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # What holds
///
/// - It refuses a request with an `Origin` that the policy does not allow, if its method is not
///   `GET`, `HEAD` or `OPTIONS`, or if it has an `Upgrade` header. Where no policy applies to the
///   path, every origin is a stranger.
/// - The server's own pages pass: those of an own host, if the request names the same host and port
///   in `Host` and in its target. `X-Forwarded-Host` is not read.
/// - Without [`own_hosts`](Self::own_hosts), only loopback names are own hosts: `localhost`, names
///   under it, `127.0.0.0/8` and `[::1]`.
/// - A request without `Origin` passes. Programs send none, and neither does the `GET` of a page
///   that rebound its name: the guard does not keep that page from reading. Check `Host` for that.
/// - A policy file has it as a table, `guard`, with `own_hosts`. A reloaded policy keeps it.
/// - Behind a proxy that rewrites `Host`, the server's own pages do not pass. List their public
///   origin in the policy.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Guard {
    own_hosts: Vec<String>,
}

impl Guard {
    /// A guard whose own hosts are the loopback names.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds hosts that the server is reached under, such as `api.example.com`, `10.0.0.1` or
    /// `[::1]:8080`. A host without a port includes every port. Loopback names are then own hosts
    /// only if they are listed.
    #[must_use]
    pub fn own_hosts<H: Into<String>>(mut self, hosts: impl IntoIterator<Item = H>) -> Self {
        self.own_hosts.extend(hosts.into_iter().map(Into::into));
        self
    }

    pub(crate) fn parse(&self) -> Result<OwnHosts, GuardErrors> {
        let (mut own, mut wrong) = (Vec::new(), Vec::new());
        for text in &self.own_hosts {
            // No scheme that has a default port, because every port may be written here.
            match Origin::parse(format!("own://{text}").as_bytes()) {
                Some(origin) if !origin.is_opaque() => {
                    own.push((origin.host().to_string(), origin.port()))
                }
                _ => wrong.push(text.clone()),
            }
        }
        if wrong.is_empty() { Ok(OwnHosts(own)) } else { Err(GuardErrors(wrong)) }
    }
}

/// The own hosts of a guard that are invalid.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GuardErrors(Vec<String>);

impl GuardErrors {
    /// The invalid hosts, in the order written.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl fmt::Display for GuardErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, host) in self.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            write!(
                f,
                "own host {host:?} is not a lower-case host with an optional port: write it as in \
                 \"api.example.com\" or \"localhost:8080\""
            )?;
        }
        Ok(())
    }
}

impl core::error::Error for GuardErrors {}

/// Hosts and ports that were parsed. None means the loopback names.
#[derive(Clone)]
pub(crate) struct OwnHosts(Vec<(String, Option<u16>)>);

impl OwnHosts {
    pub(crate) fn refuse<R: RequestHead>(&self, verdict: Verdict, request: &R) -> bool {
        let origin = match request.find(RequestField::Origin) {
            Lines::None => return false,
            Lines::One(line) => Origin::parse(R::Framework::bytes(line)),
            Lines::Several => None,
        };
        verdict.is_guarded()
            && is_guarded(request)
            && !origin.is_some_and(|origin| self.contain(&origin) && is_same_host(&origin, request))
    }

    fn contain(&self, origin: &Origin<'_>) -> bool {
        let port = origin.port().or_else(|| default_port(origin.scheme()));
        match &*self.0 {
            [] => origin.is_loopback(),
            own => own
                .iter()
                .any(|(host, only)| host == origin.host() && (only.is_none() || *only == port)),
        }
    }
}

/// `true` for requests that change state or open a WebSocket.
fn is_guarded<R: RequestHead>(request: &R) -> bool {
    !matches!(request.method(), b"GET" | b"HEAD" | b"OPTIONS")
        || !matches!(request.find(RequestField::Upgrade), Lines::None)
}

/// `true` if `Host` and the target name the origin's host and port, or one does and the other is
/// missing.
fn is_same_host<R: RequestHead>(origin: &Origin<'_>, request: &R) -> bool {
    let target = request.authority().map(|authority| origin.has_authority(authority));
    match request.find(RequestField::Host) {
        Lines::None => target == Some(true),
        Lines::One(host) => {
            origin.has_authority(R::Framework::bytes(host)) && target != Some(false)
        }
        Lines::Several => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cors, Decision, Kind, Policy, Resources, plain};

    const OWN: &[&str] = &["api.example", "[2001:db8::1]:8443", "10.0.0.1:80"];

    /// `true` if the request gets 403 from the engine.
    #[track_caller]
    fn refuses(own: &[&str], method: &str, lines: &[(&str, &str)]) -> bool {
        let policy = Policy::new().allow_origin("https://app.example");
        let guard = Guard::new().own_hosts(own.iter().copied());
        let cors = policy.compile().expect("the policy is valid");
        let cors: Cors = cors.guard(&guard).expect("the hosts are valid");
        is_refused(&cors, &plain::Request::new(method, lines.iter().copied()))
    }

    #[track_caller]
    fn is_refused(cors: &Cors, request: &plain::Request) -> bool {
        let decision = cors.decide(request);
        assert_ne!(decision.kind(), Kind::Preflight);
        match decision {
            Decision::Forward(_) => false,
            Decision::Answer(answer) => {
                let mut response = plain::Response::default();
                assert_eq!(answer.status(), 403);
                answer.apply(&mut response);
                assert_eq!(response.get("vary"), Some("Origin"));
                assert_eq!(response.get("access-control-allow-origin"), None);
                true
            }
        }
    }

    #[track_caller]
    fn check(own: &[&str], host: &str, origin: &str, refused: bool) {
        let lines = [("host", host), ("origin", origin)];
        assert_eq!(refuses(own, "POST", &lines), refused, "{origin} at {host}");
        let lines = [("host", host), ("origin", origin), ("upgrade", "websocket")];
        assert_eq!(refuses(own, "GET", &lines), refused, "{origin} at {host}, upgrade");
    }

    #[test]
    fn a_rebound_name_is_a_stranger() {
        for own in [OWN, &[]] {
            check(own, "evil.test", "http://evil.test", true);
            check(own, "evil.test:8080", "http://evil.test:8080", true);
            check(own, "localhost.evil.test", "http://localhost.evil.test", true);
            check(own, "evil.test", "https://app.example", false);
        }
    }

    #[test]
    fn an_own_host_passes() {
        check(OWN, "api.example", "https://api.example", false);
        check(OWN, "API.Example:443", "https://api.example", false);
        check(OWN, "api.example:8080", "http://api.example:8080", false);
        check(OWN, "[2001:db8::1]:8443", "https://[2001:db8::1]:8443", false);
        check(OWN, "10.0.0.1", "http://10.0.0.1", false);
    }

    #[test]
    fn another_port_or_spelling_does_not() {
        check(OWN, "api.example:8080", "https://api.example", true);
        check(OWN, "[2001:db8::1]", "https://[2001:db8::1]", true);
        check(OWN, "10.0.0.1:8080", "http://10.0.0.1:8080", true);
        check(OWN, "api.example.", "https://api.example", true);
        check(OWN, "api.example.", "https://api.example.", true);
        check(OWN, "api.example@evil.test", "http://evil.test", true);
        check(OWN, "evil.test@api.example", "http://evil.test", true);
        check(OWN, "user@api.example", "https://api.example", true);
        check(OWN, "", "https://api.example", true);
        check(OWN, "null", "null", true);
    }

    #[test]
    fn loopback_names_are_own_hosts_unless_others_are_listed() {
        for (host, origin) in [
            ("localhost:3000", "http://localhost:3000"),
            ("a.localhost", "http://a.localhost"),
            ("127.0.0.2", "http://127.0.0.2"),
            ("[::1]:80", "http://[::1]"),
        ] {
            check(&[], host, origin, false);
            check(OWN, host, origin, true);
        }
        check(&[], "localhost:3000", "http://localhost:4000", true);
        check(&[], "api.example", "https://api.example", true);
    }

    #[test]
    fn a_host_that_is_missing_repeated_or_forwarded_does_not_count() {
        let origin = ("origin", "https://api.example");
        let host = ("host", "api.example");
        assert!(refuses(OWN, "POST", &[origin]));
        assert!(refuses(OWN, "POST", &[host, host, origin]));
        assert!(refuses(OWN, "POST", &[host, ("host", "evil.test"), origin]));
        assert!(refuses(OWN, "POST", &[("x-forwarded-host", "api.example"), origin]));
        let forwarded = ("x-forwarded-host", "evil.test");
        assert!(!refuses(OWN, "POST", &[host, forwarded, origin]));
        assert!(refuses(OWN, "POST", &[host, origin, origin]));
    }

    #[test]
    fn requests_that_change_nothing_and_those_of_programs_pass() {
        let stranger = [("host", "api.example"), ("origin", "https://evil.test")];
        for method in ["GET", "HEAD", "OPTIONS"] {
            assert!(!refuses(OWN, method, &stranger), "{method}");
        }
        for method in ["POST", "PUT", "DELETE", "PATCH", "CONNECT", "get", "PURGE"] {
            assert!(refuses(OWN, method, &stranger), "{method}");
            assert!(!refuses(OWN, method, &stranger[..1]), "{method}");
        }
    }

    #[test]
    fn where_no_policy_applies_every_origin_is_a_stranger() {
        let policies = Resources::new().at("/api/*", Policy::new().allow_any_origin());
        let cors = policies.compile().expect("the policies are valid");
        let cors = cors.guard(&Guard::new()).expect("the default is valid").render();
        let post = plain::Request::new("POST", [("origin", "https://evil.test")]);
        assert!(is_refused(&cors, &post));
        assert!(!is_refused(&cors, &post.to("/api/items")));
    }

    #[test]
    fn every_invalid_host_is_reported() {
        let wrong = ["https://api.example", "API.example", "a b", "", "api.example/", "a@b", "*.a"];
        let guard = Guard::new().own_hosts(wrong).own_hosts(OWN.iter().copied());
        let cors = Policy::permissive().compile().expect("the policy is valid");
        let errors = cors.guard(&guard).expect_err("none of them is a host");
        assert_eq!(errors.iter().collect::<Vec<_>>(), wrong);
        assert!(errors.to_string().starts_with(
            "own host \"https://api.example\" is not a lower-case host with an optional port: \
             write it as in \"api.example.com\" or \"localhost:8080\"\n"
        ));
    }
}
