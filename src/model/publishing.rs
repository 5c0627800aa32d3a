//! `publish:` of `site.yaml`: the places to which the site is sent, each with a name.
//!
//! Refuses: keys and passwords. The settings go into backups and repositories, where many read them.
//! Invariant: a [`Destination`] holds nothing that must be kept from anybody.

use super::fields::{Fields, Key, key};
use crate::diag::{Diagnostic, Message, Sink, Span, codes};
use crate::source::node::{Node, NodeKind};

/// What sort of place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A folder of this computer, on a network share or a stick.
    Folder,
    /// Amazon S3 and what speaks as it does.
    S3,
    /// Aliyun OSS.
    Oss,
    /// Tencent COS.
    Cos,
    /// Huawei OBS.
    Obs,
    /// A `WebDAV` server.
    WebDav,
    /// A folder at an SFTP server.
    Sftp,
}

impl Kind {
    /// Whether a bucket of a cloud is meant.
    pub fn is_bucket(self) -> bool {
        matches!(self, Self::S3 | Self::Oss | Self::Cos | Self::Obs)
    }
}

/// A place to which the site is sent.
#[derive(Clone, Debug)]
pub struct Destination {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The bucket.
    pub bucket: Option<String>,
    /// Address of the service.
    pub endpoint: Option<String>,
    /// Region of an S3 service.
    pub region: Option<String>,
    /// The folder in it; all of it where there is none.
    pub root: Option<String>,
    /// Name of the SFTP server.
    pub host: Option<String>,
    /// Its port.
    pub port: Option<u16>,
    /// The user there.
    pub user: Option<String>,
    /// File with the key for it, of which `ssh` knows what to do with it.
    pub identity: Option<String>,
    /// Whether an S3 bucket is a part of the server's name.
    pub virtual_host: bool,
    /// Whether texts are packed on the way.
    pub gzip: bool,
    /// How many files are on their way at once.
    pub connections: usize,
    /// Where it stands.
    pub span: Span,
}

const KEYS: &[Key] = &[
    key("kind", &["类型"]),
    key("bucket", &["存储桶", "桶"]),
    key("endpoint", &["服务地址", "节点"]),
    key("region", &["地域", "区域"]),
    key("root", &["目录", "文件夹", "path"]),
    key("host", &["主机", "服务器"]),
    key("port", &["端口"]),
    key("user", &["用户"]),
    key("identity", &["私钥文件"]),
    key("virtual_host", &["桶名在域名里"]),
    key("gzip", &["压缩"]),
    key("connections", &["同时上传"]),
];

/// What keys and passwords are called, in lower case and without `_` and `-`.
const SECRETS: &[&str] = &[
    "key",
    "keyid",
    "accesskey",
    "accesskeyid",
    "accesskeysecret",
    "secret",
    "secretid",
    "secretkey",
    "secretaccesskey",
    "password",
    "passwd",
    "passphrase",
    "token",
    "securitytoken",
    "sessiontoken",
    "credentials",
    "username",
    "密码",
    "口令",
    "密钥",
    "私钥",
    "令牌",
    "用户名",
    "账号密码",
];

/// How many files are on their way at once, unless it is said.
const CONNECTIONS: usize = 8;

const KINDS: &[(&str, Kind)] = &[
    ("folder", Kind::Folder),
    ("文件夹", Kind::Folder),
    ("s3", Kind::S3),
    ("oss", Kind::Oss),
    ("cos", Kind::Cos),
    ("obs", Kind::Obs),
    ("webdav", Kind::WebDav),
    ("sftp", Kind::Sftp),
];

impl Destination {
    /// Whether the service is one of this machine or network, which has no names below its own.
    pub fn addressing_by_path(&self) -> bool {
        let url = self.endpoint.as_deref().and_then(|text| url::Url::parse(text).ok());
        url.is_some_and(|url| {
            matches!(url.host(), Some(url::Host::Ipv4(_) | url::Host::Ipv6(_)))
                || url.host_str() == Some("localhost")
        })
    }

    /// Whether a password would travel unencrypted over a network.
    pub fn is_open(&self) -> bool {
        let url = self.endpoint.as_deref().and_then(|text| url::Url::parse(text).ok());
        url.is_some_and(|url| {
            let here = match url.host() {
                Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
                Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
                Some(url::Host::Domain(name)) => name == "localhost",
                None => false,
            };
            url.scheme() == "http" && !here
        })
    }
}

