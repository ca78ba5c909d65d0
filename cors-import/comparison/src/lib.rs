//! `cargo xtask compat`: seven libraries of other languages beside ours, by their recorded answers.
//!
//! Of each recorded request it is asked what a browser concludes from the recorded response, and
//! what from ours under the policy that the configuration becomes. Where the two are not the same,
//! a list says why; where ours allows more, nothing may say so.

mod app;
mod conclusion;
mod data;
mod list;
mod ours;
mod recorded;
mod report;
mod request;

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use cors_import::Library;

use conclusion::{Cache, Conclusion};
use data::Response;
use list::{List, When};
use ours::Ours;
use recorded::Configuration;
pub use report::Report;
use request::Request;

/// The recordings of this folder.
pub fn recordings() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/peers")
}

/// The page that has the counts.
pub fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/coming-from/README.md")
}

/// The end of the page's own text.
const COUNTS: &str =
    "<!-- counts: made by `cargo xtask compat --docs`, and compared by a test -->\n";

/// What is compared, and what becomes of it.
#[derive(Args)]
pub struct Options {
    /// A folder of recordings, instead of those in the repository
    folder: Option<PathBuf>,

    /// Write the counts into the documentation
    #[arg(long, conflicts_with = "folder")]
    docs: bool,
}

/// Compares the recordings in a folder, and prints what is not explained.
///
/// # Errors
///
/// Where a file cannot be read or written.
pub fn run(options: &Options) -> Result<ExitCode, String> {
    let report = compare(options.folder.as_deref().unwrap_or(&recordings()))?;
    print!("{report}");
    if options.docs {
        let failed = |error: std::io::Error| format!("{}: {error}", docs().display());
        let page = with_counts(&fs::read_to_string(docs()).map_err(failed)?, &report)?;
        fs::write(docs(), page).map_err(failed)?;
    }
    Ok(if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The page with these counts.
///
/// # Errors
///
/// Where it has no place for them.
pub fn with_counts(page: &str, report: &Report) -> Result<String, String> {
    let (own, _) = page.split_once(COUNTS).ok_or("the page has no mark for the counts")?;
    Ok(format!("{own}{COUNTS}\n{}\n{}", report.counts(), report.differences()))
}

/// Compares the recordings in a folder.
///
/// # Errors
///
/// Where a file cannot be read.
pub fn compare(folder: &Path) -> Result<Report, String> {
    let requests = data::requests(folder)?;
    let mut report = Report::new(List::committed()?);
    for library in Library::ALL {
        let responses = data::responses(folder, library)?;
        for (id, config) in data::configs(folder, library)? {
            let configuration = Configuration::new(library, id, &config)?;
            let mut recorded = Vec::with_capacity(requests.len());
            for request in &requests {
                match responses.get(&(configuration.id.clone(), request.id.clone())) {
                    Some(response) => recorded.push((request, response)),
                    None => report.missing(&configuration, request),
                }
            }
            compare_configuration(&configuration, &recorded, &mut report);
        }
    }
    Ok(report)
}

fn compare_configuration(
    configuration: &Configuration,
    recorded: &[(&Request, &Response)],
    report: &mut Report,
) {
    let policies = match &configuration.policies {
        Ok(policies) => policies,
        Err(code) => {
            let refused = recorded.iter().any(|(_, response)| response.is_refused());
            return report.inexpressible(configuration, code, recorded.len(), refused);
        }
    };
    if let Some((request, _)) = recorded.iter().find(|(_, response)| response.is_refused()) {
        return report.more_permissive(configuration, request, "refused at its start", "a policy");
    }
    let ours: Vec<Ours> = recorded
        .iter()
        .map(|(request, response)| Ours::new(configuration, policies, request, response))
        .collect();
    let their_answers = || {
        let answered = recorded.iter().filter(|(_, response)| response.is_answer());
        answered.map(|(request, response)| (*request, &response.head))
    };
    let our_answers =
        || recorded.iter().zip(&ours).map(|((request, _), ours)| (*request, &ours.head));
    let granted = conclusion::all_granted(their_answers());
    let (their_cache, our_cache) = (Cache::new(their_answers()), Cache::new(our_answers()));
    for ((request, response), ours) in recorded.iter().zip(&ours) {
        if response.is_unseen() {
            report.agrees(configuration);
            continue;
        }
        if !response.is_answer() {
            report.unanswered(configuration, request);
            continue;
        }
        let mut when = ours.when;
        let (same, within) = match &request.sent {
            Some(sent) => {
                let names = conclusion::names([&response.head, &ours.head]);
                let [theirs, ours] = [&response.head, &ours.head]
                    .map(|head| Conclusion::new(request, sent, head, &names));
                (ours == theirs, ours.is_within(&theirs))
            }
            // What says `*` says it to everybody; a name is said to one.
            None => {
                let named = conclusion::granted(request, &ours.head);
                (true, named.is_none_or(|origin| granted.contains(origin)))
            }
        };
        let caches =
            (their_cache.is_safe(request, &response.head), our_cache.is_safe(request, &ours.head));
        if same && caches == (false, true) {
            when = When::Cache;
        }
        // One origin alone is excused: the one that was corrected, or one on the user's machine. It is
        // denied by the library, whatever it asks for.
        let excused = |origin| configuration.widens(origin);
        let is_denied = conclusion::granted(request, &response.head).is_none();
        if !within && is_denied && request.origin().is_some_and(excused) {
            report.differs(configuration, request, When::Corrected, response, ours);
        } else if !within || caches == (true, false) {
            report.more_permissive(configuration, request, response, ours);
        } else if same && when != When::Cache {
            report.agrees(configuration);
        } else {
            report.differs(configuration, request, when, response, ours);
        }
    }
}
