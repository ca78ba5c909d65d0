//! One HTTP/1.1 exchange over TCP, byte for byte: a client that repairs nothing.

use std::{
    io::{self, Error, ErrorKind, Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use crate::{Request, Response};

/// How long connecting, one read and one write may each take.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The longest response that is read, in bytes, its head included.
const RESPONSE_LIMIT: usize = 1024 * 1024;

/// The most header lines that are read.
const LINES_LIMIT: usize = 256;

/// Sends the request on a connection of its own, and reads the response to its end.
///
/// The lines are sent as they are, behind a `Host` and a `Connection: close` unless they are among them:
/// repeated lines stay lines, and every byte stays what it is. No redirect is
/// followed, and no body decoded but for its chunks.
///
/// # Errors
///
/// Where there is no connection, no answer within ten seconds, or an answer that is no HTTP/1.1
/// response or longer than 1 MiB.
pub fn exchange(address: SocketAddr, request: &Request) -> io::Result<Response> {
    let mut stream = TcpStream::connect_timeout(&address, TIMEOUT)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.set_write_timeout(Some(TIMEOUT))?;
    // A server may refuse a long request before it has read all of it. Its answer then says more
    // than the failed write.
    let sent = stream.write_all(&head(address, request));
    match receive(&stream, &request.method) {
        Ok(response) => Ok(response),
        Err(error) => sent.and(Err(error)),
    }
}

fn head(address: SocketAddr, request: &Request) -> Vec<u8> {
    let mut head = format!("{} {} HTTP/1.1\r\n", request.method, request.path).into_bytes();
    if !request.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
        head.extend_from_slice(format!("host: {address}\r\n").as_bytes());
    }
    if !request.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("connection")) {
        head.extend_from_slice(b"connection: close\r\n");
    }
    for (name, value) in &request.headers {
        head.extend_from_slice(name.as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(value);
        head.extend_from_slice(b"\r\n");
    }
    head.extend_from_slice(b"\r\n");
    head
}

/// How the end of a body is told
/// ([RFC 9112, 6.3](https://www.rfc-editor.org/rfc/rfc9112#section-6.3)).
enum Framing {
    Length(usize),
    Chunked,
    UntilClose,
}

impl Framing {
    fn of(method: &str, response: &Response) -> io::Result<Self> {
        if method == "HEAD" || matches!(response.status, 100..=199 | 204 | 304) {
            return Ok(Self::Length(0));
        }
        if let Some(coding) = response.lines("transfer-encoding").next() {
            return if coding.eq_ignore_ascii_case(b"chunked") {
                Ok(Self::Chunked)
            } else {
                Err(malformed("a transfer coding other than chunked"))
            };
        }
        match response.lines("content-length").next() {
            Some(digits) => std::str::from_utf8(digits)
                .ok()
                .and_then(|digits| digits.parse().ok())
                .map(Self::Length)
                .ok_or_else(|| malformed("a content-length that is no number")),
            None => Ok(Self::UntilClose),
        }
    }
}

fn receive(source: impl Read, method: &str) -> io::Result<Response> {
    let mut incoming = Incoming { source, bytes: Vec::new() };
    let (mut response, start) = loop {
        if let Some(head) = parse_head(&incoming.bytes)? {
            break head;
        }
        incoming.read_more()?;
    };
    response.body = match Framing::of(method, &response)? {
        Framing::Length(length) => incoming.range(start, length)?.to_vec(),
        Framing::Chunked => incoming.chunks(start)?,
        Framing::UntilClose => incoming.until_close(start)?,
    };
    Ok(response)
}

/// The head, and where the body starts; nothing where the head is not all there.
fn parse_head(bytes: &[u8]) -> io::Result<Option<(Response, usize)>> {
    let mut lines = [httparse::EMPTY_HEADER; LINES_LIMIT];
    let mut head = httparse::Response::new(&mut lines);
    let httparse::Status::Complete(start) = head.parse(bytes).map_err(malformed)? else {
        return Ok(None);
    };
    let headers =
        head.headers.iter().map(|line| (line.name.to_owned(), line.value.to_vec())).collect();
    let status = head.code.ok_or_else(|| malformed("no status code"))?;
    Ok(Some((Response { status, headers, body: Vec::new() }, start)))
}

/// What has arrived, and where more comes from.
struct Incoming<R> {
    source: R,
    bytes: Vec<u8>,
}

impl<R: Read> Incoming<R> {
    /// Reads a piece more. The end is an error: whoever asks needs more.
    fn read_more(&mut self) -> io::Result<()> {
        match self.read_piece()? {
            0 => Err(ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }

    fn read_piece(&mut self) -> io::Result<usize> {
        let mut piece = [0; 8 * 1024];
        let length = loop {
            match self.source.read(&mut piece) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => break result?,
            }
        };
        if self.bytes.len() + length > RESPONSE_LIMIT {
            return Err(malformed("longer than 1 MiB"));
        }
        self.bytes.extend_from_slice(&piece[..length]);
        Ok(length)
    }

    fn range(&mut self, start: usize, length: usize) -> io::Result<&[u8]> {
        let end = start.checked_add(length).ok_or_else(|| malformed("longer than 1 MiB"))?;
        while self.bytes.len() < end {
            self.read_more()?;
        }
        Ok(&self.bytes[start..end])
    }

    /// The chunks as one. What follows the last, trailers at most, is left unread.
    fn chunks(&mut self, mut start: usize) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let parsed = httparse::parse_chunk_size(&self.bytes[start..]);
            match parsed.map_err(|_| malformed("a chunk without a size"))? {
                httparse::Status::Partial => self.read_more()?,
                httparse::Status::Complete((_, 0)) => return Ok(body),
                httparse::Status::Complete((prefix, size)) => {
                    let size = usize::try_from(size).unwrap_or(usize::MAX);
                    body.extend_from_slice(self.range(start + prefix, size)?);
                    start += prefix + size;
                    if self.range(start, 2)? != b"\r\n" {
                        return Err(malformed("a chunk longer than its size"));
                    }
                    start += 2;
                }
            }
        }
    }

    fn until_close(&mut self, start: usize) -> io::Result<Vec<u8>> {
        while self.read_piece()? > 0 {}
        Ok(self.bytes.split_off(start))
    }
}

