//! Each page about moving explains every row that its section of the differences shows, and no other.

use std::collections::BTreeSet;

const DIFFERENCES: &str = include_str!("../../../docs/migrating/differences.md");

#[test]
fn tower_http() {
    let page = include_str!("../../../docs/migrating/tower-http.md");
    check(page, "tower-http 0.7 and cors-axum");
}

#[test]
fn actix_cors() {
    let page = include_str!("../../../docs/migrating/actix-cors.md");
    check(page, "actix-cors 0.7 and cors-actix-web");
}

#[test]
fn rocket_cors() {
    let page = include_str!("../../../docs/migrating/rocket_cors.md");
    check(page, "rocket_cors 0.6 and cors-rocket");
}

#[test]
fn warp() {
    let page = include_str!("../../../docs/migrating/warp.md");
    check(page, "warp 0.4's own and cors-warp");
}

#[test]
fn poem() {
    let page = include_str!("../../../docs/migrating/poem.md");
    check(page, "poem 3's own and cors-poem");
}

#[test]
fn salvo() {
    let page = include_str!("../../../docs/migrating/salvo.md");
    check(page, "salvo 1's own and cors-salvo");
}

#[track_caller]
fn check(page: &str, title: &str) {
    let link = format!("(differences.md#{})", anchor(title));
    assert!(page.contains(&link), "the page has no link {link}");
    let section = between(DIFFERENCES, &format!("\n## {title}\n"), "\n## ");
    for policy in ["Two origins, with credentials", "Any origin"] {
        let shown = rows(between(section, &format!("**{policy}**"), "\n**"));
        let explained = rows(between(page, &format!("### {policy}\n"), "\n#"));
        assert_eq!(explained, shown, "{policy}");
    }
}

/// The text between a start and the next end, or to its own end.
#[track_caller]
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).expect(start);
    rest.split_once(end).map_or(rest, |(text, _)| text)
}

/// The names in a table's first column.
fn rows(table: &str) -> BTreeSet<&str> {
    let cells = table.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    cells.skip(1).flat_map(|cell| cell.split("<br>")).collect()
}

/// What a heading is called in a link.
fn anchor(title: &str) -> String {
    let kept = title.chars().filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}
