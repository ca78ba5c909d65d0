//! A policy that follows its file.
//!
//! The file's content is looked at twice a second, by one small thread. Why not ask the system to
//! notify: editors and Kubernetes replace files, links and folders, and network and container file
//! systems often say nothing, so that a watcher has to look for itself all the same. A policy is
//! small, and reading it costs less than deciding whether it must be read.

use std::{
    convert::Infallible,
    sync::{
        Arc,
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread,
    time::Duration,
};

use arc_swap::ArcSwap;
use cors_core::{Cors, Framework, Live, plain::Plain};

use crate::{
    PolicyFile, bounded,
    finding::{Finding, Report, Where},
    settle::Settling,
};

/// How long a change may go unnoticed.
const LOOK: Duration = Duration::from_millis(500);

/// The time between looks at a file that is changing: see [`Settling`].
const SETTLED: Duration = Duration::from_millis(100);

impl PolicyFile {
    /// Loads the policy, and follows the file for as long as what is given back, or a clone of it,
    /// is in use.
    ///
    /// A change is read, compiled, and then takes the place of the policy in force at once: a
    /// request is decided by one of the two, wholly, and waits for no lock. A change that does not
    /// compile leaves the policy in force, as does a file that has gone, is larger than 4 MiB, or is not
    /// a regular file; with feature `tracing` an event says why, once.
    ///
    /// A file that is being written is left alone until it has stayed the same for as long as it took
    /// to write. A writer that pauses for longer can still put half of a file in force: write the new
    /// text to another file and rename it over this one.
    ///
    /// # Errors
    ///
    /// Every mistake, with its place; or there can be no thread.
    pub fn watch<C: Framework>(self) -> Result<Watched<C>, Report> {
        let text = self.text().map_err(|finding| self.report(vec![finding]))?;
        let current = Arc::new(ArcSwap::from_pointee(self.compile(&text)?));
        let (running, stopped) = mpsc::channel();
        let watcher = Watcher { file: self.clone(), current: Arc::clone(&current), seen: Ok(text) };
        let thread = thread::Builder::new().name("cors-file".to_owned());
        match thread.spawn(move || watcher.run(&stopped)) {
            Ok(_) => Ok(Watched { current, _running: running }),
            Err(error) => {
                let problem = format!("cannot watch the file: {error}");
                Err(self.report(vec![Finding::error("unwatched", problem, Where::File)]))
            }
        }
    }
}

/// A policy that follows its file: what an adapter's `live` takes.
///
/// The file is followed until the last clone is dropped.
#[derive(Debug)]
pub struct Watched<C: Framework = Plain> {
    current: Arc<ArcSwap<Cors<C>>>,
    _running: Sender<Infallible>,
}

impl<C: Framework> Live<C> for Watched<C> {
    #[inline]
    fn current(&self) -> Cors<C> {
        Cors::clone(&self.current.load())
    }
}

impl<C: Framework> Clone for Watched<C> {
    fn clone(&self) -> Self {
        Self { current: Arc::clone(&self.current), _running: self._running.clone() }
    }
}

/// What a look at the file found.
type Look = Result<String, String>;

struct Watcher<C: Framework> {
    file: PolicyFile,
    current: Arc<ArcSwap<Cors<C>>>,
    /// What was acted upon last.
    seen: Look,
}

impl<C: Framework> Watcher<C> {
    fn run(mut self, stopped: &Receiver<Infallible>) {
        let mut settling = Settling::new(self.seen.clone());
        loop {
            if let Some(seen) = settling.look(self.file.look()) {
                self.seen = seen;
                self.reload();
            }
            match stopped.recv_timeout(if settling.is_changing() { SETTLED } else { LOOK }) {
                Err(RecvTimeoutError::Timeout) => {}
                Ok(never) => match never {},
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn reload(&self) {
        let compiled = match &self.seen {
            Ok(text) => self.file.compile(text),
            Err(error) => {
                let problem = format!("cannot read the file: {error}");
                Err(self.file.report(vec![Finding::error("unreadable", problem, Where::File)]))
            }
        };
        tell(&self.file, &compiled);
        if let Ok(cors) = compiled {
            self.current.store(Arc::new(cors));
        }
    }
}

impl PolicyFile {
    fn look(&self) -> Look {
        bounded::read(&self.path).map_err(|error| error.to_string())
    }
}

#[cfg(feature = "tracing")]
fn tell<C: Framework>(file: &PolicyFile, compiled: &Result<Cors<C>, Report>) {
    let file = file.path.display();
    match compiled {
        Ok(_) => tracing::info!(%file, "the policy was replaced"),
        Err(report) => tracing::error!(%file, %report, "the policy stays: its file is invalid"),
    }
}

#[cfg(not(feature = "tracing"))]
fn tell<C: Framework>(_: &PolicyFile, _: &Result<Cors<C>, Report>) {}

#[cfg(test)]
mod tests {
    use super::*;

    const REPLACED: u64 = 1_000;
    const ASKED: usize = 25_000;

    fn text(number: u64) -> String {
        format!("allow_origins = ['https://a{number}.example']\nmax_age = {number}\n")
    }

    fn watched() -> (Watched, Watcher<Plain>) {
        let file = PolicyFile::new("policy.toml");
        let cors = file.compile(&text(0)).expect("it is valid");
        let current = Arc::new(ArcSwap::from_pointee(cors));
        let live = Watched { current: Arc::clone(&current), _running: mpsc::channel().0 };
        (live, Watcher { file, current, seen: Ok(text(0)) })
    }

    /// The number of the policy in force, all of which has the same.
    fn whole(live: &Watched) -> u64 {
        let resources = live.current().resources();
        let policy = resources.only().expect("it is for every path");
        assert_eq!(policy.allow_origins, [format!("https://a{}.example", policy.max_age)]);
        policy.max_age
    }

    #[test]
    fn a_policy_is_replaced_as_a_whole_while_it_is_asked_for() {
        let (live, mut watcher) = watched();
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let mut last = 0;
                    for _ in 0..ASKED {
                        let now = whole(&live);
                        assert!(now >= last, "policy {now} is in force after {last}");
                        last = now;
                    }
                });
            }
            for number in 1..=REPLACED {
                watcher.seen = Ok(text(number));
                watcher.reload();
            }
        });
        assert_eq!(whole(&live), REPLACED);
    }

    #[test]
    fn what_is_invalid_leaves_the_policy_in_force() {
        let (live, mut watcher) = watched();
        for seen in [
            Ok(String::new()),
            Ok("max_age = ".to_owned()),
            Ok(text(1).replace("https", "ftp:")),
            Ok(text(86_401)),
            Err("not a regular file".to_owned()),
        ] {
            watcher.seen = seen;
            watcher.reload();
            assert_eq!(whole(&live), 0);
        }
    }

    #[test]
    fn the_watcher_ends_with_the_last_clone() {
        let (live, watcher) = watched();
        let current = Arc::downgrade(&live.current);
        let (running, stopped) = mpsc::channel();
        let live = Watched { current: live.current, _running: running };
        let thread = thread::spawn(move || watcher.run(&stopped));
        let clone = live.clone();
        drop(live);
        assert_eq!(whole(&clone), 0);
        drop(clone);
        thread.join().expect("it does not panic");
        assert_eq!(current.strong_count(), 0);
    }
}
