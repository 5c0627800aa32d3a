//! What the writer costs above the bare system calls: 10,000 folders, a page in each. Prints medians, asserts nothing.

use super::{Tree, build, path};
use rayon::prelude::*;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};
use yuanba::build::write::{Rank, Writer};

const PAGES: usize = 10_000;
const ROUNDS: usize = 5;

/// Measures in memory and on the disk of temporary folders.
pub fn report() {
    for place in ["/dev/shm".into(), std::env::temp_dir()] {
        if let Ok(folder) = tempfile::tempdir_in(&place) {
            println!("{}: {PAGES} folders with a page of 10 KB each, medians of {ROUNDS}", place.display());
            measure(folder.path());
        }
    }
}

fn site(version: usize) -> Tree {
    let line = "<p>遇到自称公检法要求转账的电话，请立即挂断，并拨打96110核实。</p>\n";
    let page = |n: usize| format!("<!-- {version} {n} -->\n{}", line.repeat(110)).into_bytes();
    (0..PAGES).map(|n| (format!("section-{}/bulletin-{n}/index.html", n % 8), page(n))).collect()
}

fn measure(root: &Path) {
    let (one, two) = (site(1), site(2));
    let mut half = one.clone();
    half.extend(two.iter().take(PAGES / 2).map(|(name, bytes)| (name.clone(), bytes.clone())));
    let mut few = one.clone();
    few.extend(two.iter().take(30).map(|(name, bytes)| (name.clone(), bytes.clone())));
    let new = |name: &str| {
        let site = root.join(name);
        let _ = fs::remove_dir_all(&site);
        fs::create_dir(&site).expect("a fresh folder");
        site
    };
    let floor = median("floor: mkdir, then write from all threads", || {
        let out = new("floor");
        time(|| plain(&out, &one))
    });
    let first = median("first build", || {
        let site = new("site");
        time(|| drop(build(&site, &one).expect("builds")))
    });
    println!("  {:44} {:+6.1} %", "  above the floor", (first / floor - 1.0) * 100.0);
    let again = |label: &str, from: &Tree, to: &Tree| {
        median(label, || {
            let site = new("site");
            build(&site, from).expect("builds");
            time(|| drop(build(&site, to).expect("builds")))
        });
    };
    again("every page given again, none changed", &one, &one);
    again("30 changed", &one, &few);
    again("half changed (swap; the others linked)", &one, &half);
    again("all changed (swap; the old tree removed)", &one, &two);
    median("30 changed, the others kept unread", || {
        let site = new("site");
        build(&site, &one).expect("builds");
        time(|| {
            let mut writer = Writer::open(&site, &site.join("public")).expect("opens");
            let batch = writer.begin().expect("begins");
            for (n, (name, bytes)) in few.iter().enumerate() {
                if n < 30 {
                    batch.put(&path(name), Rank::Page, bytes).expect("takes");
                } else {
                    batch.keep(&path(name)).expect("keeps");
                }
            }
            batch.commit().expect("commits");
        })
    });
    #[cfg(target_os = "linux")]
    syncs(root, &one);
}

/// One `syncfs` against an `fsync` for each file.
#[cfg(target_os = "linux")]
fn syncs(root: &Path, files: &Tree) {
    for each in [true, false] {
        median(if each { "sync: fsync each file" } else { "sync: one syncfs" }, || {
            let out = root.join("floor");
            let _ = fs::remove_dir_all(&out);
            fs::create_dir(&out).expect("a fresh folder");
            plain(&out, files);
            time(|| {
                if each {
                    files.par_iter().for_each(|(name, _)| {
                        fs::File::open(out.join(name)).and_then(|file| file.sync_all()).expect("syncs");
                    });
                } else {
                    rustix::fs::syncfs(fs::File::open(&out).expect("opens")).expect("syncs");
                }
            })
        });
    }
}

fn plain(out: &Path, files: &Tree) {
    for name in files.keys() {
        let folder = out.join(name);
        fs::create_dir_all(folder.parent().expect("pages lie in folders")).expect("a folder");
    }
    files.par_iter().for_each(|(name, bytes)| fs::write(out.join(name), bytes).expect("a file"));
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(label: &str, mut run: impl FnMut() -> Duration) -> f64 {
    let mut times: Vec<f64> = (0..ROUNDS).map(|_| run().as_secs_f64()).collect();
    times.sort_by(f64::total_cmp);
    println!("  {label:44} {:6.3} s  (from {:.3} to {:.3})", times[ROUNDS / 2], times[0], times[ROUNDS - 1]);
    times[ROUNDS / 2]
}
