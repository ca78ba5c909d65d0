//! Policies as Rust code.

use cors_core::{Policy, Resources, data::Key};
use serde_json::Value;

/// Lists longer than this get a line for each entry.
const WIDTH: usize = 98;

/// The policy as an expression. The keys of its data are the names of its setters.
pub(crate) fn policy(policy: &Policy, indent: usize) -> String {
    let data = serde_json::to_value(policy).unwrap_or_default();
    let mut code = "Policy::new()".to_owned();
    let set = Key::ALL.iter().filter_map(|key| Some((key.name(), data.get(key.name())?)));
    for (setter, value) in set {
        let arguments = match value {
            Value::Bool(true) if setter.starts_with("dangerously_") => String::new(),
            Value::Array(items) => list(items, indent, indent + setter.len() + 3),
            value => value.to_string(),
        };
        code += &format!("{}.{setter}({arguments})", line(indent));
    }
    code
}

/// The policies by path as the statements that end in `let cors = ...;`. A policy that several paths
/// share is written once.
pub(crate) fn resources(resources: &Resources) -> String {
    if let Some(only) = resources.only() {
        return format!("let cors = {}\n        .compile()?;", policy(only, 8));
    }
    let mut shared: Vec<(&Policy, usize)> = Vec::new();
    for (_, entry) in resources.iter() {
        let Some(entry) = entry else { continue };
        match shared.iter_mut().find(|(known, _)| *known == entry) {
            Some((_, uses)) => *uses += 1,
            None => shared.push((entry, 1)),
        }
    }
    shared.retain(|(_, uses)| *uses > 1);
    let only = shared.len() == 1;
    let name = |index| match only {
        true => "policy".to_owned(),
        false => format!("policy_{}", index + 1),
    };
    let mut code = String::new();
    for (index, (entry, _)) in shared.iter().enumerate() {
        code += &format!("let {} = {};\n    ", name(index), policy(entry, 8));
    }
    code += "let cors = Resources::new()";
    for (path, entry) in resources.iter() {
        let Some(entry) = entry else {
            code += &format!("\n        .without({path:?})");
            continue;
        };
        let Some(index) = shared.iter().position(|(known, _)| *known == entry) else {
            let policy = policy(entry, 16);
            code +=
                &format!("\n        .at(\n            {path:?},\n            {policy},\n        )");
            continue;
        };
        shared[index].1 -= 1;
        let copy = if shared[index].1 == 0 { "" } else { ".clone()" };
        code += &format!("\n        .at({path:?}, {}{copy})", name(index));
    }
    code + "\n        .compile()?;"
}

/// Texts as an array, on one line where it fits behind what is already there.
fn list(items: &[Value], indent: usize, before: usize) -> String {
    let texts: Vec<_> =
        items.iter().filter_map(Value::as_str).map(|text| format!("{text:?}")).collect();
    let short = texts.join(", ");
    if before + short.len() <= WIDTH {
        return format!("[{short}]");
    }
    let long: String = texts.iter().map(|text| format!("{}{text},", line(indent + 4))).collect();
    format!("[{long}{}]", line(indent))
}

fn line(indent: usize) -> String {
    format!("\n{}", " ".repeat(indent))
}
