//! Twice as much of anything costs at most two and a half times as much, counted in instructions.
//!
//! The test starts itself inside valgrind, once. There each case runs for `n` and for `2n`, and
//! callgrind writes the instructions of each run to a file of its own.

use std::{env, fs, hint::black_box, path::Path, process::Command};

use cors_core::{Cors, Policy, Resources, plain::Request};
use cors_file::PolicyFile;

/// Prepares a run for a size. What the returned function does is counted.
type Case = fn(usize) -> Box<dyn Fn()>;

/// What grows, the size that it is counted for first, and the case.
const CASES: &[(&str, usize, Case)] = &[
    ("origins", 400, |n| compile(Policy::new().allow_origins(numbered("https://", n)))),
    ("wildcard origins", 400, |n| compile(Policy::new().allow_origins(numbered("https://*.", n)))),
    ("methods", 400, |n| compile(any().allow_methods(numbered("M", n)))),
    ("header names", 400, |n| compile(any().allow_headers(numbered("x-", n)))),
    ("exposed names", 400, |n| compile(any().expose_headers(numbered("x-", n)))),
    ("wrong origins", 400, |n| compile(Policy::new().allow_origins(numbered("https://HOST", n)))),
    ("wrong origins of a variable", 400, |n| {
        let list = numbered("https://HOST", n).collect::<Vec<_>>().join(",");
        compile(Policy::new().allow_origins_list(&list))
    }),
    ("distinct policies below one path", 150, |n| {
        by_path(n, |n| format!("/{}", n.reverse_bits()), |n| any().max_age(n as u64))
    }),
    ("paths with one policy", 400, |n| by_path(n, |n| format!("/a/b/{n}/*"), |_| any())),
    ("distinct rendered lists", 400, |n| {
        let policies: Vec<_> = (0..n).map(|n| any().allow_methods([format!("M{n}")])).collect();
        Box::new(move || policies.iter().for_each(|policy| _ = black_box(policy.compile())))
    }),
    ("wrong origins in a file", 150, |n| check("a.toml", &list(n, "https://HOST", ",\n"))),
    ("wrong origins in a line", 150, |n| {
        let list = list(n, "https://HOST", ",");
        check(
            "a.json",
            &list.replace("allow_origins =", "{\"allow_origins\":").replace("]\n", "]}"),
        )
    }),
    ("one wrong origin, repeated", 150, |n| {
        let wrong = format!("allow_origins = [{}]\n", "\"https://HOST\",\n".repeat(n));
        check("a.toml", &wrong)
    }),
    ("warnings in a file", 150, |n| {
        let list = list(n, "http://", ",\n").replace('[', "[\"https://a.example\",\n");
        check("a.toml", &list)
    }),
    ("paths that share a policy in a file", 150, |n| {
        let paths = (0..n).map(|n| format!("\"/{n}\" = \"/a\"\n")).collect::<String>();
        check("a.toml", &format!("[resources]\n{paths}\"/a\" = {{allow_origins = [\"*\"]}}\n"))
    }),
    ("wrong policies by path in a file", 150, |n| {
        let paths =
            (0..n).map(|n| format!("[resources.\"/{n}\"]\nallow_origins = [\"https://H{n}\"]\n"));
        check("a.toml", &paths.collect::<String>())
    }),
    ("mistakes in the syntax of a file", 150, |n| check("a.toml", &"= 1\n".repeat(n))),
];

/// The paths of a request, each with one that may not cost less.
const PATHS: [(&str, &str, usize); 3] =
    [("slashes", "/", 60_000), ("a long name", "a", 60_000), ("encoded dots", "%2e%2e/", 8_000)];

/// The name of this test's second start, and of the variable that says where its files go.
const INSIDE: &str = "CORS_GROWTH_INSIDE_VALGRIND";

fn any() -> Policy {
    Policy::new().allow_any_origin()
}

fn numbered(before: &'static str, n: usize) -> impl Iterator<Item = String> {
    (0..n).map(move |number| format!("{before}{number}.example"))
}

