//! Cut lines, resumed work, and how many requests it all takes.

use super::*;

#[test]
fn a_cut_at_any_call_is_finished_by_the_next_run_and_no_reader_meets_a_missing_file() {
    for (folders, halves) in SORTS {
        for happens in [false, true] {
            for next in [second(), third()] {
                let mut number = 0;
                loop {
                    let fake = watched(folders, halves);
                    fake.put("foreign.txt", b"theirs");
                    send(&fake, &first()).unwrap();
                    fake.cut_at(Some(number), happens);
                    let cut = send(&fake, &second());
                    fake.cut_at(None, false);
                    send(&fake, &next).unwrap();
                    holds(&fake, &next, &["foreign.txt"]);
                    assert_eq!(fake.files()["foreign.txt"], b"theirs");
                    fake.cut_at(None, false);
                    assert!(!send(&fake, &next).unwrap().changed, "there is nothing left to do");
                    assert_eq!(fake.calls(), 2, "{:?}", fake.log());
                    if cut.is_ok() {
                        break;
                    }
                    number += 1;
                }
                assert!(number > 15, "the work was cut at {number} places");
            }
        }
    }
}

#[test]
fn a_second_cut_loses_nothing_of_the_first() {
    for (folders, halves) in SORTS {
        for one in (0..30).step_by(4) {
            for two in (0..30).step_by(5) {
                let fake = watched(folders, halves);
                send(&fake, &first()).unwrap();
                for (cut, site) in [(one, second()), (two, third())] {
                    fake.cut_at(Some(cut), true);
                    let _ = send(&fake, &site);
                }
                fake.cut_at(None, false);
                send(&fake, &first()).unwrap();
                holds(&fake, &first(), &[]);
            }
        }
    }
}

#[test]
fn what_was_sent_before_a_cut_is_not_sent_again() {
    let many: Vec<(String, String)> =
        (0..40).map(|number| (format!("p{number}.css"), format!("{number}"))).collect();
    let mut files: Vec<(&str, &str)> = many.iter().map(|(name, text)| (&**name, &**text)).collect();
    files.push(("index.html", "[p1.css]"));
    let (fake, all) = (watched(false, false), site(&files));
    fake.cut_at(Some(34), false);
    assert!(matches!(send(&fake, &all), Err(Stopped::Failed(..))));
    fake.cut_at(None, false);
    assert!(send(&fake, &all).unwrap().plan.sent() < 25);
    holds(&fake, &all, &[]);
}

#[test]
fn one_changed_page_costs_five_requests_and_its_own() {
    let fake = watched(false, false);
    send(&fake, &first()).unwrap();
    let mut changed = first();
    changed.0.insert(path("tips/a/index.html"), b"a better [pictures/a-1.png]".to_vec());
    fake.cut_at(None, false);
    let done = send(&fake, &changed).unwrap();
    assert_eq!((done.plan.sent(), fake.calls()), (1, 6), "{:?}", fake.log());
}

#[test]
fn ten_thousand_unchanged_files_cost_two_requests() {
    let mut many = first();
    many.0.extend((0..10_000).map(|number| (path(&format!("p/{number}.css")), vec![1])));
    let fake = Fake::default();
    let pace = Pace { record: 100_000, ..AT_ONCE };
    send_as(&fake, &many, false, &Manner { pace, ..manner("one") }).unwrap();
    fake.cut_at(None, false);
    assert!(!send(&fake, &many).unwrap().changed);
    assert_eq!(fake.log(), [format!("read {PUBLISHED}"), format!("read {LEASE}")]);
}

/// Some paths, so that states share them, in folders and out of them.
fn any_site() -> impl Strategy<Value = Site> {
    let names =
        ["a.css", "b/index.html", "b", "b/c/index.html", "d.xml", "pictures/e.png", "f/g.pdf", "h.html"];
    proptest::collection::vec(proptest::option::of(0..3_u8), names.len()).prop_map(move |chosen| {
        let mut files = BTreeMap::from([(path("index.html"), b"i".to_vec())]);
        let held = names.iter().zip(chosen).filter_map(|(name, one)| Some((path(name), vec![one?])));
        files.extend(held);
        // No file has a folder's name in one site.
        if files.keys().any(|name| name.starts_with("b/")) {
            files.remove(&path("b"));
        }
        Site(files)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn whatever_stood_there_the_plan_leads_to_what_is_wanted(
        sites in proptest::collection::vec((any_site(), proptest::option::of(0..30_usize)), 1..5),
        folders: bool,
    ) {
        let fake = Fake { folders, ..Fake::default() };
        for (site, cut) in &sites {
            fake.cut_at(*cut, true);
            let _ = send(&fake, site);
        }
        fake.cut_at(None, false);
        let (last, _) = sites.last().unwrap();
        send(&fake, last).unwrap();
        holds(&fake, last, &[]);
        let plan = Plan::new(&wanted(last, false), &State::default(), folders);
        prop_assert_eq!(plan.sent(), last.0.len());
        prop_assert!(plan.gone.is_empty());
    }
}
