//! nginx: `map`s that name the answer, and one set of lines for every location.
//!
//! `add_header` in a location or in `if` drops every inherited one. A variable without a value omits
//! its header, so the values are chosen in maps, and no `if` adds a header.

use std::fmt::Write;

use crate::{
    Part,
    class::{Class, Test},
    exported::owned,
    regex::Named,
    sample::Value,
    table::Table,
};

/// From this many texts on they are looked up in a hash table instead of being matched in turn.
const MANY: usize = 32;

pub(crate) fn write(table: &Table) -> Vec<Part> {
    vec![
        Part { place: "in http { }", text: maps(table) },
        Part {
            place: "in each location { } that answers: nginx ignores inherited add_header lines in a location that has its own",
            text: lines(table),
        },
    ]
}

fn maps(table: &Table) -> String {
    let mut text = String::new();
    if table.classes.iter().any(|class| class.origins.texts.len() > MANY) {
        // nginx takes them only before the first map.
        text += "# Before every map, and once in http { }: nginx refuses long lists otherwise.\n";
        text += "map_hash_bucket_size 512;\nmap_hash_max_size 262144;\n";
    }
    text += "map $http_origin $cors_has_origin { default 1; \"\" 0; }\n";
    text += "map $http_access_control_request_method $cors_has_method { default 1; \"\" 0; }\n";
    text += "map \"$request_method$cors_has_origin$cors_has_method\" $cors_preflight { default 0; \"~^OPTIONS11$\" 1; }\n";
    for (at, class) in table.classes.iter().enumerate() {
        tests(&mut text, at, class);
    }
    rows(&mut text, table);
    values(&mut text, table);
    text
}

/// The name of a test's variable: `$cors_origin_allowed`, and with a number where there are classes.
fn variable(test: Test, class: usize) -> String {
    let name = match test {
        Test::Preflight => return "$cors_preflight".into(),
        Test::PrivateNetwork => return "$cors_private_network".into(),
        Test::SomeHeaders => return "$cors_some_headers".into(),
        Test::Origin => "origin_ok",
        Test::Method => "method_ok",
        Test::Headers => "headers_ok",
    };
    match class {
        0 => format!("$cors_{name}"),
        class => format!("$cors_{name}_{class}"),
    }
}

fn tests(text: &mut String, at: usize, class: &Class) {
    if class.asks(Test::Origin) {
        origins(text, class, &variable(Test::Origin, at));
    }
    let mut map = |test, source: &str, regex: &Option<Named>, empty: &str| {
        if let Some(regex) = regex.as_ref().filter(|_| class.asks(test)) {
            let name = variable(test, at);
            let regex = quoted(&regex.pcre());
            let _ = writeln!(text, "map {source} {name} {{ default 0;{empty} \"~^{regex}$\" 1; }}");
        }
    };
    map(Test::Method, "$http_access_control_request_method", &class.methods, "");
    // Regular expressions are not tried on an empty value.
    map(Test::Headers, "$http_access_control_request_headers", &class.headers, " \"\" 1;");
    let is_first = |name: &str, text: &str| !text.contains(name);
    if class.asks(Test::SomeHeaders) && is_first("$cors_some_headers", text) {
        *text +=
            "map $http_access_control_request_headers $cors_some_headers { default 1; \"\" 0; }\n";
    }
    if class.asks(Test::PrivateNetwork) && is_first("$cors_private_network", text) {
        *text += "map $http_access_control_request_private_network $cors_private_network { default 0; \"~^true$\" 1; }\n";
    }
}

fn origins(text: &mut String, class: &Class, name: &str) {
    let origins = &class.origins;
    let is_many = origins.texts.len() > MANY;
    let source = match is_many {
        false => "$http_origin".to_owned(),
        true => {
            // Texts match in any case, and every listed origin is in lower case.
            let lower = format!("{name}_text");
            let _ = writeln!(
                text,
                "map $http_origin {lower} {{ default $http_origin; \"~[A-Z]\" \"\"; }}"
            );
            lower
        }
    };
    let _ = writeln!(text, "map {source} {name} {{\n    default 0;");
    if class.any {
        *text += "    \"\" 1;\n";
    }
    for origin in &origins.texts {
        let _ = match is_many {
            true => writeln!(text, "    \"{origin}\" 1;"),
            false => writeln!(text, "    \"~^{}$\" 1;", quoted(&crate::regex::literal(origin))),
        };
    }
    for regex in &origins.regexes {
        let shape = match &origins.shape {
            Some(shape) => format!("(?={shape}$)"),
            None => String::new(),
        };
        let _ = writeln!(text, "    \"~^{}{}$\" 1;", quoted(&shape), quoted(regex));
    }
    *text += "}\n";
}

