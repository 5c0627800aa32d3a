//! `start`: the page for those who have never seen a terminal, and who else may ask it for anything.

use crate::site::Site;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

struct Start {
    child: Child,
    port: u16,
    token: String,
}

impl Drop for Start {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Start {
    fn new(site: &Site) -> Self {
        let mut command = site.command(&["start", "--no-open", "--lang", "zh"]);
        command.env("YUANBA_STATE_DIR", site.at("../state"));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let address = lines.next().expect("an address").expect("text");
        let rest = address.strip_prefix("http://127.0.0.1:").expect("on this machine");
        let (port, token) = rest.split_once("/?token=").expect("a token");
        Self { child, port: port.parse().expect("a port"), token: token.to_owned() }
    }

    fn raw(&self, request: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_mins(1))).expect("a timeout");
        stream.write_all(request.as_bytes()).expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        let status = answer.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        (status, answer)
    }

    fn get(&self, path: &str, more: &str) -> (u16, String) {
        self.raw(&format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n{more}\r\n",
            self.port
        ))
    }

    fn post(&self, path: &str, form: &[(&str, &str)], more: &str) -> (u16, String) {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        self.raw(&format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n{more}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.port,
            body.len()
        ))
    }

    /// Posts with the token, and gives the page that the answer leads to.
    fn act(&self, path: &str, form: &[(&str, &str)]) -> String {
        let form = [&[("token", self.token.as_str())], form].concat();
        let (status, answer) = self.post(path, &form, "");
        assert_eq!(status, 303, "{answer}");
        let place =
            answer.lines().find_map(|line| line.strip_prefix("location: ")).expect("a place").to_owned();
        self.get(&place, "").1
    }
}

#[test]
fn who_has_no_token_or_comes_from_elsewhere_gets_nothing() {
    let site = Site::new();
    let start = Start::new(&site);
    let home = format!("/?token={}", start.token);
    let (status, page) = start.get(&home, "");
    assert_eq!(status, 200);
    for part in [
        "新建一个网站",
        "打开已有的网站",
        "content-security-policy: default-src 'none'",
        "cache-control: no-store",
        "method=\"post\"",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let lower = page.to_lowercase();
    assert!(!lower.contains("access-control") && !lower.contains("<script"), "{page}");
    assert_eq!(start.get("/", "").0, 403, "no token");
    assert_eq!(
        start.get(&format!("{}0", &home[..home.len() - 1]), "").0,
        if start.token.ends_with('0') { 200 } else { 403 }
    );
    assert_eq!(start.get(&home, "Sec-Fetch-Site: cross-site\r\n").0, 403);
    let other =
        format!("GET {home} HTTP/1.1\r\nHost: evil.example:{}\r\nConnection: close\r\n\r\n", start.port);
    assert_eq!(start.raw(&other).0, 403, "a name that leads here");
    let place = site.at("..").canonicalize().expect("it is there");
    let place = place.to_str().expect("text");
    let wish = [("folder", place), ("name", "新站"), ("begin", "empty")];
    assert_eq!(start.post("/new", &wish, "").0, 403, "no token");
    let with = [&[("token", start.token.as_str())], &wish[..]].concat();
    assert_eq!(start.post("/new", &with, "Origin: http://evil.example\r\n").0, 403, "a form of another page");
    assert_eq!(
        start.get(&format!("/new?token={}&folder={place}&name=a", start.token), "").0,
        404,
        "a link does nothing"
    );
    assert!(!site.at("../新站").exists());
}

#[test]
fn a_site_is_made_built_and_found_again_without_a_terminal() {
    let site = Site::new();
    let mut start = Start::new(&site);
    let place = site.at("..").canonicalize().expect("it is there");
    let place = place.to_str().expect("text").to_owned();
    let page = start.act("/new", &[("folder", &place), ("name", "新站<b>"), ("begin", "empty")]);
    assert!(page.contains("不能作文件夹名称") && !page.contains("新站<b>"), "{page}");
    let page = start.act("/new", &[("folder", &place), ("name", "新站"), ("begin", "empty")]);
    assert!(page.contains("<h1>新站</h1>") && page.contains("生成网站"), "{page}");
    assert!(site.at("../新站/content/site.yaml").is_file());
    assert!(
        start.act("/new", &[("folder", &place), ("name", "新站"), ("begin", "empty")]).contains("已经有了")
    );
    // A folder that is none of ours is looked into; one that holds a site is shown as one.
    let page = start.act("/open", &[("folder", &place)]);
    assert!(page.contains("网站在哪个文件夹里") && page.contains("<b>新站</b>"), "{page}");
    assert!(start.act("/open", &[("folder", "/没有/这里")]).contains("没有“/没有/这里”这个文件夹"));
    // Findings are read on the page, with the file and the mend.
    let own = site.at(".").canonicalize().expect("it is there");
    let own = own.to_str().expect("text").to_owned();
    site.put("content/tips/bad.md", "---\ntitle: 错\ntitel: 错\n---\n正文\n");
    let wait = |start: &Start| {
        let until = Instant::now() + Duration::from_mins(2);
        loop {
            let page =
                start.get(&format!("/site?token={}&folder={}", start.token, own.replace('/', "%2F")), "").1;
            if !page.contains("http-equiv=\"refresh\"") {
                return page;
            }
            assert!(Instant::now() < until, "{page}");
            std::thread::sleep(Duration::from_millis(100));
        }
    };
    start.act("/open", &[("folder", &format!("{own}/content/tips"))]);
    start.act("/build", &[("folder", &own)]);
    let page = wait(&start);
    assert!(
        page.contains("F401") && page.contains("content/tips/bad.md") && page.contains("said bad"),
        "{page}"
    );
    assert!(!page.contains("做好的网站在这里"), "{page}");
    site.put("content/tips/bad.md", "---\ntitle: 对\ndate: 2026-11-20\n---\n正文\n");
    start.act("/build", &[("folder", &own)]);
    let page = wait(&start);
    assert!(page.contains("生成好了") && page.contains("做好的网站在这里"), "{page}");
    assert!(site.at("public/index.html").is_file());
    let page = start.get(&format!("/?token={}", start.token), "").1;
    assert!(page.contains("最近打开的网站") && page.contains("新站"), "{page}");
    // The preview is the one that `serve` shows.
    let form = [("token", start.token.as_str()), ("folder", own.as_str())];
    let (status, answer) = start.post("/preview", &form, "");
    assert!(status == 303 && answer.contains("location: http://127.0.0.1:"), "{answer}");
    assert!(start.act("/end", &[]).contains("已经结束"));
    assert!(start.child.wait().expect("it ends").success());
}
