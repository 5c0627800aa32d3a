//! `publish` to a folder, from the settings to what stands there: gates, plans, refusals, going back.

use crate::bulletin;
use crate::site::{Ran, Site, files, ran};
use std::collections::BTreeMap;
use std::fs;

/// Files of our own at the far side.
const OWN: [&str; 2] = [".yuanba-published", ".yuanba-publishing"];

/// A site with a folder to publish to, and one bulletin.
fn site() -> Site {
    let site = Site::new();
    let settings = fs::read_to_string(site.at("content/site.yaml")).expect("it is there");
    site.put("content/site.yaml", format!("{settings}发布:\n  值班室: {{类型: 文件夹, 目录: ../web}}\n"));
    site.put("content/tips/heat.md", bulletin("防暑", "", "多喝水，见[好](good.md)。"));
    fs::create_dir(site.at("../web")).expect("there is none");
    site
}

/// Builds and publishes.
fn publish(site: &Site, more: &[&str]) -> Ran {
    assert_eq!(site.run(&["build"]).code, Some(0));
    site.run(&[&["publish"], more].concat())
}

/// What stands in the folder, our lists left out.
fn web(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let mut all = files(&site.at("../web"));
    all.retain(|name, _| !OWN.contains(&name.as_str()));
    all
}

#[test]
fn a_folder_gets_the_site_and_then_only_what_changed() {
    let site = site();
    let ran = site.run(&["publish"]);
    assert!(ran.code == Some(1) && ran.err.contains("yuanba build"), "{}", ran.err);
    let ran = publish(&site, &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.contains("已发布"), "{}", ran.err);
    assert_eq!(web(&site), site.public());
    let again = site.run(&["publish", "值班室"]);
    assert!(again.code == Some(0) && again.err.contains("已经是最新的"), "{}", again.err);

    site.put("content/tips/heat.md", bulletin("防暑防雷", "", "多喝水。"));
    let old = site.run(&["publish"]);
    assert!(old.code == Some(1) && old.err.contains("比内容旧"), "{}", old.err);
    let look = site.run(&["publish", "--dry-run"]);
    assert!(
        look.code == Some(0) && look.out.contains("改动  tips/heat/index.html"),
        "{}{}",
        look.out,
        look.err
    );
    assert_ne!(web(&site), site.public(), "a look changes nothing");
    let ran = site.run(&["publish", "--purge-list", "../purge.txt", "--verify"]);
    assert!(ran.code == Some(0) && ran.err.contains("读回核对"), "{}", ran.err);
    assert_eq!(web(&site), site.public());
    let purge = fs::read_to_string(site.at("../purge.txt")).unwrap();
    assert!(purge.lines().any(|line| line.ends_with("/tips/heat/")), "{purge}");
    assert!(purge.lines().all(|line| line.starts_with("http")), "{purge}");
}

