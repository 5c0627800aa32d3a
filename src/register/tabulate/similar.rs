//! Categories that may be one and the same: `婚姻家庭`, `婚姻家庭纠纷`, `婚姻 家庭`.
//!
//! Refuses: deciding. What looks alike is asked about; `龙潭村` and `龙塘村` may both be real.
//! Invariant: each pair is told once, the commoner one first.

use crate::register::compact;

/// Ends that change nothing.
const ENDS: &[&str] = &[
    "矛盾纠纷",
    "纠纷类",
    "纠纷",
    "矛盾",
    "案件",
    "问题",
    "类",
    "案",
    "诈骗",
    "村民委员会",
    "居民委员会",
    "村委会",
    "居委会",
    "社区",
    "村",
    "居",
    "骗局",
];

/// Pairs that look alike among categories with how often each occurs.
pub fn pairs(values: &[(&str, u64)]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (at, (one, count)) in values.iter().enumerate() {
        for (other, others) in &values[at + 1..] {
            if alike(one, other, *count, *others) {
                let (more, less) = if count >= others { (one, other) } else { (other, one) };
                found.push(((*more).to_owned(), (*less).to_owned()));
            }
        }
    }
    found
}

fn alike(one: &str, other: &str, count: u64, others: u64) -> bool {
    let (first, second) = (stem(one), stem(other));
    if first.is_empty() || second.is_empty() {
        return false;
    }
    if first == second {
        return true;
    }
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    if digits(&first) != digits(&second) || !digits(&first).is_empty() {
        return false;
    }
    let short = first.chars().count().min(second.chars().count());
    // A slip of the keyboard is rare beside what was meant.
    let rare = count.min(others) * 20 <= count.max(others);
    short >= 3
        && rare
        && (first.contains(&second)
            || second.contains(&first)
            || strsim::damerau_levenshtein(&first, &second) == 1)
}

/// A category without blanks, marks and ends that change nothing.
fn stem(text: &str) -> String {
    let plain: String =
        compact(text).chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let end = ENDS.iter().find(|end| plain.ends_with(**end) && plain.len() > end.len());
    end.map_or(plain.clone(), |end| plain[..plain.len() - end.len()].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_are_asked_about_and_neighbours_are_not() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        let found = pairs(&[("婚姻家庭", 40), ("婚姻家庭纠纷", 3), ("婚姻 家庭", 1), ("邻里", 30)]);
        assert_eq!(
            found,
            [
                pair("婚姻家庭", "婚姻家庭纠纷"),
                pair("婚姻家庭", "婚姻 家庭"),
                pair("婚姻家庭纠纷", "婚姻 家庭")
            ]
        );
        assert_eq!(pairs(&[("龙潭", 1), ("龙潭村", 80)]), [pair("龙潭村", "龙潭")]);
        assert_eq!(
            pairs(&[("虚假投资理财", 80), ("虚假投资里财", 1)]),
            [pair("虚假投资理财", "虚假投资里财")]
        );
        assert!(pairs(&[("18—39岁", 80), ("18岁以下", 1), ("40—59岁", 70), ("1千元以下", 2)]).is_empty());
        assert!(
            pairs(&[("龙潭村", 50), ("龙塘村", 40), ("大湾村", 30), ("道路交通", 10), ("债务纠纷", 10)])
                .is_empty()
        );
    }
}
