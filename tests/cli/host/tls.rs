//! Over TLS: both versions of HTTP, with a certificate from files.

use super::{Host, built, parsed};
use std::io::{Read, Write};
use std::sync::Arc;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

fn data(name: &str) -> String {
    crate::site::tests().join("data/tls").join(name).to_string_lossy().into_owned()
}

fn client(host: &Host, protocol: &[u8]) -> StreamOwned<ClientConnection, std::net::TcpStream> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(data("ca.pem")).unwrap()).unwrap();
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![protocol.to_vec()];
    let name = ServerName::try_from("localhost").unwrap();
    StreamOwned::new(ClientConnection::new(Arc::new(config), name).unwrap(), host.connect())
}

#[test]
fn pages_come_by_both_versions() {
    let site = built(&["--compress"]);
    let host =
        Host::of(&site, &["--certificate", &data("one.pem"), "--key", &data("one.key"), "--strict", "30"]);
    let mut one = client(&host, b"http/1.1");
    one.write_all(b"GET /tips/shua-dan/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut all = Vec::new();
    let _ = one.read_to_end(&mut all);
    let got = parsed(&all);
    assert_eq!((got.status, got.header("strict-transport-security")), (200, "max-age=2592000"));
    assert_eq!(got.body, site.public()["tips/shua-dan/index.html"]);
    assert_eq!(page_by_2(&mut client(&host, b"h2"), "/tips/shua-dan/"), got.body);
    // Without TLS there is nothing on this port.
    assert!(!String::from_utf8_lossy(&host.raw(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")).contains("200"));
    // A key that is another's is told.
    let ran = site.run(&[
        "host",
        "--listen",
        "127.0.0.1:0",
        "--certificate",
        &data("one.pem"),
        "--key",
        &data("two.key"),
    ]);
    assert!(ran.code == Some(3) && ran.err.contains("不是一对"), "{}", ran.err);
}

/// A page by HTTP/2 (RFC 9113), by hand: the preface, settings, one request from the static table of RFC 7541.
fn page_by_2(stream: &mut (impl Read + Write), path: &str) -> Vec<u8> {
    let frame = |kind: u8, flags: u8, stream: u8, payload: &[u8]| {
        let len = u32::try_from(payload.len()).unwrap().to_be_bytes();
        [&len[1..], &[kind, flags, 0, 0, 0, stream], payload].concat()
    };
    let literal = |index: u8, text: &str| {
        [&[0x40 | index, u8::try_from(text.len()).unwrap()], text.as_bytes()].concat()
    };
    let head = [&[0x82, 0x87][..], &literal(4, path), &literal(1, "localhost")].concat();
    let hello =
        [b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(), frame(4, 0, 0, &[]), frame(1, 0x5, 1, &head)].concat();
    stream.write_all(&hello).unwrap();
    let mut body = Vec::new();
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).unwrap();
        let len = u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize;
        let mut payload = vec![0; len];
        stream.read_exact(&mut payload).unwrap();
        match (head[3], head[8]) {
            (0, 1) => body.extend(payload),
            (1, 1) => assert_eq!(payload[0], 0x88, ":status 200"),
            (4, 0) if head[4] == 0 => stream.write_all(&frame(4, 1, 0, &[])).unwrap(),
            (3 | 7, _) => panic!("the stream was ended: {payload:?}"),
            _ => {}
        }
        if head[8] == 1 && head[4] & 1 == 1 {
            return body;
        }
    }
}
