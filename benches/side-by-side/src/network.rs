//! Servers on the loopback address under load, where there is `wrk` to make it.

use std::{
    env, fs,
    io::{self, BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    process::{self, Child, Command, Stdio},
    thread,
};

use cors_peers::{Framework, Policy};

use crate::{
    framework::{SIDES, frameworks},
    measured::Measured,
    request::{ORIGIN, origins},
};

/// What to say where wrk is missing.
const NO_WRK: &str = "not measured: wrk is not installed (apt install wrk)";

/// Those with a server here.
pub fn served() -> impl Iterator<Item = Framework> {
    frameworks().filter(|framework| framework.serve.is_some())
}

/// Adds requests a second and nanoseconds of a processor for each, `requests/axum/ours` and
/// `processor/axum/ours`, in turns of a second; or why there are none.
///
/// # Errors
///
/// Where a server or wrk fails, or an answer is not the one that is to be measured.
pub fn measure(measured: &mut Measured, turns: usize) -> Result<(), String> {
    if Command::new("wrk").arg("--version").output().is_err() {
        measured.missing.push(format!("Servers are {NO_WRK}."));
        return Ok(());
    }
    let mut servers = Vec::new();
    for framework in served() {
        for (_, side) in SIDES {
            let name = format!("{}/{side}", framework.name);
            let server = Server::start(&name).map_err(|error| format!("{name}: {error}"))?;
            servers.push((name, server));
        }
    }
    for _ in 0..turns {
        for (name, server) in &servers {
            let (rate, processor) = server.load().map_err(|error| format!("{name}: {error}"))?;
            let samples = &mut measured.samples;
            samples.entry(format!("requests/{name}")).or_default().push(rate);
            samples.entry(format!("processor/{name}")).or_default().push(processor);
        }
    }
    Ok(())
}

/// Serves this, `axum/ours`, until standard input ends, as it does however the other end goes.
///
/// # Errors
///
/// Where there is no such server, or it fails.
pub fn serve(name: &str) -> Result<(), String> {
    let found = served().find_map(|framework| {
        let side = name.strip_prefix(framework.name)?.strip_prefix('/')?;
        let (side, _) = SIDES.into_iter().find(|(_, name)| *name == side)?;
        Some((framework.serve?, side))
    });
    let (serve, side) = found.ok_or_else(|| format!("no server {name}"))?;
    thread::spawn(|| {
        let _ = io::stdin().read(&mut [0]);
        process::exit(0);
    });
    let serve = || {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        println!("{}", listener.local_addr()?);
        serve(side, &Policy::list(origins(1)), listener)
    };
    serve().map_err(|error| error.to_string())
}

/// A server in a process of its own, which ends with this.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start(name: &str) -> io::Result<Self> {
        let mut process = Command::new(env::current_exe()?)
            .args(["--serve", name])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let stdout = process.stdout.take().expect("it is piped");
        let mut server = Self { process, address: String::new() };
        BufReader::new(stdout).read_line(&mut server.address)?;
        server.address.truncate(server.address.trim_end().len());
        let answer = server.answer()?.to_ascii_lowercase();
        let allowed = answer.contains(&format!("access-control-allow-origin: {ORIGIN}\r\n"));
        if answer.starts_with("http/1.1 200 ") && allowed != name.ends_with("/bare") {
            Ok(server)
        } else {
            Err(io::Error::other(format!("it answers {answer}")))
        }
    }

    fn answer(&self) -> io::Result<String> {
        let mut stream = TcpStream::connect(&self.address)?;
        let head = "GET /items HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n";
        write!(stream, "{head}origin: {ORIGIN}\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }

    /// Requests a second, and nanoseconds of a processor for each.
    fn load(&self) -> Result<(f64, f64), String> {
        let before = self.processor()?;
        let output = Command::new("wrk")
            .args(["--threads=1", "--connections=16", "--duration=1s"])
            .args(["--header", &format!("Origin: {ORIGIN}")])
            .arg(format!("http://{}/items", self.address))
            .output()
            .map_err(|error| format!("wrk: {error}"))?;
        let processor = self.processor()? - before;
        let report = String::from_utf8_lossy(&output.stdout).into_owned();
        let (requests, rate) = read(&report).ok_or_else(|| format!("wrk: {report}"))?;
        Ok((rate, processor / requests))
    }

    /// Nanoseconds that its threads have run.
    fn processor(&self) -> Result<f64, String> {
        let threads = format!("/proc/{}/task", self.process.id());
        let told = |error| format!("{threads}: {error}");
        let mut sum = 0.0;
        for thread in fs::read_dir(&threads).map_err(told)? {
            let path = thread.map_err(told)?.path().join("schedstat");
            let text = fs::read_to_string(path).map_err(told)?;
            let ran = text.split(' ').next().and_then(|ran| ran.parse::<f64>().ok());
            sum += ran.ok_or_else(|| format!("{threads}: {text}"))?;
        }
        Ok(sum)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have gone already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// How many requests wrk made, and how many a second; nothing where some failed.
fn read(report: &str) -> Option<(f64, f64)> {
    let failed = report.contains("Non-2xx") || report.contains("Socket errors");
    let requests = report.lines().find_map(|line| line.trim().split_once(" requests in "))?.0;
    let rate = report.lines().find_map(|line| line.strip_prefix("Requests/sec:"))?;
    let requests = requests.parse().ok().filter(|requests| *requests > 0.0 && !failed)?;
    Some((requests, rate.trim().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "  2000 requests in 1.00s, 0.20MB read\nRequests/sec:   1990.50\n";

    #[track_caller]
    fn check(report: &str, wanted: Option<(f64, f64)>) {
        assert_eq!(read(report), wanted);
    }

    #[test]
    fn requests_are_counted() {
        check(REPORT, Some((2000.0, 1990.5)));
    }

    #[test]
    fn a_refused_request_is_no_measurement() {
        check(&format!("{REPORT}  Non-2xx or 3xx responses: 3\n"), None);
        check("", None);
    }
}
