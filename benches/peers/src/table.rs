//! The page.

use std::{
    fmt::{self, Write},
    panic::{self, AssertUnwindSafe},
};

use crate::{
    application::Application,
    framework::{FRAMEWORKS, Framework, Side},
    policy::Policy,
    row::{ROWS, Row},
};

/// What both sides expose.
const EXPOSED: [&str; 1] = ["etag"];

const ORIGINS: [&str; 2] = ["https://app.example.com", "https://admin.example.com"];

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
        let title = "Two origins, with credentials";
        write_table(page, framework, &Policy::list(ORIGINS).exposing(&EXPOSED), title)?;
        write_table(page, framework, &Policy::any().exposing(&EXPOSED), "Any origin")?;
    }
    Ok(())
}

fn write_table(
    page: &mut String,
    framework: &Framework,
    policy: &Policy,
    title: &str,
) -> fmt::Result {
    let mut old = (framework.application)(Side::Old, policy);
    let mut ours = (framework.application)(Side::Ours, policy);
    let mut different = Vec::<(String, Vec<&str>)>::new();
    for row in &ROWS {
        let Some(cells) = cells(&mut *old, &mut *ours, row) else { continue };
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
fn cells(old: &mut dyn Application, ours: &mut dyn Application, row: &Row) -> Option<String> {
    let request = row.request();
    let old = panic::catch_unwind(AssertUnwindSafe(|| old.answer(&request))).ok();
    let ours = ours.answer(&request);
    (old.as_ref() != Some(&ours)).then(|| {
        let ours_beside = ours.beside(old.as_ref());
        let old = old.map_or("a panic".to_owned(), |old| old.beside(Some(&ours)));
        format!("{old} | {ours_beside}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{answer::Answer, application::Asked};

    #[track_caller]
    fn check(old: fn() -> Answer, wanted: Option<&str>) {
        let asked = |answer: fn() -> Answer| Asked {
            make: |_: &http::Request<()>| (),
            call: |()| (),
            read: move |(): &()| answer(),
        };
        let ours = || Answer::new(204, [("vary", "origin".as_bytes())]);
        let cells = cells(&mut asked(old), &mut asked(ours), &ROWS[0]);
        assert_eq!(cells.as_deref(), wanted);
    }

    #[test]
    fn equal_answers_have_no_cells() {
        check(|| Answer::new(204, [("Vary", "Origin".as_bytes())]), None);
    }

    #[test]
    fn only_what_differs_is_told() {
        check(|| Answer::new(200, [("vary", "origin".as_bytes())]), Some("200 | 204"));
    }

    #[test]
    fn a_panic_of_the_old_side_is_told() {
        check(|| panic!("as a peer might"), Some("a panic | 204<br>`vary: origin`"));
    }
}
