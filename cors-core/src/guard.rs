//! Refusing what CORS lets through.

mod own;

pub(crate) use own::OwnHosts;
pub use own::{Guard, GuardErrors};

use crate::{Framework, Lines, Origin, RequestField, RequestHead, Verdict};

/// Whether a request should be refused that a browser would not stop: one that changes state, or
/// that opens a WebSocket, which is
/// [no CORS request](https://fetch.spec.whatwg.org/#websocket-opening-handshake) at all.
///
/// It is, if its origin was denied, or no policy stands for its path, and the origin is not the
/// server's own: browsers send `Origin` on
/// same-origin requests too, and no policy lists the server itself. `host` is what the `Host` header
/// or the target's authority says. The scheme is not compared, because a server behind a proxy does
/// not know its own.
///
/// Requests without `Origin` pass: who does not use a browser is not held by this.
///
/// ```
/// use cors_core::{Cors, Policy, plain::Request, refuses};
///
/// let cors: Cors = Policy::new().allow_origins(["https://app.example.com"]).compile()?;
/// let refused = |origin: &'static str| {
///     let request = Request::new("POST", [("origin", origin)]);
///     refuses(cors.decide(&request).verdict(), &request, Some(b"api.example.com"))
/// };
/// assert!(!refused("https://app.example.com"));
/// assert!(!refused("https://api.example.com"));
/// assert!(refused("https://evil.test"));
/// # Ok::<(), cors_core::PolicyErrors>(())
/// ```
pub fn refuses<R: RequestHead>(verdict: Verdict, request: &R, host: Option<&[u8]>) -> bool {
    let has_origin = request.lines(RequestField::Origin).next().is_some();
    verdict.is_guarded() && has_origin && !is_same_origin(request, host)
}

fn is_same_origin<R: RequestHead>(request: &R, host: Option<&[u8]>) -> bool {
    let (Lines::One(origin), Some(host)) = (request.find(RequestField::Origin), host) else {
        return false;
    };
    Origin::parse(R::Framework::bytes(origin)).is_some_and(|origin| origin.has_authority(host))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Denial, plain::Request};

    #[track_caller]
    fn check(origins: &[&str], host: Option<&str>, refused: bool) {
        let request = Request::new("GET", origins.iter().map(|&origin| ("origin", origin)));
        let verdict = Verdict::Deny(Denial::Origin);
        assert_eq!(
            refuses(verdict, &request, host.map(str::as_bytes)),
            refused,
            "{origins:?} {host:?}"
        );
    }

    #[test]
    fn the_server_itself_passes() {
        check(&["https://api.example"], Some("api.example"), false);
        check(&["https://api.example"], Some("API.example"), false);
        check(&["https://api.example"], Some("api.example:443"), false);
        check(&["http://api.example:8080"], Some("api.example:8080"), false);
        check(&["http://[::1]:8080"], Some("[::1]:8080"), false);
    }

    #[test]
    fn everyone_else_does_not() {
        check(&["https://evil.test"], Some("api.example"), true);
        check(&["https://api.example.evil.test"], Some("api.example"), true);
        check(&["https://api.example:8080"], Some("api.example"), true);
        check(&["https://api.example"], Some("api.example:8080"), true);
        check(&["https://api.example", "https://api.example"], Some("api.example"), true);
        check(&["null"], Some("null"), true);
        check(&["https://api.example"], None, true);
        check(&["https://api.example"], Some(""), true);
        check(&["https://api.example"], Some("api.example:"), true);
    }

    #[test]
    fn where_no_policy_stands_nobody_else_passes() {
        let refused = |lines: &[(&str, &str)]| {
            let request = Request::new("POST", lines.iter().copied());
            refuses(Verdict::NoPolicy, &request, Some(b"api.example"))
        };
        assert!(refused(&[("origin", "https://evil.test")]));
        assert!(!refused(&[("origin", "https://api.example")]));
        assert!(!refused(&[]));
    }

    #[test]
    fn only_a_denied_origin_is_refused() {
        let request = Request::new("GET", [("origin", "https://evil.test")]);
        for verdict in [Verdict::NotCors, Verdict::Allow, Verdict::Deny(Denial::Method)] {
            assert!(!refuses(verdict, &request, None), "{verdict}");
        }
    }
}
