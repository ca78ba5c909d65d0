//! The places that a remedy can be pasted into, by name.

use std::fmt;

use cors_core::Policy;

use crate::{edge, frameworks, gateways, javascript, others, python};

/// What to paste, where, and instead of what.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remedy {
    /// The place.
    pub place: Place,
    /// Where it goes and what it replaces, as one sentence.
    pub position: &'static str,
    /// The lines.
    pub text: String,
}

/// The remedy for a policy, in the terms of one place.
pub fn remedy(place: Place, policy: &Policy) -> Remedy {
    let (position, write) = place.words();
    Remedy { place, position, text: write(policy) }
}

macro_rules! places {
    ($($(#[$doc:meta])+ $place:ident = $name:literal, $title:literal, $write:path, $position:literal;)+) => {
        /// A server, framework or gateway.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[non_exhaustive]
        pub enum Place {
            $($(#[$doc])+ $place,)+
        }

        impl Place {
            /// Every place.
            pub const ALL: &[Self] = &[$(Self::$place,)+];

            /// The name on the command line, such as `nginx`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$place => $name,)+
                }
            }

            /// The name as its authors write it.
            pub const fn title(self) -> &'static str {
                match self {
                    $(Self::$place => $title,)+
                }
            }

            fn words(self) -> (&'static str, fn(&Policy) -> String) {
                match self {
                    $(Self::$place => ($position, $write),)+
                }
            }
        }
    };
}

impl Place {
    /// The place with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|place| place.name() == name)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title())
    }
}

places! {
    /// The header lines, for a server that is not known.
    Headers = "headers", "any server", others::headers,
        "on every answer, error pages included, instead of its CORS headers";
    /// axum.
    Axum = "axum", "axum", frameworks::axum,
        "around the finished router, after every route, instead of another CORS layer";
    /// actix-web.
    ActixWeb = "actix-web", "actix-web", frameworks::actix_web,
        "as the last wrap of the App, instead of another CORS middleware";
    /// Rocket.
    Rocket = "rocket", "Rocket", frameworks::rocket,
        "attached to the finished rocket, instead of another CORS fairing";
    /// warp.
    Warp = "warp", "warp", frameworks::warp,
        "around all routes, instead of warp::cors";
    /// poem.
    Poem = "poem", "poem", frameworks::poem,
        "around the finished route, instead of poem's Cors";
    /// salvo.
    Salvo = "salvo", "salvo", frameworks::salvo,
        "on the Service, not on a Router, instead of salvo's Cors";
    /// tower.
    Tower = "tower", "tower", frameworks::tower,
        "as the outermost layer, instead of tower_http::cors";
    /// `http` types without a framework.
    Http = "http", "http", frameworks::http,
        "around the function that answers every request";
    /// nginx.
    Nginx = "nginx", "nginx", edge::nginx,
        "instead of every add_header line for Access-Control-* and every if that answers OPTIONS";
    /// Apache HTTP Server.
    Apache = "apache", "Apache", edge::apache,
        "in the <VirtualHost>, instead of every Header line for Access-Control-*";
    /// Caddy.
    Caddy = "caddy", "Caddy", edge::caddy,
        "in the site block, instead of every header line for Access-Control-*";
    /// HAProxy.
    HaProxy = "haproxy", "HAProxy", edge::haproxy,
        "in the frontend, before its other http-request rules, instead of every line for Access-Control-*";
    /// Envoy.
    Envoy = "envoy", "Envoy", edge::envoy,
        "in the virtual host, instead of the cors filter and its policies";
    /// ingress-nginx of Kubernetes.
    IngressNginx = "ingress-nginx", "ingress-nginx", gateways::ingress_nginx,
        "in the Ingress's metadata.annotations, instead of other cors-* annotations";
    /// Traefik.
    Traefik = "traefik", "Traefik", gateways::traefik,
        "in the dynamic configuration; name the middleware in the router";
    /// Express.
    Express = "express", "Express", javascript::express,
        "before every route and before authentication, instead of another app.use(cors(...))";
    /// Fastify.
    Fastify = "fastify", "Fastify", javascript::fastify,
        "before every route, instead of another registration of @fastify/cors";
    /// Hono.
    Hono = "hono", "Hono", javascript::hono,
        "before every route, instead of another cors(...)";
    /// FastAPI and Starlette.
    FastApi = "fastapi", "FastAPI or Starlette", python::fastapi,
        "after every other add_middleware, so that it is the outermost, instead of another CORSMiddleware";
    /// Flask.
    Flask = "flask", "Flask", python::flask,
        "once, where the app is created, instead of another CORS(app)";
    /// Django.
    Django = "django", "Django", python::django,
        "at the end of settings.py, instead of other CORS_* settings";
    /// Rails and Rack.
    Rails = "rails", "Rails", others::rails,
        "in config/initializers/cors.rb, instead of its allow block";
    /// Laravel.
    Laravel = "laravel", "Laravel", others::laravel,
        "as config/cors.php";
    /// Spring.
    Spring = "spring", "Spring", others::spring,
        "as a class of its own, instead of @CrossOrigin; with Spring Security also call http.cors()";
    /// ASP.NET Core.
    AspNet = "aspnet", "ASP.NET Core", others::aspnet,
        "in Program.cs, with UseCors before UseAuthentication";
    /// Go with jub0bs/cors.
    GoJub0bs = "go-jub0bs", "Go with jub0bs/cors", others::go_jub0bs,
        "around the outermost handler";
    /// Go with rs/cors.
    GoRs = "go-rs", "Go with rs/cors", others::go_rs,
        "around the outermost handler, instead of another cors.New";
    /// Amazon S3.
    S3 = "s3", "Amazon S3", gateways::s3,
        "as the bucket's CORS configuration, instead of its rules";
    /// Amazon CloudFront.
    CloudFront = "cloudfront", "CloudFront", gateways::cloudfront,
        "as a response headers policy, with the managed origin request policy CORS-CustomOrigin";
    /// Amazon API Gateway.
    ApiGateway = "api-gateway", "API Gateway", gateways::api_gateway,
        "as the HTTP API's CorsConfiguration: the gateway answers OPTIONS itself and drops the integration's CORS headers";
    /// Cloudflare Workers.
    Workers = "workers", "Cloudflare Workers", javascript::workers,
        "around the Worker's fetch handler";
    /// The proxy of Vite's dev server.
    Vite = "vite", "Vite", javascript::vite,
        "in vite.config.js; then request /api/... in the script. Only for development";
    /// The proxy of webpack's dev server.
    Webpack = "webpack", "webpack", javascript::webpack,
        "in webpack.config.js; then request /api/... in the script. Only for development";
}
