//! What a call costs where several threads make it, of services that are clones of one.

use std::{
    sync::{Arc, Barrier},
    thread,
    time::Duration,
};

use cors_peers::{Copies, Policy, Side, tower_copies};

use crate::{
    framework::SIDES,
    request::{ORIGIN, actual, origins},
};

/// How many threads.
pub const THREADS: [usize; 3] = [1, 2, 4];

/// How long each thread calls at a time, in calls.
const BATCHES: usize = 20;
const BATCH: usize = 256;

/// Nanoseconds of one call, `threads/4/ours` and so on, in turns as elsewhere.
pub fn samples(rounds: usize) -> Vec<(String, Vec<f64>)> {
    let policy = Policy::list(origins(1));
    let sides = SIDES.map(|(side, name): (Side, _)| (tower_copies(side, &policy), name));
    let mut all = Vec::new();
    for count in THREADS {
        for (copies, name) in &sides {
            all.push((format!("threads/{count}/{name}"), count, copies, Vec::new()));
        }
    }
    for _ in 0..rounds {
        for (_, count, copies, samples) in &mut all {
            samples.push(per_call(copies, *count));
        }
    }
    all.into_iter().map(|(name, _, _, samples)| (name, samples)).collect()
}

/// Of so many threads at once, on average.
fn per_call(copies: &Copies, threads: usize) -> f64 {
    let start = Arc::new(Barrier::new(threads));
    let run = |_| {
        let (copies, start) = (Arc::clone(copies), Arc::clone(&start));
        thread::spawn(move || {
            let mut application = copies();
            let request = actual(ORIGIN);
            application.time(&request, BATCH);
            start.wait();
            (0..BATCHES).map(|_| application.time(&request, BATCH)).sum::<Duration>()
        })
    };
    let running: Vec<_> = (0..threads).map(run).collect();
    let took = running.into_iter().map(|thread| thread.join().expect("no application panics"));
    took.sum::<Duration>().as_nanos() as f64 / (threads * BATCHES * BATCH) as f64
}
