//! What a file says.

use cors_core::{Cors, Policy, Resources};

use crate::support::{file, lines, path};

#[track_caller]
fn says(name: &str, text: &str, resources: impl Into<Resources>) {
    let cors: Cors = file(name, text).load().unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(cors.resources(), resources.into());
}

fn policy() -> Policy {
    Policy::new()
        .allow_origins(["https://a.example", "https://*.b.example"])
        .allow_methods(["PUT"])
        .allow_credentials(true)
        .max_age(0)
}

#[test]
fn toml_and_json_say_the_same() {
    says(
        "same.toml",
        "# Who may read.\nallow_origins = ['https://a.example',\n  \"https://*.b.example\"]\n\
         allow_methods = [\"\\u0050UT\"]\nallow_credentials = true\nmax_age = 0x0\n",
        policy(),
    );
    says(
        "same.json",
        r#"{"allow_origins": ["https://a.example", "https:\/\/*.b.example"],
            "allow_methods": ["\u0050UT"], "allow_credentials": true, "max_age": 0}"#,
        policy(),
    );
}

#[test]
fn keys_have_the_names_that_people_type() {
    says(
        "spelled.json",
        r#"{"allowedOrigins": ["https://a.example", "https://*.b.example"],
            "allowMethods": ["PUT"], "allowCredentials": true, "maxAge": 0}"#,
        policy(),
    );
    says(
        "spelled.toml",
        "allowed_origins = ['https://a.example', 'https://*.b.example']\n\
         allowed_methods = ['PUT']\nallowed_credentials = true\nmax_age = 0\n",
        policy(),
    );
}

#[test]
fn a_policy_for_each_path() {
    let resources = || {
        Resources::new()
            .at("/public/*", Policy::new().allow_any_origin())
            .without("/api/health")
            .at("/api/*", policy())
    };
    says(
        "paths.toml",
        r#"
[resources]
"/public/*" = { allow_origins = ["*"] }
"/api/health" = "none"

[resources."/api/*"]
allow_origins = ["https://a.example", "https://*.b.example"]
allow_methods = ["PUT"]
allow_credentials = true
max_age = 0
"#,
        resources(),
    );
    says(
        "paths.json",
        r#"{"resources": {"/public/*": {"allow_origins": ["*"]},
            "/api/health": "none",
            "/api/*": {"allow_origins": ["https://a.example", "https://*.b.example"],
                       "allow_methods": ["PUT"], "allow_credentials": true, "max_age": 0}}}"#,
        resources(),
    );
}

#[test]
fn a_path_shares_the_policy_of_another() {
    let policy = || Policy::new().allow_any_origin().max_age(60);
    let resources = || Resources::new().at("/login", policy()).at("/api/*", policy());
    says(
        "shared.toml",
        "[resources]\n'/login' = '/api/*'\n\n[resources.'/api/*']\nallow_origins = ['*']\nmax_age = 60\n",
        resources(),
    );
    says(
        "shared.json",
        r#"{"resources": {"/login": "/api/*", "/api/*": {"allow_origins": ["*"], "max_age": 60}}}"#,
        resources(),
    );
}

#[test]
fn one_line_loads_a_file() {
    file("one.toml", "allow_origins = ['*']");
    let cors: Cors = cors_file::load(crate::support::path("one.toml")).expect("it is valid");
    assert_eq!(cors.resources(), Policy::new().allow_any_origin().into());
}

#[test]
fn only_a_regular_file_of_at_most_4_mib_is_read() {
    let large = |bytes: usize| {
        let policy = "allow_origins = ['*']\n";
        format!("{policy}#{}", "x".repeat(bytes - policy.len() - 1))
    };
    assert!(file("large.toml", &large(4 << 20)).load().is_ok());
    let report = file("larger.toml", &large((4 << 20) + 1)).load().expect_err("too large");
    assert_eq!(lines(&report), ["- unreadable: cannot read the file: larger than 4 MiB"]);
    let folder = path("folder.toml");
    std::fs::create_dir_all(&folder).expect("the folder can be written to");
    let report = cors_file::PolicyFile::new(folder).load().expect_err("a folder");
    assert_eq!(lines(&report), ["- unreadable: cannot read the file: not a regular file"]);
}

/// A pipe waits for a writer, and a device never ends.
#[cfg(unix)]
#[test]
fn a_device_is_not_read() {
    let link = path("zero.toml");
    let _ = std::fs::remove_file(&link);
    std::os::unix::fs::symlink("/dev/zero", &link).expect("a link can be made");
    let report = cors_file::PolicyFile::new(link).load().expect_err("a device");
    assert_eq!(lines(&report), ["- unreadable: cannot read the file: not a regular file"]);
}

#[test]
fn a_guard_refuses_strangers() {
    use cors_core::{Decision, plain::Request};

    let refused = |name: &str, text: &str, host: &str, origin: &str| {
        let cors: Cors = file(name, text).load().unwrap_or_else(|report| panic!("{report}"));
        let request = Request::new("POST", [("host", host), ("origin", origin)]);
        matches!(cors.decide(&request), Decision::Answer(answer) if answer.status() == 403)
    };
    let toml = "allow_origins = ['https://a.example']\n[guard]\nown_hosts = ['api.example']\n";
    let json = r#"{"guard": {"ownHosts": ["api.example"]},
        "resources": {"/a": {"allow_origins": ["https://a.example"]}}}"#;
    for (name, text) in [("guard.toml", toml), ("guard.json", json)] {
        assert!(!refused(name, text, "api.example", "https://api.example"), "{name}");
        assert!(refused(name, text, "api.example", "https://evil.test"), "{name}");
        assert!(refused(name, text, "evil.test", "http://evil.test"), "{name}");
    }
    let loopback = "allow_origins = ['https://a.example']\nguard = {}\n";
    assert!(!refused("loopback.toml", loopback, "localhost:1", "http://localhost:1"));
    assert!(refused("loopback.toml", loopback, "evil.test", "http://evil.test"));
    let open = "allow_origins = ['https://a.example']\n";
    assert!(!refused("open.toml", open, "evil.test", "http://evil.test"));
}
