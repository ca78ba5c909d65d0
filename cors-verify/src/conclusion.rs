//! What a browser concludes from an answer, and how two conclusions differ.

use std::collections::BTreeSet;

use cors_browser::{CorsRequest, Credentials, Profile, Request as Script, Response};
use cors_core::{
    RequestField, ResponseField,
    header::is_safelisted_to_read,
    method,
    plain::Request,
    syntax::{elements, trim},
};

/// What a browser concludes from one answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Conclusion {
    /// A script may read the response, or may send the request that it asked for in a preflight.
    pub allows: bool,
    /// The same with the user's credentials.
    pub allows_with_credentials: bool,
    /// The names that a script may read beyond those that it always may; `*` is one of them.
    pub exposes: BTreeSet<String>,
    /// The methods that a preflight's answer allows beyond those that always pass.
    pub methods: BTreeSet<String>,
    /// The request headers that a preflight's answer allows.
    pub headers: BTreeSet<String>,
    /// How long a browser keeps a preflight's answer, in seconds.
    pub max_age: u64,
    /// Caches keep answers to different origins apart.
    pub varies: bool,
    /// The response names an origin, and not `*`.
    pub names_origin: bool,
}

/// What browsers use without `Access-Control-Max-Age`.
const DEFAULT_MAX_AGE: u64 = 5;

impl Conclusion {
    /// What a browser concludes from the answer to this request.
    pub fn of(request: &Request, response: &Response) -> Self {
        let is_preflight =
            request.method == "OPTIONS" && line(request, RequestField::Method).is_some();
        let list = |field: ResponseField| -> BTreeSet<String> {
            response
                .lines(field.name())
                .flat_map(elements)
                .map(|name| String::from_utf8_lossy(name).into_owned())
                .collect()
        };
        let lower = |names: BTreeSet<String>| -> BTreeSet<String> {
            names.into_iter().map(|name| name.to_ascii_lowercase()).collect()
        };
        let allows = allows(request, response, is_preflight, Credentials::Omit);
        let with = allows_with_credentials(request, response, is_preflight);
        let lists = is_preflight && (allows || with);
        let reads = !is_preflight && (allows || with);
        let keep = |set: BTreeSet<String>, keeps: bool| if keeps { set } else { BTreeSet::new() };
        Self {
            allows,
            allows_with_credentials: with,
            exposes: keep(lower(list(ResponseField::ExposeHeaders)), reads)
                .into_iter()
                .filter(|name| !is_safelisted_to_read(name))
                .collect(),
            methods: keep(list(ResponseField::AllowMethods), lists)
                .into_iter()
                .filter(|name| !method::is_safelisted(name.as_bytes()))
                .collect(),
            headers: keep(lower(list(ResponseField::AllowHeaders)), lists),
            max_age: if lists { max_age(response) } else { 0 },
            varies: response.varies_by(RequestField::Origin.name()),
            names_origin: response
                .get(ResponseField::AllowOrigin.name())
                .is_some_and(|value| &*value != b"*"),
        }
    }

    /// The ways in which this allows more than the other.
    pub fn beyond(&self, other: &Self) -> Vec<Way> {
        let star = |set: &BTreeSet<String>| set.contains("*");
        let more = |ours: &BTreeSet<String>, theirs: &BTreeSet<String>| {
            !star(theirs) && !ours.is_subset(theirs)
        };
        let ways = [
            (self.allows && !other.allows, Way::Access),
            (
                self.allows_with_credentials && !other.allows_with_credentials,
                Way::AccessWithCredentials,
            ),
            (more(&self.methods, &other.methods), Way::Methods),
            (more(&self.headers, &other.headers), Way::Headers),
            (more(&self.exposes, &other.exposes), Way::Exposed),
            (
                self.max_age > other.max_age && (other.allows || other.allows_with_credentials),
                Way::MaxAge,
            ),
        ];
        ways.into_iter().filter(|(is, _)| *is).map(|(_, way)| way).collect()
    }
}

/// A way in which one answer allows more than another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Way {
    /// A script may read the response, or pass the preflight.
    Access,
    /// A script may do so with the user's credentials.
    AccessWithCredentials,
    /// More methods pass.
    Methods,
    /// More request headers pass.
    Headers,
    /// More response headers may be read.
    Exposed,
    /// A browser keeps a preflight's answer for longer.
    MaxAge,
}

fn line(request: &Request, field: RequestField) -> Option<String> {
    let mut lines =
        request.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case(field.name()));
    let (_, value) = lines.next()?;
    lines.next().is_none().then(|| String::from_utf8_lossy(value).into_owned())
}

