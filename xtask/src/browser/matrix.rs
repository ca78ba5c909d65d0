//! The matrix: every scenario on every server.

use std::{
    collections::HashMap,
    fmt::{self, Display},
    net::SocketAddr,
    path::Path,
};

use cors_core::{Cors, Policy};
use serde_json::{Value, json};

use super::{
    chromium::Chromium,
    engine, files,
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
    for server in SERVERS {
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
    scenarios: &'a [Scenario],
    served: &HashMap<String, Served>,
    browser: &mut Chromium,
) -> Result<Vec<Row<'a>>, String> {
    let mut rows: Vec<Row<'_>> =
        scenarios.iter().map(|scenario| Row { scenario, cells: Vec::new() }).collect();
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
                asked.push((
                    nth,
                    scenario,
                    &served.policy,
                    server,
                    url(server.address, scenario, nth),
                ));
            }
        }
        let mut tab = browser.tab()?;
        tab.load_empty(origin)?;
        let questions: Vec<Value> = asked
            .iter()
            .map(|(_, scenario, _, _, url)| {
                json!({ "url": url, "init": scenario.init(), "times": scenario.times })
            })
            .collect();
        let seen = tab.evaluate(&format!("({SCRIPT})({})", json!(questions)))?;
        let mut wire = Wire::default();
        wire.listen(&mut tab)?;
        tab.close()?;
        for ((nth, scenario, policy, server, url), seen) in
            asked.iter().zip(seen.as_array().into_iter().flatten())
        {
            rows[*nth].cells.push(Cell::new(scenario, server.name, policy, url, &wire, seen));
        }
    }
    Ok(rows)
}

/// A URL of its own for each scenario, because preflights are kept by URL.
fn url(address: SocketAddr, scenario: &Scenario, nth: usize) -> String {
    format!("http://{address}{}?{nth}", scenario.path)
}

impl Cell {
    fn new(
        scenario: &Scenario,
        server: &'static str,
        policy: &(Policy, Cors),
        url: &str,
        wire: &Wire,
        seen: &Value,
    ) -> Self {
        let exchanges: Vec<&Exchange> = wire.of(url).collect();
        let engine = engine::outcome(policy, scenario, &exchanges);
        let simulated = simulator::play(scenario, url, &exchanges);
        let browser = outcome(seen, &exchanges);
        let preflights = exchanges.iter().filter(|exchange| exchange.preflight).count();
        let except = scenario.except.as_ref().filter(|except| except.server == server);

        let mut faults = simulated.differences;
        let mut compare = |what: &str, wanted: &dyn Display, browser: &dyn Display| {
            let (wanted, browser) = (wanted.to_string(), browser.to_string());
            if wanted != browser {
                faults.push(format!("{what} {wanted}, and the browser {browser}"));
            }
        };
        let wanted = except.map_or(&scenario.wanted, |except| &except.wanted);
        compare("the row says", wanted, &browser.word());
        compare("the number of preflights in the row is", &scenario.preflights, &preflights);
        compare("the simulator says", &simulated.outcome, &browser);
        if let Some(wanted) = &simulated.console {
            compare("the simulator's console says", wanted, &wire.console(url).unwrap_or_default());
        }
        match except {
            None => compare("the engine says", &engine, &browser),
            Some(_) if engine == browser => {
                faults.push("it was to be an exception, and is none".to_owned());
            }
            Some(_) => {}
        }
        let except = except.map(|except| except.because.clone());
        Self { server, engine, simulator: simulated.outcome, browser, preflights, faults, except }
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
fn outcome(seen: &Value, exchanges: &[&Exchange]) -> Outcome {
    let names = || seen["headers"].as_array().into_iter().flatten().filter_map(Value::as_str);
    match seen["type"].as_str() {
        Some("cors") => Outcome::readable(names()),
        Some("opaque") => Outcome::Opaque,
        Some(other) => Outcome::Refused(format!("a response of type {other}")),
        None if exchanges.is_empty() => Outcome::Unsent,
        None => {
            let error = exchanges.iter().rev().find_map(|exchange| exchange.cors_error.clone());
            let other = || seen["error"].as_str().unwrap_or("nothing at all").to_owned();
            Outcome::Refused(error.unwrap_or_else(other))
        }
    }
}
