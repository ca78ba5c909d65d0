//! Caddy: variables that name the answer, and deferred `header` blocks that read them.
//!
//! Deferred blocks run last-in first-out, so the one that removes headers is the last of the file.

use std::fmt::Write;

use crate::{
    Part,
    class::{Class, Test},
    exported::owned,
    sample::Value,
    table::{Table, names},
};

pub(crate) fn write(table: &Table) -> Vec<Part> {
    let mut requests = String::from("route {\n");
    classify(&mut requests, table);
    responses(&mut requests, table, "");
    for (status, rows) in table.by_status() {
        let _ = writeln!(requests, "\t@cors_answer_{status} vars cors {}", names(&rows, " "));
        let _ = writeln!(requests, "\trespond @cors_answer_{status} {status}");
    }
    requests += "\t# Here: the directives that answer, such as reverse_proxy.\n}\n";
    let mut errors = String::new();
    responses(&mut errors, table, "_error");
    vec![
        Part { place: "in the site block, around the directives that answer", text: requests },
        Part { place: "in handle_errors { } of the site block, before its respond", text: errors },
    ]
}

fn header(name: &str) -> String {
    format!("{{http.request.header.{name}}}")
}

fn matches(value: &str, regex: &str) -> String {
    format!("{value}.matches(r\"^{regex}$\")")
}

const METHOD: &str = "Access-Control-Request-Method";
const HEADERS: &str = "Access-Control-Request-Headers";

fn set(text: &mut String, matcher: &str, expression: &str, variable: &str, value: &str) {
    let _ = writeln!(text, "\t@cors_{matcher} expression `{expression}`");
    let _ = writeln!(text, "\tvars @cors_{matcher} {variable} {value}");
}

fn classify(text: &mut String, table: &Table) {
    let expression = format!(
        "{{method}} == \"OPTIONS\" && {} != \"\" && {} != \"\"",
        header("Origin"),
        header(METHOD)
    );
    set(text, "preflight", &expression, "cors_preflight", "yes");
    if let Some(paths) = &table.paths {
        let path = |regex: &str| matches("{http.request.orig_uri}", &format!("{regex}(?:[?].*)?"));
        let mut rules = Vec::new();
        for entry in &paths.entries {
            rules.push((entry.class, path(&entry.regex)));
            rules.extend(entry.in_any_case.as_ref().map(|regex| (0, path(regex))));
        }
        let _ = writeln!(text, "\tvars cors_class class{}", table.otherwise());
        // The last one that matches counts.
        for (at, (class, expression)) in rules.iter().rev().enumerate() {
            set(text, &format!("path_{at}"), expression, "cors_class", &format!("class{class}"));
        }
        set(text, "path_closed", &format!("!{}", path(&paths.plain)), "cors_class", "class0");
    }
    for (at, class) in table.classes.iter().enumerate() {
        tests(text, at, class);
    }
    for (at, class) in table.classes.iter().enumerate() {
        for row in class.rows.iter().rev() {
            let mut conditions: Vec<String> =
                row.tests.iter().map(|test| condition(*test, at)).collect();
            if table.paths.is_some() {
                conditions.push(is("cors_class", &format!("class{at}")));
            }
            if conditions.is_empty() {
                let _ = writeln!(text, "\tvars cors {}", row.name);
            } else {
                let matcher = format!("row_{at}_{}", row.name);
                set(text, &matcher, &conditions.join(" && "), "cors", &row.name);
            }
        }
    }
}

// Not the matcher `vars`: several of them in one set are alternatives.
fn is(variable: &str, value: &str) -> String {
    format!("{{http.vars.{variable}}} == \"{value}\"")
}

fn condition(test: Test, class: usize) -> String {
    match test {
        Test::Preflight => is("cors_preflight", "yes"),
        Test::Origin => is(&format!("cors_origin_{class}"), "yes"),
        Test::Method => is(&format!("cors_method_{class}"), "yes"),
        Test::Headers => is(&format!("cors_headers_{class}"), "yes"),
        Test::SomeHeaders => format!("{} != \"\"", header(HEADERS)),
        Test::PrivateNetwork => {
            format!("{} == \"true\"", header("Access-Control-Request-Private-Network"))
        }
    }
}

fn tests(text: &mut String, at: usize, class: &Class) {
    let origin = header("Origin");
    if class.asks(Test::Origin) {
        let mut ways = Vec::new();
        if !class.origins.texts.is_empty() {
            let texts: Vec<String> =
                class.origins.texts.iter().map(|text| format!("\"{text}\"")).collect();
            ways.push(format!("{origin} in [{}]", texts.join(", ")));
        }
        if !class.origins.regexes.is_empty() {
            let regexes: Vec<String> =
                class.origins.regexes.iter().map(|regex| matches(&origin, regex)).collect();
            let shape = class.origins.shape.iter().map(|shape| matches(&origin, shape));
            let all: Vec<String> = shape.chain([format!("({})", regexes.join(" || "))]).collect();
            ways.push(format!("({})", all.join(" && ")));
        }
        if ways.is_empty() {
            ways.push("false".into());
        }
        let matcher = format!("origin_{at}");
        set(text, &matcher, &ways.join(" || "), &format!("cors_{matcher}"), "yes");
    }
    for (test, name, source, regex) in [
        (Test::Method, "method", METHOD, &class.methods),
        (Test::Headers, "headers", HEADERS, &class.headers),
    ] {
        if let Some(regex) = regex.as_ref().filter(|_| class.asks(test)) {
            let matcher = format!("{name}_{at}");
            let all =
                regex.re2().iter().map(|regex| matches(&header(source), regex)).collect::<Vec<_>>();
            let expression = all.join(" && ");
            set(text, &matcher, &expression, &format!("cors_{matcher}"), "yes");
        }
    }
}

/// `suffix` keeps the matchers' names apart where this is written twice.
fn responses(text: &mut String, table: &Table, suffix: &str) {
    let mut number = 0;
    let mut block = |text: &mut String, rows: &str, lines: &[String]| {
        number += 1;
        let matcher = format!("@cors_write_{number}{suffix}");
        let _ = writeln!(text, "\t{matcher} vars cors {rows}");
        let _ = writeln!(text, "\theader {matcher} {{");
        for line in lines {
            let _ = writeln!(text, "\t\t{line}");
        }
        *text += "\t\tdefer\n\t}\n";
    };
    let touched: Vec<_> = table.rows().into_iter().filter(|row| row.name != "untouched").collect();
    for (vary, rows) in table.by_vary() {
        let lines: Vec<String> = vary
            .split(", ")
            .filter(|name| !name.is_empty())
            .map(|name| format!("+Vary {name}"))
            .collect();
        if !lines.is_empty() {
            block(text, &names(&rows, " "), &lines);
        }
    }
    for field in table.fields() {
        for (value, rows) in table.by_value(field) {
            let value = match value {
                Value::Text(text) => format!("`{}`", text.replace('`', "")),
                Value::Origin => header("Origin"),
                Value::Method => header(METHOD),
                Value::Headers => header(HEADERS),
            };
            block(text, &names(&rows, " "), &[format!("{field} {value}")]);
        }
    }
    let mut removed: Vec<String> = owned().map(|field| format!("-{field}")).collect();
    if table.varies() {
        removed.push(r#"Vary "(?i)(?:^|,\s*)origin\s*(,|$)" "$1""#.into());
    }
    block(text, &names(&touched, " "), &removed);
}
