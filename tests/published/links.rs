//! Every address that the default site publishes leads somewhere, and every place on a page that is named is there: in pages,
//! style sheets, feeds, the calendar, alerts, linked data and the site map.

use crate::memory::Builder;
use html5ever::tokenizer::{BufferQueue, Tag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use percent_encoding::percent_decode_str;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use url::Url;
use yuanba::build::preview::Files;
use yuanba::world::{MemoryWorld, OutPath, embedded_site};

#[derive(Default)]
struct Tags(RefCell<Vec<Tag>>, RefCell<Vec<String>>);

impl TokenSink for Tags {
    type Handle = ();
    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) => self.0.borrow_mut().push(tag),
            Token::CharacterTokens(text) => self.1.borrow_mut().push(text.to_string()),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// What a page refers to, and the places that it has.
fn page(html: &str) -> (Vec<String>, BTreeSet<String>, Vec<String>) {
    let tokenizer = Tokenizer::new(Tags::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(html.into());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let (mut found, mut places) = (Vec::new(), BTreeSet::new());
    for tag in tokenizer.sink.0.borrow().iter() {
        let refresh = tag.attrs.iter().any(|one| &*one.name.local == "http-equiv");
        for attribute in &tag.attrs {
            let value = attribute.value.to_string();
            match &*attribute.name.local {
                "href" | "src" | "poster" | "action" | "data" => found.push(value),
                "srcset" => {
                    found.extend(
                        value.split(',').filter_map(|one| Some(one.split_whitespace().next()?.to_owned())),
                    );
                }
                "content" if refresh => found.extend(value.split_once("url=").map(|(_, to)| to.to_owned())),
                "content" if value.starts_with("http") => found.push(value),
                "id" | "name" => {
                    places.insert(value);
                }
                "aria-labelledby" | "aria-describedby" | "for" => {
                    found.extend(value.split_whitespace().map(|id| format!("#{id}")));
                }
                _ => {}
            }
        }
    }
    let texts = tokenizer.sink.1.take();
    (found, places, texts)
}

/// Everything in a text that begins as an address of the site.
fn own_addresses(text: &str, base: &str) -> Vec<String> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '\\' | ')' | '，' | '。');
    text.match_indices(base)
        .map(|(at, _)| text[at..].split(ends).next().unwrap_or_default().to_owned())
        .collect()
}

/// What a document that is no page refers to.
fn document(path: &str, bytes: &[u8], base: &str) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    if path.ends_with(".css") {
        let inside = text.split("url(").skip(1).filter_map(|rest| rest.split(')').next());
        return inside
            .map(|address| address.trim_matches(['"', '\'']).to_owned())
            .filter(|a| !a.starts_with("data:"))
            .collect();
    }
    // Calendars fold their lines; XML and JSON write some signs by name.
    let text = text
        .replace("\r\n ", "")
        .replace("&amp;", "&")
        .replace("\\u003c", "<")
        .replace("&lt;", "<")
        .replace("&quot;", "\"");
    own_addresses(&text, base)
}

struct Site<'f> {
    base: Url,
    files: &'f Files,
    places: BTreeMap<OutPath, BTreeSet<String>>,
}

impl Site<'_> {
    /// What is wrong with a reference from a file, if anything.
    fn wrong(&self, from: &OutPath, reference: &str) -> Option<String> {
        let here =
            self.base.join(from.strip_suffix("index.html").unwrap_or(from)).expect("paths are addresses");
        let Ok(to) = here.join(reference) else { return Some("is no address".to_owned()) };
        if !matches!(to.scheme(), "http" | "https") {
            return matches!(to.scheme(), "tel" | "mailto" | "sms")
                .then_some(None)
                .unwrap_or(Some("has a strange scheme".to_owned()));
        }
        if to.host_str() != self.base.host_str() {
            return None;
        }
        let Some(below) = to.path().strip_prefix(self.base.path()) else {
            return Some("leaves the site".to_owned());
        };
        let below = percent_decode_str(below).decode_utf8_lossy();
        let file = if below.is_empty() || below.ends_with('/') {
            format!("{below}index.html")
        } else {
            below.to_string()
        };
        let file = match OutPath::new(&file) {
            Ok(file) if self.files.contains_key(&file) => file,
            _ => return Some("is not published".to_owned()),
        };
        let place = percent_decode_str(to.fragment().unwrap_or_default()).decode_utf8_lossy();
        if place.is_empty() || place == "top" {
            return None;
        }
        let known = self.places.get(&file).is_some_and(|places| places.contains(&*place));
        (!known).then(|| format!("names a place that {file} does not have"))
    }
}

