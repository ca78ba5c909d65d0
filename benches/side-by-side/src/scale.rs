//! Large policies.

use std::time::Instant;

use cors_core::Policy;
use cors_http::HttpCors;

use crate::request::origins;

/// A large policy.
pub struct Scale {
    /// What it is called in [`Measured`](crate::measured::Measured).
    pub name: &'static str,
    /// How many origins it has, or patterns.
    pub count: usize,
    policy: fn(usize) -> Vec<String>,
}

/// From an ordinary policy to one that nobody writes by hand.
pub const SCALES: [Scale; 6] = [
    Scale { name: "1 origin", count: 1, policy: listed },
    Scale { name: "10 origins", count: 10, policy: listed },
    Scale { name: "1,000 origins", count: 1_000, policy: listed },
    Scale { name: "100,000 origins", count: 100_000, policy: listed },
    Scale { name: "1,000,000 origins", count: 1_000_000, policy: listed },
    Scale { name: "10,000 subdomain patterns", count: 10_000, policy: subdomains },
];

fn listed(count: usize) -> Vec<String> {
    origins(count).collect()
}

fn subdomains(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("https://*.tenant-{n}.example")).collect()
}

impl Scale {
    /// Seconds that compiling takes: the least of three.
    pub fn seconds(&self) -> f64 {
        let policy = self.policy();
        let compile = |_| {
            let start = Instant::now();
            let _cors = compiled(&policy);
            start.elapsed().as_secs_f64()
        };
        (0..3).map(compile).fold(f64::INFINITY, f64::min)
    }

    /// How long the origins are, as text.
    pub fn text(&self) -> usize {
        (self.policy)(self.count).iter().map(String::len).sum()
    }

    /// The policy, to be compiled.
    pub fn policy(&self) -> Policy {
        Policy::new().allow_origins((self.policy)(self.count))
    }
}

/// The policy, compiled.
///
/// # Panics
///
/// If it does not compile: the bench is wrong then.
pub fn compiled(policy: &Policy) -> HttpCors {
    policy.compile_for().expect("the policies here are valid")
}
