//! What the laws are tried on.

use cors_core::{
    Policy,
    plain::{Request, Response},
};
use proptest::{
    collection::vec,
    option::weighted,
    prelude::{Just, ProptestConfig, Strategy, any, prop_oneof},
    sample::{Index, select},
};

/// As many cases, or as `PROPTEST_CASES` says. A failure is to become a row of a table, not a file
/// beside the tests; and inputs that are passed over are no reason to stop.
pub(crate) fn cases(cases: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    let cases = std::env::var_os("PROPTEST_CASES").map_or(cases, |_| default.cases);
    ProptestConfig { cases, failure_persistence: None, max_local_rejects: u32::MAX, ..default }
}

fn scheme() -> impl Strategy<Value = &'static str> {
    select(&["https", "http", "app"][..])
}

fn host() -> impl Strategy<Value = String> {
    let labels = vec(select(&["a", "b", "ab", "x-1", "xn--a"][..]), 1..4);
    prop_oneof![
        8 => labels.prop_map(|labels| labels.join(".")),
        1 => select(&["localhost", "a.b.", "127.0.0.1", "[::1]", "[2001:db8::1]"][..])
            .prop_map(Into::into),
    ]
}

/// A valid entry of `allow_origins`. Its port is never a scheme's default.
pub(crate) fn entry() -> impl Strategy<Value = String> {
    let port = select(&["", "", ":1", ":8080", ":*"][..]);
    (scheme(), any::<bool>(), host(), port).prop_map(|(scheme, star, host, port)| {
        let is_domain = host.starts_with(|first: char| first.is_ascii_alphabetic());
        let star = if star && is_domain { "*." } else { "" };
        format!("{scheme}://{star}{host}{port}")
    })
}

/// An origin that one of the entries covers, or that looks like one.
pub(crate) fn near_origin(entries: &[String]) -> impl Strategy<Value = String> + use<> {
    let labels = &["a.", "a.b.", "xn--a.", "", ".", "ab"];
    let covered = filled(entries, labels, &["", ":1", ":8080", ":0", ":"]);
    prop_oneof![2 => covered.clone(), 3 => (covered, vec(slip(), 1..3)).prop_map(slipped)]
}

/// An origin that one of the entries covers.
#[allow(dead_code, reason = "the laws of cors-browser use it")]
pub(crate) fn covered_origin(entries: &[String]) -> impl Strategy<Value = String> + use<> {
    filled(entries, &["a.", "a.b.", "xn--a."], &["", ":1", ":8080"])
}

/// An entry with labels and a port in the place of its stars.
fn filled(
    entries: &[String],
    labels: &'static [&str],
    ports: &'static [&str],
) -> impl Strategy<Value = String> + Clone + use<> {
    (select(entries.to_vec()), select(labels), select(ports))
        .prop_map(|(entry, labels, port)| entry.replacen(":*", port, 1).replacen("*.", labels, 1))
}

/// A character removed or written, somewhere.
fn slip() -> impl Strategy<Value = (Index, Option<char>)> {
    (any::<Index>(), weighted(0.7, select("ab.:/*-_1A@%[]? \0\u{e9}".chars().collect::<Vec<_>>())))
}

fn slipped((text, slips): (String, Vec<(Index, Option<char>)>)) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for (index, letter) in slips {
        let at = index.index(letters.len() + 1);
        match letter {
            Some(letter) => letters.insert(at, letter),
            None if at < letters.len() => drop(letters.remove(at)),
            None => {}
        }
    }
    letters.into_iter().collect()
}

/// The list `*`, or a short one, of these names.
fn names(names: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    let list = prop_oneof![1 => Just(vec!["*"]), 4 => vec(select(names), 0..4)];
    list.prop_map(|names| names.into_iter().map(Into::into).collect())
}

