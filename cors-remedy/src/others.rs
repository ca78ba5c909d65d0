//! Ruby, PHP, Java, C# and Go, and plain header lines.

use cors_core::Policy;
use serde_json::json;

pub(crate) fn is_any(list: &[String]) -> bool {
    list == ["*"]
}

/// The methods of a policy as other libraries list them: those that always pass as well.
pub(crate) fn methods(policy: &Policy) -> Vec<String> {
    match is_any(&policy.allow_methods) {
        true => ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"].map(str::to_owned).to_vec(),
        false => {
            let safelisted = ["GET", "HEAD", "POST"].map(str::to_owned);
            safelisted.into_iter().chain(policy.allow_methods.iter().cloned()).collect()
        }
    }
}

/// Texts in single quotes, separated by commas.
fn single(list: &[String]) -> String {
    list.iter().map(|text| format!("'{text}'")).collect::<Vec<_>>().join(", ")
}

fn double(list: &[String]) -> String {
    list.iter().map(|text| json!(text).to_string()).collect::<Vec<_>>().join(", ")
}

pub(crate) fn headers(policy: &Policy) -> String {
    let any = is_any(&policy.allow_origins);
    let origin = match policy.allow_origins.as_slice() {
        [only] => only.clone(),
        _ => "(the request's Origin, if it is one of the list below)".into(),
    };
    let mut text = format!("access-control-allow-origin: {origin}\n");
    if policy.allow_credentials {
        text += "access-control-allow-credentials: true\n";
    }
    if !policy.expose_headers.is_empty() {
        text += &format!("access-control-expose-headers: {}\n", policy.expose_headers.join(", "));
    }
    if !any {
        text += "vary: Origin\n";
    }
    text += "\n# on the answer to a preflight, an OPTIONS request, with status 204:\n";
    if !policy.allow_methods.is_empty() {
        text += &format!("access-control-allow-methods: {}\n", policy.allow_methods.join(", "));
    }
    if !policy.allow_headers.is_empty() {
        text += &format!("access-control-allow-headers: {}\n", policy.allow_headers.join(", "));
    }
    text += &format!("access-control-max-age: {}\n", policy.max_age);
    if policy.allow_origins.len() > 1 {
        text += &format!("\n# the list of origins:\n{}\n", policy.allow_origins.join("\n"));
    }
    text
}

pub(crate) fn rails(policy: &Policy) -> String {
    let headers = match is_any(&policy.allow_headers) {
        true => ":any".into(),
        false => format!("[{}]", single(&policy.allow_headers)),
    };
    let methods: Vec<String> =
        methods(policy).iter().map(|name| format!(":{}", name.to_lowercase())).collect();
    format!(
        "# bundle add rack-cors\nRails.application.config.middleware.insert_before 0, Rack::Cors do\n  allow do\n    origins {}\n    resource '*',\n      headers: {headers},\n      methods: [{}, :options],\n      expose: [{}],\n      credentials: {},\n      max_age: {}\n  end\nend\n",
        single(&policy.allow_origins),
        methods.join(", "),
        single(&policy.expose_headers),
        policy.allow_credentials,
        policy.max_age
    )
}

pub(crate) fn laravel(policy: &Policy) -> String {
    format!(
        "<?php\n\nreturn [\n    // Every path: the default covers api/* only.\n    'paths' => ['*'],\n    'allowed_origins' => [{}],\n    'allowed_origins_patterns' => [],\n    'allowed_methods' => [{}],\n    'allowed_headers' => [{}],\n    'exposed_headers' => [{}],\n    'supports_credentials' => {},\n    'max_age' => {},\n];\n",
        single(&policy.allow_origins),
        single(&methods(policy)),
        single(&policy.allow_headers),
        single(&policy.expose_headers),
        policy.allow_credentials,
        policy.max_age
    )
}