/// Reads them, in the order written.
pub(super) fn read(fields: &mut Fields) -> Vec<Destination> {
    let Some(node) = fields.node("publish") else { return Vec::new() };
    let NodeKind::Map(entries) = &node.kind else {
        fields.wrong(node.span, "expected-destinations");
        return Vec::new();
    };
    let mut found = Vec::new();
    for (name, one) in entries {
        if !matches!(one.kind, NodeKind::Map(_)) {
            // A secret may stand where a place should, too.
            if is_secret(&name.value) {
                refuse(one, &name.value, fields.sink());
            } else {
                fields.wrong(one.span, "expected-destinations");
            }
            continue;
        }
        found.extend(read_one(name.value.trim(), one, fields.sink()));
    }
    found
}

fn read_one(name: &str, node: &Node, sink: &mut Sink) -> Option<Destination> {
    let NodeKind::Map(entries) = &node.kind else { return None };
    let (secret, plain): (Vec<_>, Vec<_>) =
        entries.iter().cloned().partition(|(key, value)| is_secret(&key.value) || has_secret(value));
    for (key, value) in &secret {
        refuse(value, &key.value, sink);
    }
    let node = Node { kind: NodeKind::Map(plain), ..node.clone() };
    let mut fields = Fields::open(&node, &[KEYS], sink);
    let kind = fields.choice("kind", KINDS);
    let Some(kind) = kind else {
        if fields.node("kind").is_none() {
            fields.wrong(node.span, "expected-destination-kind");
        }
        return None;
    };
    let endpoint = fields.text("endpoint").and_then(|text| {
        let whole = if text.value.contains("://") { text.value } else { format!("https://{}", text.value) };
        let fits = url::Url::parse(&whole).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        if !fits {
            fields.wrong(text.span, "expected-endpoint");
        }
        fits.then(|| whole.trim_end_matches('/').to_owned())
    });
    let port = fields.number("port");
    let destination = Destination {
        name: name.to_owned(),
        kind,
        bucket: fields.plain("bucket"),
        endpoint,
        region: fields.plain("region"),
        root: fields.plain("root"),
        host: fields.plain("host"),
        port: port.and_then(|port| u16::try_from(port).ok()),
        user: fields.plain("user"),
        identity: fields.plain("identity"),
        virtual_host: fields.flag("virtual_host").unwrap_or(false),
        gzip: fields.flag("gzip").unwrap_or(false),
        connections: fields
            .number("connections")
            .and_then(|number| usize::try_from(number).ok())
            .map_or(CONNECTIONS, |number| number.clamp(1, 64)),
        span: node.span,
    };
    let missing = match kind {
        Kind::Folder => destination.root.is_none().then_some("root"),
        Kind::S3 | Kind::Oss | Kind::Cos | Kind::Obs => destination
            .bucket
            .is_none()
            .then_some("bucket")
            .or(destination.endpoint.is_none().then_some("endpoint")),
        Kind::WebDav => destination.endpoint.is_none().then_some("endpoint"),
        Kind::Sftp => {
            destination.host.is_none().then_some("host").or(destination.root.is_none().then_some("root"))
        }
    };
    if let Some(missing) = missing {
        sink.report(
            Diagnostic::new(codes::DESTINATION, Message::new("destination-lacks").with("key", missing))
                .at(node.span)
                .hint(Message::new("destination-lacks-hint").with("key", missing)),
        );
        return None;
    }
    Some(destination)
}

fn is_secret(key: &str) -> bool {
    let plain: String = key.trim().to_lowercase().chars().filter(|c| !matches!(c, '_' | '-' | ' ')).collect();
    SECRETS.contains(&plain.as_str())
}

/// Whether a text is an address with a password in it.
fn has_secret(value: &Node) -> bool {
    let url = value.text().and_then(|text| url::Url::parse(text.trim()).ok());
    url.is_some_and(|url| {
        url.password().is_some() || (!url.username().is_empty() && url.host_str().is_some())
    })
}

fn refuse(value: &Node, key: &str, sink: &mut Sink) {
    sink.report(
        Diagnostic::new(
            codes::SECRET_IN_SETTINGS,
            Message::new("secret-in-settings").with("key", key.trim()),
        )
        .at(value.span)
        .hint(Message::new("secret-in-settings-hint")),
    );
}
