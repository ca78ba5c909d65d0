//! The matrix: every scenario on every server.

use std::{
    collections::HashMap,
    fmt::{self, Display},
    net::SocketAddr,
    path::Path,
};

use cors_browser::Profile;
use cors_core::{Cors, Policy};
use serde_json::{Value, json};

use super::{
    Browser, engine, files,
    outcome::Outcome,
    scenario::Scenario,
    simulator, stem,
    wire::{Exchange, Wire},
};
use crate::{
    demo,
    processes::Processes,
    server::{Running, SERVERS},
};

/// Asks for every cell in turn, at once, and says what a script sees of each answer.
const SCRIPT: &str = include_str!("matrix/ask.js");

/// A policy, and the servers that serve under it, in their order.
pub(super) struct Served {
    policy: (Policy, Cors),
    servers: Vec<Running>,
}

/// A scenario, and what came of it: a cell for each server.
pub(super) struct Row<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) cells: Vec<Cell>,
}

/// What came of a scenario on one server.
pub(super) struct Cell {
    pub(super) server: &'static str,
    pub(super) engine: Outcome,
    pub(super) simulator: Outcome,
    pub(super) browser: Outcome,
    pub(super) preflights: usize,
    /// What disagrees, in sentences.
    pub(super) faults: Vec<String>,
    /// Why it was to end otherwise than elsewhere.
    pub(super) except: Option<String>,
}

/// How many cells agree, are known exceptions, or disagree.
pub(super) struct Tally {
    agree: usize,
    known: usize,
    pub(super) wrong: usize,
}

/// Starts every server under every policy in the folder.
pub(super) fn serve(
    folder: &Path,
    processes: &Processes,
) -> Result<HashMap<String, Served>, String> {
    for server in SERVERS.iter() {
        server.build(processes)?;
    }
    let mut served = HashMap::new();
    for file in files(folder)? {
        let policy = demo::read_policy(&file)?;
        let start = |server: &crate::server::Server| server.start(processes, &file, 0);
        let servers = SERVERS.iter().map(start).collect::<Result<_, _>>()?;
        served.insert(stem(&file), Served { policy, servers });
    }
    Ok(served)
}

/// Has the browser do what each scenario says, on every server.
pub(super) fn run<'a>(
    scenarios: &[&'a Scenario],
    served: &HashMap<String, Served>,
    browser: &mut dyn Browser,
) -> Result<Vec<Row<'a>>, String> {
    let mut rows: Vec<Row<'_>> =
        scenarios.iter().map(|&scenario| Row { scenario, cells: Vec::new() }).collect();
    let mut origins: Vec<&str> = scenarios.iter().map(|scenario| &*scenario.origin).collect();
    origins.sort_unstable();
    origins.dedup();
    for origin in origins {
        let mut asked = Vec::new();
        for (nth, row) in rows.iter().enumerate().filter(|(_, row)| row.scenario.origin == origin) {
            let scenario = row.scenario;
            let served = served.get(&scenario.policy);
            let served =
                served.ok_or_else(|| format!("there is no policy {:?}", scenario.policy))?;
            for server in &served.servers {
                let url = url(browser.scheme(), server.address, scenario, nth);
                asked.push((nth, Asked { scenario, policy: &served.policy, server, url }));
            }
        }
        let questions: Vec<Value> = asked.iter().map(|(_, asked)| asked.question()).collect();
        let (seen, wire) = browser.ask(origin, &format!("({SCRIPT})({})", json!(questions)))?;
        let seen = seen.as_array().filter(|seen| seen.len() == asked.len());
        let seen = seen.ok_or_else(|| format!("a page of {origin} leaves questions unasked"))?;
        for ((nth, asked), seen) in asked.iter().zip(seen) {
            rows[*nth].cells.push(asked.cell(browser.profile(), &wire, seen));
        }
    }
    Ok(rows)
}

/// A URL of its own for each scenario, because preflights are kept by URL.
fn url(scheme: &str, address: SocketAddr, scenario: &Scenario, nth: usize) -> String {
    format!("{scheme}://{address}{}?{nth}", scenario.path)
}