fn list(n: usize, before: &'static str, between: &str) -> String {
    let items: Vec<_> = numbered(before, n).map(|item| format!("\"{item}\"")).collect();
    format!("allow_origins = [{}]\n", items.join(between))
}

fn compile(policy: Policy) -> Box<dyn Fn()> {
    Box::new(move || _ = black_box(policy.compile()))
}

fn by_path(
    n: usize,
    path: impl Fn(usize) -> String,
    policy: impl Fn(usize) -> Policy,
) -> Box<dyn Fn()> {
    let resources = (0..n).fold(Resources::new(), |resources, n| resources.at(path(n), policy(n)));
    Box::new(move || _ = black_box(resources.compile()))
}

fn check(name: &str, content: &str) -> Box<dyn Fn()> {
    let file = PolicyFile::new(name).with_content(content);
    Box::new(move || _ = black_box(file.check()))
}

fn decide(path: &str) -> Box<dyn Fn()> {
    let resources = Resources::new().at("*", any()).at("/a/*", any().max_age(1));
    let cors: Cors = resources.compile().expect("valid paths");
    let request = Request::new("GET", [("origin", "https://a.example")]).to(path);
    Box::new(move || _ = black_box(cors.decide(&request)))
}

/// Every run, in the order in which it is counted: two for each case.
fn runs() -> impl Iterator<Item = Box<dyn Fn()>> {
    let cases = CASES.iter().flat_map(|(_, n, case)| [case(*n), case(2 * n)]);
    let paths = PATHS.iter().flat_map(|(_, piece, long)| {
        let path = |length: usize| format!("/{}", piece.repeat(length / piece.len()));
        [decide(&path(1_000)), decide(&path(*long))]
    });
    cases.chain(paths)
}

/// What callgrind counts.
#[inline(never)]
fn counted(run: &dyn Fn()) {
    run();
    black_box(run);
}

#[test]
fn inside_valgrind() {
    if env::var_os(INSIDE).is_some() {
        runs().for_each(|run| counted(&*run));
    }
}

/// The instructions of each run, or nothing where valgrind is missing.
fn instructions(folder: &Path) -> Option<Vec<u64>> {
    Command::new("valgrind").arg("--version").output().ok()?;
    fs::create_dir_all(folder).expect("a folder for the counts");
    let files = folder.join("counts");
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--toggle-collect=growth::counted"])
        .arg("--dump-after=growth::counted")
        .arg(format!("--callgrind-out-file={}", files.display()))
        .arg(env::current_exe().expect("this program"))
        .args(["--exact", "inside_valgrind", "--test-threads=1"])
        .env(INSIDE, "1")
        .output()
        .expect("valgrind runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let count = |number: usize| {
        let text = fs::read_to_string(folder.join(format!("counts.{number}"))).ok()?;
        let totals = text.lines().find_map(|line| line.strip_prefix("totals: "))?;
        totals.trim().parse().ok()
    };
    let counts = (1..).map_while(count).collect();
    fs::remove_dir_all(folder).expect("the folder was made here");
    Some(counts)
}

#[test]
fn twice_as_much_costs_at_most_two_and_a_half_times_as_much() {
    let folder = env::temp_dir().join(format!("cors-growth-{}", std::process::id()));
    let Some(counts) = instructions(&folder) else {
        println!("not counted: valgrind is not installed (apt install valgrind)");
        return;
    };
    let pairs: Vec<_> = counts.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
    assert_eq!(pairs.len(), CASES.len() + PATHS.len(), "one file for each run");
    let mut wrong = Vec::new();
    let names = CASES.iter().map(|(name, ..)| (*name, 2.5));
    let names = names.chain(PATHS.iter().map(|(name, ..)| (*name, 1.0)));
    for ((name, most), (once, twice)) in names.zip(pairs) {
        println!("{name}: {once}, {twice}, {:.2}", twice as f64 / once as f64);
        if once == 0 || twice as f64 > most * once as f64 {
            wrong.push(format!("{name}: {once}, then {twice}; at most {most} times as many"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
