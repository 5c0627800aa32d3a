//! Whether a preview that is used for a whole day gives memory back.

use super::Preview;
use crate::bulletin;
use crate::site::Site;
use std::fs;

/// How much more memory there may be at the end than at the beginning, in megabytes.
const MORE: u64 = 20;
/// Bulletins with handouts beside the one that is edited.
const OTHERS: usize = 8;
/// Edits until everything has been made that is made at all.
const WARM: usize = 20;

/// `tests/run preview`: takes as long as the edits take.
#[cfg(target_os = "linux")]
#[ignore = "long; tests/run preview runs it"]
#[test]
fn comes_back() {
    let edits = std::env::var("YUANBA_EDITS").ok().and_then(|text| text.parse().ok()).unwrap_or(2_000);
    let site = Site::new();
    let text = |what: &str| {
        bulletin(
            "一篇",
            "handouts: [单页, 分享卡片]\n",
            &format!("{what}。{}", "接到电话先挂断，再找人问。".repeat(40)),
        )
    };
    for number in 0..OTHERS {
        site.put(&format!("content/tips/n{number}.md"), text(&format!("第{number}篇")));
    }
    site.put("content/tips/edited.md", text("起初"));
    let preview = Preview::with(&site, &["--handouts"]);
    preview.until("/tips/edited/", |_, page| page.contains("起初。"));
    let edit = |number: usize| {
        site.put("content/tips/edited.md", text(&format!("改第{number}次")));
        preview.until("/tips/edited/", |_, page| page.contains(&format!("改第{number}次。")));
    };
    (0..WARM).for_each(edit);
    let before = memory(preview.child.id());
    (WARM..WARM + edits).for_each(edit);
    let after = memory(preview.child.id());
    println!("\nmemory: {before} MB before and {after} MB after {edits} edits");
    // A short run is held to the part of it that it has time for, and to what any process moves by.
    let more = if edits < 1_000 { MORE / 2 } else { MORE };
    assert!(after <= before + more, "{before} MB before and {after} MB after {edits} edits");
}

/// Memory of a process and of those that it started, in megabytes.
#[cfg(target_os = "linux")]
fn memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let own = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix("kB")?.trim().parse().ok());
    let tasks = fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    let children = tasks.filter_map(|task| fs::read_to_string(task.path().join("children")).ok());
    let children: Vec<u32> = children
        .flat_map(|text| text.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<_>>())
        .collect();
    own.unwrap_or(0_u64) / 1024 + children.into_iter().map(memory).sum::<u64>()
}
