//! `serve`: what it shows, what it does not, and how it follows changes.

use crate::bulletin;
use crate::site::Site;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// How long a change may take to be seen. The promise is about a machine with time for it.
const PATIENCE: Duration = Duration::from_secs(10);

struct Preview {
    child: Child,
    port: u16,
}

impl Preview {
    /// Starts at `port` or after it, and waits until it says where it is.
    fn start(site: &Site, port: u16) -> Self {
        let port = port.to_string();
        let mut command = site.command(&["serve", "--port", &port, "--lang", "zh"]);
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
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
            .expect("a request");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        let text = String::from_utf8_lossy(&answer).into_owned();
        let status = text.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        (status, text)
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
