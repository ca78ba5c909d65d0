//! The README's table of other libraries says what they answer today.

use cors_peers::{Answer, FRAMEWORKS, Policy, Request, Side};

const README: &str = include_str!("../../../README.md");

/// The frameworks whose own libraries have a column, in its order.
const COLUMNS: [&str; 5] = ["axum", "actix-web", "rocket", "warp", "poem"];

const LISTED: &str = "https://app.example.com";
const OTHER: &str = "https://other.example";

/// A row of the table: its first cell, the policy, the request, and what makes the answer a yes.
struct Row {
    name: &'static str,
    policy: fn() -> Policy,
    request: fn() -> Request,
    holds: fn(&Answer) -> bool,
}

const ROWS: [Row; 8] = [
    Row {
        name: "a listed origin has `Vary: Origin`",
        policy: listed,
        request: || get(&[LISTED]),
        holds: varies,
    },
    Row {
        name: "a request without an origin has `Vary: Origin`",
        policy: listed,
        request: || get(&[]),
        holds: varies,
    },
    Row {
        name: "a denied origin's `GET` comes from the handler",
        policy: listed,
        request: || get(&[OTHER]),
        holds: |answer| answer.status() == 200,
    },
    Row {
        name: "a denied origin carries no CORS header",
        policy: listed,
        request: || get(&[OTHER]),
        holds: |answer| {
            let names = ["allow-origin", "allow-credentials", "expose-headers"];
            names.iter().all(|name| answer.items(&format!("access-control-{name}")).is_empty())
        },
    },
    Row {
        name: "a preflight for an unlisted method lets the console name it",
        policy: listed,
        request: || preflight(LISTED, "PATCH"),
        holds: passes_as_far_as_the_lists,
    },
    Row {
        name: "a preflight for `GET` passes without listing it",
        policy: listed,
        request: || preflight(LISTED, "GET"),
        holds: passes_as_far_as_the_lists,
    },
    Row {
        name: "two `Origin` lines allow no one",
        policy: listed,
        request: || get(&[LISTED, OTHER]),
        holds: |answer| answer.items("access-control-allow-origin").is_empty(),
    },
    Row {
        name: "any origin, when allowed, is `*` and can be cached",
        policy: Policy::any,
        request: || get(&[OTHER]),
        holds: |answer| answer.items("access-control-allow-origin") == ["*"],
    },
];

fn listed() -> Policy {
    Policy::list([LISTED, "https://admin.example.com"])
}

fn get(origins: &[&str]) -> Request {
    let request = http::Request::get("/items");
    let request = origins.iter().fold(request, |request, origin| request.header("origin", *origin));
    request.body(()).expect("a valid request")
}

fn preflight(origin: &str, method: &str) -> Request {
    http::Request::options("/items")
        .header("origin", origin)
        .header("access-control-request-method", method)
        .body(())
        .expect("a valid request")
}

fn varies(answer: &Answer) -> bool {
    answer.items("vary").iter().any(|name| name == "origin")
}

/// The browser gets as far as comparing the lists, because the status and the origin pass.
fn passes_as_far_as_the_lists(answer: &Answer) -> bool {
    (200..300).contains(&answer.status()) && answer.items("access-control-allow-origin") == [LISTED]
}

#[test]
fn every_cell_is_what_the_library_answers() {
    let table = README.split_once("| a response to |").expect("the table").1;
    let cell = |holds| if holds { "yes" } else { "**no**" };
    let mut rows = 0;
    for line in table.lines().skip(2).take_while(|line| line.starts_with('|')) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let row = ROWS.iter().find(|row| row.name == cells[0]);
        let row = row.unwrap_or_else(|| panic!("no request shows {:?}", cells[0]));
        assert_eq!(cells[1], "yes", "{}", row.name);
        for (column, shown) in COLUMNS.iter().zip(&cells[2..]) {
            let framework = FRAMEWORKS.iter().find(|framework| framework.name == *column);
            let framework = framework.expect("a framework of the comparison");
            let answer = |side| {
                let mut application = (framework.application)(side, &(row.policy)());
                application.answer(&(row.request)())
            };
            assert_eq!(*shown, cell((row.holds)(&answer(Side::Old))), "{column}: {}", row.name);
            assert!((row.holds)(&answer(Side::Ours)), "ours in {column}: {}", row.name);
        }
        rows += 1;
    }
    assert_eq!(rows, ROWS.len(), "a row of the table is missing");
}
