//! What a file may say, and is asked about.

use crate::support::{file, lines};

#[track_caller]
fn check(name: &str, text: &str, expected: &[&str]) {
    let report = file(name, text).check().expect("the file can be read");
    // The texts are the engine's, and pinned there.
    let found: Vec<_> = lines(&report)
        .iter()
        .filter_map(|line| line.split_once(": "))
        .map(|(place_and_code, _)| place_and_code.to_owned())
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn every_kind_of_warning_at_its_place() {
    check(
        "doubtful.toml",
        r#"allow_origins = ["https://shop.vercel.app", "http://localhost:3000"]
allow_origin_patterns = ['https://pr.\d+\.a\.example']
allow_methods = ["PUT", "GET"]
allow_headers = ["accept"]
expose_headers = ["content-type"]
max_age = 86400
allow_private_network = true
allow_credentials = true
"#,
        &[
            "1:18 hosting-suffix",
            "1:45 credentials-localhost",
            "2:26 origin-pattern",
            "3:25 method-safelisted",
            "4:18 header-safelisted",
            "5:19 exposed-safelisted",
            "6:11 max-age-capped",
            "7:25 private-network",
        ],
    );
    check(
        "doubtful.json",
        "{\"allow_origins\": [\"https://*.a.example\", \"http://b.example\"]}",
        &["1:43 http-beside-https"],
    );
}

#[test]
fn what_is_refused_is_not_warned_about() {
    check(
        "refused.toml",
        "allow_origins = ['https://a.example', 'http://a.example']\nallow_credentials = true",
        &["1:39 credentials-insecure"],
    );
}

#[test]
fn under_a_path() {
    check(
        "under.toml",
        "[resources.'/a']\nallow_origins = ['*']\n[resources.'/b']\nallow_origins = ['*']\nallow_methods = ['HEAD', 'HEAD']\n",
        &["5:18 method-safelisted", "5:26 method-duplicate"],
    );
    // A shared policy is reported once, and each path is.
    check(
        "bases.toml",
        "[resources.'*']\nallow_origins = ['*']\n[resources]\n'/a/*' = '/b/*'\n[resources.'/b/*']\nallow_origins = ['https://a.example']\nallow_methods = ['GET']\n",
        &["4:1 path-base", "5:12 path-base", "7:18 method-safelisted"],
    );
}
