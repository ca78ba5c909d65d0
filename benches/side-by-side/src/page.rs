//! The page `docs/performance.md`.

mod machine;

use std::fmt::{self, Write};

use cors_peers::Framework;

use crate::{
    framework::{cases, frameworks},
    instructions::SERVED,
    measured::Measured,
    network::served,
    scale::SCALES,
    series::Figure,
    target::targets,
    threads::THREADS,
};

/// What the peers leave out, and so need no time for.
const LESS_WORK: [(&str, &str); 6] = [
    ("tower", "tower-http never checks the method or the headers of a preflight"),
    ("axum", "tower-http never checks the method or the headers of a preflight"),
    ("rocket", "rocket_cors sends no `Vary` for a list"),
    ("warp", "warp's own sends no `Vary` for a list"),
    ("warp, as a filter", "warp's own sends no `Vary` for a list"),
    ("poem", "poem's own sends no `Vary` for a list"),
];

/// The page's text, of a run that was this long.
pub fn page(measured: &Measured, run: &str) -> String {
    let mut page = String::new();
    write_page(&mut page, measured, run).expect("a string takes what is written");
    page
}

fn write_page(page: &mut String, measured: &Measured, run: &str) -> fmt::Result {
    page.push_str(include_str!("page/head.md"));
    machine::write(page, run)?;
    page.push_str("\n## In short\n\nInstructions added to an actual request, one origin:\n\n");
    page.push_str(&summary(measured));
    write_targets(page, measured)?;
    page.push_str(include_str!("page/where.md"));
    page.push_str(include_str!("page/frameworks.md"));
    for framework in frameworks() {
        write_framework(page, measured, framework.name)?;
    }
    write_engine(page, measured)?;
    write_threads(page, measured)?;
    write_servers(page, measured)?;
    write_scale(page, measured)?;
    for missing in &measured.missing {
        writeln!(page, "\n{missing}")?;
    }
    Ok(())
}

/// Where the README quotes the page.
pub const QUOTE: (&str, &str) = ("<!-- from docs/performance.md -->\n", "<!-- end -->");

/// The README with the summary between its marks; nothing where they are not there.
pub fn quoted(readme: &str, measured: &Measured) -> Option<String> {
    let (before, rest) = readme.split_once(QUOTE.0)?;
    let (_, after) = rest.split_once(QUOTE.1)?;
    Some([before, QUOTE.0, &summary(measured), QUOTE.1, after].concat())
}

/// The instructions that each library adds to an actual request.
fn summary(measured: &Measured) -> String {
    let mut table =
        "| framework | without CORS | theirs adds | ours adds |\n|---|--:|--:|--:|\n".to_owned();
    for Framework { name, .. } in frameworks() {
        let of = |side| measured.added(name, "actual", side);
        let bare = measured.facts.get(&format!("instructions/{name}/actual/bare"));
        if let (Some(bare), Some(theirs), Some(ours)) = (bare, of("theirs"), of("ours")) {
            table += &format!("| {name} | {bare:.0} | {theirs:.0} | {ours:.0} |\n");
        }
    }
    table
}

/// Every target with its figure.
fn write_targets(page: &mut String, measured: &Measured) -> fmt::Result {
    page.push_str("\n## Targets\n\n| what | target | measured | met |\n|---|---|---|---|\n");
    for target in targets() {
        let limit = target.limit;
        match target.measured(measured) {
            Some(found) => {
                // As it is printed: what reads as the limit is the limit.
                let shown = number(found);
                let is_met = shown.parse().is_ok_and(|shown: f64| shown <= limit);
                let met = if is_met { "yes" } else { "no" };
                writeln!(page, "| {} | ≤ {limit} | {shown} | {met} |", target.what)?;
            }
            None => writeln!(page, "| {} | ≤ {limit} | not measured | |", target.what)?,
        }
    }
    Ok(())
}

fn write_framework(page: &mut String, measured: &Measured, framework: &str) -> fmt::Result {
    writeln!(page, "\n### {framework}\n")?;
    if let Some((_, less)) = LESS_WORK.iter().find(|(name, _)| *name == framework) {
        writeln!(page, "The peer does less: {less}.\n")?;
    }
    page.push_str("| case | without CORS | theirs adds | ours adds | ours / theirs | time: theirs, ours | allocations: without, theirs, ours |\n|---|--:|--:|--:|--:|--:|--:|\n");
    for case in cases() {
        let name = &case.name;
        let fact = |of, side| measured.facts.get(&format!("{of}/{framework}/{name}/{side}"));
        let whole = |count: f64| format!("{count:.0}");
        let count = |side| fact("allocations", side).map_or("–".to_owned(), f64::to_string);
        let more = |side| measured.added(framework, name, side);
        let (theirs, ours) = (more("theirs"), more("ours"));
        // What answers before the handler takes less than the application without CORS.
        let ratio = match (theirs, ours) {
            (Some(theirs), Some(ours)) if theirs > 0.0 && ours > 0.0 => number(ours / theirs),
            _ => "–".to_owned(),
        };
        let spent = |side| measured.overhead(framework, name, side).map_or("–".to_owned(), added);
        writeln!(
            page,
            "| {name} | {} | {} | {} | {ratio} | {}, {} | {}, {}, {} |",
            fact("instructions", "bare").map_or("–".to_owned(), |count| whole(*count)),
            theirs.map_or("–".to_owned(), whole),
            ours.map_or("–".to_owned(), whole),
            spent("theirs"),
            spent("ours"),
            count("bare"),
            count("theirs"),
            count("ours"),
        )?;
    }
    Ok(())
}

