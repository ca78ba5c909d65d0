//! The events of feature `tracing`: one for each change of a watched file, and none for its look.

use std::{
    fmt::{Debug, Write},
    fs,
    sync::Mutex,
    thread,
    time::Duration,
};

use cors_file::{PolicyFile, Watched};
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

static EVENTS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Notes the events of this crate, whichever thread has them.
struct Notes;

impl Subscriber for Notes {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("cors_file")
    }

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(event.metadata().level().to_string());
        event.record(&mut line);
        EVENTS.lock().expect("no test panics with it").push(line.0);
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }
}

/// The events so far, once there are as many: waits for much longer than that takes.
fn events(number: usize) -> Vec<String> {
    for _ in 0..3000 {
        let events = EVENTS.lock().expect("no test panics with it").clone();
        if events.len() >= number {
            return events;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("there is no event number {number}");
}

#[test]
fn one_event_for_each_change() {
    tracing::subscriber::set_global_default(Notes).expect("there is no other");
    let path = concat!(env!("CARGO_TARGET_TMPDIR"), "/events.toml");
    let write = |text: &str| fs::write(path, text).expect("the folder can be written to");
    write("allow_origins = ['*']\n");
    let live: Watched = PolicyFile::new(path).watch().expect("it is valid");

    write("allow_origins = ['null']\n");
    events(1);
    write("allow_origins = ['*']\nmax_age = 1\n");
    events(2);
    fs::remove_file(path).expect("it is there");
    let wanted = [
        format!(
            "ERROR message=the policy stays: its file is invalid file={path} report=\
             error[origin-null]: origin \"null\" can be sent by any site through a sandboxed frame\n \
             --> {path}:1:18\n  \
               |\n\
             1 | allow_origins = ['null']\n  \
               |                  ^^^^^^\n  \
               = help: remove it, or set dangerously_allow_null_origin"
        ),
        format!("INFO message=the policy was replaced file={path}"),
        format!(
            "ERROR message=the policy stays: its file is invalid file={path} report=\
             error[unreadable]: cannot read the file: No such file or directory (os error 2)\n --> {path}"
        ),
    ];
    assert_eq!(events(3), wanted);
    drop(live);
}
