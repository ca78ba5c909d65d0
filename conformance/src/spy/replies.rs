//! What the handler answers, by path.

use super::{Body, Reply};

/// Where the handler panics.
pub(super) const PANIC: &str = "/panic";

/// What a router answers of its own on any method but `GET`.
pub(super) const GET_ONLY: &str = "/get-only";

/// What stands in for a router's 404 where there is no router.
pub(super) const UNROUTED: Reply = Reply { status: 404, headers: &[], body: Body::Full("") };

/// What stands in for a router's 405 where there is no router.
pub(super) const METHOD_NOT_ALLOWED: Reply =
    Reply { status: 405, headers: &[("allow", "GET")], body: Body::Full("") };

const VARY: (&str, &str) = ("vary", "accept-encoding");

/// Every path that the handler knows.
pub(super) const REPLIES: &[(&str, Reply)] = &[
    ("/", full(200, &[VARY])),
    (GET_ONLY, full(200, &[VARY])),
    ("/no-vary", full(200, &[])),
    ("/vary/origin", full(200, &[("vary", "Origin")])),
    ("/vary/lower-case", full(200, &[("vary", "origin")])),
    ("/vary/in-a-list", full(200, &[("vary", "Accept ,Origin")])),
    ("/vary/two-lines", full(200, &[("vary", "Accept"), ("vary", "Accept-Language")])),
    ("/vary/second-line", full(200, &[("vary", "Accept"), ("vary", "ORIGIN")])),
    ("/vary/look-alikes", full(200, &[("vary", "X-Origin, Origin-Agent-Cluster")])),
    ("/vary/empty", full(200, &[("vary", "")])),
    ("/vary/any", full(200, &[("vary", "*")])),
    ("/vary/any-in-a-list", full(200, &[("vary", "accept, *")])),
    ("/own-acao", full(200, &[VARY, ("access-control-allow-origin", "*")])),
    (
        "/own-acao-twice",
        full(
            200,
            &[
                VARY,
                ("access-control-allow-origin", "*"),
                ("access-control-allow-origin", "https://stranger.example"),
            ],
        ),
    ),
    ("/own-acac", full(200, &[VARY, ("access-control-allow-credentials", "true")])),
    (
        "/own-all",
        full(
            200,
            &[
                VARY,
                ("access-control-allow-origin", "*"),
                ("access-control-allow-credentials", "true"),
                ("access-control-allow-methods", "OWN"),
                ("access-control-allow-headers", "x-own"),
                ("access-control-allow-private-network", "true"),
                ("access-control-expose-headers", "x-own"),
                ("access-control-max-age", "1"),
            ],
        ),
    ),
    ("/own-request-headers", full(200, &[VARY, ("access-control-request-method", "PUT")])),
    ("/cookies", full(200, &[VARY, ("set-cookie", "a=1"), ("set-cookie", "b=2")])),
    ("/error", full(500, &[VARY])),
    ("/not-found", full(404, &[VARY])),
    ("/unauthorized", full(401, &[VARY, ("www-authenticate", "Basic")])),
    ("/redirect", full(302, &[VARY, ("location", "/elsewhere")])),
    ("/no-content", empty(204, &[VARY])),
    ("/not-modified", empty(304, &[VARY, ("etag", "\"1\"")])),
    (
        "/upgrade",
        empty(
            101,
            &[
                VARY,
                ("connection", "upgrade"),
                ("upgrade", "websocket"),
                ("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
            ],
        ),
    ),
    ("/options", full(200, &[VARY, ("allow", "GET, OPTIONS"), ("x-own-options", "yes")])),
    (
        "/stream",
        Reply {
            status: 200,
            headers: &[VARY],
            body: Body::Stream(&["one piece, ", "another, ", "and the last"]),
        },
    ),
];

const fn full(status: u16, headers: &'static [(&'static str, &'static str)]) -> Reply {
    Reply { status, headers, body: Body::Full("the handler's body") }
}

const fn empty(status: u16, headers: &'static [(&'static str, &'static str)]) -> Reply {
    Reply { status, headers, body: Body::Full("") }
}