fn write_engine(page: &mut String, measured: &Measured) -> fmt::Result {
    page.push_str(include_str!("page/engine.md"));
    page.push_str("| case | least | median | quartiles | instructions |\n|---|--:|--:|--:|--:|\n");
    for name in measured.samples.keys() {
        let Some(figure) = measured.figure(name) else { continue };
        let Some((kind @ ("decide" | "apply" | "bare"), case)) = name.split_once('/') else {
            continue;
        };
        let count = measured.facts.get(&format!("instructions/{name}"));
        let count = count.map_or("–".to_owned(), |count| format!("{count:.0}"));
        let (low, high) = figure.quartiles;
        let (least, median) = (time(figure.least), time(figure.median));
        let (low, high) = (time(low), time(high));
        writeln!(page, "| {kind}: {case} | {least} | {median} | {low}, {high} | {count} |")?;
    }
    Ok(())
}

fn write_threads(page: &mut String, measured: &Measured) -> fmt::Result {
    page.push_str(include_str!("page/threads.md"));
    page.push_str("| threads | without CORS | with tower-http | with ours |\n|--:|--:|--:|--:|\n");
    for count in THREADS {
        write!(page, "| {count} ")?;
        for side in ["bare", "theirs", "ours"] {
            let figure = measured.figure(&format!("threads/{count}/{side}"));
            write!(page, "| {} ", figure.map_or("–".to_owned(), |figure| time(figure.median)))?;
        }
        page.push_str("|\n");
    }
    Ok(())
}

fn write_servers(page: &mut String, measured: &Measured) -> fmt::Result {
    page.push_str(include_str!("page/servers.md"));
    page.push_str("| server | instructions, no Origin | added | instructions, actual | added | processor, actual |\n|---|--:|--:|--:|--:|--:|\n");
    for Framework { name, .. } in served() {
        for (side, title) in [("bare", "without CORS"), ("theirs", "theirs"), ("ours", "ours")] {
            write!(page, "| {name}, {title} ")?;
            for case in SERVED {
                let of = |side| measured.facts.get(&format!("server/{name}/{case}/{side}"));
                let (Some(count), Some(bare)) = (of(side), of("bare")) else {
                    page.push_str("| – | – ");
                    continue;
                };
                write!(page, "| {count:.0} | {:+.1} % ", (count / bare - 1.0) * 100.0)?;
            }
            let spent = measured.figure(&format!("processor/{name}/{side}"));
            writeln!(page, "| {} |", spent.map_or("–".to_owned(), |spent| time(spent.median)))?;
        }
    }
    Ok(())
}

fn write_scale(page: &mut String, measured: &Measured) -> fmt::Result {
    page.push_str(include_str!("page/scale.md"));
    page.push_str("| policy | compiles in | bytes an origin | of them text |\n|---|--:|--:|--:|\n");
    for scale in &SCALES {
        let fact = |what| measured.facts.get(&format!("{what}/{}", scale.name));
        let (Some(seconds), Some(bytes), Some(text)) =
            (fact("seconds"), fact("bytes"), fact("text"))
        else {
            continue;
        };
        let count = scale.count as f64;
        writeln!(
            page,
            "| {} | {} | {:.1} | {:.1} |",
            scale.name,
            time(seconds * 1e9),
            bytes / count,
            text / count,
        )?;
    }
    Ok(())
}

fn added(overhead: Figure) -> String {
    if overhead.is_noise() {
        format!("{} ± {}", time(overhead.median), time(overhead.spread()))
    } else {
        time(overhead.median)
    }
}

/// In the unit that reads best.
fn time(nanoseconds: f64) -> String {
    match nanoseconds.abs() {
        small if small < 100.0 => format!("{nanoseconds:.1} ns"),
        small if small < 10_000.0 => format!("{nanoseconds:.0} ns"),
        middle if middle < 10_000_000.0 => format!("{:.1} µs", nanoseconds / 1e3),
        _ => format!("{:.1} ms", nanoseconds / 1e6),
    }
}

/// A ratio or a count, as precise as it means something.
fn number(number: f64) -> String {
    match number.abs() {
        whole if whole == whole.trunc() => format!("{number:.0}"),
        small if small < 0.095 => format!("{number:.4}"),
        _ => format!("{number:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(nanoseconds: f64, wanted: &str) {
        assert_eq!(time(nanoseconds), wanted);
    }

    #[test]
    fn times_have_the_unit_that_reads_best() {
        check(14.04, "14.0 ns");
        check(-3.0, "-3.0 ns");
        check(408.2, "408 ns");
        check(76_000.0, "76.0 µs");
        check(712_000_000.0, "712.0 ms");
    }

    #[test]
    fn the_page_has_a_row_for_each_target_whatever_was_measured() {
        let page = page(&Measured::default(), "no run");
        for target in targets() {
            assert!(page.contains(&format!("| {} | ≤ {} |", target.what, target.limit)));
        }
    }
}
