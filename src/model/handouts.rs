//! `handouts:` of `site.yaml`: which handouts the site makes without being asked bulletin by bulletin.
//!
//! Refuses: names of layouts are not judged here; `print` knows them and `print::choice` says which it does not know.
//! Invariant: without `handouts:` nothing is made that a bulletin's own front matter does not name. A site of ten
//! thousand bulletins must not typeset thirty thousand sheets unasked.

use super::fields::{Fields, Key, key};
use super::kind::Kind;
use crate::diag::{Span, Spanned};
use std::collections::BTreeMap;

/// What the site makes.
#[derive(Clone, Debug, Default)]
pub struct Handouts {
    /// Layouts by kind, as written.
    pub kinds: BTreeMap<Kind, Vec<Spanned<String>>>,
    /// How all of them are made.
    pub options: SheetOptions,
    /// Booklets of several bulletins.
    pub booklets: Vec<Booklet>,
    /// Layouts of the site itself, one handout for each village.
    pub site: Vec<Spanned<String>>,
    /// Whether this build makes none at all, whatever is written.
    pub off: bool,
}

/// How handouts are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SheetOptions {
    /// Whether colour runs 3 mm over the edge, for print shops.
    pub bleed: bool,
    /// Whether marks show where to cut.
    pub marks: bool,
    /// What files are called.
    pub names: Names,
}

/// What files are called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Names {
    /// `ke-fu-flyer.pdf`: safe to send by any program.
    #[default]
    Pinyin,
    /// `冒充客服退款-单页.pdf`: says what it is.
    Chinese,
}

/// Several bulletins between two covers.
#[derive(Clone, Debug)]
pub struct Booklet {
    /// Its title.
    pub title: Spanned<String>,
    /// The name of its file, where the title's pinyin is not wanted.
    pub slug: Option<Spanned<String>>,
    /// Sections, by their folders; each is a part.
    pub sections: Vec<Spanned<String>>,
    /// Only bulletins with one of these tags.
    pub tags: Vec<Spanned<String>>,
    /// Only bulletins for one of these villages.
    pub areas: Vec<Spanned<String>>,
    /// Bulletins by their files, in this order.
    pub bulletins: Vec<Spanned<String>>,
    /// Where it is asked for.
    pub span: Span,
}

const OPTIONS: Key = key("options", &["做法"]);
const BOOKLETS: Key = key("booklets", &["小册子"]);
const SITE: Key = key("site", &["本站"]);
const KEYS: &[Key] = &[
    key("tip", &["反诈提示"]),
    key("law", &["普法"]),
    key("verse", &["快板"]),
    key("notice", &["通告"]),
    key("guide", &["办事指南"]),
    key("meeting", &["院坝会"]),
    key("story", &["工作动态"]),
    key("report", &["数据通报"]),
    key("page", &["页面"]),
    OPTIONS,
    BOOKLETS,
    SITE,
];

/// Words for "none": `handouts: 无`.
pub fn is_none(word: &str) -> bool {
    matches!(word, "无" | "没有" | "不要" | "none")
}

pub(super) fn read(fields: &mut Fields) -> Handouts {
    let Some(node) = fields.node("handouts") else { return Handouts::default() };
    let mut handouts = Fields::open(node, &[KEYS], fields.sink());
    let kinds = Kind::BULLETINS.into_iter().chain([Kind::Page]).filter_map(|kind| {
        let names = layouts(&mut handouts, kind.name())?;
        Some((kind, names))
    });
    Handouts {
        kinds: kinds.collect(),
        options: read_options(&mut handouts),
        booklets: read_booklets(&mut handouts),
        site: layouts(&mut handouts, SITE.name).unwrap_or_default(),
        off: false,
    }
}

/// Names of layouts, if the field is there; `无` and an empty list both say that there shall be none.
pub(super) fn layouts(fields: &mut Fields, name: &str) -> Option<Vec<Spanned<String>>> {
    fields.node(name)?;
    let names = fields.texts(name);
    let none = names.len() == 1 && is_none(&names[0].value);
    Some(if none { Vec::new() } else { names })
}

fn read_options(handouts: &mut Fields) -> SheetOptions {
    const KEYS: &[Key] = &[key("bleed", &["出血"]), key("marks", &["裁切线"]), key("names", &["文件名"])];
    let Some(node) = handouts.node(OPTIONS.name) else { return SheetOptions::default() };
    let mut options = Fields::open(node, &[KEYS], handouts.sink());
    let bleed = options.choice(
        "bleed",
        &[
            ("0", false),
            ("无", false),
            ("no", false),
            ("3", true),
            ("3mm", true),
            ("有", true),
            ("yes", true),
        ],
    );
    let names = options.choice(
        "names",
        &[
            ("pinyin", Names::Pinyin),
            ("拼音", Names::Pinyin),
            ("chinese", Names::Chinese),
            ("中文", Names::Chinese),
        ],
    );
    SheetOptions {
        bleed: bleed.unwrap_or_default(),
        marks: options.flag("marks").unwrap_or_default(),
        names: names.unwrap_or_default(),
    }
}

fn read_booklets(handouts: &mut Fields) -> Vec<Booklet> {
    const KEYS: &[Key] = &[
        key("title", &["标题"]),
        key("slug", &["网址"]),
        key("section", &["栏目", "sections"]),
        key("tag", &["标签", "话题", "tags"]),
        key("areas", &["村社区"]),
        key("bulletins", &["文章"]),
    ];
    let mut booklets = Vec::new();
    for item in handouts.items(BOOKLETS.name) {
        let mut one = Fields::open(item, &[KEYS], handouts.sink());
        let title = one.text("title");
        let slug = one.text("slug");
        let (sections, tags) = (one.texts("section"), one.texts("tag"));
        let (areas, bulletins) = (one.texts("areas"), one.texts("bulletins"));
        let chosen = !(sections.is_empty() && tags.is_empty() && areas.is_empty() && bulletins.is_empty());
        match title {
            Some(title) if chosen => {
                booklets.push(Booklet { title, slug, sections, tags, areas, bulletins, span: item.span });
            }
            _ => one.wrong(item.span, "expected-booklet"),
        }
    }
    booklets
}
