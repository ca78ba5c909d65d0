//! No file has more of the phrases that the project does not use than it had.

use xtask::prose;

#[test]
fn the_number_of_phrases_goes_down() {
    let allowed = prose::allowed().expect("xtask/prose.toml");
    let mut more = Vec::new();
    for (file, count) in prose::counts().expect("the files can be read") {
        let allowed = allowed.get(&file).copied().unwrap_or(0);
        if count > allowed {
            more.push(format!("{file}: {count}, and {allowed} are allowed"));
            let findings = prose::findings(&file).expect("the file can be read");
            let shown = |finding: &prose::Finding| {
                format!("  {file}:{}: {}", finding.line, finding.message)
            };
            more.extend(findings.iter().map(shown));
        }
    }
    assert!(
        more.is_empty(),
        "write these in other words (cargo xtask prose writes the numbers):\n{}",
        more.join("\n")
    );
}
