//! What others have there: files, leases, other sites; and what is damaged.

use super::*;

#[test]
fn files_of_somebody_else_stay_and_stand_in_the_way_until_they_are_adopted() {
    for already in [false, true] {
        let fake = watched(false, false);
        if already {
            send(&fake, &first()).unwrap();
        }
        fake.put("tips/c/index.html", b"theirs");
        let expected = Stopped::Foreign(vec!["tips/c/index.html".to_owned()]);
        assert_eq!(send(&fake, &second()).err(), Some(expected));
        assert_eq!(fake.files()["tips/c/index.html"], b"theirs");
        send_as(&fake, &second(), false, &Manner { adopt: true, ..manner("one") }).unwrap();
        holds(&fake, &second(), &[]);
    }
}

#[test]
fn the_place_of_another_site_is_left_alone() {
    let fake = Fake::default();
    send(&fake, &first()).unwrap();
    let mut list = Published::parse(&fake.files()[PUBLISHED]).unwrap();
    list.site = SiteId::parse("fedcba9876543210");
    fake.put(PUBLISHED, &list.print());
    let before = fake.files();
    assert_eq!(send(&fake, &second()).err(), Some(Stopped::OtherSite));
    assert_eq!(fake.files(), before);
}

#[test]
fn many_removals_are_asked_about_and_no_file_is_touched_before() {
    let fake = Fake::default();
    send(&fake, &first()).unwrap();
    let before = fake.files();
    let refused = send_as(&fake, &third(), false, &Manner { allow: &|_| false, ..manner("one") });
    assert!(matches!(refused.err(), Some(Stopped::TooMany(_, 9))));
    assert_eq!(fake.files(), before);
}

#[test]
fn what_cannot_be_removed_is_named_and_goes_the_next_time() {
    let fake = Fake::default();
    send(&fake, &first()).unwrap();
    fake.cut_at(None, false);
    send(&fake, &second()).unwrap();
    let calls = fake.calls();
    let fake = Fake::default();
    send(&fake, &first()).unwrap();
    fake.cut_at(Some(calls - 3), false);
    let Some(Stopped::Failed(trouble, _, left)) = send(&fake, &second()).err() else { panic!("it was cut") };
    assert_eq!(trouble.cause, Cause::Unreachable);
    assert!(left.contains(&path("tips/b/index.html")), "{left:?}");
    fake.cut_at(None, false);
    send(&fake, &second()).unwrap();
    holds(&fake, &second(), &[]);
}

#[test]
fn somebody_else_at_work_is_left_alone_and_a_left_over_lease_is_taken_over() {
    let fake = Fake::default();
    send(&fake, &first()).unwrap();
    let lease = Lease {
        attempt: "ff".to_owned(),
        owner: "two".to_owned(),
        label: "值班室".to_owned(),
        begun: "2031-01-01".to_owned(),
        beats: 7,
        journal: [(path("tips/a/index.html"), None)].into(),
    };
    fake.put(LEASE, &lease.print());
    let pace = Pace { stale: Duration::from_millis(300), look: Duration::from_millis(30), ..AT_ONCE };
    std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_millis(60));
            fake.put(LEASE, &Lease { beats: 8, ..lease.clone() }.print());
        });
        let patient = Pace { stale: Duration::from_secs(10), ..pace };
        let busy = send_as(&fake, &second(), false, &Manner { pace: patient, ..manner("one") });
        assert_eq!(busy.err(), Some(Stopped::Busy("值班室".to_owned())));
    });
    send_as(&fake, &second(), false, &Manner { pace, ..manner("one") }).unwrap();
    holds(&fake, &second(), &[]);
}

#[test]
fn of_two_who_publish_at_once_one_does() {
    for _ in 0..2 {
        let fake = Fake::default();
        let pace = Pace { settle: Duration::from_millis(500), stale: Duration::from_mins(1), ..AT_ONCE };
        let pace = Pace { look: Duration::from_millis(20), ..pace };
        let done = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for owner in ["one", "two", "three"] {
                let (fake, done) = (&fake, &done);
                scope.spawn(move || {
                    match send_as(fake, &first(), false, &Manner { pace, ..manner(owner) }) {
                        Ok(_) => {
                            done.fetch_add(1, Ordering::Relaxed);
                        }
                        Err(stopped) => assert!(matches!(stopped, Stopped::Busy(_)), "{stopped:?}"),
                    }
                });
            }
        });
        assert!(done.into_inner() >= 1, "one of them goes on");
        holds(&fake, &first(), &[]);
        let writes = fake.log().iter().filter(|call| *call == "write index.html").count();
        assert_eq!(writes, 1, "{:?}", fake.log());
    }
}

