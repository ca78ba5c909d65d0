//! The schema of policy files is what the reader reads, and says the same of a file.

use std::fs;

use cors_file::PolicyFile;
use serde_json::{Value, json};
use xtask::schema;

#[test]
fn the_committed_schema_is_the_generated_one() {
    let committed = fs::read_to_string(schema::path()).expect("it is committed");
    assert!(committed == schema::text(), "docs/policy.schema.json is old: run cargo xtask schema");
}

#[track_caller]
fn check(policy: &Value, valid: bool) {
    let schema = jsonschema::validator_for(&cors_file::schema()).expect("a schema");
    assert_eq!(schema.is_valid(policy), valid, "by the schema: {policy}");
    let path = concat!(env!("CARGO_TARGET_TMPDIR"), "/schema.json");
    fs::write(path, policy.to_string()).expect("the folder can be written to");
    let loaded = PolicyFile::new(path).load();
    assert_eq!(loaded.is_ok(), valid, "by the reader: {policy}");
}

#[test]
fn the_schema_and_the_reader_agree() {
    check(&json!({"allow_origins": ["https://a.example"], "max_age": 86_400}), true);
    check(&json!({"allowedOrigins": ["*"], "exposed_headers": ["etag"], "maxAge": 0}), true);
    check(&json!({"$schema": "policy.schema.json", "allow_origins": ["*"]}), true);
    let resources = json!({"/api/*": {"allow_origins": ["*"]}, "/api/health": "none"});
    check(&json!({ "resources": resources }), true);
    check(&json!({ "$schema": "policy.schema.json", "resources": resources }), true);

    let example = fs::read_to_string("../examples/policy.toml").expect("it is committed");
    check(&toml::from_str(&example).expect("it is TOML"), true);

    check(&json!({"allow_origin": ["*"]}), false);
    check(&json!({"allow_origins": "*"}), false);
    check(&json!({"allow_origins": ["*", 1]}), false);
    check(&json!({"allow_origins": ["*"], "max_age": -1}), false);
    check(&json!({"allow_origins": ["*"], "max_age": 86_401}), false);
    check(&json!({"allow_origins": ["*"], "max_age": "60"}), false);
    check(&json!({"allow_origins": ["*"], "allow_credentials": "true"}), false);
    check(&json!({"allow_origins": ["*"], "resources": {}}), false);
    check(&json!({"resources": {}}), false);
    check(&json!({"resources": {"/a": "off"}}), false);
    check(&json!({"resources": {"/a": {"origins": []}}}), false);
    check(&json!({"resources": {"/a": {"$schema": "", "allow_origins": ["*"]}}}), false);
    check(&json!([]), false);
}
