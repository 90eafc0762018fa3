//! The least of a browser: one connection that stays open, cookies, and the headers that say where a request
//! comes from. Written by hand, so that a test can hang up in the middle and the bench costs next to nothing.

use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// Longer than any answer takes, shorter than a test waits.
const PATIENCE: Duration = Duration::from_secs(20);

/// A larger body is sent only after the server has said that it wants it; one that refuses it hangs up, and its
/// answer could be lost with the connection.
const LARGE: usize = 1024 * 1024;

/// A browser at one address.
#[derive(Debug)]
pub struct Browser {
    address: SocketAddr,
    cookies: BTreeMap<String, String>,
    connection: Option<BufReader<TcpStream>>,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as words, for messages.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body of a command that was done.
    ///
    /// # Errors
    /// When the server refused; the error is what it said.
    pub fn done<T: DeserializeOwned>(&self) -> anyhow::Result<T> {
        anyhow::ensure!(self.status == 200, "{}: {}", self.status, self.text());
        Ok(serde_json::from_slice(&self.body)?)
    }
}

impl Browser {
    #[must_use]
    pub const fn at(address: SocketAddr) -> Self {
        Self { address, cookies: BTreeMap::new(), connection: None }
    }

    /// Goes on with another server, as after a restart.
    pub fn move_to(&mut self, address: SocketAddr) {
        self.address = address;
        self.connection = None;
    }

    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// # Errors
    /// When the server cannot be reached or hangs up.
    pub fn get(&mut self, path: &str) -> io::Result<Answer> {
        self.exchange(&self.head("GET", path, "", 0), &[])
    }

    /// Sends a command as the pages do.
    ///
    /// # Errors
    /// When the server cannot be reached or hangs up: nobody knows then whether it was done.
    pub fn post_json(&mut self, path: &str, body: &[u8]) -> io::Result<Answer> {
        self.exchange(&self.head("POST", path, "application/json", body.len()), body)
    }

    /// Sends a form.
    ///
    /// # Errors
    /// When the server cannot be reached or hangs up.
    pub fn post_form(&mut self, path: &str, body: &str) -> io::Result<Answer> {
        let head = self.head("POST", path, "application/x-www-form-urlencoded", body.len());
        self.exchange(&head, body.as_bytes())
    }

    /// Sends a command whole and hangs up before the answer.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub fn post_and_hang_up(&mut self, path: &str, body: &[u8]) -> io::Result<()> {
        self.connection = None;
        let mut stream = self.connect()?;
        stream.get_mut().write_all(&message(&self.head("POST", path, "application/json", body.len()), body))
    }

    /// Sends less of a body than it said, and hangs up.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub fn post_and_break_off(&mut self, path: &str, said: usize, part: &[u8]) -> io::Result<()> {
        self.connection = None;
        let mut stream = self.connect()?;
        stream.get_mut().write_all(&message(&self.head("POST", path, "image/png", said), part))
    }

    /// Opens a stream of events on a connection of its own, as a page that listens does.
    ///
    /// # Errors
    /// When the server cannot be reached; an answer that is no stream is the error's text.
    pub fn listen(&self, path: &str) -> io::Result<Events> {
        let mut connection = self.connect()?;
        connection.get_mut().write_all(self.head("GET", path, "", 0).as_bytes())?;
        let status = read_line(&mut connection)?;
        while !read_line(&mut connection)?.is_empty() {}
        if status.split(' ').nth(1) == Some("200") {
            Ok(Events(connection))
        } else {
            Err(io::Error::other(status))
        }
    }

    fn connect(&self) -> io::Result<BufReader<TcpStream>> {
        let stream = TcpStream::connect(self.address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        Ok(BufReader::new(stream))
    }

    fn head(&self, method: &str, path: &str, content_type: &str, length: usize) -> String {
        let address = self.address;
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
        let cookies = cookies.collect::<Vec<_>>().join("; ");
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\n");
        if !cookies.is_empty() {
            head += &format!("Cookie: {cookies}\r\n");
        }
        if !content_type.is_empty() {
            head += &format!(
                "Content-Type: {content_type}\r\nAccept: application/json\r\nContent-Length: {length}\r\n"
            );
        }
        head + "\r\n"
    }

    fn exchange(&mut self, head: &str, body: &[u8]) -> io::Result<Answer> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.connect()?,
        };
        if body.len() > LARGE {
            let asking = format!("{}\r\nExpect: 100-continue\r\n\r\n", head.trim_end());
            connection.get_mut().write_all(asking.as_bytes())?;
            let (answer, _) = read_answer(&mut connection)?;
            if answer.status != 100 {
                return Ok(answer);
            }
            connection.get_mut().write_all(body)?;
        } else {
            connection.get_mut().write_all(&message(head, body))?;
        }
        let (answer, headers) = read_answer(&mut connection)?;
        for (_, cookie) in headers.iter().filter(|(name, _)| name == "set-cookie") {
            if let Some((name, value)) = cookie.split(';').next().and_then(|pair| pair.split_once('=')) {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        if !headers.iter().any(|(name, value)| name == "connection" && value == "close") {
            self.connection = Some(connection);
        }
        Ok(answer)
    }
}

