//! `serve`: what it shows, what it does not, and how it follows changes.

#[path = "preview/memory.rs"]
mod memory;
#[path = "preview/writer.rs"]
mod writer;

use crate::bulletin;
use crate::site::{Site, copy};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// How long a change may take to be seen on a machine that has other things to do.
const PATIENCE: Duration = Duration::from_mins(1);

struct Preview {
    child: Child,
    port: u16,
}

impl Preview {
    /// Starts at `port` or after it, and waits until it says where it is.
    fn start(site: &Site, port: u16) -> Self {
        let port = port.to_string();
        Self::run(site.command(&["serve", "--port", &port, "--lang", "zh"]))
    }

    /// Starts it with more options.
    fn with(site: &Site, more: &[&str]) -> Self {
        Self::run(site.command(&[&["serve", "--port", "0", "--lang", "zh"], more].concat()))
    }

    /// Starts it with so many descriptors.
    #[cfg(unix)]
    fn with_limit(site: &Site, descriptors: u32) -> Self {
        let mut command = std::process::Command::new("sh");
        let line = format!("ulimit -n {descriptors}; exec \"$0\" serve --port 0 --lang zh");
        command
            .args(["-c", &line, env!("CARGO_BIN_EXE_yuanba")])
            .current_dir(site.at("."))
            .stdin(Stdio::null());
        Self::run(command.env("SOURCE_DATE_EPOCH", "1795478400"))
    }