pub(crate) fn spring(policy: &Policy) -> String {
    let mut calls = vec![
        format!("allowedOrigins({})", double(&policy.allow_origins)),
        format!("allowedMethods({})", double(&methods(policy))),
    ];
    if !policy.allow_headers.is_empty() {
        calls.push(format!("allowedHeaders({})", double(&policy.allow_headers)));
    }
    if !policy.expose_headers.is_empty() {
        calls.push(format!("exposedHeaders({})", double(&policy.expose_headers)));
    }
    calls.push(format!("allowCredentials({})", policy.allow_credentials));
    calls.push(format!("maxAge({})", policy.max_age));
    format!(
        "import org.springframework.context.annotation.Configuration;\nimport org.springframework.web.servlet.config.annotation.CorsRegistry;\nimport org.springframework.web.servlet.config.annotation.WebMvcConfigurer;\n\n@Configuration\npublic class CorsConfiguration implements WebMvcConfigurer {{\n    @Override\n    public void addCorsMappings(CorsRegistry registry) {{\n        registry.addMapping(\"/**\")\n            .{};\n    }}\n}}\n",
        calls.join("\n            .")
    )
}

pub(crate) fn aspnet(policy: &Policy) -> String {
    let mut calls = match is_any(&policy.allow_origins) {
        true => vec!["AllowAnyOrigin()".to_owned()],
        false => vec![format!("WithOrigins({})", double(&policy.allow_origins))],
    };
    calls.push(format!("WithMethods({})", double(&methods(policy))));
    if is_any(&policy.allow_headers) {
        calls.push("AllowAnyHeader()".into());
    } else if !policy.allow_headers.is_empty() {
        calls.push(format!("WithHeaders({})", double(&policy.allow_headers)));
    }
    if !policy.expose_headers.is_empty() {
        calls.push(format!("WithExposedHeaders({})", double(&policy.expose_headers)));
    }
    if policy.allow_credentials {
        calls.push("AllowCredentials()".into());
    }
    calls.push(format!("SetPreflightMaxAge(TimeSpan.FromSeconds({}))", policy.max_age));
    format!(
        "builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy\n    .{}));\n\n// After builder.Build(), before UseAuthentication and UseAuthorization:\napp.UseCors();\n",
        calls.join("\n    .")
    )
}

pub(crate) fn go_jub0bs(policy: &Policy) -> String {
    let mut fields = vec![format!("Origins: []string{{{}}},", double(&policy.allow_origins))];
    let mut list = |name: &str, list: &[String]| {
        if !list.is_empty() {
            fields.push(format!("{name}: []string{{{}}},", double(list)));
        }
    };
    list("Methods", &policy.allow_methods);
    list("RequestHeaders", &policy.allow_headers);
    list("ResponseHeaders", &policy.expose_headers);
    if policy.allow_credentials {
        fields.push("Credentialed: true,".into());
    }
    fields.push(format!("MaxAgeInSeconds: {},", policy.max_age));
    if policy.dangerously_allow_insecure_origins {
        fields.push(
            "ExtraConfig: cors.ExtraConfig{DangerouslyTolerateInsecureOrigins: true},".into(),
        );
    }
    format!(
        "// go get github.com/jub0bs/cors; import \"github.com/jub0bs/cors\" and \"log\"\nmiddleware, err := cors.NewMiddleware(cors.Config{{\n\t{}\n}})\nif err != nil {{\n\tlog.Fatal(err)\n}}\nhandler := middleware.Wrap(mux)\n",
        fields.join("\n\t")
    )
}

pub(crate) fn go_rs(policy: &Policy) -> String {
    format!(
        "// go get github.com/rs/cors; import \"github.com/rs/cors\"\nhandler := cors.New(cors.Options{{\n\tAllowedOrigins:   []string{{{}}},\n\tAllowedMethods:   []string{{{}}},\n\tAllowedHeaders:   []string{{{}}},\n\tExposedHeaders:   []string{{{}}},\n\tAllowCredentials: {},\n\tMaxAge:           {},\n}}).Handler(mux)\n",
        double(&policy.allow_origins),
        double(&methods(policy)),
        double(&policy.allow_headers),
        double(&policy.expose_headers),
        policy.allow_credentials,
        policy.max_age
    )
}
