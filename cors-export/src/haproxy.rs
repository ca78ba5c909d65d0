//! HAProxy: variables of the transaction, and rules after the response, which cover its own errors.
//!
//! `req.hdr` splits a value at its commas, so `req.fhdr` is used throughout.

use std::fmt::Write;

use crate::{
    Part,
    class::{Class, Test},
    exported::owned,
    sample::Value,
    table::{Table, names},
};

const METHOD: &str = "Access-Control-Request-Method";
const HEADERS: &str = "Access-Control-Request-Headers";
const NETWORK: &str = "Access-Control-Request-Private-Network";

pub(crate) fn write(table: &Table) -> Vec<Part> {
    let mut text = String::new();
    requests(&mut text, table);
    responses(&mut text, table);
    let place = "in the frontend, before its other http-request rules";
    vec![Part { place, text }]
}

fn requests(text: &mut String, table: &Table) {
    *text += "http-request set-var(txn.cors_origin) req.fhdr(Origin)\n";
    if table.asks(Test::Method) {
        let _ = writeln!(text, "http-request set-var(txn.cors_method) req.fhdr({METHOD})");
    }
    if table.asks(Test::SomeHeaders) {
        let _ = writeln!(text, "http-request set-var(txn.cors_headers) req.fhdr({HEADERS})");
    }
    let _ = writeln!(
        text,
        "http-request set-var(txn.cors_preflight) bool(true) if METH_OPTIONS {{ req.fhdr_cnt(Origin) gt 0 }} {{ req.fhdr_cnt({METHOD}) gt 0 }}"
    );
    if let Some(paths) = &table.paths {
        let class = "http-request set-var(txn.cors_class)";
        let open = "!{ var(txn.cors_class) -m found }";
        let _ = writeln!(text, "{class} int(0) if !{{ path -m reg '^{}$' }}", paths.plain);
        for entry in &paths.entries {
            let (number, regex) = (entry.class, &entry.regex);
            let _ = writeln!(text, "{class} int({number}) if {open} {{ path -m reg '^{regex}$' }}");
            if let Some(regex) = &entry.in_any_case {
                let _ = writeln!(text, "{class} int(0) if {open} {{ path -m reg '^{regex}$' }}");
            }
        }
        let _ = writeln!(text, "{class} int({}) if {open}", table.otherwise());
    }
    for (at, class) in table.classes.iter().enumerate() {
        tests(text, at, class);
    }
    for (at, class) in table.classes.iter().enumerate() {
        for row in &class.rows {
            let mut conditions = vec!["!{ var(txn.cors) -m found }".to_owned()];
            if table.paths.is_some() {
                conditions.push(format!("{{ var(txn.cors_class) -m int {at} }}"));
            }
            conditions.extend(row.tests.iter().map(|test| condition(*test, at)));
            let conditions = conditions.join(" ");
            let _ =
                writeln!(text, "http-request set-var(txn.cors) str({}) if {conditions}", row.name);
        }
    }
    for (status, rows) in table.by_status() {
        let rows = names(&rows, " ");
        let _ = writeln!(
            text,
            "http-request return status {status} hdr x-cors 1 if {{ var(txn.cors) -m str {rows} }}"
        );
    }
}

fn condition(test: Test, class: usize) -> String {
    match test {
        Test::Preflight => "{ var(txn.cors_preflight) -m bool }".into(),
        Test::Origin => format!("{{ var(txn.cors_origin_ok{class}) -m bool }}"),
        Test::Method => format!("{{ var(txn.cors_method_ok{class}) -m bool }}"),
        Test::Headers => format!("{{ var(txn.cors_headers_ok{class}) -m bool }}"),
        Test::SomeHeaders => format!("{{ req.fhdr({HEADERS}) -m reg . }}"),
        Test::PrivateNetwork => {
            format!("{{ req.fhdr_cnt({NETWORK}) eq 1 }} {{ req.fhdr({NETWORK}) -m str true }}")
        }
    }
}

fn tests(text: &mut String, at: usize, class: &Class) {
    let mut set = |name: &str, conditions: String| {
        let _ =
            writeln!(text, "http-request set-var(txn.cors_{name}{at}) bool(true) if {conditions}");
    };
    if class.asks(Test::Origin) && class.any {
        set("origin_ok", "{ req.fhdr_cnt(Origin) le 1 }".into());
    } else if class.asks(Test::Origin) {
        let one = "{ req.fhdr_cnt(Origin) eq 1 }";
        for texts in class.origins.texts.chunks(16) {
            set("origin_ok", format!("{one} {{ req.fhdr(Origin) -m str {} }}", texts.join(" ")));
        }
        for regex in &class.origins.regexes {
            let shape = class.origins.shape.iter();
            let all: Vec<String> = [regex]
                .into_iter()
                .chain(shape)
                .map(|regex| format!("{{ req.fhdr(Origin) -m reg '^{regex}$' }}"))
                .collect();
            set("origin_ok", format!("{one} {}", all.join(" ")));
        }
    }
    if let Some(named) = class.methods.as_ref().filter(|_| class.asks(Test::Method)) {
        let regex = named.pcre();
        set(
            "method_ok",
            format!(
                "{{ req.fhdr_cnt({METHOD}) eq 1 }} {{ req.fhdr({METHOD}) -m reg '^{regex}$' }}"
            ),
        );
    }
    if let Some(named) = class.headers.as_ref().filter(|_| class.asks(Test::Headers)) {
        let regex = named.pcre();
        set("headers_ok", format!("{{ req.fhdr_cnt({HEADERS}) eq 0 }}"));
        set(
            "headers_ok",
            format!(
                "{{ req.fhdr_cnt({HEADERS}) eq 1 }} {{ req.fhdr({HEADERS}) -m reg '^{regex}$' }}"
            ),
        );
    }
}

fn responses(text: &mut String, table: &Table) {
    let touched = match table.has_untouched() {
        true => " if !{ var(txn.cors) -m str untouched }",
        false => "",
    };
    for field in owned() {
        let _ = writeln!(text, "http-after-response del-header {field}{touched}");
    }
    *text += "http-after-response del-header x-cors\n";
    for field in table.fields() {
        for (value, rows) in table.by_value(field) {
            let value = match value {
                Value::Text(text) => quoted(&text),
                Value::Origin => "%[var(txn.cors_origin)]".into(),
                Value::Method => "%[var(txn.cors_method)]".into(),
                Value::Headers => "%[var(txn.cors_headers)]".into(),
            };
            let rows = names(&rows, " ");
            let _ = writeln!(
                text,
                "http-after-response set-header {field} {value} if {{ var(txn.cors) -m str {rows} }}"
            );
        }
    }
    for (vary, rows) in table.by_vary() {
        for name in vary.split(", ").filter(|name| !name.is_empty()) {
            let rows = names(&rows, " ");
            let _ = writeln!(
                text,
                "http-after-response add-header vary {name} if !{{ res.hdr(vary) -i -m str {name} * }} {{ var(txn.cors) -m str {rows} }}"
            );
        }
    }
}

/// A word of the configuration that is a log format.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('%', "%%").replace('\'', r"'\''"))
}