/// A policy that may be wrong in any way, but mostly is not.
pub(crate) fn policy() -> impl Strategy<Value = Policy> {
    let near = vec(entry(), 1..4).prop_flat_map(|entries| near_origin(&entries));
    let one = prop_oneof![12 => entry(), 1 => near];
    let origins = prop_oneof![1 => Just(vec!["*".to_string()]), 6 => vec(one, 0..5)];
    let methods = names(&["PUT", "delete", "patch", "QUERY", "PUT", "TRACE"]);
    let headers = names(&["x-a", "X-B", "authorization", "x-a", "range", "cookie"]);
    let exposed = names(&["etag", "x-a", "ETag", "x-b", "set-cookie"]);
    let max_age = select(&[0, 600, 86_400, 86_401][..]);
    let switches = vec(proptest::bool::weighted(0.3), 11);
    (origins, methods, headers, exposed, max_age, switches).prop_map(
        |(origins, methods, headers, exposed, max_age, switches)| {
            let mut policy = Policy::new()
                .allow_origins(origins)
                .allow_methods(methods)
                .allow_headers(headers)
                .expose_headers(exposed)
                .max_age(max_age);
            policy.dynamic_origins = switches[0];
            policy.allow_credentials = switches[1];
            policy.allow_private_network = switches[2];
            policy.silent_refusals = switches[3];
            policy.dangerously_allow_null_origin = switches[4];
            policy.dangerously_allow_any_origin_with_credentials = switches[5];
            policy.dangerously_allow_insecure_origins = switches[6];
            policy.dangerously_allow_public_suffixes = switches[7];
            policy.only_listed_methods = switches[8];
            policy.allow_timing = switches[9];
            policy.preflight_status = if switches[10] { 200 } else { 204 };
            policy
        },
    )
}

/// A request near what the policy allows, with lines missing, repeated, or of any bytes.
pub(crate) fn request(policy: &Policy) -> impl Strategy<Value = Request> + use<> {
    let entries = [&policy.allow_origins[..], &["https://a".into(), "null".into()]].concat();
    let origin = near_origin(&entries).prop_map(String::into_bytes);
    let asked = select(&["PUT", "DELETE", "patch", "HEAD", "POST", "p t", ""][..]);
    let list = select(&["x-a,x-b", "authorization", "", " , X-A", "x-a;", "x-z", ","][..]);
    let line = |name: &'static str, value: proptest::strategy::BoxedStrategy<Vec<u8>>| {
        let value = prop_oneof![9 => value, 1 => vec(any::<u8>(), 0..9)];
        let count = prop_oneof![1 => Just(0), 9 => Just(1), 1 => Just(2)];
        count.prop_flat_map(move |count| vec((Just(name), value.clone()), count))
    };
    let bytes = |text: &'static str| text.as_bytes().to_vec();
    let lines = (
        line("Origin", origin.boxed()),
        line("access-control-request-method", asked.prop_map(bytes).boxed()),
        line("Access-Control-Request-Headers", list.prop_map(bytes).boxed()),
        line("access-control-request-private-network", Just(bytes("true")).boxed()),
    );
    let method = prop_oneof![
        4 => Just("OPTIONS".to_string()),
        1 => Just("GET".to_string()),
        1 => "\\PC{0,7}",
    ];
    (method, lines).prop_map(|(method, (a, b, c, d))| Request::new(method, [a, b, c, d].concat()))
}

/// What a handler wrote: its own lines, `Vary` in every shape, and CORS lines by hand.
pub(crate) fn handler() -> impl Strategy<Value = Response> {
    let vary = select(
        &["Accept", "origin", "Accept, Origin", "*", "x,,*", "Origin,origin", "originator", ""][..],
    );
    let owned = select(
        &[
            "access-control-allow-origin",
            "access-control-allow-credentials",
            "access-control-allow-private-network",
            "access-control-expose-headers",
            "access-control-max-age",
            "content-type",
        ][..],
    );
    let line = prop_oneof![
        (Just("vary"), vary),
        (owned, select(&["*", "true", "https://a", "text/plain"][..])),
    ];
    vec(line, 0..4).prop_map(|lines| {
        let mut headers = Response::default();
        for (name, value) in lines {
            headers.push(name, value);
        }
        headers
    })
}