fn malformed(why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::new(ErrorKind::InvalidData, why)
}

#[cfg(test)]
mod tests {
    use std::{net::TcpListener, thread};

    use super::*;

    /// Answers one connection with these bytes, and gives back what it was sent.
    fn exchange_with(request: &Request, answer: Vec<u8>) -> (io::Result<Response>, Vec<u8>) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a connection");
            let mut received = Vec::new();
            while !received.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                stream.read_exact(&mut byte).expect("a request");
                received.push(byte[0]);
            }
            // A client that has read enough may have gone.
            let _ = stream.write_all(&answer);
            received
        });
        (exchange(address, request), server.join().expect("the server ends"))
    }

    #[track_caller]
    fn check(method: &str, answer: &str, expected: Result<(u16, &str), ErrorKind>) {
        let request = Request::new(method, "/", [("", ""); 0]);
        let (response, _) = exchange_with(&request, answer.replace('\n', "\r\n").into_bytes());
        let response = response.as_ref().map(|response| {
            (response.status, std::str::from_utf8(&response.body).expect("the body is text"))
        });
        assert_eq!(response.map_err(Error::kind), expected, "{answer:?}");
    }

    #[test]
    fn a_body_by_its_length_its_chunks_or_its_end() {
        check("GET", "HTTP/1.1 200 OK\ncontent-length: 2\n\nabc", Ok((200, "ab")));
        check(
            "GET",
            "HTTP/1.1 200 OK\ntransfer-encoding: chunked\n\n2\nab\n1;x=y\nc\n0\n\n",
            Ok((200, "abc")),
        );
        check("GET", "HTTP/1.1 404 Not Found\n\nabc", Ok((404, "abc")));
        check("GET", "HTTP/1.1 200 OK\ncontent-length: 0\n\n", Ok((200, "")));
    }

    #[test]
    fn answers_that_have_no_body_whatever_they_say() {
        check("HEAD", "HTTP/1.1 200 OK\ncontent-length: 9\n\n", Ok((200, "")));
        for status in [101, 204, 304] {
            let answer = format!("HTTP/1.1 {status} X\ntransfer-encoding: chunked\n\n");
            check("GET", &answer, Ok((status, "")));
        }
    }

    #[test]
    fn what_is_no_response() {
        check("GET", "", Err(ErrorKind::UnexpectedEof));
        check("GET", "HTTP/1.1 200 OK\n", Err(ErrorKind::UnexpectedEof));
        check("GET", "hello\n\n", Err(ErrorKind::InvalidData));
        check("GET", "HTTP/1.1 200 OK\ncontent-length: 2\n\na", Err(ErrorKind::UnexpectedEof));
        check("GET", "HTTP/1.1 200 OK\ncontent-length: -1\n\n", Err(ErrorKind::InvalidData));
        for body in ["x\n", "1\nab\n", "ffffffffffffffffffff\n"] {
            let answer = format!("HTTP/1.1 200 OK\ntransfer-encoding: chunked\n\n{body}");
            check("GET", &answer, Err(ErrorKind::InvalidData));
        }
        let long = format!("HTTP/1.1 200 OK\n\n{}", "a".repeat(RESPONSE_LIMIT));
        check("GET", &long, Err(ErrorKind::InvalidData));
    }

    #[test]
    fn lines_and_bytes_stay_what_they_are() {
        let long = vec![b'a'; 64 * 1024];
        let lines: [(&str, &[u8]); 4] =
            [("Origin", b"\x80\xff"), ("origin", b""), ("connection", b"upgrade"), ("x", &long)];
        let request = Request::new("options", "/a?b", lines);
        let answer = b"HTTP/1.1 204 No Content\r\nVary: a\r\nX: \xff\r\nvary: b\r\n\r\n";
        let (response, sent) = exchange_with(&request, answer.to_vec());

        let sent = sent.escape_ascii().to_string();
        assert!(sent.starts_with("options /a?b HTTP/1.1\\r\\nhost: 127.0.0.1:"), "{sent}");
        let long = "a".repeat(64 * 1024);
        let tail = format!(
            "\\r\\nOrigin: \\x80\\xff\\r\\norigin: \\r\\nconnection: upgrade\\r\\nx: {long}\\r\\n\\r\\n"
        );
        assert!(sent.ends_with(&tail), "{sent}");

        let response = response.expect("a response");
        let lines: [(&str, &[u8]); 3] = [("Vary", b"a"), ("X", b"\xff"), ("vary", b"b")];
        assert_eq!(response.headers, lines.map(|(name, value)| (name.into(), value.into())));
        assert_eq!(response.lines("VARY").collect::<Vec<_>>(), [b"a", b"b"]);
    }
}
