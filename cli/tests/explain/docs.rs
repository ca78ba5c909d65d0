//! The examples of docs/explain.md.

use crate::{
    run::{explain, file},
    server::Server,
};

const PAGE: &str = include_str!("../../../docs/explain.md");

/// The address of the example's server.
const ADDRESS: &str = "127.0.0.1:9000";

const COMMAND: &str = "cargo run -q -p cors-cli -- explain ";

/// The blocks in this language.
fn blocks(language: &str) -> impl Iterator<Item = &'static str> {
    let start = format!("```{language}\n");
    PAGE.split("```")
        .enumerate()
        .filter(|(at, _)| at % 2 == 1)
        .map(|(_, block)| block)
        .filter(move |block| format!("```{block}").starts_with(&start))
        .filter_map(|block| Some(block.split_once('\n')?.1))
}

/// The words of a command, as a shell splits them.
fn words(command: &str) -> Vec<String> {
    let (mut words, mut quote) = (vec![String::new()], None);
    for letter in command.trim().replace("\\\n", " ").chars() {
        match (letter, quote) {
            (letter, Some(open)) if letter == open => quote = None,
            ('"' | '\'', None) => quote = Some(letter),
            (' ', None) if words.last().is_some_and(String::is_empty) => {}
            (' ', None) => words.push(String::new()),
            (letter, _) => words.last_mut().expect("a word").push(letter),
        }
    }
    words
}

/// What Python's server answers.
fn server() -> Server {
    const HEAD: &str = "server: SimpleHTTP/0.6 Python/3.11.2";
    Server::start(&[
        ("OPTIONS", &format!("501 Unsupported method ('OPTIONS')\n{HEAD}")),
        ("GET", &format!("200 OK\n{HEAD}")),
    ])
}

#[test]
fn the_first_example_prints_what_the_page_shows() {
    let server = server();
    let block = blocks("console").next().expect("an example");
    let (command, expected) = block.split_once('\n').expect("a command and its output");
    let command = command.strip_prefix("$ ").and_then(|line| line.strip_prefix(COMMAND));
    let address = server.address.to_string();
    let command = command.expect("the command").replace(ADDRESS, &address);
    let words = words(&command);
    let said = explain(&words.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(said.status, Some(1));
    let version = env!("CARGO_PKG_VERSION");
    let found = said.out.replace(&address, ADDRESS);
    assert_eq!(found.trim(), expected.trim(), "cors-explain/{version}");
}

#[test]
fn every_other_command_runs() {
    let server = server();
    let address = server.address.to_string();
    let har = file("docs.har", r#"{"log":{"entries":[]}}"#);
    let mut count = 0;
    for block in blocks("sh").filter(|block| block.contains(COMMAND)) {
        let command = block.split_once(COMMAND).expect("a command").1;
        let command = command.replace(ADDRESS, &address).replace("recorded.har", &har);
        let words = words(&command);
        let said = explain(&words.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(!said.err.contains("Usage:"), "{command}: {}", said.err);
        assert!(!said.out.is_empty() || said.err.contains(&har), "{command}: {}", said.err);
        count += 1;
    }
    assert!(count >= 4, "{count} commands are few");
}
