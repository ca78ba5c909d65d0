//! Prints the page `docs/migrating/differences.md`.

fn main() {
    print!("{}", cors_peers::differences());
}