/// One map from all tests to the name of the row.
fn rows(text: &mut String, table: &Table) {
    let mut source = String::new();
    let mut columns = Vec::new();
    if let Some(paths) = &table.paths {
        let _ = writeln!(text, "map $request_uri $cors_path_plain {{\n    default 0;");
        let _ = writeln!(text, "    \"~^{}(?:\\?.*)?$\" 1;\n}}", quoted(&paths.plain));
        let _ =
            writeln!(text, "map $request_uri $cors_path {{\n    default {};", table.otherwise());
        for entry in &paths.entries {
            let _ =
                writeln!(text, "    \"~^{}(?:\\?.*)?$\" {};", quoted(&entry.regex), entry.class);
            if let Some(regex) = &entry.in_any_case {
                let _ = writeln!(text, "    \"~^{}(?:\\?.*)?$\" 0;", quoted(regex));
            }
        }
        *text += "}\n";
        *text += "map $cors_path_plain $cors_class { default $cors_path; 0 0; }\n";
        source += "$cors_class:";
    }
    for (class, test) in columns_of(table) {
        source += &variable(test, class);
        columns.push((class, test));
    }
    let _ = writeln!(text, "map \"{source}\" $cors {{\n    default untouched;");
    for (at, class) in table.classes.iter().enumerate() {
        for row in &class.rows {
            let path = if table.paths.is_some() { format!("{at}:") } else { String::new() };
            let bits: String = columns
                .iter()
                .map(|(of, test)| {
                    let shared =
                        matches!(variable(*test, *of), name if name == variable(*test, at));
                    if shared && row.tests.contains(test) { "1" } else { "." }
                })
                .collect();
            let bits = bits.trim_end_matches('.');
            let _ = writeln!(text, "    \"~^{path}{bits}\" {};", row.name);
        }
    }
    *text += "}\n";
}

/// The tests that are asked, each variable once.
fn columns_of(table: &Table) -> Vec<(usize, Test)> {
    let mut columns: Vec<(usize, Test)> = Vec::new();
    for (at, class) in table.classes.iter().enumerate() {
        for test in Test::ALL.into_iter().filter(|test| class.asks(*test)) {
            if columns.iter().all(|(of, known)| variable(*known, *of) != variable(test, at)) {
                columns.push((at, test));
            }
        }
    }
    columns
}

/// The values of each header, by row.
fn values(text: &mut String, table: &Table) {
    for field in owned() {
        let by_value = table.by_value(field);
        if by_value.is_empty() && !table.has_untouched() {
            continue;
        }
        let _ = write!(text, "map $cors ${} {{ default \"\";", header_variable(field));
        for (value, rows) in by_value {
            let value = match value {
                Value::Text(text) => format!("\"{}\"", quoted(&text)),
                Value::Origin => "$http_origin".into(),
                Value::Method => "$http_access_control_request_method".into(),
                Value::Headers => "$http_access_control_request_headers".into(),
            };
            for row in rows {
                let _ = write!(text, " {} {value};", row.name);
            }
        }
        if table.has_untouched() {
            let _ = write!(text, " untouched $upstream_http_{};", field.replace('-', "_"));
        }
        *text += " }\n";
    }
    if table.varies() {
        *text += "map $upstream_http_vary $cors_vary_origin { default Origin; \"~*(?:^|,)\\s*(?:origin|\\*)\\s*(?:,|$)\" \"\"; }\n";
        *text += "map $cors $cors_vary { default $cors_vary_origin;";
        for (vary, rows) in table.by_vary().into_iter().filter(|(vary, _)| *vary != "Origin") {
            for row in rows {
                let _ = write!(text, " {} \"{vary}\";", row.name);
            }
        }
        *text += " }\n";
    }
    *text += "map $cors $cors_status { default \"\";";
    for (status, rows) in table.by_status() {
        for row in rows {
            let _ = write!(text, " {} {status};", row.name);
        }
    }
    *text += " }\n";
}

/// `cors_allow_origin` for `access-control-allow-origin`.
fn header_variable(field: &str) -> String {
    field.replace("access-control-", "cors_").replace('-', "_")
}

fn lines(table: &Table) -> String {
    let mut text = String::new();
    for field in owned() {
        let _ = writeln!(text, "proxy_hide_header {field};");
    }
    let fields = table.fields();
    for field in owned().filter(|field| table.has_untouched() || fields.contains(field)) {
        let _ = writeln!(text, "add_header {field} ${} always;", header_variable(field));
    }
    if table.varies() {
        text += "add_header vary $cors_vary always;\n";
    }
    for (status, _) in table.by_status() {
        let _ = writeln!(text, "if ($cors_status = {status}) {{ return {status}; }}");
    }
    text
}

/// Within double quotes. A backslash before a letter that nginx reads as an escape is doubled.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' if matches!(characters.peek(), Some('\\' | 't' | 'r' | 'n' | '"' | '\'')) => {
                quoted.push_str("\\\\");
            }
            other => quoted.push(other),
        }
    }
    quoted
}
