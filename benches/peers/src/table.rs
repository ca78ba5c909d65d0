//! The page.

use std::{
    fmt::{self, Write},
    panic,
};

use crate::{
    framework::{FRAMEWORKS, Framework},
    policy::Policy,
    row::{ROWS, Row},
};

const POLICIES: [(Policy, &str); 2] =
    [(Policy::List, "Two origins, with credentials"), (Policy::Any, "Any origin")];

/// The page's text: what differs between the old library and ours, for each framework.
pub fn differences() -> String {
    let mut page = String::new();
    write_page(&mut page).expect("a string takes what is written");
    page
}

fn write_page(page: &mut String) -> fmt::Result {
    page.push_str(include_str!("head.md"));
    for Row { name, method, path, lines } in &ROWS {
        write!(page, "| {name} | `{method} {path}`")?;
        for (name, value) in *lines {
            write!(page, "<br>`{name}: {}`", value.escape_ascii())?;
        }
        page.push_str(" |\n");
    }
    for framework in &FRAMEWORKS {
        writeln!(page, "\n## {}", framework.title)?;
        for (policy, title) in POLICIES {
            write_table(page, framework, policy, title)?;
        }
    }
    Ok(())
}

fn write_table(
    page: &mut String,
    framework: &Framework,
    policy: Policy,
    title: &str,
) -> fmt::Result {
    let mut different = Vec::<(String, Vec<&str>)>::new();
    for row in &ROWS {
        let Some(cells) = cells(framework, policy, row) else { continue };
        match different.iter_mut().find(|(same, _)| *same == cells) {
            Some((_, names)) => names.push(row.name),
            None => different.push((cells, vec![row.name])),
        }
    }
    let equal = ROWS.len() - different.iter().map(|(_, names)| names.len()).sum::<usize>();
    writeln!(page, "\n**{title}**: {equal} of {} requests are answered alike.", ROWS.len())?;
    if !different.is_empty() {
        page.push_str("\n| request | old | new |\n|---|---|---|\n");
    }
    for (cells, names) in different {
        writeln!(page, "| {} | {cells} |", names.join("<br>"))?;
    }
    Ok(())
}

/// What the two sides answer, where that differs. The old one may panic.
fn cells(framework: &Framework, policy: Policy, row: &Row) -> Option<String> {
    let old = panic::catch_unwind(|| (framework.old)(policy, row)).ok();
    let ours = (framework.ours)(policy, row);
    (old.as_ref() != Some(&ours)).then(|| {
        let ours_beside = ours.beside(old.as_ref());
        let old = old.map_or("a panic".to_owned(), |old| old.beside(Some(&ours)));
        format!("{old} | {ours_beside}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Answer;

    #[track_caller]
    fn check(old: fn(Policy, &Row) -> Answer, wanted: Option<&str>) {
        let ours = |_: Policy, _: &Row| Answer::new(204, [("vary", "origin".as_bytes())]);
        let framework = Framework { title: "any", old, ours };
        assert_eq!(cells(&framework, Policy::Any, &ROWS[0]).as_deref(), wanted);
    }

    #[test]
    fn equal_answers_have_no_cells() {
        check(|_, _| Answer::new(204, [("Vary", "Origin".as_bytes())]), None);
    }

    #[test]
    fn only_what_differs_is_told() {
        check(|_, _| Answer::new(200, [("vary", "origin".as_bytes())]), Some("200 | 204"));
    }

    #[test]
    fn a_panic_of_the_old_side_is_told() {
        check(|_, _| panic!("as a peer might"), Some("a panic | 204<br>`vary: origin`"));
    }
}
