//! Which server answered, from what its answers say.

use cors_browser::Response;

use crate::Place;

/// The place that most likely answered, from `Server`, `Via`, `X-Powered-By` and the headers that
/// frameworks add. An application comes before the server in front of it: it is the one that knows its
/// routes.
pub fn identify<'r>(answers: impl IntoIterator<Item = &'r Response>) -> Option<Place> {
    let answers: Vec<&Response> = answers.into_iter().collect();
    let finders = [of_application, of_cloud, of_server];
    finders.iter().find_map(|find| answers.iter().find_map(|answer| find(answer)))
}

fn value(answer: &Response, name: &str) -> String {
    let value = answer.get(name);
    value.map(|value| String::from_utf8_lossy(&value).to_ascii_lowercase()).unwrap_or_default()
}

fn has(answer: &Response, name: &str) -> bool {
    answer.lines(name).next().is_some()
}

fn of_application(answer: &Response) -> Option<Place> {
    let server = value(answer, "server");
    let powered = value(answer, "x-powered-by");
    let cookies = value(answer, "set-cookie");
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| server.starts_with(prefix));
    match () {
        () if powered.contains("express") => Some(Place::Express),
        () if powered.contains("asp.net") || starts(&["kestrel", "microsoft-iis"]) => {
            Some(Place::AspNet)
        }
        () if cookies.contains("laravel_session") || cookies.contains("laravel-session") => {
            Some(Place::Laravel)
        }
        () if starts(&["uvicorn", "hypercorn"]) => Some(Place::FastApi),
        () if starts(&["werkzeug"]) => Some(Place::Flask),
        () if starts(&["wsgiserver", "daphne"]) => Some(Place::Django),
        () if starts(&["rocket"]) => Some(Place::Rocket),
        // Django's SecurityMiddleware.
        () if value(answer, "x-frame-options") == "deny"
            && value(answer, "cross-origin-opener-policy") == "same-origin"
            && value(answer, "referrer-policy") == "same-origin" =>
        {
            Some(Place::Django)
        }
        () if has(answer, "x-runtime") && has(answer, "x-request-id") => Some(Place::Rails),
        () if starts(&["puma", "phusion passenger"]) => Some(Place::Rails),
        // Spring names the three request headers in Vary whenever its CORS filter runs.
        () if answer.lines("vary").count() >= 3
            && answer.varies_by("access-control-request-headers")
            && has(answer, "x-content-type-options") =>
        {
            Some(Place::Spring)
        }
        () => None,
    }
}

fn of_cloud(answer: &Response) -> Option<Place> {
    let server = value(answer, "server");
    match () {
        () if has(answer, "apigw-requestid") || has(answer, "x-amz-apigw-id") => {
            Some(Place::ApiGateway)
        }
        () if server.starts_with("amazons3") => Some(Place::S3),
        () if has(answer, "x-amz-cf-id") || value(answer, "via").contains("cloudfront") => {
            Some(Place::CloudFront)
        }
        () if server.starts_with("cloudflare") && has(answer, "cf-worker") => Some(Place::Workers),
        () => None,
    }
}

fn of_server(answer: &Response) -> Option<Place> {
    let server = value(answer, "server");
    let via = value(answer, "via");
    let is = |name: &str| server.starts_with(name);
    match () {
        () if is("nginx") || is("openresty") || is("tengine") => Some(Place::Nginx),
        () if is("apache") => Some(Place::Apache),
        () if is("caddy") || via.contains("caddy") => Some(Place::Caddy),
        () if is("envoy") || is("istio-envoy") || has(answer, "x-envoy-upstream-service-time") => {
            Some(Place::Envoy)
        }
        () if is("haproxy") || via.contains("haproxy") => Some(Place::HaProxy),
        () if is("traefik") || via.contains("traefik") => Some(Place::Traefik),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &[(&'static str, &'static str)], expected: Option<Place>) {
        let answer = Response::new(200, lines.iter().copied());
        assert_eq!(identify([&answer]), expected, "{lines:?}");
    }

    #[test]
    fn a_server_says_who_it_is() {
        check(&[("server", "nginx/1.22.1")], Some(Place::Nginx));
        check(&[("server", "Apache/2.4.57 (Debian)")], Some(Place::Apache));
        check(&[("via", "1.1 Caddy")], Some(Place::Caddy));
        check(&[("server", "envoy")], Some(Place::Envoy));
        check(&[("server", "uvicorn")], Some(Place::FastApi));
        check(&[("server", "Werkzeug/3.0 Python/3.11")], Some(Place::Flask));
        check(&[("server", "AmazonS3"), ("x-amz-request-id", "1")], Some(Place::S3));
        check(&[("server", "Kestrel")], Some(Place::AspNet));
        check(&[("date", "today")], None);
    }

    #[test]
    fn an_application_comes_before_the_server_in_front_of_it() {
        check(&[("server", "nginx"), ("x-powered-by", "Express")], Some(Place::Express));
        check(&[("server", "nginx"), ("x-amz-cf-id", "x")], Some(Place::CloudFront));
    }
}
