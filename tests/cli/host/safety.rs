//! What is never served, whatever is asked, and that others are served meanwhile.

use super::{Host, asked_for, built, parsed};
use crate::site::Site;
use std::io::{Read, Write};
use std::net::TcpStream;

/// A site beside which there is much that nobody may see.
fn site() -> Site {
    let site = built(&["--compress"]);
    site.put("../secret.txt", "SECRET");
    site.put("secret.txt", "SECRET");
    site.put("content/data/x.csv", "SECRET");
    site.put("public/.env", "SECRET");
    site.put("public/laid.txt", "SECRET");
    site.put("public/.git/config", "SECRET");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("../secret.txt", site.at("public/link.txt")).unwrap();
        std::os::unix::fs::symlink("..", site.at("public/up")).unwrap();
        std::fs::remove_file(site.at("public/tips/good/index.html")).unwrap();
        std::os::unix::fs::symlink("../../../secret.txt", site.at("public/tips/good/index.html")).unwrap();
    }
    site
}

const PATHS: &[&str] = &[
    "/../secret.txt",
    "/../../secret.txt",
    "/tips/../../secret.txt",
    "/./../secret.txt",
    "/%2e%2e/secret.txt",
    "/%2e%2e%2fsecret.txt",
    "/..%2fsecret.txt",
    "/.%2e/secret.txt",
    "/%252e%252e/secret.txt",
    "/%252e%252e%252fsecret.txt",
    "/%c0%ae%c0%ae/secret.txt",
    "/%c0%af..%c0%afsecret.txt",
    "/..%5csecret.txt",
    "/..\\secret.txt",
    "/tips\\..\\..\\secret.txt",
    "/%5c..%5csecret.txt",
    "//secret.txt",
    "///../secret.txt",
    "/secret.txt%00.html",
    "/%00/secret.txt",
    "/C:/secret.txt",
    "/C:secret.txt",
    "/c%3a/secret.txt",
    "/\\\\localhost\\c$\\secret.txt",
    "/con",
    "/CON.html",
    "/aux.txt",
    "/nul",
    "/com1",
    "/lpt1.txt",
    "/secret.txt.",
    "/secret.txt%20",
    "/index.html::$DATA",
    "/laid.txt",
    "/link.txt",
    "/up/secret.txt",
    "/up/content/data/x.csv",
    "/tips/good/",
    "/.env",
    "/.git/config",
    "/.yuanba-manifest",
    "/%2eyuanba-manifest",
    "/.yuanba/memory",
    "/content/data/x.csv",
    "/index.html.br",
    "/index.html.gz",
    "/proc/self/environ",
    "/etc/passwd",
    "file:///etc/passwd",
    "http://127.0.0.1/../secret.txt",
    "*",
    "",
];

#[test]
fn nothing_outside_of_the_site_is_ever_served() {
    let site = site();
    let host = Host::of(&site, &[]);
    // A page that is not as it was written is waited for, and then left out.
    host.wait("/", |got| got.status == 200);
    for path in PATHS {
        for (method, version) in
            [("GET", "HTTP/1.1"), ("HEAD", "HTTP/1.1"), ("GET", "HTTP/1.0"), ("OPTIONS", "HTTP/1.1")]
        {
            let all = host
                .raw(format!("{method} {path} {version}\r\nHost: a\r\nConnection: close\r\n\r\n").as_bytes());
            let got = parsed(&all);
            assert!(
                !got.text().contains("SECRET") && !got.head.contains("SECRET"),
                "{method} {path}: {}",
                got.text()
            );
            assert_ne!(got.status, 200, "{method} {path}: {}", got.text());
            let to = got.header("location");
            assert!(to.is_empty() || (to.starts_with('/') && !to.starts_with("//")), "{path} → {to}");
        }
    }
    assert_eq!(host.get("/").status, 200);
}

/// Forms of requests that two servers may read differently. Whatever hides in them is not answered.
#[test]
fn no_request_hides_in_another() {
    let site = built(&[]);
    let host = Host::of(&site, &[]);
    let hidden = "GET /tips/shua-dan/ HTTP/1.1\r\nHost: a\r\n\r\n";
    let forms = [
        format!("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n\r\n{hidden}", hidden.len()),
        format!(
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: {}\r\n\r\n{hidden}",
            hidden.len()
        ),
        format!(
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{hidden}"
        ),
        format!(
            "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n{hidden}"
        ),
        format!("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{hidden}"),
        format!("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n{hidden}"),
        format!("GET / HTTP/1.1\r\nHost: a\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n{hidden}"),
        format!("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: +{}\r\n\r\n{hidden}", hidden.len()),
        format!("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x{:x}\r\n\r\n{hidden}", hidden.len()),
        format!("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n{hidden}"),
        format!("GET / HTTP/1.1\r\n\r\n{hidden}"),
        format!(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\nExpect: 100-continue\r\n\r\n{hidden}",
            hidden.len()
        ),
        format!("GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n{hidden}"),
        format!("GET / HTTP/9.9\r\nHost: a\r\n\r\n{hidden}"),
        format!("GET  /  HTTP/1.1\r\nHost: a\r\n\r\n{hidden}"),
        format!("CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n{hidden}"),
        format!("GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nContent-Length: 3\r\n\r\nabc{hidden}"),
        format!("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n{hidden}"),
        "\x16\x03\x01\x02\x00\x01\x00\x01\u{fc}\x03\x03".to_owned(),
        "\0\0\0\0".to_owned(),
    ];
    for form in forms {
        let text = String::from_utf8_lossy(&host.raw(form.as_bytes())).into_owned();
        assert!(!text.contains("不要垫钱"), "{form:?}: {text}");
        assert!(text.matches("HTTP/1.1 200").count() == 0, "{form:?}: {text}");
    }
    assert_eq!(host.get("/tips/shua-dan/").status, 200);
}