    fn run(mut command: impl std::borrow::BorrowMut<std::process::Command>) -> Self {
        let command = command.borrow_mut();
        let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().expect("it starts");
        let mut lines = BufReader::new(child.stderr.take().expect("piped")).lines();
        let address = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.split("http://127.0.0.1:").nth(1).map(str::to_owned))
            .expect("it says where it is");
        let port = address.split('/').next().and_then(|port| port.parse().ok()).expect("a port");
        // Whoever speaks needs somebody who listens.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, port }
    }

    /// Sends a request line as it is. Status and the whole answer.
    fn get(&self, path: &str) -> (u16, String) {
        let host = format!("127.0.0.1:{}", self.port);
        self.ask(path, &host)
    }

    fn ask(&self, path: &str, host: &str) -> (u16, String) {
        let start = Instant::now();
        loop {
            match self.try_to_ask(path, host) {
                Ok(answer) => return answer,
                // It has no room, and hung up.
                Err(error) => assert!(start.elapsed() < PATIENCE, "{path}: {error}"),
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    fn try_to_ask(&self, path: &str, host: &str) -> std::io::Result<(u16, String)> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let text = String::from_utf8_lossy(&answer).into_owned();
        let status = text.split(' ').nth(1).and_then(|status| status.parse().ok());
        Ok((status.ok_or(std::io::ErrorKind::UnexpectedEof)?, text))
    }

    /// Asks until the answer is right.
    fn until(&self, path: &str, right: impl Fn(u16, &str) -> bool) -> String {
        let start = Instant::now();
        loop {
            let (status, text) = self.get(path);
            if right(status, &text) {
                return text;
            }
            assert!(start.elapsed() < PATIENCE, "{path} is still {status}: {text}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that is taken for as long as the listener lives.
fn taken() -> (TcpListener, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("some port is free");
    let port = listener.local_addr().expect("it is bound").port();
    (listener, port)
}

#[test]
fn shows_the_site_and_nothing_else_to_this_machine_alone() {
    let site = Site::new();
    site.put("secret.txt", "机密");
    let (listener, port) = taken();
    let preview = Preview::start(&site, port);
    assert!(preview.port > port, "the next port where one is taken");
    drop(listener);
    let (status, home) = preview.get("/");
    assert!(status == 200 && home.contains("不轻信，不转账"));
    assert_eq!(preview.get("/tips/good/").0, 200);
    assert!(preview.get("/tips/good").1.contains("/tips/good/"), "led to the address with its slash");
    let (status, gone) = preview.get("/nowhere/");
    assert!(status == 404 && gone.contains("清水院坝"));
    assert!(!site.at("public").exists(), "a preview writes nothing");

    for path in [
        "/../secret.txt",
        "/../../../../etc/passwd",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/C:/Windows/win.ini",
        "/tips/../../secret.txt",
        "/content/site.yaml",
        "/.yuanba/lock",
        "/%00",
        "/%ff",
        "/tips/good/%2e%2e/%2e%2e/%2e%2e/secret.txt",
        "http://127.0.0.1/etc/passwd",
        "/.%2e/.%2e/etc/passwd",
        "/..%c0%af..%c0%afetc/passwd",
    ] {
        let (status, text) = preview.get(path);
        assert!((400..500).contains(&status), "{path} gives {status}");
        assert!(!text.contains("机密") && !text.contains("root:") && !text.contains("base_url"), "{path}");
    }
    assert_eq!(
        preview.ask("/", "evil.example").0,
        403,
        "a page elsewhere cannot reach it by a name of its own"
    );
    #[cfg(target_os = "linux")]
    assert!(
        TcpStream::connect(("127.0.0.2", preview.port)).is_err(),
        "it is bound to one address of this machine"
    );
}

#[test]
fn follows_changes_and_errors() {
    let site = Site::new();
    let preview = Preview::start(&site, 0);
    let mut events = TcpStream::connect(("127.0.0.1", preview.port)).expect("it listens");
    events.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    write!(events, "GET /.yuanba/events HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", preview.port)
        .expect("a request");
    let mut events =
        BufReader::new(events).lines().map_while(Result::ok).filter(|line| line.starts_with("data:"));
    let first = events.next().expect("it tells which build is on show");

    site.put("content/tips/good.md", bulletin("换了题目", "", "换了正文。"));
    let page = preview.until("/tips/good/", |status, text| status == 200 && text.contains("换了正文。"));
    assert!(page.contains("/.yuanba/reload.js"));
    assert_ne!(events.next().expect("open pages are told"), first);

    site.put("content/tips/new.md", bulletin("新的一篇", "", "见[那一篇](nowhere.md)。"));
    let wrong = preview.until("/", |status, _| status == 500);
    for word in ["L301", "content/tips/new.md", "6", "nowhere.md", "请核对文件名和文件夹"] {
        assert!(wrong.contains(word), "the page of errors lacks “{word}”: {wrong}");
    }
    assert!(wrong.contains("/.yuanba/reload.js"), "it goes away by itself");

    site.put("content/tips/new.md", bulletin("新的一篇", "", "见[那一篇](good.md)。"));
    preview.until("/tips/new/", |status, text| status == 200 && text.contains("新的一篇"));
    std::fs::remove_file(site.at("content/tips/new.md")).expect("it can be removed");
    preview.until("/tips/new/", |status, _| status == 404);
}

#[test]
fn follows_a_folder_that_takes_the_place_of_another() {
    let site = Site::new();
    let preview = Preview::start(&site, 0);
    copy(&site.at("content"), &site.at("copy"));
    site.put("copy/tips/good.md", bulletin("另一份", "", "另一份的正文。"));
    std::fs::rename(site.at("content"), site.at("old")).expect("it can be moved away");
    std::fs::rename(site.at("copy"), site.at("content")).expect("another can take its place");
    preview.until("/tips/good/", |_, text| text.contains("另一份的正文。"));
    site.put("content/tips/good.md", bulletin("另一份", "", "又改了。"));
    preview.until("/tips/good/", |_, text| text.contains("又改了。"));
    // A theme that is made while the preview runs, and changed afterwards.
    for color in ["red", "blue"] {
        site.put("themes/default/assets/own.css", format!("a {{ color: {color} }}"));
        let asset =
            format!("own.{}.css", &blake3::hash(format!("a {{ color: {color} }}").as_bytes()).to_hex()[..8]);
        preview.until(&format!("/assets/{asset}"), |status, _| status == 200);
    }
}

#[test]
fn half_requests_are_hung_up_on_and_others_answered_meanwhile() {
    let site = Site::new();
    let preview = Preview::start(&site, 0);
    let mut half: Vec<TcpStream> = (0..200)
        .map(|_| {
            let mut stream = TcpStream::connect(("127.0.0.1", preview.port)).expect("it listens");
            stream.write_all(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ").expect("a part of a request");
            stream
        })
        .collect();
    assert_eq!(preview.get("/").0, 200);
    for stream in &mut half {
        // Whatever is said at the end, there is one.
        stream.set_read_timeout(Some(Duration::from_mins(2))).expect("a timeout");
        stream.read_to_end(&mut Vec::new()).expect("it hangs up");
    }
    // More than there is room for: some are hung up on, and room comes again.
    let many: Vec<TcpStream> =
        (0..700).filter_map(|_| TcpStream::connect(("127.0.0.1", preview.port)).ok()).collect();
    drop(many);
    preview.until("/", |status, _| status == 200);
}

/// With 120 descriptors, of which the test takes as many as the server gives away.
#[cfg(unix)]
#[test]
fn catches_up_when_descriptors_are_free_again() {
    let site = Site::new();
    let preview = Preview::with_limit(&site, 120);
    let held: Vec<TcpStream> =
        (0..100).filter_map(|_| TcpStream::connect(("127.0.0.1", preview.port)).ok()).collect();
    site.put("content/tips/good.md", bulletin("换了题目", "", "换了正文。"));
    std::thread::sleep(Duration::from_secs(2));
    drop(held);
    preview.until("/tips/good/", |_, text| text.contains("换了正文。"));
}
