//! The demo's page in the browser: what it does with what is typed, and with which keys.

use std::{net::SocketAddr, path::Path};

use serde_json::{Value, json};

use super::{chromium::Chromium, tab::Tab};
use crate::{
    demo,
    processes::Processes,
    server::{self, Running, SERVERS},
};

/// Fails, in a sentence, where the page does not behave.
type Behaviour = fn(&mut Tab<'_>) -> Result<(), String>;

/// What the page is held to, each in a page of its own.
const BEHAVIOURS: &[(&str, Behaviour)] = &[
    ("the policy of the servers compiles, and its path is lit", path_is_lit),
    ("mistakes show as they are typed", mistakes_show),
    ("a mistake leads to its line", mistake_leads_to_its_line),
    ("typed markup stays text", markup_stays_text),
    ("a refusal names the step, the fix and the console's words", refusal_is_told),
    ("everything is reached by keys alone, and nothing disagrees", keys_reach_everything),
    ("a telephone's width is enough", narrow_is_enough),
    ("a dark scheme is dark", dark_is_dark),
];

/// The demo's servers and its page.
pub(super) struct Playground {
    page: SocketAddr,
    _servers: Vec<Running>,
}

/// Starts both, as `cargo xtask demo` does.
pub(super) fn serve(policy: &Path, processes: &Processes) -> Result<Playground, String> {
    let start = |server: &server::Server| server.start(processes, policy, 0);
    let servers = SERVERS.iter().map(start).collect::<Result<Vec<_>, _>>()?;
    let page = demo::serve_page(&servers, policy)?;
    Ok(Playground { page, _servers: servers })
}

/// Every behaviour that the page does not show, and how.
pub(super) fn faults(
    playground: &Playground,
    browser: &mut Chromium,
) -> Result<Vec<String>, String> {
    let mut faults = Vec::new();
    for host in ["localhost", "127.0.0.1"] {
        for (name, behaviour) in BEHAVIOURS {
            let mut tab = browser.tab()?;
            tab.load(&format!("http://{host}:{}/", playground.page.port()))?;
            let shown = until(&mut tab, "document.body.dataset.ready")
                .and_then(|()| behaviour(&mut tab))
                .and_then(|()| asks_loopback_alone(&mut tab));
            if let Err(fault) = shown {
                faults.push(format!("{name}, at {host}: {fault}"));
            }
            tab.close()?;
        }
    }
    Ok(faults)
}

pub(super) const fn count() -> usize {
    2 * BEHAVIOURS.len()
}

fn path_is_lit(tab: &mut Tab<'_>) -> Result<(), String> {
    has(tab, "#policy-state", "It compiles")?;
    has(tab, "#mistakes .warning", "credentials-subdomains")?;
    holds(tab, "document.querySelectorAll('.steps .passed, .steps .failed').length > 0")
}

fn mistakes_show(tab: &mut Tab<'_>) -> Result<(), String> {
    write(tab, "#policy", "allow_origins = [\"https://Example.com/\"]\nallow_method = []\n")?;
    until(tab, "at('mistakes').textContent.includes('unknown key')")?;
    has(tab, "#mistakes", "unknown key \"allow_method\": write allow_methods")?;
    has(tab, "#mistakes", "unknown-key")?;
    write(tab, "#policy", "allow_origins = [\"https://Example.com/\"]\n")?;
    until(tab, "at('policy-state').textContent === 'It has 2 mistakes.'")?;
    has(tab, "#mistakes", "origin-upper-case")?;
    has(tab, "#mistakes", "origin-trailing-slash")?;
    holds(tab, "at('policy').getAttribute('aria-invalid') === 'true'")?;
    write(tab, "#policy", "allow_origins = [\"https://example.com\"]\n")?;
    until(tab, "at('policy-state').textContent === 'It compiles.'")?;
    holds(tab, "at('mistakes').children.length === 0")
}

fn mistake_leads_to_its_line(tab: &mut Tab<'_>) -> Result<(), String> {
    write(tab, "#policy", "allow_origins = [\"https://a.test\"]\n\nmax_age = 999999\n")?;
    until(tab, "document.querySelector('#mistakes .error button')")?;
    tab.evaluate("document.querySelector('#mistakes .error button').focus()")?;
    key(tab, "Enter")?;
    holds(tab, "document.activeElement === at('policy')")?;
    holds(tab, "at('policy').value.slice(at('policy').selectionStart).startsWith('999999')")
}

fn markup_stays_text(tab: &mut Tab<'_>) -> Result<(), String> {
    const MARKUP: &str = "<img src=x onerror=\"document.title='run'\"><b>";
    write(tab, "#origin", MARKUP)?;
    until(tab, "at('path').textContent.includes('<img src=x')")?;
    write(tab, "#method", MARKUP)?;
    write(tab, "#headers", &format!("{MARKUP}: {MARKUP}"))?;
    write(tab, "#policy", &format!("allow_origins = ['{}']", MARKUP.replace('\'', "")))?;
    until(tab, "at('mistakes').textContent.includes('<img src=x')")?;
    holds(tab, "document.querySelectorAll('img, b').length === 0")?;
    holds(tab, "document.title === 'CORS playground'")
}

fn refusal_is_told(tab: &mut Tab<'_>) -> Result<(), String> {
    write(tab, "#origin", "https://app.example.com")?;
    write(tab, "#method", "PATCH")?;
    until(tab, "document.querySelector('.steps .failed')?.textContent.startsWith('Method')")?;
    has(tab, ".steps .failed", "\"PATCH\" is not in allow_methods")?;
    has(tab, ".end", "access-control-allow-methods: PATCH")?;
    has(tab, ".end", "Method PATCH is not allowed by Access-Control-Allow-Methods")?;
    holds(tab, "document.querySelector('.steps .unreached') !== null")
}

fn keys_reach_everything(tab: &mut Tab<'_>) -> Result<(), String> {
    for wanted in ["policy", "reset", "origin", "method", "target", "headers", "credentials"] {
        key(tab, "Tab")?;
        // Those that lead to what is doubtful in the policy.
        while tab.evaluate("document.activeElement.closest('#mistakes') !== null")? == true {
            key(tab, "Tab")?;
        }
        let found = tab.evaluate("document.activeElement.id")?;
        if found != wanted {
            return Err(format!("Tab leads to {found}, not to {wanted:?}"));
        }
    }
    key(tab, "Space")?;
    holds(tab, "at('credentials').checked")?;
    for _ in 0..6 {
        key(tab, "Tab")?;
        holds(tab, "document.activeElement.closest('#copy') !== null")?;
    }
    key(tab, "Tab")?;
    holds(tab, "document.activeElement.href === document.querySelector('#elsewhere a').href")?;
    key(tab, "Tab")?;
    holds(tab, "document.activeElement === at('go') && at('go').matches(':focus-visible')")?;
    key(tab, "Enter")?;
    until(tab, "at('run-state').textContent.endsWith('agree.')")?;
    has(tab, "#run-state", "96 of 96 agree.")?;
    holds(tab, "document.querySelectorAll('#matrix .read, #matrix .blocked').length === 96")?;
    holds(tab, "document.querySelectorAll('#matrix .differs').length === 0")?;
    // Whether the policy lists the page's origin decides whether anything is read.
    holds(
        tab,
        "(self.origin === served.origins[0]) === (document.querySelector('#matrix .read') !== null)",
    )
}

fn narrow_is_enough(tab: &mut Tab<'_>) -> Result<(), String> {
    let size = json!({ "width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": true });
    tab.call("Emulation.setDeviceMetricsOverride", size)?;
    holds(tab, "document.documentElement.scrollWidth <= 360")?;
    tab.evaluate("run()")?;
    holds(tab, "document.documentElement.scrollWidth <= 360")?;
    // The table is wider than the telephone, and scrolls in its own region.
    let scrolls = "(region => (region.scrollLeft = 60, region.scrollLeft === 60))\
                   (document.querySelector('.scroll'))";
    holds(tab, scrolls)
}

fn dark_is_dark(tab: &mut Tab<'_>) -> Result<(), String> {
    let dark = json!({ "features": [{ "name": "prefers-color-scheme", "value": "dark" }] });
    tab.call("Emulation.setEmulatedMedia", dark)?;
    holds(
        tab,
        "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).every(part => part < 64)",
    )
}

/// No page asks anybody else, and none runs into its own security policy.
fn asks_loopback_alone(tab: &mut Tab<'_>) -> Result<(), String> {
    let wire = tab.wire()?;
    for url in wire.exchanges.iter().map(|exchange| &exchange.url) {
        if !["http://localhost:", "http://127.0.0.1:", "data:"]
            .iter()
            .any(|own| url.starts_with(own))
        {
            return Err(format!("it asks {url}"));
        }
    }
    match wire.says("Content Security Policy") {
        Some(violation) => Err(violation.to_owned()),
        None => Ok(()),
    }
}

/// Replaces what a field holds, as typing does.
fn write(tab: &mut Tab<'_>, field: &str, text: &str) -> Result<(), String> {
    tab.evaluate(&format!("document.querySelector({}).select()", json!(field)))?;
    tab.call("Input.insertText", json!({ "text": text })).map(drop)
}

fn key(tab: &mut Tab<'_>, key: &str) -> Result<(), String> {
    let (key, text, number) = match key {
        "Enter" => ("Enter", "\r", 13),
        "Space" => (" ", " ", 32),
        other => (other, "", 9),
    };
    for kind in ["keyDown", "keyUp"] {
        let mut event = json!({ "type": kind, "key": key, "windowsVirtualKeyCode": number });
        if kind == "keyDown" && !text.is_empty() {
            event["text"] = text.into();
        }
        tab.call("Input.dispatchKeyEvent", event)?;
    }
    Ok(())
}

fn has(tab: &mut Tab<'_>, selector: &str, text: &str) -> Result<(), String> {
    let found =
        tab.evaluate(&format!("document.querySelector({}).textContent", json!(selector)))?;
    match found.as_str() {
        Some(found) if found.contains(text) => Ok(()),
        _ => Err(format!("{selector} says {found}, without {text:?}")),
    }
}

fn holds(tab: &mut Tab<'_>, condition: &str) -> Result<(), String> {
    match tab.evaluate(condition)? {
        Value::Bool(true) => Ok(()),
        other => Err(format!("{condition} is {other}")),
    }
}

/// Looks again and again, for ten seconds at most.
fn until(tab: &mut Tab<'_>, condition: &str) -> Result<(), String> {
    let look = format!(
        "new Promise(done => {{ const look = left => ({condition}) || left === 0 ? \
         done(left > 0) : setTimeout(look, 20, left - 1); look(500); }})"
    );
    match tab.evaluate(&look)? {
        Value::Bool(true) => Ok(()),
        _ => Err(format!("{condition} does not come to be")),
    }
}
