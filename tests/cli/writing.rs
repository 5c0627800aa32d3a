//! What happens to `public/` when something goes wrong.

use crate::bulletin;
use crate::site::Site;
use std::time::Duration;
use yuanba::build::write::Writer;

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let site = Site::new();
    site.put("public/论文.docx", "三年的心血");
    let ran = site.run(&["build"]);
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    assert!(ran.err.contains("F423") && ran.err.contains("--output"), "{}", ran.err);
    assert_eq!(site.public().len(), 1);
}

#[test]
fn the_site_itself_is_no_place_for_output() {
    let site = Site::new();
    for place in [".", "content", "..", "content/tips"] {
        let ran = site.run(&["build", "--output", place]);
        assert_ne!(ran.code, Some(0), "{place}");
        assert!(
            site.at("content/site.yaml").is_file() && !site.at(place).join("index.html").exists(),
            "{place}"
        );
    }
}

#[test]
fn one_build_at_a_time() {
    let site = Site::new();
    assert_eq!(site.run(&["build"]).code, Some(0));
    let before = site.public();
    site.put("content/tips/a.md", bulletin("新的", "", "正文。"));
    let held = Writer::open(&site.at(""), &site.at("public")).expect("the lock is free");
    let ran = site.run(&["build"]);
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    assert!(ran.err.contains("F424") && ran.err.contains(&std::process::id().to_string()), "{}", ran.err);
    assert_eq!(site.public(), before);
    drop(held);
    assert_eq!(site.run(&["build"]).code, Some(0));
    assert!(site.at("public/tips/a/index.html").is_file());
}

#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one() {
    let site = Site::new();
    assert_eq!(site.run(&["build"]).code, Some(0));
    let old = site.public();
    for number in 0..60 {
        site.put(&format!("content/tips/n{number}.md"), bulletin(&format!("第{number}篇"), "", "正文。"));
    }
    for wait in [5, 40, 120, 300, 700] {
        let mut child = site.command(&["build", "--quiet"]).spawn().expect("it starts");
        std::thread::sleep(Duration::from_millis(wait));
        let _ = child.kill();
        child.wait().expect("it ends");
        let now = site.public();
        let whole = now == old || now.contains_key("tips/n59/index.html");
        assert!(whole, "after {wait} ms there are {} files", now.len());
    }
    assert_eq!(site.run(&["build"]).code, Some(0));
    let after = site.public();
    let clean = Site::new();
    for (path, bytes) in crate::site::files(&site.at("content")) {
        clean.put(&format!("content/{path}"), bytes);
    }
    assert_eq!(clean.run(&["build"]).code, Some(0));
    assert_eq!(after.keys().collect::<Vec<_>>(), clean.public().keys().collect::<Vec<_>>());
}

/// A limit on the size of files stands for a disk without room: writes fail in the middle of a file.
#[cfg(unix)]
#[test]
fn no_room_leaves_the_old_site() {
    let site = Site::new();
    assert_eq!(site.run(&["build"]).code, Some(0));
    let before = site.public();
    site.put("content/tips/a.md", bulletin("很长", "", &"字。\n\n".repeat(40_000)));
    let mut shell = std::process::Command::new("sh");
    let script = "trap '' XFSZ; ulimit -f 64; exec \"$0\" build --lang zh";
    shell.args(["-c", script, env!("CARGO_BIN_EXE_yuanba")]).current_dir(site.at(""));
    let ran = crate::site::ran(shell.env("SOURCE_DATE_EPOCH", "1795478400"));
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    assert!(ran.err.contains("F425"), "{}", ran.err);
    assert_eq!(site.public(), before);
    assert_eq!(site.run(&["build"]).code, Some(0), "with room it goes on");
}
