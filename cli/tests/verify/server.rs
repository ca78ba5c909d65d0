//! An application without CORS, and real servers in front of it.

use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Serves an application: `/own` writes CORS headers of its own, `/error` is a 500, and everything
/// else is a 200.
pub(crate) fn application() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || answer(stream));
        }
    });
    port
}

fn answer(mut stream: TcpStream) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            _ => return,
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default();
    let status = if path.starts_with("/error") { "500 Error" } else { "200 OK" };
    let own = match path.starts_with("/own") {
        true => "access-control-allow-origin: *\r\naccess-control-expose-headers: x-secret\r\n",
        false => "",
    };
    let answer =
        format!("HTTP/1.1 {status}\r\n{own}content-length: 0\r\nconnection: close\r\n\r\n");
    let _ = stream.write_all(answer.as_bytes());
}

/// A server that ends with this value.
pub(crate) struct Server {
    child: Child,
    pub(crate) port: u16,
    _folder: PathBuf,
}

impl Drop for Server {
    fn drop(&mut self) {
        // Not SIGKILL: nginx's workers would stay.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self._folder);
    }
}

/// Where a program is, if it is installed.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    if let Some(named) = std::env::var_os(name.to_uppercase()) {
        return Some(named.into());
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain([PathBuf::from("/usr/sbin")]);
    let found = folders.map(|folder| folder.join(name)).find(|file| file.is_file());
    if found.is_none() {
        eprintln!("{name} is not installed: this test looks at nothing without it");
    }
    found
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}

/// Starts a server with this configuration, in which `PORT` is replaced.
pub(crate) fn start(program: &Path, arguments: &[&str], configuration: &str) -> Server {
    let port = free_port();
    let folder = std::env::temp_dir().join(format!("cors-verify-{port}"));
    fs::create_dir_all(&folder).expect("a folder");
    // Envoy knows the format of a file by its extension; the other programs do not look at it.
    let file = folder.join("configuration.yaml");
    let text = configuration.replace("PORT", &port.to_string());
    fs::write(&file, text.replace("FOLDER", &folder.display().to_string())).expect("a file");
    let log = fs::File::create(folder.join("log")).expect("a file");
    let mut child = Command::new(program)
        .args(arguments)
        .arg(&file)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .expect("the program runs");
    let started = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        let ended = child.try_wait().expect("a process").is_some();
        let log = || fs::read_to_string(folder.join("log")).unwrap_or_default();
        assert!(!ended && started.elapsed() < Duration::from_secs(20), "no server: {}", log());
        thread::sleep(Duration::from_millis(20));
    }
    Server { child, port, _folder: folder }
}

/// What nginx needs around a `server { }`.
pub(crate) fn nginx(inside: &str, application: u16) -> String {
    let user = if Path::new("/proc/self").exists() { "user root;" } else { "" };
    let inside = inside.replace("APPLICATION", &format!("127.0.0.1:{application}"));
    format!(
        "daemon off; pid FOLDER/pid; error_log FOLDER/errors; {user}\nevents {{ }}\nhttp {{\n\
         access_log off; client_body_temp_path FOLDER/body; proxy_temp_path FOLDER/proxy;\n\
         fastcgi_temp_path FOLDER/f; uwsgi_temp_path FOLDER/u; scgi_temp_path FOLDER/s;\n{inside}\n}}\n"
    )
}
