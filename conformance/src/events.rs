//! The events of feature `tracing`, as text.

use std::{
    fmt::Debug,
    sync::{Arc, Mutex, PoisonError},
};

use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span, subscriber,
};

/// What is told with target `cors` while this runs, on this thread: an event's fields, in order. A
/// framework's own events are left out.
///
/// # Panics
///
/// Where an event is louder than DEBUG: a refusal is the policy at work, and nothing to warn of.
pub fn events(run: impl FnOnce()) -> Vec<String> {
    let log = Log::default();
    subscriber::with_default(log.clone(), run);
    let mut events = log.0.lock().unwrap_or_else(PoisonError::into_inner);
    std::mem::take(&mut *events)
}

/// A subscriber that keeps every event as text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "cors"
    }

    fn event(&self, event: &Event<'_>) {
        assert_eq!(*event.metadata().level(), Level::DEBUG);
        let mut fields = Fields::default();
        event.record(&mut fields);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(fields.0.join(" "));
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

#[derive(Default)]
struct Fields(Vec<String>);

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.push(format!("{field}={value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.push(format!("{field}={value:?}"));
    }
}