#[test]
fn what_is_no_finished_site_is_refused() {
    let site = site();
    assert_eq!(site.run(&["build"]).code, Some(0));
    site.put("public/stray.html", "not ours");
    let ran = site.run(&["publish"]);
    assert!(ran.code == Some(1) && ran.out.contains("stray.html"), "{}{}", ran.out, ran.err);
    fs::remove_file(site.at("public/stray.html")).unwrap();
    let page = fs::read(site.at("public/index.html")).unwrap();
    site.put("public/index.html", "shorter");
    assert_eq!(site.run(&["publish"]).code, Some(1));
    site.put("public/index.html", page);
    site.put("content/tips/draft.md", bulletin("草稿", "draft: true\n", "还没写完。"));
    assert_eq!(site.run(&["build", "--drafts"]).code, Some(0));
    let ran = site.run(&["publish"]);
    assert!(ran.code == Some(1) && ran.err.contains("草稿"), "{}", ran.err);
    assert!(web(&site).is_empty(), "nothing was sent");
    site.put("content/tips/bad.md", bulletin("坏", "", "电话 13912345678，身份证 110101199003070038。"));
    let ran = site.run(&["publish", "--build"]);
    assert!(ran.code == Some(1) && ran.err.contains("P101"), "{}", ran.err);
    fs::remove_file(site.at("content/tips/bad.md")).unwrap();
    let ran = site.run(&["publish", "--build"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(web(&site).keys().all(|name| !name.contains("draft")) && web(&site) == site.public());
}

#[test]
fn a_secret_in_the_settings_is_refused_and_not_shown() {
    let site = site();
    let settings = fs::read_to_string(site.at("content/site.yaml")).unwrap();
    let secret = "LTAI5tQqhPrivate9";
    for line in [
        format!("  云: {{kind: oss, bucket: a, endpoint: oss.example, access_key_secret: {secret}}}\n"),
        format!("  云: {{kind: webdav, endpoint: 'https://me:{secret}@dav.example/'}}\n"),
        format!("  密码: {secret}\n"),
        format!("  云: {{kind: s3, bucket: a, endpoint: s3.example, 密钥: {{id: {secret}}}}}\n"),
    ] {
        site.put("content/site.yaml", format!("{settings}{line}"));
        for command in [&["publish", "值班室"][..], &["build"], &["check", "--format", "json"]] {
            let ran = site.run(command);
            let said = format!("{}{}", ran.out, ran.err);
            assert!(ran.code == Some(1) && said.contains("F460"), "{command:?}: {said}");
            assert!(!said.contains(secret), "{command:?} {line}: {said}");
        }
    }
}

#[test]
fn secrets_are_asked_for_by_name_and_never_said() {
    let site = site();
    let settings = fs::read_to_string(site.at("content/site.yaml")).unwrap();
    site.put(
        "content/site.yaml",
        format!("{settings}  云: {{kind: s3, bucket: a, endpoint: 'http://127.0.0.1:9'}}\n"),
    );
    assert_eq!(site.run(&["build"]).code, Some(0));
    let two = site.run(&["publish"]);
    assert!(two.code == Some(2) && two.err.contains("值班室、云"), "{}", two.err);
    let none = site.run(&["publish", "山"]);
    assert!(none.code == Some(2) && none.err.contains("没有叫“山”"), "{}", none.err);
    let file = site.at("../secrets.yaml");
    let secrets = ["publish", "云", "--secrets", "../secrets.yaml", "--lang", "zh"];
    let run = || ran(site.command(&secrets).env_remove("YUANBA_PUBLISH_KEY"));
    let lacking = run();
    if lacking.err.contains("编译时关掉了") {
        return;
    }
    assert!(lacking.code == Some(2) && lacking.err.contains("key_id"), "{}", lacking.err);
    fs::write(&file, "云: {key_id: k, key: s3cr3tw0rd}\n").unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        let open = run();
        assert!(open.code == Some(2) && open.err.contains("chmod 600"), "{}", open.err);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    }
    let inside = ["publish", "云", "--secrets", "content/secrets.yaml"];
    site.put("content/secrets.yaml", "云: {key_id: k, key: s3cr3tw0rd}\n");
    let inside = site.run(&inside);
    assert!(inside.code == Some(2) && inside.err.contains("网站文件夹"), "{}", inside.err);
}

#[test]
fn much_less_than_before_is_not_published_unasked() {
    let site = site();
    for number in 0..12 {
        let text = bulletin(&format!("第{number}篇"), "", "正文。");
        site.put(&format!("content/tips/n{number}.md"), text);
    }
    assert_eq!(publish(&site, &[]).code, Some(0));
    let before = web(&site);
    for number in 0..12 {
        fs::remove_file(site.at(&format!("content/tips/n{number}.md"))).unwrap();
    }
    let ran = publish(&site, &[]);
    assert!(ran.code == Some(1) && ran.err.contains("--max-delete"), "{}", ran.err);
    assert_eq!(web(&site), before);
    let ran = publish(&site, &["--max-delete", "1000"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(web(&site), site.public());
}

#[test]
fn one_goes_back_to_the_release_before_and_forward_again() {
    let site = site();
    let mut releases = Vec::new();
    for number in 0..5 {
        site.put("content/tips/heat.md", bulletin(&format!("防暑{number}"), "", "正文。"));
        let ran = publish(&site, &[]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        releases.push(web(&site));
    }
    let none = site.run(&["publish", "--rollback", "4"]);
    assert!(none.code == Some(2) && none.err.contains('3'), "{}", none.err);
    let ran = site.run(&["publish", "--rollback", "3"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(web(&site), releases[1]);
    // The release that was left is the one before now.
    assert_eq!(site.run(&["publish", "--rollback"]).code, Some(0));
    assert_eq!(web(&site), releases[4]);
    assert_eq!(site.run(&["publish"]).code, Some(0));
    assert_eq!(web(&site), site.public());
}

#[test]
fn a_place_that_is_away_or_taken_is_told() {
    let site = site();
    assert_eq!(site.run(&["build"]).code, Some(0));
    fs::write(site.at("../web/index.html"), "theirs").unwrap();
    let taken = site.run(&["publish"]);
    assert!(taken.code == Some(1) && taken.out.contains("index.html"), "{}{}", taken.out, taken.err);
    assert_eq!(fs::read(site.at("../web/index.html")).unwrap(), b"theirs");
    assert_eq!(site.run(&["publish", "--adopt"]).code, Some(0));
    assert_eq!(web(&site), site.public());
    fs::rename(site.at("../web"), site.at("../away")).unwrap();
    let away = site.run(&["publish"]);
    assert!(away.code == Some(3) && away.err.contains("找不到"), "{}", away.err);
    let settings = fs::read_to_string(site.at("content/site.yaml")).unwrap();
    site.put("content/site.yaml", settings.replace("../web", "content/tips"));
    let inside = site.run(&["publish"]);
    assert!(inside.code == Some(2) && inside.err.contains("在网站文件夹里面"), "{}", inside.err);
}

#[test]
fn published_figures_are_in_the_ledger() {
    let site = site();
    let data = "title: 2026年矛盾纠纷调解\nsource: 登记\nperiod: 2026-01 至 2026-02\ndimensions:\n  village: {label: 村社区, codes: \
                {longtan: 龙潭村, shiqiao: 石桥村}}\n  month: {label: 月份, time: month}\ntables:\n  by-village: {title: 各村纠纷, \
                rows: village, columns: month}\n";
    site.put("content/data/mediation.yaml", data);
    site.put(
        "content/data/mediation.csv",
        "village,month,cases\nlongtan,2026-01,31\nlongtan,2026-02,28\nshiqiao,2026-01,44\nshiqiao,2026-02,39\n",
    );
    let ran = publish(&site, &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let releases = || {
        let names = files(&site.at("content/data/releases"));
        names.into_keys().filter(|name| name.ends_with(".json")).collect::<Vec<_>>()
    };
    assert_eq!(releases(), ["2026-11-24.json"]);
    let again = site.run(&["publish"]);
    assert!(again.code == Some(0) && releases().len() == 1, "{}", again.err);
    site.put(
        "content/data/mediation.csv",
        "village,month,cases\nlongtan,2026-01,31\nlongtan,2026-02,28\nshiqiao,2026-01,44\nshiqiao,2026-02,39\n\
         longtan,2026-03,30\nshiqiao,2026-03,41\n",
    );
    site.put("content/data/mediation.yaml", data.replace("至 2026-02", "至 2026-03"));
    let more = publish(&site, &[]);
    assert_eq!(more.code, Some(0), "{}", more.err);
    assert_eq!(releases(), ["2026-11-24-2.json", "2026-11-24.json"]);
}
