//! The configuration that lets a request pass: one policy, in the words of each framework.

use cors_browser::{CorsRequest, Credentials, Profile, Reason, Request};
use cors_core::{Cors, Policy, PolicyErrors, ResponseField, data::Key, method};
use serde_json::{Value, json};

/// Where the policy goes: the framework, and the lines. Each stands in that framework's example.
const PLACES: [(&str, &str); 5] = [
    ("axum", ".layer(CorsLayer::new(cors))"),
    ("actix-web", "let cors = CorsMiddleware::new(cors);\n.wrap(cors.clone())"),
    ("rocket", ".attach(CorsFairing::new(cors))"),
    ("warp", "filter(CorsLayer::new(cors), routes)"),
    ("poem", ".with(CorsMiddleware::new(cors))"),
];

/// The least that lets one request pass.
#[derive(Clone, Debug)]
pub struct Remedy {
    /// The header lines of the response to the preflight. Every response needs those that are not
    /// about methods and headers.
    pub headers: Vec<(&'static str, String)>,
    /// The same as a policy of this project.
    pub policy: Policy,
    /// Set if the browser sends a preflight.
    pub needs_preflight: bool,
}

impl Remedy {
    /// Returns the remedy of a request.
    ///
    /// # Errors
    ///
    /// If no browser sends the request.
    pub fn of(request: &Request) -> Result<Self, Reason> {
        let needed = CorsRequest::new(Profile::Fetch, request)?;
        let origin = &request.origin;
        let mut headers = vec![(ResponseField::AllowOrigin.name(), origin.clone())];
        let mut policy = match origin.as_str() {
            "null" => Policy::new().dangerously_allow_null_origin(),
            origin => Policy::new().allow_origins([origin]),
        };
        if request.credentials == Credentials::Include {
            policy = policy.allow_credentials(true);
            headers.push((ResponseField::AllowCredentials.name(), "true".into()));
            if origin.starts_with("http:") && compile(&policy).is_err() {
                policy = policy.dangerously_allow_insecure_origins();
            }
        }
        if !method::is_safelisted(needed.method().as_bytes()) {
            policy = policy.allow_methods([needed.method()]);
            headers.push((ResponseField::AllowMethods.name(), needed.method().into()));
        }
        if !needed.unsafe_names().is_empty() {
            policy = policy.allow_headers(needed.unsafe_names());
            headers.push((ResponseField::AllowHeaders.name(), needed.unsafe_names().join(", ")));
        }
        headers.push((ResponseField::Vary.name(), "Origin".into()));
        Ok(Self { headers, policy, needs_preflight: needed.preflight_needed().is_some() })
    }

    /// Returns the lines to write, with the place of each.
    ///
    /// # Errors
    ///
    /// If no policy allows the request.
    pub fn lines(&self) -> Result<Vec<(&'static str, String)>, PolicyErrors> {
        compile(&self.policy)?;
        let mut lines = vec![("policy", format!("let cors = {};", self.rust()))];
        lines.extend(PLACES.map(|(framework, line)| (framework, line.to_owned())));
        lines.push(("nginx", self.nginx()));
        lines.push(("Express", self.express()));
        Ok(lines)
    }

    /// Returns whether the policy gives up a protection.
    pub fn is_dangerous(&self) -> bool {
        self.rust().contains("dangerously_")
    }

    /// The policy, as code. The keys of its data are the names of its setters.
    fn rust(&self) -> String {
        let data = serde_json::to_value(&self.policy).unwrap_or_default();
        let mut code = "Policy::new()".to_owned();
        let set = Key::ALL.iter().filter_map(|key| Some((key.name(), data.get(key.name())?)));
        for (setter, value) in set {
            let arguments = match value {
                Value::Bool(true) if setter.starts_with("dangerously_") => String::new(),
                value => value.to_string(),
            };
            code += &format!(".{setter}({arguments})");
        }
        code + ".compile()?"
    }

    fn nginx(&self) -> String {
        let line =
            |(name, value): &(&str, String)| format!("add_header {name} \"{value}\" always;");
        let mut lines: Vec<String> = self.headers.iter().map(line).collect();
        if self.needs_preflight {
            lines.push("if ($request_method = OPTIONS) { return 204; }".into());
        }
        lines.join("\n")
    }

    fn express(&self) -> String {
        let policy = &self.policy;
        let origin = policy.allow_origins.first().map_or("null", String::as_str);
        let mut options = vec![("origin", json!([origin]))];
        for (option, names) in
            [("methods", &policy.allow_methods), ("allowedHeaders", &policy.allow_headers)]
        {
            if !names.is_empty() {
                options.push((option, json!(names)));
            }
        }
        if policy.allow_credentials {
            options.push(("credentials", true.into()));
        }
        let options: Vec<String> =
            options.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        format!("app.use(cors({{ {} }}));", options.join(", "))
    }
}

fn compile(policy: &Policy) -> Result<Cors, PolicyErrors> {
    policy.compile()
}

#[cfg(test)]
mod tests;
