//! Sites that neither Git nor every disk can hold: each is refused with the file and the mend, and what was published
//! stays.

use crate::bulletin;
use crate::site::Site;

/// Builds a good site, makes it odd, and expects a refusal that says all of `words`.
fn refused(odd: impl FnOnce(&Site), words: &[&str]) {
    let site = Site::new();
    assert_eq!(site.run(&["build"]).code, Some(0));
    let before = site.public();
    odd(&site);
    let ran = site.run(&["build"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    for word in words.iter().chain(&["建议："]) {
        assert!(ran.err.contains(word), "no “{word}” in: {}", ran.err);
    }
    assert!(ran.err.len() < 20_000, "a message can be read");
    assert_eq!(site.public(), before);
}

#[test]
fn ten_thousand_nested_quotes() {
    refused(
        |site| site.put("content/tips/a.md", bulletin("深", "", &format!("{}底", "> ".repeat(10_000)))),
        &["F412", "content/tips/a.md:6"],
    );
}

#[test]
fn a_hundred_thousand_brackets_are_text() {
    let site = Site::new();
    for sign in ["[", "*a ", "![", "`", "<a ", "&#"] {
        site.put("content/tips/a.md", bulletin("符号", "", &sign.repeat(100_000)));
        let ran = site.run(&["build", "--quiet"]);
        assert!(
            matches!(ran.code, Some(0 | 1)),
            "{sign}: {:?} {}",
            ran.code,
            &ran.err[..ran.err.len().min(2000)]
        );
    }
}

#[test]
fn a_line_of_twenty_megabytes() {
    refused(
        |site| site.put("content/tips/a.md", bulletin("长", "", &"长".repeat(7 << 20))),
        &["F411", "content/tips/a.md"],
    );
    refused(
        |site| site.put("content/tips/a.md", bulletin("长", "", &"长".repeat(1 << 20))),
        &["F411", "content/tips/a.md"],
    );
}

#[test]
fn deep_front_matter() {
    refused(
        |site| {
            site.put("content/tips/a.md", bulletin("深", &format!("tags: {}\n", "[".repeat(5000)), "正文。"));
        },
        &["content/tips/a.md"],
    );
}

#[test]
fn a_folder_that_is_called_like_a_bulletin_is_a_folder() {
    let site = Site::new();
    std::fs::create_dir(site.at("content/tips/x.md")).expect("folders can be made");
    let ran = site.run(&["build"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
}

#[cfg(unix)]
mod unix {
    use super::refused;
    use crate::bulletin;
    use crate::site::Site;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn links_out_of_the_site() {
        let out = tempfile::tempdir().expect("a folder");
        std::fs::write(out.path().join("a.md"), bulletin("外面", "", "秘密。")).expect("a file");
        refused(
            |site| symlink(out.path().join("a.md"), site.at("content/tips/a.md")).unwrap(),
            &["F414", "content/tips/a.md"],
        );
        refused(
            |site| symlink(out.path(), site.at("content/tips/out")).unwrap(),
            &["F414", "content/tips/out"],
        );
        refused(|site| symlink("/etc", site.at("content/tips/etc")).unwrap(), &["F414"]);
    }

    #[test]
    fn loops_of_links() {
        refused(
            |site| symlink(site.at("content"), site.at("content/tips/again")).unwrap(),
            &["F415", "content/tips/again"],
        );
        refused(
            |site| {
                symlink("b.md", site.at("content/tips/a.md")).unwrap();
                symlink("a.md", site.at("content/tips/b.md")).unwrap();
            },
            &["content/tips/a.md"],
        );
    }

    #[test]
    fn a_link_inside_the_site_is_followed() {
        let site = Site::new();
        symlink("good.md", site.at("content/tips/same.md")).unwrap();
        let ran = site.run(&["build"]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert!(site.at("public/tips/same/index.html").is_file());
    }

    #[test]
    fn themes_cannot_be_links_out_either() {
        let site = Site::new();
        std::fs::create_dir_all(site.at("themes/default/assets")).unwrap();
        symlink("/etc/hostname", site.at("themes/default/assets/host.txt")).unwrap();
        let ran = site.run(&["build"]);
        assert!(!site.public().keys().any(|path| path.contains("host.txt")), "{}", ran.err);
    }

    #[test]
    fn unreadable_files() {
        let lock = |site: &Site| {
            site.put("content/tips/a.md", bulletin("锁", "", "正文。"));
            std::fs::set_permissions(site.at("content/tips/a.md"), std::fs::Permissions::from_mode(0o0))
                .unwrap();
        };
        let probe = Site::new();
        lock(&probe);
        if std::fs::read(probe.at("content/tips/a.md")).is_ok() {
            eprintln!("skipped: this user reads every file");
            return;
        }
        refused(lock, &["F413", "content/tips/a.md"]);
    }

    #[test]
    fn names_that_are_not_unicode() {
        refused(
            |site| {
                std::fs::write(site.at("content/tips").join(OsStr::from_bytes(b"\xd6\xd0.md")), "字")
                    .unwrap();
            },
            &["F416"],
        );
    }
}
