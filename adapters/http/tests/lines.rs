//! A request's only line is found by counting, as by looking at each.

use cors_core::{Lines, RequestField, RequestHead};
use cors_http::RequestView;
use http::{HeaderValue, Request};

#[track_caller]
fn check(lines: &[(&'static str, &'static str)], wanted: Lines<&str>) {
    let mut request = Request::new(());
    for &(name, value) in lines {
        request.headers_mut().append(name, HeaderValue::from_static(value));
    }
    let view = RequestView::from(&request);
    let found = match view.find(RequestField::Origin) {
        Lines::None => Lines::None,
        Lines::One(line) => Lines::One(line.to_str().expect("visible ASCII")),
        Lines::Several => Lines::Several,
    };
    assert_eq!(found, wanted, "{lines:?}");
}

#[test]
fn the_only_line_is_found_beside_others() {
    check(&[], Lines::None);
    check(&[("cookie", "a"), ("cookie", "b")], Lines::None);
    check(&[("origin", "https://a.test")], Lines::One("https://a.test"));
    check(&[("origin", "https://a.test"), ("cookie", "a")], Lines::One("https://a.test"));
}

#[test]
fn another_name_that_is_repeated_changes_nothing() {
    let repeated = [("cookie", "a"), ("origin", "https://a.test"), ("cookie", "b")];
    check(&repeated, Lines::One("https://a.test"));
}

#[test]
fn a_repeated_line_is_several_even_if_equal() {
    check(&[("origin", "https://a.test"), ("origin", "https://a.test")], Lines::Several);
    check(&[("origin", "https://a.test"), ("x", ""), ("origin", "")], Lines::Several);
    check(&[("origin", ""), ("x", ""), ("x", ""), ("origin", "")], Lines::Several);
}