/// Takes the lease away when the first file is sent, and waits until that is seen.
struct Thief<'f>(&'f Fake);

impl Watch for Thief<'_> {
    fn begin(&self, _: usize, _: u64) {}
    fn sent(&self, name: &OutPath, _: u64) {
        if &**name == "pictures/a-1.png" {
            let mut lease = Lease::parse(&self.0.files()[LEASE]).unwrap();
            lease.attempt = "ff".to_owned();
            self.0.put(LEASE, &lease.print());
            std::thread::sleep(Duration::from_secs(1));
        }
    }
    fn waiting(&self, _: &str, _: Duration) {}
}

#[test]
fn who_lost_the_lease_writes_no_list() {
    let fake = Fake::default();
    let pace = Pace { beat: Duration::from_millis(20), record: 1000, ..AT_ONCE };
    let stopped = send_as(&fake, &first(), false, &Manner { pace, watch: &Thief(&fake), ..manner("one") });
    assert!(matches!(stopped.err(), Some(Stopped::Busy(_))));
    assert!(!fake.files().contains_key(PUBLISHED));
}

#[test]
fn packed_files_say_so_and_are_plain_where_the_place_cannot() {
    let fake = Fake::default();
    send_as(&fake, &first(), true, &manner("one")).unwrap();
    let how = fake.how("index.html").unwrap();
    assert_eq!((how.media, how.cache, how.packed), ("text/html; charset=utf-8", "no-cache", true));
    assert!(!fake.how("pictures/a-1.png").unwrap().packed);
    let packed = &fake.files()["index.html"];
    let mut plain = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&packed[..]), &mut plain).unwrap();
    assert_eq!(&plain, &first().0[&path("index.html")]);
    fake.cut_at(None, false);
    assert!(!send_as(&fake, &first(), true, &manner("one")).unwrap().changed);
    // Whoever turns it off gets plain files again.
    assert!(send(&fake, &first()).unwrap().changed);
    holds(&fake, &first(), &[]);
}

#[test]
fn what_is_damaged_there_is_found_by_reading_and_mended() {
    let fake = Fake::default();
    send_as(&fake, &first(), true, &manner("one")).unwrap();
    fake.put("tips/b/index.html", b"damaged");
    fake.take("pictures/a-1.png");
    assert!(
        !send_as(&fake, &first(), true, &manner("one")).unwrap().changed,
        "the list says that all is well"
    );
    let verify = Manner { verify: true, ..manner("one") };
    let done = send_as(&fake, &first(), true, &verify).unwrap();
    assert_eq!(done.mended, [path("pictures/a-1.png"), path("tips/b/index.html")].into());
    assert!(send_as(&fake, &first(), true, &verify).unwrap().mended.is_empty());
    send(&fake, &first()).unwrap();
    holds(&fake, &first(), &[]);
}

#[test]
fn what_pages_need_stays_for_one_release_unless_a_page_is_withdrawn() {
    let mut next = first();
    let styles = next.0.remove(&path("style-1.css")).unwrap();
    next.0.insert(path("style-2.css"), styles);
    let fake = Fake::default();
    send(&fake, &first()).unwrap();
    send(&fake, &next).unwrap();
    assert!(fake.files().contains_key("style-1.css"), "old pages still name it");
    assert!(!send(&fake, &next).unwrap().changed);
    assert!(fake.files().contains_key("style-1.css"), "no new release");
    next.0.insert(path("index.html"), b"again".to_vec());
    send(&fake, &next).unwrap();
    assert!(!fake.files().contains_key("style-1.css"), "one release later");
    next.0.remove(&path("tips/a/index.html"));
    next.0.remove(&path("pictures/a-1.png"));
    send(&fake, &next).unwrap();
    assert!(!fake.files().contains_key("pictures/a-1.png"), "what was withdrawn is gone at once");
}

#[test]
fn a_site_that_changes_meanwhile_is_not_published() {
    let fake = Fake::default();
    let list = Site::default();
    let release = Release {
        site: None,
        build: blake3::hash(b"1"),
        list: Vec::new(),
        wanted: wanted(&first(), false),
        source: &list,
    };
    assert!(matches!(publish(&fake, &release, &manner("one")).err(), Some(Stopped::Changed(_))));
    assert!(!fake.files().contains_key("index.html"));
}
