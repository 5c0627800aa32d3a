//! Documents through the whole pipeline: from a site in memory, past the gate, to bytes.

mod alerts;
mod hostile;
mod meetings;
mod whole;

use crate::build::{Prepared, check, prepare, render};
use crate::diag::Sink;
use crate::model::collect::Options;
use crate::source::Memo;
use crate::world::{MemoryWorld, NoCache, OutPath};
use std::collections::BTreeMap;

/// The documents of this module, by path.
type Documents = BTreeMap<String, Vec<u8>>;

/// What other lints say of these sites is their own tests' matter.
const QUIET: &str = "lints: {L301: allow, L302: allow, L303: allow, F419: allow, F429: allow}\n";

const SITE: &str = "title: 清水镇平安院坝\nbase_url: https://example.cn/part\nunit: {name: 南山镇派出所, email: mail@example.cn, phone: \"110\"}\n\
    areas:\n  - {code: \"990001001\", name: 清水村}\n  - {code: longtan, name: 龙潭村}\n";

fn world(now: &str) -> MemoryWorld {
    MemoryWorld::new(now.parse().expect("a moment in the test"))
        .with("content/site.yaml", format!("{QUIET}{SITE}"))
}

/// With the sections that most tests use.
fn with_sections(now: &str) -> MemoryWorld {
    world(now)
        .with("content/tips/_index.md", "---\ntitle: 反诈提示\nkind: tip\nsummary: 防骗\n---\n")
        .with("content/notices/_index.md", "---\ntitle: 通告\nkind: notice\nsummary: 通告\n---\n")
        .with("content/meetings/_index.md", "---\ntitle: 院坝会\nkind: meeting\nsummary: 院坝会\n---\n")
}

fn prepared(world: &MemoryWorld, drafts: bool) -> (Prepared, Sink) {
    let mut sink = Sink::new();
    let options = Options { drafts, ..Options::default() };
    (prepare(world, &Memo::off(), &options, &NoCache, &mut sink), sink)
}

/// Everything that is published, drafts too where asked for.
fn publish(world: &MemoryWorld, drafts: bool) -> Documents {
    let (prepared, mut sink) = prepared(world, drafts);
    let checked = check(&prepared, &mut sink);
    let checked = checked.unwrap_or_else(|_| panic!("the gate refused: {:?}", sink.found()));
    prepared
        .targets
        .iter()
        .map(|(path, target)| {
            let made = render(&prepared, checked, world, &NoCache, target);
            (path.to_string(), made.bytes.unwrap_or_else(|finding| panic!("{path}: {finding:?}")))
        })
        .collect()
}

/// What the documents' own outputs make, without pages.
fn documents(world: &MemoryWorld) -> Documents {
    let ours = |path: &String| {
        [".xml", ".json", ".ics", ".txt"].iter().any(|ending| path.ends_with(ending))
            && !path.starts_with("assets/")
    };
    publish(world, false).into_iter().filter(|(path, _)| ours(path)).collect()
}

fn text<'d>(documents: &'d Documents, path: &str) -> &'d str {
    let bytes =
        documents.get(path).unwrap_or_else(|| panic!("{path} is not published: {:?}", documents.keys()));
    std::str::from_utf8(bytes).expect("documents are UTF-8")
}

/// The texts of all elements of a name, unescaped.
fn elements(xml: &str, name: &str) -> Vec<String> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let inner = |part: &str| Some(part.split_once('>')?.1.split_once(&close)?.0.to_owned());
    let parts = xml.split(&open).skip(1).filter(|part| part.starts_with(['>', ' ']));
    parts
        .filter_map(inner)
        .map(|raw| quick_xml::escape::unescape(&raw).expect("escaped").into_owned())
        .collect()
}

/// Whether an address is published, as the link lint asks it.
fn publishes(prepared: &Prepared, address: &str) -> bool {
    OutPath::new(address.trim_start_matches('/')).is_ok_and(|path| prepared.targets.contains_key(&path))
}
