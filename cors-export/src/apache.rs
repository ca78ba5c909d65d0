//! Apache: variables of the environment that name the answer, and `Header` lines that read them.
//!
//! `Header always` and `Header onsuccess` are two tables, so headers are removed in both.
//! `req_novary` reads a request header without adding its name to `Vary`.

use std::fmt::Write;

use crate::{
    Part,
    class::{Class, Test},
    exported::owned,
    sample::Value,
    table::{Table, names},
};

pub(crate) fn write(table: &Table) -> Vec<Part> {
    let mut text = String::new();
    requests(&mut text, table);
    responses(&mut text, table);
    let place = "in the <VirtualHost>, with mod_setenvif, mod_rewrite and mod_headers";
    vec![Part { place, text }]
}

fn header(name: &str) -> String {
    format!("req_novary('{name}')")
}

fn set(text: &mut String, variable: &str, conditions: &[String]) {
    let conditions = match conditions {
        [] => "true".to_owned(),
        conditions => conditions.join(" && "),
    };
    let _ = writeln!(text, "SetEnvIfExpr \"{conditions}\" {variable}");
}

/// Whether a value matches whole. `#` is escaped in every regular expression.
fn matches(value: &str, regex: &str) -> String {
    format!("{value} =~ m#^{regex}$#")
}

const METHOD: &str = "Access-Control-Request-Method";
const HEADERS: &str = "Access-Control-Request-Headers";

fn requests(text: &mut String, table: &Table) {
    *text += "SetEnvIf Origin \"^(.*)$\" CORS_ORIGIN=$1\n";
    if table.asks(Test::Method) {
        let _ = writeln!(text, "SetEnvIf {METHOD} \"^(.*)$\" CORS_METHOD=$1");
    }
    if table.asks(Test::SomeHeaders) {
        let _ = writeln!(text, "SetEnvIf {HEADERS} \"^(.*)$\" CORS_HEADERS=$1");
    }
    set(
        text,
        "CORS_PREFLIGHT",
        &[
            "%{REQUEST_METHOD} == 'OPTIONS'".into(),
            format!("-n {}", header("Origin")),
            format!("-n {}", header(METHOD)),
        ],
    );
    if let Some(paths) = &table.paths {
        let path =
            |regex: &str| format!("%{{THE_REQUEST}} =~ m#^[^ ]+ {regex}(?:[?][^ ]*)? HTTP/#");
        let open = || "-z reqenv('CORS_CLASS')".to_owned();
        set(text, "CORS_CLASS=0", &[format!("! ({})", path(&paths.plain))]);
        for entry in &paths.entries {
            let regex = entry.regex.replace(".*", "[^ ?]*");
            set(text, &format!("CORS_CLASS={}", entry.class), &[open(), path(&regex)]);
            if let Some(regex) = &entry.in_any_case {
                set(text, "CORS_CLASS=0", &[open(), path(&regex.replace(".*", "[^ ?]*"))]);
            }
        }
        set(text, &format!("CORS_CLASS={}", table.otherwise()), &[open()]);
    }
    for (at, class) in table.classes.iter().enumerate() {
        tests(text, at, class);
    }
    for (at, class) in table.classes.iter().enumerate() {
        for row in &class.rows {
            let mut conditions = vec!["-z reqenv('CORS')".to_owned()];
            if table.paths.is_some() {
                conditions.push(format!("reqenv('CORS_CLASS') == '{at}'"));
            }
            conditions.extend(row.tests.iter().map(|test| condition(*test, at)));
            set(text, &format!("CORS={}", row.name), &conditions);
        }
    }
    *text += "RewriteEngine On\n";
    for (status, rows) in table.by_status() {
        let _ = writeln!(text, "RewriteCond %{{ENV:CORS}} ^(?:{})$", names(&rows, "|"));
        let _ = writeln!(text, "RewriteRule ^ - [R={status},L]");
    }
}

fn condition(test: Test, class: usize) -> String {
    match test {
        Test::Preflight => "-n reqenv('CORS_PREFLIGHT')".into(),
        Test::Origin => format!("-n reqenv('CORS_ORIGIN_OK{class}')"),
        Test::Method => format!("-n reqenv('CORS_METHOD_OK{class}')"),
        Test::Headers => format!("-n reqenv('CORS_HEADERS_OK{class}')"),
        Test::SomeHeaders => format!("-n {}", header(HEADERS)),
        Test::PrivateNetwork => {
            format!("{} == 'true'", header("Access-Control-Request-Private-Network"))
        }
    }
}

fn tests(text: &mut String, at: usize, class: &Class) {
    let origin = header("Origin");
    if class.asks(Test::Origin) {
        let name = format!("CORS_ORIGIN_OK{at}");
        for listed in &class.origins.texts {
            set(text, &name, &[format!("{origin} == '{listed}'")]);
        }
        for regex in &class.origins.regexes {
            let shape = class.origins.shape.iter();
            let all: Vec<String> =
                [regex].into_iter().chain(shape).map(|regex| matches(&origin, regex)).collect();
            set(text, &name, &all);
        }
    }
    for (test, name, source, regex) in [
        (Test::Method, "METHOD", METHOD, &class.methods),
        (Test::Headers, "HEADERS", HEADERS, &class.headers),
    ] {
        if let Some(regex) = regex.as_ref().filter(|_| class.asks(test)) {
            set(text, &format!("CORS_{name}_OK{at}"), &[matches(&header(source), &regex.pcre())]);
        }
    }
}

fn responses(text: &mut String, table: &Table) {
    let touched = match table.has_untouched() {
        true => " \"expr=reqenv('CORS') != 'untouched'\"",
        false => "",
    };
    for field in owned() {
        for when in ["onsuccess", "always"] {
            let _ = writeln!(text, "Header {when} unset {field}{touched}");
        }
    }
    let rows = |rows: &str| format!("\"expr=reqenv('CORS') =~ m#^(?:{rows})$#\"");
    for field in table.fields() {
        for (value, of) in table.by_value(field) {
            let value = match value {
                Value::Text(text) => text.replace('%', "%%"),
                Value::Origin => "%{CORS_ORIGIN}e".into(),
                Value::Method => "%{CORS_METHOD}e".into(),
                Value::Headers => "%{CORS_HEADERS}e".into(),
            };
            let rows = rows(&names(&of, "|"));
            let _ = writeln!(text, "Header always set {field} \"{value}\" {rows}");
        }
    }
    for (vary, of) in table.by_vary() {
        let rows = rows(&names(&of, "|"));
        for name in vary.split(", ").filter(|name| !name.is_empty()) {
            let _ = writeln!(
                text,
                "Header onsuccess edit* vary \"(?i)(^|,)\\s*{name}\\s*(?=,|$)\" \"\" {rows}"
            );
            let _ = writeln!(text, "Header always merge vary {name} {rows}");
        }
    }
}