#[test]
fn every_address_of_the_default_site_leads_somewhere() {
    let mut world = MemoryWorld::new(jiff::Timestamp::from_second(1_795_492_800).expect("in range"));
    for (path, bytes) in embedded_site() {
        world.put(path, bytes);
    }
    let mut builder = Builder::new();
    builder.build(&world).unwrap_or_else(|said| panic!("the default site passes: {said:?}"));
    let files = &builder.files;
    let robots = String::from_utf8_lossy(&files[&OutPath::new("robots.txt").expect("a path")]).into_owned();
    let base = robots
        .split("Sitemap: ")
        .nth(1)
        .and_then(|line| line.trim().strip_suffix("sitemap.xml"))
        .expect("robots.txt names the map");
    let mut site = Site { base: Url::parse(base).expect("an address"), files, places: BTreeMap::new() };
    let mut references: Vec<(&OutPath, String)> = Vec::new();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for (path, bytes) in files {
        let ending = path.rsplit('.').next().unwrap_or_default().to_owned();
        let found = match ending.as_str() {
            "html" => {
                let (mut found, places, texts) = page(&String::from_utf8_lossy(bytes));
                site.places.insert(path.clone(), places);
                // Linked data stands in a script.
                found.extend(texts.iter().flat_map(|text| own_addresses(text, base)));
                found
            }
            "css" | "xml" | "json" | "ics" | "txt" => document(path, bytes, base),
            _ => Vec::new(),
        };
        *kinds.entry(ending).or_default() += found.len();
        references.extend(found.into_iter().map(|one| (path, one)));
    }
    let wrong: BTreeSet<String> = references
        .iter()
        .filter_map(|(from, reference)| Some(format!("{from}: {reference} {}", site.wrong(from, reference)?)))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        references.len(),
        wrong.into_iter().collect::<Vec<_>>().join("\n")
    );
    for (kind, least) in [("html", 2_000), ("xml", 200), ("json", 50), ("ics", 2), ("txt", 1)] {
        assert!(kinds.get(kind).is_some_and(|found| *found >= least), "{kind}: {kinds:?}");
    }
}

#[test]
fn a_reference_that_leads_nowhere_is_seen() {
    let path = |text: &str| OutPath::new(text).expect("a path");
    let empty = || std::sync::Arc::from(Vec::<u8>::new());
    let files = BTreeMap::from([(path("a/index.html"), empty()), (path("data/x.csv"), empty())]);
    let places = BTreeMap::from([(path("a/index.html"), BTreeSet::from(["龙潭".to_owned()]))]);
    let site = Site { base: Url::parse("https://a.cn/part/").expect("an address"), files: &files, places };
    let from = path("a/index.html");
    for (reference, sound) in [
        ("/part/a/", true),
        ("/part/a/#龙潭", true),
        ("#%E9%BE%99%E6%BD%AD", true),
        ("../data/x.csv", true),
        ("https://a.cn/part/data/x.csv", true),
        ("tel:110", true),
        ("https://b.cn/none", true),
        ("/a/", false),
        ("/part/b/", false),
        ("/part/a/#none", false),
        ("/part/data/%23fraud", false),
        ("../data/y.csv", false),
        ("javascript:alert(1)", false),
    ] {
        assert_eq!(site.wrong(&from, reference).is_none(), sound, "{reference}");
    }
}