fn allows(
    request: &Request,
    response: &Response,
    is_preflight: bool,
    credentials: Credentials,
) -> bool {
    let Some(origin) = line(request, RequestField::Origin) else {
        // Whoever sends several: only "*" is for all of them.
        return response
            .get(ResponseField::AllowOrigin.name())
            .is_some_and(|value| &*value == b"*");
    };
    let mut script = Script::new(&*origin, "https://api.invalid/", "GET").credentials(credentials);
    if is_preflight {
        script.method = line(request, RequestField::Method).unwrap_or_default();
        let names = line(request, RequestField::Headers).unwrap_or_default();
        let names = elements(names.as_bytes());
        // A value that no header is safelisted with.
        script.headers = names
            .map(|name| (String::from_utf8_lossy(name).into_owned(), b"\"".to_vec()))
            .collect();
    }
    match CorsRequest::new(Profile::Fetch, &script) {
        Ok(cors) if is_preflight => cors.preflight_check(response).is_ok(),
        Ok(cors) => cors.cors_check(response).is_ok(),
        // No browser sends it: only the origin is compared.
        Err(_) => {
            let value = response.get(ResponseField::AllowOrigin.name());
            value.is_some_and(|value| &*value == b"*" || *value == *origin.as_bytes())
                && (!is_preflight || (200..300).contains(&response.status))
        }
    }
}

fn allows_with_credentials(request: &Request, response: &Response, is_preflight: bool) -> bool {
    let granted = response.get(ResponseField::AllowCredentials.name());
    let star = response.get(ResponseField::AllowOrigin.name()).is_some_and(|value| &*value == b"*");
    granted.is_some_and(|value| &*value == b"true")
        && !star
        && allows(request, response, is_preflight, Credentials::Include)
}

fn max_age(response: &Response) -> u64 {
    let value = response.get(ResponseField::MaxAge.name());
    let value = value.as_deref().map(trim).and_then(|value| std::str::from_utf8(value).ok());
    value.map_or(DEFAULT_MAX_AGE, |value| value.parse().unwrap_or(DEFAULT_MAX_AGE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn ways(request: &Request, theirs: Response, ours: Response, expected: &[Way]) {
        let (theirs, ours) = (Conclusion::of(request, &theirs), Conclusion::of(request, &ours));
        assert_eq!(theirs.beyond(&ours), expected);
    }

    fn get() -> Request {
        Request::new("GET", [("origin", "https://a.example")])
    }

    fn put() -> Request {
        Request::new(
            "OPTIONS",
            [("origin", "https://a.example"), ("access-control-request-method", "PUT")],
        )
    }

    #[test]
    fn a_response_that_can_be_read_is_more_than_one_that_cannot() {
        let none = || Response::new(200, [("", ""); 0]);
        let acao = ("access-control-allow-origin", "https://a.example");
        let acac = ("access-control-allow-credentials", "true");
        let expose = ("access-control-expose-headers", "Content-Type, ETag");
        ways(&get(), Response::new(200, [acao]), none(), &[Way::Access]);
        ways(
            &get(),
            Response::new(500, [acao, acac]),
            Response::new(200, [acao]),
            &[Way::AccessWithCredentials],
        );
        ways(
            &get(),
            Response::new(200, [acao, expose]),
            Response::new(200, [acao]),
            &[Way::Exposed],
        );
        ways(&get(), none(), Response::new(200, [acao]), &[]);
        ways(
            &get(),
            Response::new(200, [("access-control-allow-origin", "*"), acac]),
            none(),
            &[Way::Access],
        );
    }

    #[test]
    fn a_preflight_that_passes_is_more_than_one_that_does_not() {
        let acao = ("access-control-allow-origin", "https://a.example");
        let methods = |list| ("access-control-allow-methods", list);
        let age = |seconds| ("access-control-max-age", seconds);
        let ok = |lines: &[(&'static str, &'static str)]| Response::new(204, lines.iter().copied());
        ways(&put(), ok(&[acao, methods("PUT")]), ok(&[acao]), &[Way::Access, Way::Methods]);
        ways(
            &put(),
            ok(&[acao, methods("PUT, DELETE")]),
            ok(&[acao, methods("PUT")]),
            &[Way::Methods],
        );
        ways(
            &put(),
            ok(&[acao, methods("PUT"), age("9")]),
            ok(&[acao, methods("PUT")]),
            &[Way::MaxAge],
        );
        ways(&put(), Response::new(403, [acao, methods("PUT")]), ok(&[]), &[]);
    }
}