/// A stream of events.
#[derive(Debug)]
pub struct Events(BufReader<TcpStream>);

impl Events {
    /// The data of the next event; `None` when the server ended the stream.
    ///
    /// # Errors
    /// When nothing comes for too long, or the connection breaks.
    pub fn heard(&mut self) -> io::Result<Option<String>> {
        loop {
            let line = match read_line(&mut self.0) {
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
                line => line?,
            };
            if let Some(data) = line.strip_prefix("data: ") {
                return Ok((data != "end").then(|| data.to_owned()));
            }
        }
    }
}

fn message(head: &str, body: &[u8]) -> Vec<u8> {
    [head.as_bytes(), body].concat()
}

type Headers = Vec<(String, String)>;

fn read_answer(connection: &mut impl BufRead) -> io::Result<(Answer, Headers)> {
    let status = read_line(connection)?;
    let status = status.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(garbled)?;
    let mut headers = Headers::new();
    loop {
        let line = read_line(connection)?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').ok_or_else(garbled)?;
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let header = |wanted: &str| headers.iter().find(|(name, _)| name == wanted).map(|(_, value)| value);
    let mut body = Vec::new();
    if header("transfer-encoding").is_some_and(|value| value == "chunked") {
        while let length @ 1.. = read_chunk_length(connection)? {
            connection.take(length).read_to_end(&mut body)?;
            read_line(connection)?;
        }
        read_line(connection)?;
    } else if let Some(length) = header("content-length") {
        let length: usize = length.parse().map_err(|_| garbled())?;
        body.resize(length, 0);
        connection.read_exact(&mut body)?;
    }
    Ok((Answer { status, body }, headers))
}

fn read_chunk_length(connection: &mut impl BufRead) -> io::Result<u64> {
    u64::from_str_radix(&read_line(connection)?, 16).map_err(|_| garbled())
}

fn read_line(connection: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    if connection.read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end().to_owned())
}

fn garbled() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the answer is not HTTP")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, status: u16, body: &str) {
        let (answer, _) = read_answer(&mut raw.as_bytes()).unwrap();
        assert_eq!((answer.status, answer.text().as_str()), (status, body));
    }

    #[test]
    fn answers_are_read_in_both_shapes() {
        check("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", 200, "hi");
        check("HTTP/1.1 204 No Content\r\n\r\n", 204, "");
        check(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n",
            200,
            "abc",
        );
    }

    #[test]
    fn half_an_answer_is_none() {
        assert!(read_answer(&mut "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi".as_bytes()).is_err());
        assert!(read_answer(&mut "".as_bytes()).is_err());
    }
}
