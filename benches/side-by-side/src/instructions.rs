//! Instructions of a framework's application and of a whole server, counted by valgrind.

use std::{
    env, fs,
    hint::black_box,
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{self, Command, Stdio},
};

use crate::{
    counted::collected,
    framework::{SIDES, cases, frameworks},
    measured::Measured,
    network::served,
    request::{ORIGIN, actual, same_origin},
};

/// Requests that a server answers before it is counted, and while it is.
const REQUESTS: (usize, usize) = (100, 1_000);

/// Adds the instructions of every application in every case, `instructions/axum/actual/ours`, and
/// of servers, `server/axum/actual/ours`.
///
/// # Errors
///
/// Valgrind fails.
pub fn measure(measured: &mut Measured) -> Result<(), String> {
    let program = env::current_exe().map_err(|error| error.to_string())?;
    let program = program.display().to_string();
    for framework in frameworks() {
        measured.facts.extend(application(&program, framework.name)?);
    }
    for framework in served() {
        for case in SERVED {
            for (_, side) in SIDES {
                let count = server(&program, &format!("{}/{side}", framework.name), case)
                    .map_err(|error| format!("{}/{case}/{side}: {error}", framework.name))?;
                measured.facts.insert(format!("server/{}/{case}/{side}", framework.name), count);
            }
        }
    }
    Ok(())
}

/// The cases that whole servers are counted in.
pub const SERVED: [&str; 2] = ["no Origin", "actual"];

/// The instructions of one call of this framework's application, in every case and on every side.
///
/// # Errors
///
/// Valgrind fails, or the framework is unknown.
pub fn application(program: &str, name: &str) -> Result<Vec<(String, f64)>, String> {
    let nth = frameworks().position(|framework| framework.name == name);
    let nth = nth.ok_or_else(|| format!("no framework {name}"))?;
    let folder = env::temp_dir().join(format!("cors-instructions-{}-{nth}", process::id()));
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let counts = dumps(program, nth, &folder);
    fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut counts = counts?.into_iter();
    let mut facts = Vec::new();
    for case in cases() {
        for (_, side) in SIDES {
            let total =
                counts.next().ok_or_else(|| format!("{name}: valgrind counts too little"))?;
            let fact = format!("instructions/{name}/{}/{side}", case.name);
            facts.push((fact, total / case.calls() as f64));
        }
    }
    Ok(facts)
}

/// Runs [`answer`] in valgrind, and returns the count of each call of [`counted_calls`].
///
/// The name of a program and its environment are on its stack and in its heap, and move some counts by
/// up to 18 %. So the program has the same name everywhere, and no environment.
fn dumps(program: &str, nth: usize, folder: &Path) -> Result<Vec<f64>, String> {
    let copied = fs::copy(program, folder.join("program"));
    copied.map_err(|error| format!("{program}: {error}"))?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=out"])
        .args(["--toggle-collect=*counted_calls*", "--dump-after=*instructions::counted_calls*"])
        .args(["./program", "--answer", &format!("{nth:02}")])
        .current_dir(folder)
        .env_clear()
        .envs(env::var_os("PATH").map(|path| ("PATH", path)))
        .output()
        .map_err(|error| format!("valgrind: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let texts = (1..).map_while(|dump| fs::read_to_string(folder.join(format!("out.{dump}"))).ok());
    let total = |text: String| {
        let total = text.lines().find_map(|line| line.strip_prefix("totals: "))?;
        total.trim().parse().ok()
    };
    texts.map(|text| total(text).ok_or_else(|| "a dump without totals".to_owned())).collect()
}

/// Answers every case on every side, and does nothing else: the program that valgrind runs.
///
/// # Errors
///
/// The framework is unknown.
pub fn answer(nth: usize) -> Result<(), String> {
    let framework = frameworks().nth(nth).ok_or_else(|| format!("no framework {nth}"))?;
    for case in cases() {
        for (side, _) in SIDES {
            let mut application = case.application(&framework, side);
            application.within(case.request(), 2, &mut |work| work());
            application.within(case.request(), case.calls(), &mut |work| counted_calls(work));
        }
    }
    Ok(())
}

/// The function that valgrind knows by its name.
#[inline(never)]
fn counted_calls(work: &mut dyn FnMut()) {
    work();
    // Not a tail call: valgrind sees the return.
    black_box(());
}

/// The instructions of this server for one request, the kernel's excluded.
///
/// # Errors
///
/// Valgrind or the server fails.
pub fn server(program: &str, name: &str, case: &str) -> Result<f64, String> {
    let (before, counted) = REQUESTS;
    let few = serve(program, name, case, before).map_err(|error| error.to_string())?;
    let many = serve(program, name, case, before + counted).map_err(|error| error.to_string())?;
    Ok((many - few) / counted as f64)
}

/// The instructions of a server from its start to its end, with this many requests on one
/// connection.
fn serve(program: &str, name: &str, case: &str, requests: usize) -> io::Result<f64> {
    let request = if case == "actual" { actual(ORIGIN) } else { same_origin() };
    let mut head = b"GET /items HTTP/1.1\r\n".to_vec();
    for (name, value) in request.headers() {
        head.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    head.extend(b"\r\n");
    let mut process = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", program, "--serve", name])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let mut address = String::new();
    if let Some(stdout) = process.stdout.take() {
        BufReader::new(stdout).read_line(&mut address)?;
    }
    let mut stream = TcpStream::connect(address.trim())?;
    stream.set_nodelay(true)?;
    for _ in 0..requests {
        stream.write_all(&head)?;
        let mut answer = Vec::new();
        let mut part = [0; 4096];
        while !answer.ends_with(b"\r\n\r\n[]") {
            match stream.read(&mut part)? {
                0 => return Err(io::Error::other("the server closes the connection")),
                length => answer.extend(&part[..length]),
            }
        }
    }
    // The end of its input ends the server.
    drop(process.stdin.take());
    let output = process.wait_with_output()?;
    let report = String::from_utf8_lossy(&output.stderr).into_owned();
    collected(&report).ok_or_else(|| io::Error::other(report))
}