#[test]
fn heads_without_end_are_cut_off() {
    let site = built(&[]);
    let host = Host::of(&site, &[]);
    let long = "x".repeat(1_000_000);
    for form in [
        format!("GET / HTTP/1.1\r\nHost: a\r\nX: {long}\r\n\r\n"),
        format!("GET /{long} HTTP/1.1\r\nHost: a\r\n\r\n"),
        long.clone(),
        format!("GET / HTTP/1.1\r\nHost: a\r\n{}\r\n", "A: b\r\n".repeat(5000)),
    ] {
        let got = parsed(&host.raw(form.as_bytes()));
        assert!(matches!(got.status, 0 | 400 | 414 | 431), "{}: {}", &form[..20], got.head);
    }
    assert_eq!(host.get("/").status, 200);
}

/// More connections than there is room for, none of which ever ends its request: whoever asks is answered all the same.
#[test]
fn slow_connections_keep_nobody_out() {
    let site = built(&[]);
    let host = Host::of(&site, &["--connections", "100"]);
    let mut slow: Vec<TcpStream> = Vec::new();
    for number in 0..asked_for("YUANBA_HOST_SLOW", 300) {
        let mut stream = host.connect();
        let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ");
        slow.push(stream);
        if number % 20 == 0 && number < 2000 {
            let got = host.get("/tips/shua-dan/");
            assert_eq!(got.status, 200, "with {number} slow ones: {}", got.head);
        }
    }
    for stream in &mut slow {
        let _ = stream.write_all(b"a");
    }
    assert_eq!(host.get("/tips/shua-dan/").status, 200);
    // Those that came first had to make room.
    let mut byte = [0; 1];
    assert!(matches!(slow[0].read(&mut byte), Ok(0) | Err(_)));
}

/// One connection asks for much; it is answered in order, and ends after so many requests.
#[test]
fn many_requests_on_one_connection() {
    let site = built(&[]);
    let host = Host::of(&site, &[]);
    let all = host.raw("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n".repeat(1200).as_bytes());
    let text = String::from_utf8_lossy(&all);
    assert_eq!(text.matches("HTTP/1.1 200").count(), 1000);
    assert_eq!(text.to_lowercase().matches("connection: close").count(), 1);
}

/// A connection on which nothing is asked for a while rests, and loses nothing by it: the next request is answered, also one whose head comes in two parts
/// with a rest between, and one that asks for much and takes it slowly.
#[test]
fn a_connection_that_rests_goes_on() {
    let site = built(&[]);
    let host = Host::of(&site, &[]);
    let mut stream = host.connect();
    let rest = || std::thread::sleep(std::time::Duration::from_millis(2600));
    let answered = |stream: &mut TcpStream| {
        let (mut all, mut piece) = (Vec::new(), [0; 4096]);
        loop {
            let got = parsed(&all);
            let length =
                got.head.to_lowercase().split("content-length: ").nth(1).and_then(|rest| {
                    rest.split("\r\n").next().and_then(|number| number.parse::<usize>().ok())
                });
            if length.is_some_and(|length| got.body.len() >= length) {
                return got.status;
            }
            match stream.read(&mut piece) {
                Ok(read @ 1..) => all.extend_from_slice(&piece[..read]),
                other => panic!("{other:?} after {}", got.head),
            }
        }
    };
    for _ in 0..2 {
        stream.write_all(b"GET /tips/shua-dan/ HTTP/1.1\r\nHost: a\r\n\r\n").expect("it is open");
        assert_eq!(answered(&mut stream), 200);
        rest();
    }
    for part in [&b"GET /tips/shua-dan/ HT"[..], b"TP/1.1\r\nHost: a\r\n", b"\r\n"] {
        stream.write_all(part).expect("it is open");
        rest();
    }
    assert_eq!(answered(&mut stream), 200);
    // One that has said nothing at all is given up in the end.
    let mut silent = host.connect();
    let mut byte = [0; 1];
    silent.set_read_timeout(Some(std::time::Duration::from_secs(40))).expect("a socket");
    assert!(matches!(silent.read(&mut byte), Ok(0)));
}
