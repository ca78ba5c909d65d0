//! A file that is changed while its policy is served.

use std::{fs, thread, time::Duration};

use cors_core::{Live, Policy, Resources};
use cors_file::Watched;

use crate::support::{file, path};

fn text(max_age: u64) -> String {
    format!("allow_origins = ['*']\nmax_age = {max_age}\n")
}

fn resources(max_age: u64) -> Resources {
    Policy::new().allow_any_origin().max_age(max_age).into()
}

/// Waits for the policy: for much longer than it takes, so that a slow machine fails nothing.
#[track_caller]
fn becomes(live: &Watched, max_age: u64) {
    for _ in 0..3000 {
        if live.current().resources() == resources(max_age) {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("the policy stays {:?}", live.current().resources());
}

#[test]
fn a_change_replaces_the_policy_and_an_invalid_one_does_not() {
    let live: Watched = file("changed.toml", &text(1)).watch().expect("it is valid");
    assert_eq!(live.current().resources(), resources(1));
    file("changed.toml", &text(2));
    becomes(&live, 2);
    file("changed.toml", "allow_origins = ['https://a.example/']");
    // Whatever the watcher makes of the one before, it comes to this one.
    file("changed.toml", &text(3));
    becomes(&live, 3);
}

#[test]
fn a_reloaded_policy_keeps_its_guard() {
    let guarded = |max_age| format!("{}[guard]\nown_hosts = ['a.example']\n", text(max_age));
    let live: Watched = file("guarded.toml", &guarded(1)).watch().expect("it is valid");
    assert!(live.current().has_guard());
    file("guarded.toml", &guarded(2));
    becomes(&live, 2);
    assert!(live.current().has_guard());
}

#[test]
fn a_file_that_goes_and_comes_again() {
    let live: Watched = file("gone.toml", &text(1)).watch().expect("it is valid");
    fs::remove_file(path("gone.toml")).expect("it is there");
    assert_eq!(live.current().resources(), resources(1));
    fs::write(path("gone.toml.new"), text(2)).expect("the folder can be written to");
    fs::rename(path("gone.toml.new"), path("gone.toml")).expect("as editors do");
    becomes(&live, 2);
}

#[test]
fn what_is_invalid_from_the_start_is_not_watched() {
    let report =
        file("invalid.toml", "").watch::<cors_core::plain::Plain>().expect_err("no origins");
    assert_eq!(report.iter().map(|finding| finding.code()).collect::<Vec<_>>(), ["origin-none"]);
}
