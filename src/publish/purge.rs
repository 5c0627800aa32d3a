//! The addresses that a CDN has to forget after a publication, one a line.
//!
//! Invariant: whatever was changed, removed, or is new (a CDN may remember that it was not there) is named by every address that leads to it.

use super::plan::Plan;
use crate::model::route::encode;

/// Addresses below the site's own address, sorted.
pub fn addresses(plan: &Plan, base_url: &str) -> Vec<String> {
    let mut all = Vec::new();
    for path in plan.uploads().chain(&plan.gone).chain(&plan.room) {
        all.push(format!("{base_url}/{}", encode(path)));
        if let Some(folder) = path.strip_suffix("index.html") {
            all.push(format!("{base_url}/{}", encode(folder)));
        }
    }
    all.sort();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::OutPath;

    #[test]
    fn pages_are_named_by_folder_and_by_file() {
        let path = |text: &str| OutPath::new(text).unwrap();
        let plan = Plan {
            phases: [
                vec![path("a.css")],
                Vec::new(),
                vec![path("提示/index.html")],
                vec![path("index.html")],
            ],
            gone: [path("old/index.html")].into(),
            ..Plan::default()
        };
        let tips = "%E6%8F%90%E7%A4%BA";
        let mut expected = [
            "https://a.example/x/".to_owned(),
            "https://a.example/x/a.css".to_owned(),
            "https://a.example/x/index.html".to_owned(),
            "https://a.example/x/old/".to_owned(),
            "https://a.example/x/old/index.html".to_owned(),
            format!("https://a.example/x/{tips}/"),
            format!("https://a.example/x/{tips}/index.html"),
        ];
        expected.sort();
        assert_eq!(addresses(&plan, "https://a.example/x"), expected);
    }
}
