//! Envoy: routes of a virtual host, without its CORS filter, which sends no `Vary`.
//!
//! Local replies run through a route's `response_headers_to_add` too, so its own 503 is covered.

use std::fmt::Write;

use crate::{
    Part,
    class::{Act, Class, Row, Test},
    exported::owned,
    regex::{Named, any_of},
    sample::Value,
    table::Table,
};

const METHOD: &str = "access-control-request-method";
const HEADERS: &str = "access-control-request-headers";

pub(crate) fn write(table: &Table) -> Vec<Part> {
    let mut text = String::from("routes:\n");
    match &table.paths {
        None => class(&mut text, &table.classes[0], &[]),
        Some(paths) => {
            let path = |regex: &str| format!("safe_regex: {{regex: '{}(?:[?].*)?'}}", regex);
            let not = format!(
                "{{name: \":path\", string_match: {{{}}}, invert_match: true}}",
                path(&paths.plain)
            );
            class(&mut text, &table.classes[0], &[not]);
            let is =
                |regex: &str| format!("{{name: \":path\", string_match: {{{}}}}}", path(regex));
            for entry in &paths.entries {
                class(&mut text, &table.classes[entry.class], &[is(&entry.regex)]);
                if let Some(regex) = &entry.in_any_case {
                    class(&mut text, &table.classes[0], &[is(regex)]);
                }
            }
            class(&mut text, &table.classes[table.otherwise()], &[]);
        }
    }
    vec![
        Part {
            place: "in the virtual host; \"app\" is the cluster that answers. For each further cluster, copy the routes that name it and give them its prefix",
            text,
        },
        Part {
            place: "at the top of the bootstrap: Envoy refuses larger regular expressions otherwise",
            text: "layered_runtime:\n  layers:\n  - name: cors\n    static_layer:\n      re2.max_program_size.error_level: 50000\n".into(),
        },
    ]
}

fn class(text: &mut String, class: &Class, path: &[String]) {
    for row in &class.rows {
        let mut tests: Vec<String> = path.to_vec();
        tests.extend(row.tests.iter().flat_map(|test| matchers(*test, class)));
        let headers = match tests.is_empty() {
            true => String::new(),
            false => format!(", headers: [{}]", tests.join(", ")),
        };
        let _ = writeln!(text, "- match: {{prefix: /{headers}}}");
        match row.act {
            Act::Answer(status) => {
                let _ = writeln!(text, "  direct_response: {{status: {status}}}");
            }
            Act::Forward | Act::Untouched => text.push_str("  route: {cluster: app}\n"),
        }
        if row.act == Act::Forward {
            let owned = owned().collect::<Vec<_>>().join(", ");
            let _ = writeln!(text, "  response_headers_to_remove: [{owned}]");
        }
        added(text, row);
    }
}

fn added(text: &mut String, row: &Row) {
    let mut added: Vec<String> = row
        .lines
        .iter()
        .map(|(field, value)| {
            let value = match value {
                Value::Text(text) => text.replace('%', "%%"),
                Value::Origin => "%REQ(origin)%".into(),
                Value::Method => format!("%REQ({METHOD})%"),
                Value::Headers => format!("%REQ({HEADERS})%"),
            };
            add(field, &value, "OVERWRITE_IF_EXISTS_OR_ADD")
        })
        .collect();
    if !row.vary.is_empty() {
        added.push(add("vary", row.vary, "APPEND_IF_EXISTS_OR_ADD"));
    }
    if !added.is_empty() {
        text.push_str("  response_headers_to_add:\n");
        for line in added {
            let _ = writeln!(text, "  - {line}");
        }
    }
}

fn add(field: &str, value: &str, action: &str) -> String {
    let value = value.replace('\'', "''");
    format!("{{header: {{key: {field}, value: '{value}'}}, append_action: {action}}}")
}

/// A header that is sent and matches whole. Several lines are joined by commas first.
fn matcher(name: &str, regex: &str) -> String {
    format!("{{name: {name}, string_match: {{safe_regex: {{regex: '{regex}'}}}}}}")
}

fn present(name: &str) -> String {
    format!("{{name: {name}, present_match: true}}")
}

fn matchers(test: Test, class: &Class) -> Vec<String> {
    let or_missing = |name: &str, regex: &str| {
        format!(
            "{{name: {name}, string_match: {{safe_regex: {{regex: '{regex}'}}}}, treat_missing_header_as_empty: true}}"
        )
    };
    match test {
        Test::Preflight => vec![
            "{name: \":method\", string_match: {exact: OPTIONS}}".into(),
            present("origin"),
            present(METHOD),
        ],
        Test::Origin if class.any => vec![or_missing("origin", "[^,]*")],
        Test::Origin => {
            let all = any_of(&class.origins.alternatives());
            let shape = class.origins.whole_shape();
            [Some(all), shape].iter().flatten().map(|regex| matcher("origin", regex)).collect()
        }
        Test::Method => {
            let all = class.methods.iter().flat_map(Named::re2);
            all.map(|regex| matcher(METHOD, &regex)).collect()
        }
        Test::Headers => {
            let all = class.headers.iter().flat_map(Named::re2);
            all.map(|regex| or_missing(HEADERS, &regex)).collect()
        }
        Test::SomeHeaders => vec![matcher(HEADERS, ".+")],
        Test::PrivateNetwork => {
            vec![matcher("access-control-request-private-network", "true")]
        }
    }
}
