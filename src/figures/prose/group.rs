//! Names that stand together: 龙潭村的婚姻家庭纠纷 is one thing, 邻里纠纷、婚姻家庭和债务纠纷 are three.
//!
//! Refuses: to join what a comma parts. Invariant: every mention is in one item of one group, in order.

use super::judge::Codes;
use super::mention::Mention;
use std::ops::Range;

/// One thing: names of different dimensions side by side.
#[derive(Clone, Debug)]
pub struct Item {
    /// Where.
    pub range: Range<usize>,
    /// What they are.
    pub codes: Codes,
}

/// Things in a row.
#[derive(Clone, Debug)]
pub struct Group {
    /// Where.
    pub range: Range<usize>,
    /// The things, each with the names that it shares with its neighbours.
    pub items: Vec<Item>,
}

/// What may follow a name and belongs to it.
const TAILS: [&str; 11] =
    ["矛盾纠纷", "纠纷", "矛盾", "案件", "案", "类", "警情", "诈骗", "这类", "方面", "两类"];
/// What joins two things.
const JOINS: [&str; 12] = ["、", "和", "与", "及", "以及", "跟", "同", "、和", "/", "，和", "还有", "或"];

/// The groups of some mentions.
pub fn of(text: &str, mentions: &[Mention]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for mention in mentions {
        let own = Item {
            range: mention.range.clone(),
            codes: Codes::from([(mention.dimension, mention.code.clone())]),
        };
        if let Some(group) = groups.last_mut() {
            let gap = gap(&text[group.range.end..mention.range.start]);
            if let Some(item) = group
                .items
                .last_mut()
                .filter(|item| gap.is_empty() && !item.codes.contains_key(&mention.dimension))
            {
                item.codes.extend(own.codes);
                item.range.end = mention.range.end;
                group.range.end = mention.range.end;
                continue;
            }
            if JOINS.contains(&gap) {
                group.items.push(own);
                group.range.end = mention.range.end;
                continue;
            }
        }
        groups.push(Group { range: own.range.clone(), items: vec![own] });
    }
    groups.iter_mut().for_each(share);
    groups
}

/// What stands between two names, without what belongs to the first.
fn gap(between: &str) -> &str {
    let mut rest = between.trim();
    if let Some(tail) = TAILS.iter().find(|tail| rest.starts_with(**tail)) {
        rest = rest[tail.len()..].trim_start();
    }
    rest.trim_start_matches('的').trim()
}

/// 龙潭村邻里纠纷、婚姻家庭: the second is of 龙潭村 too; 龙潭村、石桥村的婚姻家庭: the first is of 婚姻家庭 too.
fn share(group: &mut Group) {
    for at in 1..group.items.len() {
        let before = group.items[at - 1].codes.clone();
        for (dimension, code) in before {
            group.items[at].codes.entry(dimension).or_insert(code);
        }
    }
    for at in (0..group.items.len().saturating_sub(1)).rev() {
        let after = group.items[at + 1].codes.clone();
        for (dimension, code) in after {
            group.items[at].codes.entry(dimension).or_insert(code);
        }
    }
}
