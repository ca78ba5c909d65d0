//! A page that lists the servers, on loopback alone.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    thread,
    time::Duration,
};

use super::server::Running;

/// How long a browser may take to ask.
const PATIENCE: Duration = Duration::from_secs(5);

/// How much of a request is read, at most.
const REQUEST_LIMIT: u64 = 16 * 1024;

/// Serves the page from a thread of its own, until the process ends.
pub(super) fn serve(servers: &[Running]) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    let page = page(servers.iter().map(|server| (server.name, server.address)));
    thread::spawn(move || {
        for stream in listener.incoming() {
            // A browser that hangs up gets no page, and the next one does.
            let _ = stream.and_then(|stream| answer(stream, &page));
        }
    });
    Ok(address)
}

fn page(servers: impl Iterator<Item = (&'static str, SocketAddr)>) -> String {
    let rows: String = servers
        .map(|(name, address)| {
            format!("<li><a href=\"http://{address}/items\">{name}</a> http://{address}\n")
        })
        .collect();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>CORS demo</title>\n\
         <style>body {{ font: 1rem/1.5 system-ui; margin: 2rem }}</style>\n\
         <h1>One policy, every framework</h1>\n<ul>\n{rows}</ul>\n"
    )
}

fn answer(stream: TcpStream, page: &str) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    // Whatever is asked for, this is the one page; the head is read so that nobody is cut off.
    let mut head = BufReader::new((&stream).take(REQUEST_LIMIT)).lines();
    while head.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    write!(
        &stream,
        "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n{page}",
        page.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_server_is_listed_with_its_address() {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 4321));
        let page = page([("axum", address), ("warp", address)].into_iter());
        for name in ["axum", "warp"] {
            assert!(page.contains(&format!(">{name}</a> http://127.0.0.1:4321")), "{page}");
        }
    }

    #[test]
    fn a_browser_gets_the_page_and_the_next_one_too() {
        let address = serve(&[]).expect("a free port");
        for _ in 0..2 {
            let mut stream = TcpStream::connect(address).expect("it listens");
            stream.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").expect("it reads");
            let mut text = String::new();
            stream.read_to_string(&mut text).expect("it answers");
            assert!(text.starts_with("HTTP/1.1 200 OK\r\n") && text.contains("</ul>"), "{text}");
        }
    }
}
