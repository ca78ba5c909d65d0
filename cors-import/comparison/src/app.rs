//! The applications that were recorded: the same in each library.

use cors_import::Library;

use super::{Request, Response, recorded::Configuration};

/// What an application writes to its own responses, by path.
const HANDLERS: [(&str, &[(&str, &str)]); 15] = [
    ("/h/vary-ae", &[("vary", "Accept-Encoding")]),
    ("/h/vary-append", &[("vary", "Accept-Encoding")]),
    ("/h/vary-origin", &[("vary", "Origin")]),
    ("/h/vary-origin-lower", &[("vary", "origin")]),
    ("/h/vary-star", &[("vary", "*")]),
    ("/h/vary-two", &[("vary", "Accept"), ("vary", "Cookie")]),
    ("/h/vary-list", &[("vary", "Accept,Origin , Cookie")]),
    ("/h/vary-acrh", &[("vary", "Access-Control-Request-Headers")]),
    ("/h/acao", &[("access-control-allow-origin", "https://own.example")]),
    ("/h/acao-star", &[("access-control-allow-origin", "*")]),
    ("/h/acao-lower", &[("access-control-allow-origin", "https://own.example")]),
    ("/h/acac", &[("access-control-allow-credentials", "false")]),
    ("/h/aceh", &[("access-control-expose-headers", "X-Own")]),
    ("/h/acam", &[("access-control-allow-methods", "OWN")]),
    (
        "/h/all-cors",
        &[
            ("access-control-allow-origin", "https://own.example"),
            ("access-control-allow-credentials", "true"),
            ("access-control-expose-headers", "X-Own"),
            ("access-control-allow-methods", "OWN"),
            ("access-control-max-age", "1"),
            ("access-control-allow-headers", "X-Own"),
            ("vary", "Accept"),
        ],
    ),
];

/// The path whose handler raises an exception, which is a panic in Rust.
const RAISES: &str = "/h/boom";

/// The paths whose handlers leave by `abort`.
const ABORTS: [&str; 3] = ["/h/401", "/h/403", "/h/404"];

/// What stays beside the library's own line, so that the browser gets two: in Rack, a name in mixed
/// case, and whatever is written inside a decorator.
const TWICE: [(&str, &[(&str, &str)]); 2] = [
    (
        "/h/acao",
        &[
            ("access-control-allow-origin", "https://own.example"),
            ("access-control-allow-origin", "https://own.example"),
        ],
    ),
    ("/h/acao-star", &[("access-control-allow-origin", "*"), ("access-control-allow-origin", "*")]),
];

/// What the handler writes, if it runs: to `OPTIONS` only where the framework lets it.
pub(super) fn handler_lines(
    configuration: &Configuration,
    request: &Request,
    response: &Response,
) -> &'static [(&'static str, &'static str)] {
    let runs = request.plain.method != "OPTIONS" || response.ran();
    let stays = configuration.library == Library::RackCors || configuration.is_decorator;
    let twice = TWICE.iter().filter(|_| stays);
    let mut lines = twice.chain(&HANDLERS);
    let lines = lines.find(|(path, _)| *path == request.path() && runs);
    lines.map_or(&[], |(_, lines)| *lines)
}

/// Whether the lines say who may read: then, in a library that lets them stand, the handler decides,
/// as a layer of its own inside ours.
pub(super) fn decides(lines: &[(&str, &str)], configuration: &Configuration) -> bool {
    let is = |name: &str| {
        [
            "access-control-allow-origin",
            "access-control-allow-credentials",
            "access-control-expose-headers",
        ]
        .contains(&name)
    };
    let stands = match configuration.library {
        Library::Express | Library::Flask | Library::Sinatra | Library::RackCors => true,
        Library::Laravel => !configuration.replaces_handler_headers,
        Library::Starlette | Library::Django => false,
    };
    stands && lines.iter().any(|(name, _)| is(name))
}

/// Whether nothing in the application answers by itself, so that no layer is around it: where the
/// library leaves preflights to routes, and there is none; or where the path is malformed, and
/// refused before.
pub(super) fn is_unrouted(
    configuration: &Configuration,
    request: &Request,
    response: &Response,
) -> bool {
    let refused = matches!(response.head.status, 308 | 404 | 405) && !response.ran();
    let malformed = configuration.library == Library::RackCors && response.head.status == 400;
    configuration.leaves_preflights_to_routes && refused && request.path() != RAISES || malformed
}

/// Whether the handler's exception goes past the library, as a panic does past a layer.
pub(super) fn raises(configuration: &Configuration, request: &Request) -> bool {
    request.path() == RAISES || configuration.is_decorator && ABORTS.contains(&request.path())
}