/// A cell before it is known what comes of it.
struct Asked<'a> {
    scenario: &'a Scenario,
    policy: &'a (Policy, Cors),
    server: &'a Running,
    url: String,
}

impl Asked<'_> {
    fn question(&self) -> Value {
        json!({ "url": self.url, "init": self.scenario.init(), "times": self.scenario.times })
    }

    /// What came of it, and what disagrees about that.
    fn cell(&self, profile: Profile, wire: &Wire, seen: &Value) -> Cell {
        let Self { scenario, policy, server, url } = self;
        let exchanges: Vec<&Exchange> = wire.of(url).collect();
        let engine = engine::outcome(policy, scenario, &exchanges);
        let simulated = simulator::play(profile, scenario, url, &exchanges);
        let browser = outcome(profile, seen, &exchanges);
        let preflights = exchanges.iter().filter(|exchange| exchange.preflight).count();
        let except = scenario.except.as_ref().filter(|except| except.server == server.name);

        let mut faults = simulated.differences;
        let mut compare = |agree: bool, what: &str, wanted: &dyn Display, browser: &dyn Display| {
            if !agree {
                faults.push(format!("{what} {wanted}, and the browser {browser}"));
            }
        };
        let (wanted, asks) = scenario.end(profile);
        let wanted = Outcome::of(except.map_or(wanted, |except| &except.wanted));
        compare(wanted.has_word_of(&browser), "the row says", &wanted, &browser);
        compare(asks == preflights, "the row says, of preflights,", &asks, &preflights);
        let agree = simulated.outcome.agrees(&browser);
        compare(agree, "the simulator says", &simulated.outcome, &browser);
        if let (Some(wanted), Profile::Chromium) = (&simulated.console, profile) {
            let said = wire.says(&format!("'{url}'")).unwrap_or_default();
            compare(wanted == said, "the simulator's console says", wanted, &said);
        }
        let agree = engine.agrees(&browser);
        compare(agree || except.is_some(), "the engine says", &engine, &browser);
        if agree && except.is_some() {
            faults.push("it was to be an exception, and is none".to_owned());
        }
        Cell {
            server: server.name,
            engine,
            simulator: simulated.outcome,
            browser,
            preflights,
            faults,
            except: except.map(|except| except.because.clone()),
        }
    }
}

impl Tally {
    /// Counts every cell.
    pub(super) fn of(rows: &[Row<'_>]) -> Self {
        let mut tally = Self { agree: 0, known: 0, wrong: 0 };
        for cell in rows.iter().flat_map(|row| &row.cells) {
            match (&*cell.faults, &cell.except) {
                ([], None) => tally.agree += 1,
                ([], Some(_)) => tally.known += 1,
                _ => tally.wrong += 1,
            }
        }
        tally
    }
}

/// `7 of 9 cells agree, and 2 are known exceptions`.
impl Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { agree, known, wrong } = self;
        write!(f, "{agree} of {} cells agree", agree + known + wrong)?;
        match known {
            0 => Ok(()),
            known => write!(f, ", and {known} are known exceptions"),
        }
    }
}

impl Row<'_> {
    /// Every fault, behind the server's name.
    pub(super) fn faults(&self) -> impl Iterator<Item = String> {
        self.cells.iter().flat_map(|cell| {
            cell.faults.iter().map(move |fault| format!("{}: {fault}", cell.server))
        })
    }
}

/// What the browser did, as the script saw it, and why, as only the browser knows.
fn outcome(profile: Profile, seen: &Value, exchanges: &[&Exchange]) -> Outcome {
    let names = || seen["headers"].as_array().into_iter().flatten().filter_map(Value::as_str);
    match seen["type"].as_str() {
        Some("cors") => Outcome::readable(names()),
        Some("opaque") => Outcome::Opaque,
        Some(other) => Outcome::Refused(format!("a response of type {other}")),
        None if exchanges.is_empty() => Outcome::Unsent,
        None if profile != Profile::Chromium => Outcome::Error,
        None => {
            let error = exchanges.iter().rev().find_map(|exchange| exchange.cors_error.clone());
            let other = || seen["error"].as_str().unwrap_or("nothing at all").to_owned();
            Outcome::Refused(error.unwrap_or_else(other))
        }
    }
}
