//! Figures: what readers see of them is signed like the text, and stays as it was signed until it is signed anew.

use super::{BULLETIN, build, bulletin, edit, published, sign, site};
use crate::site::Site;

const DATA: &str = "title: 纠纷\nsource: 登记\nperiod: 2026-01 至 2026-02\ndimensions:\n  village: {label: 村, codes: {a: 石桥村, b: 河湾村}}\n  \
    month: {label: 月份, time: month}\ntables:\n  t: {title: 各村, rows: village, columns: month}\n  \
    sums: {title: 各月总数, rows: month}\n";

/// A site with a table that was signed, 13,944 in it.
fn counted() -> Site {
    let site = site();
    sign(&site, BULLETIN);
    site.put("content/data/d.yaml", DATA);
    site.put(
        "content/data/d.csv",
        "village,month,cases\na,2026-01,3101\na,2026-02,2828\nb,2026-01,4404\nb,2026-02,13944\n",
    );
    bulletin(&site, "content/tips/table.md", "kind: report\n", "```表 t\n```");
    sign(&site, "content/tips/table.md");
    build(&site);
    assert!(shows(&site, "13944") && site.public().contains_key("data/d/t.csv"));
    site
}

/// Whether a page or a file of figures shows a number, however it is written.
fn shows(site: &Site, number: &str) -> bool {
    let (head, tail) = number.split_at(number.len() - 3);
    published(site, number)
        || [",", "\u{202f}", "\u{a0}", "\u{2009}"]
            .iter()
            .any(|mark| published(site, &format!("{head}{mark}{tail}")))
}

#[test]
fn figures_stay_as_they_were_signed_until_the_new_ones_are() {
    let site = counted();
    let before = site.public();
    edit(&site, "content/data/d.csv", "b,2026-02,13944", "b,2026-02,13788");
    for _ in 0..2 {
        let ran = build(&site);
        assert!(ran.err.contains("R502") && ran.err.contains("表里的数"), "{}", ran.err);
        assert!(
            shows(&site, "13944") && !shows(&site, "13788"),
            "not what nobody signed, on no page and in no file"
        );
        let now = site.public();
        let differing: Vec<&String> = before.keys().filter(|key| before.get(*key) != now.get(*key)).collect();
        assert!(differing.iter().all(|path| path.contains("manifest")), "{differing:?}");
    }
    // What a table is called is signed as well.
    edit(&site, "content/data/d.yaml", "title: 各村,", "title: 各村寨,");
    build(&site);
    assert!(!published(&site, "各村寨") && shows(&site, "13944"));
    sign(&site, "content/tips/table.md");
    let ran = build(&site);
    assert!(!ran.err.contains("R502"), "{}", ran.err);
    assert!(published(&site, "各村寨") && shows(&site, "13788") && !shows(&site, "13944"));
}

#[test]
fn a_bulletin_that_is_signed_with_new_figures_is_not_held_up_by_another() {
    let site = counted();
    bulletin(&site, "content/tips/other.md", "kind: report\n", "再说一遍。\n\n```表 t\n```");
    sign(&site, "content/tips/other.md");
    edit(&site, "content/data/d.csv", "b,2026-02,13944", "b,2026-02,13788");
    sign(&site, "content/tips/other.md");
    let ran = build(&site);
    assert!(ran.err.contains("d.csv") && ran.err.contains("另一篇已经按新的审过"), "{}", ran.err);
    let pages = site.public();
    assert!(pages.contains_key("tips/other/index.html") && !pages.contains_key("tips/table/index.html"));
    assert!(shows(&site, "13788") && !shows(&site, "13944"));
}

#[test]
fn figures_that_no_bulletin_shows_are_no_open_data() {
    let site = counted();
    // `sums` is shown by nobody, so nobody has signed it: 17,348 in January and February of b would come from nowhere.
    let names: Vec<String> = site.public().into_keys().filter(|path| path.starts_with("data/")).collect();
    assert!(!names.iter().any(|path| path.contains("sums")), "{names:?}");
    assert!(!published(&site, "各月总数"));
    // Without its bulletin nothing of it is left, and with one that nobody signed neither.
    std::fs::remove_file(site.at("content/tips/table.md")).expect("there");
    bulletin(&site, "content/tips/new.md", "kind: report\n", "```表 sums\n```");
    build(&site);
    assert!(!site.public().keys().any(|path| path.starts_with("data/d")), "nobody signed these");
    assert!(!published(&site, "各村"));
}

#[test]
fn figures_that_were_not_kept_are_told() {
    let site = counted();
    for file in std::fs::read_dir(site.at("content/reviews/kept")).expect("kept").flatten() {
        if file.path().extension().is_some_and(|ending| ending == "kept") {
            std::fs::write(file.path(), "a,b\n").expect("written");
        }
    }
    edit(&site, "content/data/d.csv", "b,2026-02,13944", "b,2026-02,13788");
    let ran = build(&site);
    assert!(ran.err.contains("它显示的数变了"), "{}", ran.err);
    assert!(!site.public().contains_key("tips/table/index.html") && !shows(&site, "13788"));
}
