//! `host`: what readers get, how a new build takes its place, and how the server ends.

#![expect(clippy::unwrap_used, reason = "a test may stop where its own machine fails it")]

#[path = "host/safety.rs"]
mod safety;
#[path = "host/tls.rs"]
mod tls;

use crate::bulletin;
use crate::site::Site;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How long something may take on a machine that has other things to do.
const PATIENCE: Duration = Duration::from_mins(1);

/// A server that runs, and ends with the test.
struct Host {
    child: Child,
    port: u16,
}

/// An answer.
struct Got {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        let line = self
            .head
            .lines()
            .find(|line| line.split_once(':').is_some_and(|(one, _)| one.eq_ignore_ascii_case(name)));
        line.and_then(|line| line.split_once(':')).map_or("", |(_, value)| value.trim())
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Host {
    fn of(site: &Site, more: &[&str]) -> Self {
        Self::run(site.command(&[&["host", "--listen", "127.0.0.1:0", "--lang", "zh"], more].concat()))
    }

    fn run(mut command: Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().expect("it starts");
        let mut lines = BufReader::new(child.stderr.take().expect("piped")).lines();
        let address = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.split_once("://127.0.0.1:").map(|(_, rest)| rest.to_owned()))
            .expect("it says where it is");
        let port = address.split('/').next().and_then(|port| port.parse().ok()).expect("a port");
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, port }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a socket");
        stream
    }

    /// Everything that comes back for these bytes, until the server closes.
    fn raw(&self, bytes: &[u8]) -> Vec<u8> {
        let mut stream = self.connect();
        // It may hang up before it has read all.
        let _ = stream.write_all(bytes);
        let mut all = Vec::new();
        let _ = stream.read_to_end(&mut all);
        all
    }

    fn ask(&self, method: &str, path: &str, more: &str) -> Got {
        let request =
            format!("{method} {path} HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n{more}\r\n");
        parsed(&self.raw(request.as_bytes()))
    }

    fn get(&self, path: &str) -> Got {
        self.ask("GET", path, "")
    }

    /// Asks until an answer is as wanted.
    fn wait(&self, path: &str, wanted: impl Fn(&Got) -> bool) -> Got {
        let begun = Instant::now();
        loop {
            let got = self.get(path);
            if wanted(&got) {
                return got;
            }
            assert!(begun.elapsed() < PATIENCE, "{path}: {} {}", got.head, got.text());
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn parsed(bytes: &[u8]) -> Got {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4);
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Got { status, head, body: bytes[end..].to_vec() }
}

/// How often something is tried: as a variable of the surroundings says, else a few times.
fn asked_for(variable: &str, few: usize) -> usize {
    std::env::var(variable).ok().and_then(|number| number.parse().ok()).unwrap_or(few)
}

fn built(more: &[&str]) -> Site {
    let site = Site::new();
    site.put(
        "content/tips/刷单.md",
        bulletin("刷单返利", "slug: shua-dan\n", &"不要垫钱，不要转账。\n\n".repeat(60)),
    );
    let ran = site.run(&[&["build"], more].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    site
}

#[test]
fn readers_get_pages_as_browsers_want_them() {
    let site = built(&["--compress"]);
    let host = Host::of(&site, &[]);
    let page = host.get("/tips/shua-dan/");
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert_eq!(page.body, site.public()["tips/shua-dan/index.html"]);
    assert_eq!(page.header("content-length"), page.body.len().to_string());
    for name in ["content-security-policy", "x-content-type-options", "referrer-policy", "etag", "vary"] {
        assert!(!page.header(name).is_empty(), "{name}: {}", page.head);
    }
    assert!(page.header("last-modified").is_empty() && page.header("server").is_empty(), "{}", page.head);
    // Packed forms are of these very bytes, each under a tag of its own.
    let brotli = host.ask("GET", "/tips/shua-dan/", "Accept-Encoding: gzip, br\r\n");
    assert_eq!(
        (brotli.header("content-encoding"), brotli.header("etag") == page.header("etag")),
        ("br", false)
    );
    let mut unpacked = Vec::new();
    brotli::Decompressor::new(&*brotli.body, 4096).read_to_end(&mut unpacked).unwrap();
    assert_eq!(unpacked, page.body);
    let gzip = host.ask("GET", "/tips/shua-dan/", "Accept-Encoding: gzip\r\n");
    assert_eq!(gzip.header("content-encoding"), "gzip");
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(&*gzip.body).read_to_end(&mut unpacked).unwrap();
    assert_eq!(unpacked, page.body);
    // What is known is not sent again; a part is of the page as it is.
    let known = host.ask("GET", "/tips/shua-dan/", &format!("If-None-Match: {}\r\n", page.header("etag")));
    assert_eq!((known.status, known.body.len(), known.header("etag")), (304, 0, page.header("etag")));
    let part = host.ask("GET", "/tips/shua-dan/", "Range: bytes=2-5\r\nAccept-Encoding: br\r\n");
    assert_eq!((part.status, &*part.body), (206, &page.body[2..6]));
    assert_eq!(part.header("content-range"), format!("bytes 2-5/{}", page.body.len()));
    let outside = host.ask("GET", "/tips/shua-dan/", "Range: bytes=9999999-\r\n");
    assert_eq!((outside.status, outside.header("content-range").starts_with("bytes */")), (416, true));
    let head = host.ask("HEAD", "/tips/shua-dan/", "");
    assert_eq!(
        (head.status, head.body.len(), head.header("content-length")),
        (200, 0, page.header("content-length"))
    );
    // Names that carry the hash of their bytes are good for ever, pages are asked about.
    let style = site.public().into_keys().find(|path| path.ends_with(".css")).expect("a style sheet");
    assert!(host.get(&format!("/{style}")).header("cache-control").contains("immutable"));
    assert_eq!(page.header("cache-control"), "no-cache");
    assert_eq!(host.get("/tips/shua-dan").header("location"), "/tips/shua-dan/");
    let missing = host.get("/nowhere/");
    assert_eq!((missing.status, missing.body), (404, site.public()["404.html"].clone()));
    assert_eq!((host.get("/healthz").status, host.ask("POST", "/", "").status), (200, 405));
    assert_eq!(host.ask("POST", "/", "").header("allow"), "GET, HEAD");
}

#[test]
fn packed_files_go_with_their_pages() {
    let site = built(&["--compress"]);
    let first = site.public();
    let packed: Vec<&String> = first.keys().filter(|path| path.ends_with(".br")).collect();
    assert!(packed.len() > 3 && packed.iter().all(|path| first.contains_key(path.trim_end_matches(".br"))));
    let again = site.run(&["build", "--compress", "--full"]);
    assert!(again.code == Some(0) && site.public() == first, "{}", again.err);
    // What somebody laid in the place of a packed file is not kept, whatever the list says of it.
    let path = "tips/shua-dan/index.html.br";
    let list = String::from_utf8(first[".yuanba-manifest"].clone()).unwrap();
    assert!(list.contains(path));
    site.put(&format!("public/{path}"), "theirs");
    assert_eq!(site.run(&["build", "--compress", "--full"]).code, Some(0));
    assert_eq!(site.public()[path], first[path]);
    // A page that goes takes its packed forms along, and so does a build without them.
    std::fs::remove_file(site.at("content/tips/刷单.md")).unwrap();
    assert_eq!(site.run(&["build", "--compress"]).code, Some(0));
    // What somebody laid was put aside under another name, and is not ours.
    let ours = ["", ".br", ".gz"].map(|ending| format!("tips/shua-dan/index.html{ending}"));
    assert!(!site.public().keys().any(|path| ours.contains(path)));
    assert_eq!(site.run(&["build"]).code, Some(0));
    assert!(!site.public().keys().any(|path| path.ends_with(".br") || path.ends_with(".gz")));
}

#[test]
fn former_addresses_lead_on_and_withdrawn_ones_say_so() {
    let site = built(&[]);
    site.put("content/tips/刷单.md", bulletin("刷单返利", "slug: fan-li\n", "正文。"));
    assert_eq!(site.run(&["build"]).code, Some(0));
    let host = Host::of(&site, &[]);
    let old = host.get("/tips/shua-dan/");
    assert_eq!((old.status, old.header("location")), (301, "/tips/fan-li/"));
    std::fs::remove_file(site.at("content/tips/刷单.md")).unwrap();
    assert_eq!(site.run(&["build"]).code, Some(0));
    host.wait("/tips/fan-li/", |got| got.status == 410);
    assert_eq!(host.get("/tips/shua-dan/").status, 410);
    assert_eq!(host.get("/tips/never/").status, 404);
}

#[test]
fn until_there_is_a_site_readers_are_told_to_come_again() {
    let site = Site::new();
    let host = Host::of(&site, &[]);
    let page = host.get("/tips/good/");
    assert_eq!(
        (page.status, page.header("retry-after"), page.header("cache-control")),
        (503, "120", "no-store")
    );
    assert!(page.text().contains("110") && host.get("/healthz").status == 503);
    assert_eq!(site.run(&["build"]).code, Some(0));
    host.wait("/", |got| got.status == 200);
    let closed = Host::of(&site, &["--maintenance"]);
    assert_eq!((closed.get("/").status, closed.get("/healthz").status), (503, 200));
}

/// Every answer while the site is built anew is whole, and of one build: page and packed form name it.
#[test]
fn a_new_build_takes_its_place_without_a_lost_or_mixed_answer() {
    let site = built(&["--compress"]);
    let text = |build: usize| {
        bulletin(&format!("第{build}次"), "slug: shua-dan\n", &format!("这是第{build}次。\n\n").repeat(200))
    };
    site.put("content/tips/刷单.md", text(0));
    assert_eq!(site.run(&["build", "--compress"]).code, Some(0));
    let host = Host::of(&site, &[]);
    let (over, last) = (AtomicBool::new(false), asked_for("YUANBA_HOST_BUILDS", 5));
    std::thread::scope(|scope| {
        let readers: Vec<_> = [("", false), ("Accept-Encoding: br\r\n", true)]
            .into_iter()
            .map(|(more, packed)| {
                let (host, over) = (&host, &over);
                scope.spawn(move || {
                    let mut builds = std::collections::BTreeSet::new();
                    while !over.load(Ordering::Relaxed) {
                        let got = host.ask("GET", "/tips/shua-dan/", more);
                        assert_eq!(got.status, 200, "{}", got.head);
                        let mut page = Vec::new();
                        if packed {
                            brotli::Decompressor::new(&*got.body, 4096)
                                .read_to_end(&mut page)
                                .expect("whole");
                        } else {
                            page.clone_from(&got.body);
                        }
                        let page = String::from_utf8(page).expect("text");
                        let named =
                            |after: &str| page.split(after).nth(1)?.split('次').next()?.parse::<usize>().ok();
                        let build = named("第").expect("it names its build");
                        assert!(page.matches(&format!("这是第{build}次")).count() >= 200, "mixed or cut");
                        assert!(page.trim_end().ends_with("</html>"));
                        builds.insert(build);
                    }
                    builds
                })
            })
            .collect();
        for build in 1..=last {
            site.put("content/tips/刷单.md", text(build));
            assert_eq!(site.run(&["build", "--compress"]).code, Some(0));
            host.wait("/tips/shua-dan/", |got| got.text().contains(&format!("这是第{build}次")));
        }
        over.store(true, Ordering::Relaxed);
        for reader in readers {
            assert!(reader.join().expect("no answer was lost").contains(&last));
        }
    });
}

#[test]
fn the_log_and_the_figures_tell_of_no_reader() {
    let site = built(&[]);
    let host = Host::of(&site, &["--log", "../access.log", "--behind-proxy"]);
    host.ask(
        "GET",
        "/tips/shua-dan/?q=secret",
        "X-Forwarded-For: 198.51.100.7, 203.0.113.77\r\nCookie: secret\r\n",
    );
    let begun = Instant::now();
    let line = loop {
        let text = std::fs::read_to_string(site.at("../access.log")).unwrap_or_default();
        if !text.is_empty() {
            break text;
        }
        assert!(begun.elapsed() < PATIENCE);
        std::thread::sleep(Duration::from_millis(20));
    };
    assert!(
        line.starts_with("203.0.113.0 - - [") && line.contains("\"GET /tips/shua-dan/ HTTP/1.1\" 200 "),
        "{line}"
    );
    assert!(!line.contains("secret") && !line.contains("198.51"), "{line}");
}

/// Looks are counted only where the site tells its readers; then its page on privacy says so by itself.
#[cfg(unix)]
#[test]
fn looks_are_counted_where_readers_are_told() {
    let site = built(&[]);
    let ran = site.run(&["host", "--listen", "127.0.0.1:0", "--count", "../counts"]);
    assert!(
        ran.code == Some(2) && ran.err.contains("count_visits") && !site.at("../counts").exists(),
        "{}",
        ran.err
    );
    let settings = std::fs::read_to_string(site.at("content/site.yaml")).unwrap();
    site.put("content/site.yaml", format!("{settings}\nhost: {{count_visits: yes}}\n"));
    site.put("content/pages/privacy.md", "---\ntitle: 隐私说明\n---\n\n正文。\n");
    assert_eq!(site.run(&["build"]).code, Some(0));
    let mut host = Host::of(&site, &["--count", "../counts"]);
    assert!(host.get("/pages/privacy/").text().contains("每一页每天有多少人打开"));
    for _ in 0..7 {
        assert_eq!(host.get("/tips/shua-dan/").status, 200);
    }
    assert_eq!(host.get("/nowhere/secret/").status, 404);
    assert!(Command::new("kill").arg(host.child.id().to_string()).status().unwrap().success());
    assert_eq!(host.child.wait().unwrap().code(), Some(0));
    let tables: Vec<String> = crate::site::files(&site.at("../counts"))
        .into_iter()
        .filter(|(name, _)| name.ends_with(".csv"))
        .map(|(_, bytes)| String::from_utf8(bytes).unwrap())
        .collect();
    assert_eq!(tables.len(), 2, "a day and a month");
    for table in tables {
        assert_eq!(table, "\u{feff}页面,次数\n\"/tips/shua-dan/\",7\n\"/pages/privacy/\",少于5\n");
    }
}

#[cfg(unix)]
#[test]
fn an_answer_that_was_begun_is_finished() {
    let site = built(&[]);
    site.put("content/tips/a/大.mp4", vec![b'x'; 8 << 20]);
    site.put("content/tips/a/index.md", bulletin("附件", "", "[附件](大.mp4)"));
    assert_eq!(site.run(&["build"]).code, Some(0));
    let path = site.public().into_keys().find(|path| path.ends_with("大.mp4")).expect("it is published");
    let mut host = Host::of(&site, &[]);
    let mut stream = host.connect();
    let address: String = path
        .bytes()
        .map(|byte| if byte.is_ascii() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    write!(stream, "GET /{address} HTTP/1.1\r\nHost: a.example\r\n\r\n").unwrap();
    let mut first = vec![0; 1 << 16];
    stream.read_exact(&mut first).unwrap();
    let told = Command::new("kill").arg(host.child.id().to_string()).status().unwrap();
    assert!(told.success());
    std::thread::sleep(Duration::from_millis(300));
    assert!(TcpStream::connect(("127.0.0.1", host.port)).is_err(), "nobody else is let in");
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).unwrap();
    let got = parsed(&[first, rest].concat());
    assert_eq!((got.status, got.body.len()), (200, 8 << 20));
    assert_eq!(host.child.wait().unwrap().code(), Some(0));
}

#[cfg(not(windows))]
#[test]
fn a_service_of_windows_is_told_to_be_one() {
    let site = Site::new();
    let ran = site.run(&["host", "--install-service"]);
    assert!(ran.code == Some(2) && ran.err.contains("--print-service"), "{}", ran.err);
    let ran = site.run(&["host", "--as-service"]);
    assert!(ran.code == Some(2) && ran.err.contains("Windows"), "{}", ran.err);
}
