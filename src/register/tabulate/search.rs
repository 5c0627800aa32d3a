//! Finding a column: by its header, or by what such columns are usually called.
//!
//! Refuses: a word that fits no column or several.
//! Invariant: a column that tells who somebody is, is found by its own name alone.

use super::Problems;
use super::columns::place;
use crate::diag::Message;
use crate::register::header::{self, Header};
use crate::register::{Cells, Kept, Value, compact, date, identity};

/// What columns are usually called: key, label, and words that their headers have, the surest first.
const USUAL: &[(&str, &[&str])] = &[
    ("village", &["村社区", "所属村", "村", "社区", "辖区"]),
    ("type", &["类型", "类别", "案由", "种类", "性质"]),
    ("outcome", &["结果"]),
    ("age", &["年龄段", "年龄组", "年龄"]),
    ("sex", &["性别"]),
    ("band", &["损失档次", "损失段", "档次"]),
    ("loss", &["损失金额", "涉案金额", "被骗金额", "损失", "金额"]),
];

/// A header without its upper row and without brackets.
pub fn base(name: &str) -> String {
    let last = name.rsplit('/').next().unwrap_or(name);
    let bare = last.split('(').next().unwrap_or(last);
    if bare.is_empty() { last.to_owned() } else { bare.to_owned() }
}

/// The key that such columns usually have.
pub fn usual_key(name: &str) -> Option<String> {
    let name = base(name);
    let found = USUAL.iter().find(|(_, words)| words.iter().any(|word| name.contains(word)));
    found.map(|(key, _)| (*key).to_owned())
}

/// The columns to choose from.
pub struct Search<'s> {
    pub header: &'s Header,
    pub sample: &'s [(u32, Vec<Kept>)],
    pub late: bool,
    pub year: Option<i16>,
}

impl Search<'_> {
    /// The names of all columns.
    pub fn headers(&self) -> String {
        let named: Vec<&str> =
            self.header.names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
        named.join("、")
    }

    /// The column of exactly this name, as a whole or without its brackets and its upper row.
    pub fn exact(&self, word: &str) -> Option<usize> {
        let word = compact(word);
        let names = &self.header.names;
        let mut same = (0..names.len()).filter(|at| names[*at] == word);
        match (same.next(), same.next()) {
            (Some(at), None) => return Some(at),
            // Two columns of one name: nobody knows which is meant.
            (Some(_), Some(_)) => return None,
            (None, _) => {}
        }
        let mut fit = (0..names.len()).filter(|at| {
            !names[*at].is_empty()
                && (base(&names[*at]) == word || names[*at].rsplit('/').next() == Some(&word))
        });
        fit.next().filter(|_| fit.next().is_none())
    }

    /// The column that a word means.
    pub fn find(&self, word: &str, problems: &mut Problems) -> Option<usize> {
        if let Some(column) = self.exact(word) {
            return Some(column);
        }
        let names = &self.header.names;
        let doubled: Vec<String> = (0..names.len())
            .filter(|at| names[*at] == compact(word))
            .map(|at| place(at, &names[at]))
            .collect();
        if doubled.len() > 1 {
            problems.add(
                Message::new("register-same-name").with("word", word).with("columns", doubled.join("、")),
            );
            return None;
        }
        let group = USUAL.iter().find(|(key, words)| *key == word || words.contains(&word));
        for part in group.map(|(_, words)| *words).unwrap_or_default() {
            let fit: Vec<usize> = (0..names.len())
                .filter(|at| base(&names[*at]).contains(part) && identity::by_header(&names[*at]).is_none())
                .collect();
            match fit.as_slice() {
                [] => {}
                [one] => return Some(*one),
                several => {
                    let list: Vec<String> = several.iter().map(|at| place(*at, &names[*at])).collect();
                    problems.add(
                        Message::new("register-which-column")
                            .with("word", word)
                            .with("columns", list.join("、")),
                    );
                    return None;
                }
            }
        }
        let wanted = compact(word);
        let near = names
            .iter()
            .filter(|name| !name.is_empty())
            .map(|name| (strsim::jaro_winkler(name, &wanted), name));
        let near = near
            .filter(|(score, _)| *score > 0.6)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, name)| name.as_str());
        let hint = near.map(|name| Message::new("register-nearest").with("name", name));
        problems.add_with(
            Message::new("register-no-column").with("word", word).with("headers", self.headers()),
            hint,
        );
        None
    }

    /// The only column of dates.
    pub fn only_date(&self, problems: &mut Problems) -> Option<usize> {
        let names = &self.header.names;
        let fit: Vec<usize> = (0..names.len())
            .filter(|at| self.is_date(*at) && identity::by_header(&names[*at]).is_none())
            .collect();
        match fit.as_slice() {
            [one] => Some(*one),
            [] => {
                problems.add(Message::new("register-no-date").with("headers", self.headers()));
                None
            }
            several => {
                let list: Vec<String> = several.iter().map(|at| place(*at, &names[*at])).collect();
                let hint = Message::new("register-which-date-hint").with("name", &names[several[0]]);
                problems.add_with(
                    Message::new("register-which-date").with("columns", list.join("、")),
                    Some(hint),
                );
                None
            }
        }
    }

    /// Whether a column holds dates: most of its first cells are, or its header says so.
    pub fn is_date(&self, column: usize) -> bool {
        let name = &self.header.names[column];
        if name.is_empty() {
            return false;
        }
        let said = ["日期", "时间", "年月日"].iter().any(|word| name.contains(word));
        let (mut dates, mut others) = (0, 0);
        for (_, row) in self.sample {
            match row.as_slice().at(column) {
                value if header::is_empty(value) => {}
                Value::Number(_) if !said => others += 1,
                // A code of digits alone may look like a day; only a header can say that it is one.
                Value::Text(text) if !said && text.bytes().all(|byte| byte.is_ascii_digit()) => others += 1,
                value => match date::read(value, self.year, self.late) {
                    Ok(_) | Err(date::Slip::NoYear | date::Slip::ShortYear) => dates += 1,
                    Err(_) => others += 1,
                },
            }
        }
        if dates + others == 0 { said } else { dates > others }
    }
}
