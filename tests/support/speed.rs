//! What the writer costs above the bare system calls: 10,000 folders, a page in each. Prints medians, asserts nothing.

use super::{Tree, build, path};
use rayon::prelude::*;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};
use yuanba::build::write::{Rank, Writer};

const PAGES: usize = 10_000;
const ROUNDS: usize = 5;

/// Measures in memory, where the system has such a folder, and the syncing on the disk of temporary folders.
pub fn report() {
    let memory = super::quick_folder();
    println!("{}: {PAGES} folders with a page of 10 KB each, medians of {ROUNDS}", memory.path().display());
    measure(memory.path());
    #[cfg(target_os = "linux")]
    {
        let disk = tempfile::tempdir().expect("a temporary folder can be made");
        println!("{}: the same", disk.path().display());
        syncs(disk.path(), &site(1));
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
    println!("  {:44} {:+6.1} %", "  above the floor, in processor time", (first / floor - 1.0) * 100.0);
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

/// Time on the clock and of the processors.
#[derive(Clone, Copy)]
struct Cost {
    clock: Duration,
    processor: f64,
}

fn time(work: impl FnOnce()) -> Cost {
    let (start, before) = (Instant::now(), processor());
    work();
    Cost { clock: start.elapsed(), processor: processor() - before }
}

/// Seconds that this process has used so far, where Linux tells; counted in hundredths.
fn processor() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    fields.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Prints the middle one of some runs, and returns its processor time: the clock tells little on a busy machine.
fn median(label: &str, mut run: impl FnMut() -> Cost) -> f64 {
    let costs: Vec<Cost> = (0..ROUNDS).map(|_| run()).collect();
    let middle = |value: fn(&Cost) -> f64| {
        let mut values: Vec<f64> = costs.iter().map(value).collect();
        values.sort_by(f64::total_cmp);
        values[ROUNDS / 2]
    };
    let (clock, processor) = (middle(|cost| cost.clock.as_secs_f64()), middle(|cost| cost.processor));
    println!("  {label:44} {clock:6.3} s, processors {processor:5.2} s");
    processor
}
