//! A bounded cache whose entries expire.

use std::{
    collections::{HashMap, VecDeque},
    time::{Duration, Instant},
};

/// Values by name. Where there is no room, the oldest one goes.
pub(crate) struct Cache<V> {
    at_most: usize,
    kept: Duration,
    values: HashMap<String, (Instant, V)>,
    /// The names in the order in which they were added, each with its time.
    order: VecDeque<(Instant, String)>,
}

impl<V: Clone> Cache<V> {
    pub(crate) fn new(at_most: usize, kept: Duration) -> Self {
        Self { at_most, kept, values: HashMap::new(), order: VecDeque::new() }
    }

    pub(crate) fn get(&self, name: &str, now: Instant) -> Option<V> {
        let (added, value) = self.values.get(name)?;
        (now.duration_since(*added) < self.kept).then(|| value.clone())
    }

    pub(crate) fn add(&mut self, name: String, value: V, now: Instant) {
        if self.at_most == 0 {
            return;
        }
        let is_old = |added: Instant| now.duration_since(added) >= self.kept;
        if let Some((added, known)) = self.values.get_mut(&name)
            && !is_old(*added)
        {
            // Two requests loaded it. The first one's time counts.
            *known = value;
            return;
        }
        self.values.insert(name.clone(), (now, value));
        self.order.push_back((now, name));
        while let Some((added, name)) = self.order.front() {
            let is_last = self.values.get(name).is_some_and(|(last, _)| last == added);
            if is_last && self.values.len() <= self.at_most && !is_old(*added) {
                break;
            }
            if is_last {
                self.values.remove(name);
            }
            self.order.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn a_value_is_kept_for_its_time() {
        let (start, mut cache) = (Instant::now(), Cache::new(10, MINUTE));
        cache.add("a".into(), 1, start);
        assert_eq!(cache.get("a", start + MINUTE / 2), Some(1));
        assert_eq!(cache.get("a", start + MINUTE), None);
        assert_eq!(cache.get("b", start), None);
        cache.add("a".into(), 2, start + MINUTE);
        assert_eq!(cache.get("a", start + MINUTE), Some(2));
        assert_eq!((cache.values.len(), cache.order.len()), (1, 1));
    }

    #[test]
    fn memory_is_bounded_whatever_is_added() {
        let (start, mut cache) = (Instant::now(), Cache::new(3, MINUTE));
        for at in 0..1_000_u32 {
            cache.add((at % 7).to_string(), at, start + Duration::from_millis(at.into()));
            assert!(cache.values.len() <= 3 && cache.order.len() <= 3, "{at}");
        }
        for at in 0..1_000_u32 {
            cache.add("same".into(), at, start + Duration::from_secs(1));
            assert!(cache.order.len() <= 3, "{}", cache.order.len());
        }
        assert_eq!(cache.get("same", start + Duration::from_secs(2)), Some(999));
    }
}
