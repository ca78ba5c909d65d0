//! Timing in turns.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

/// Something that is timed, again and again.
pub struct Series {
    /// What it is called, in [`Measured`](crate::measured::Measured) too.
    name: String,
    /// How long so many calls took.
    time: Box<dyn FnMut(usize) -> Duration>,
    /// How many calls are timed at once.
    batch: usize,
    /// Nanoseconds of one call, a batch each.
    samples: Vec<f64>,
}

/// What samples say together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// The least, which noise touches last.
    pub least: f64,
    /// The one in the middle.
    pub median: f64,
    /// Those at a quarter and at three.
    pub quartiles: (f64, f64),
}

impl Figure {
    /// Half of what lies between the quartiles.
    pub fn spread(&self) -> f64 {
        (self.quartiles.1 - self.quartiles.0) / 2.0
    }

    /// Whether the noise is larger than what is measured.
    pub fn is_noise(&self) -> bool {
        self.spread() > self.median.abs()
    }

    /// Of these samples.
    ///
    /// # Panics
    ///
    /// Where there is none.
    pub fn of(mut samples: Vec<f64>) -> Self {
        samples.sort_by(f64::total_cmp);
        let at = |part: usize| samples[(samples.len() - 1) * part / 4];
        Self { least: at(0), median: at(2), quartiles: (at(1), at(3)) }
    }
}

/// The most calls in a batch: their requests are made before, and have to fit a cache.
const LARGEST_BATCH: usize = 256;

/// The shortest sample: the clock's own cost is nothing beside it.
const SAMPLE: Duration = Duration::from_micros(300);

impl Series {
    /// A series of what this times.
    pub fn new(name: impl Into<String>, time: impl FnMut(usize) -> Duration + 'static) -> Self {
        Self { name: name.into(), time: Box::new(time), batch: 1, samples: Vec::new() }
    }

    /// A series of something that needs nothing made before.
    pub fn of<T>(name: impl Into<String>, mut call: impl FnMut() -> T + 'static) -> Self {
        Self::new(name, move |times| {
            let start = Instant::now();
            for _ in 0..times {
                black_box(call());
            }
            start.elapsed()
        })
    }

    /// Finds the batch: warm, and long enough for the clock.
    fn warm(&mut self) {
        while self.batch < LARGEST_BATCH && (self.time)(self.batch) < SAMPLE {
            self.batch *= 2;
        }
    }

    fn sample(&mut self) {
        let (mut took, mut calls) = (Duration::ZERO, 0);
        while took < SAMPLE {
            took += (self.time)(self.batch);
            calls += self.batch;
        }
        self.samples.push(took.as_nanos() as f64 / calls as f64);
    }
}

/// Times all of them in turns, one sample each, so that whatever drifts drifts for all.
pub fn round_robin(mut series: Vec<Series>, rounds: usize) -> Vec<(String, Vec<f64>)> {
    series.iter_mut().for_each(Series::warm);
    for _ in 0..rounds {
        series.iter_mut().for_each(Series::sample);
    }
    series.into_iter().map(|series| (series.name, series.samples)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(samples: &[f64], least: f64, median: f64, quartiles: (f64, f64)) {
        assert_eq!(Figure::of(samples.to_vec()), Figure { least, median, quartiles });
    }

    #[test]
    fn one_sample_is_its_own_median() {
        check(&[7.0], 7.0, 7.0, (7.0, 7.0));
    }

    #[test]
    fn an_outlier_moves_no_median() {
        check(&[900.0, 1.0, 3.0, 2.0, 4.0], 1.0, 3.0, (2.0, 4.0));
    }
}
