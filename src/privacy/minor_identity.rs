//! What tells who a minor or a victim is without a name: school and class; a village group and whose child or wife it is.
//!
//! Refuses: classes that an office speaks to (走进青山小学三年级2班上法治课), as long as nobody in them is spoken of.

use super::lexicon::{Lexicon, Words, is_han};
use super::marks;
use super::normalise::Folded;
use super::{Context, Detector};
use std::ops::Range;
use std::sync::LazyLock;

/// The detector.
pub struct MinorIdentity;

/// How names of schools end.
pub static SCHOOLS: Words = LazyLock::new(|| {
    Lexicon::new([
        "小学 完小 中学 初中 高中 幼儿园 学校 一中 二中 三中 四中 五中 六中 七中 八中 九中 十中 一小 二小 三小 四小 五小 六小 七小 八小 实验小 附小 附中 职中 职校 技校 民中 幼儿班 书院 学堂",
    ])
});
/// Words that somebody is spoken of by.
static PERSON: Words = LazyLock::new(|| {
    Lexicon::new([
        "就读 读书 上学 学生 男生 女生 女孩 男孩 女童 男童 孩子 小孩 其子 其女 儿子 女儿 孙子 孙女 岁 某 受害 被害 遭 侵害 失踪 走失 辍学 欺凌 霸凌 溺水 家长 父亲 母亲 班主任 未成年 同学 化名 受伤 \
         身高 辨认 离家 出走 离校 逃学 小某 在读 系",
    ])
});
/// What an office does in a class.
static VISITS: Words = LazyLock::new(|| {
    Lexicon::new([
        "开展 走进 宣讲 宣传 讲座 法治课 安全课 主题班会 师生 全体 全班 授课 上课 上了一 演练 讲解 联合 活动 参观",
    ])
});
static KIN: Words = LazyLock::new(|| {
    Lexicon::new([
        "之子 之女 之妻 之夫 之母 之父 之孙 的儿子 的女儿 的妻子 的丈夫 的母亲 的父亲 的孙子 的孙女 的大儿子 的小儿子 的大女儿 的小女儿 的独子 的独女 的媳妇 的儿媳 的养女 的养子 的侄女 的侄子 的外孙 的双胞胎 其子 其女 家的孩子 家的儿子 家的女儿 家孩子 家儿子 家女儿 的孩子",
    ])
});

impl Detector for MinorIdentity {
    fn kind(&self) -> &'static str {
        "minor_identity"
    }

    fn may_find(&self, text: &Folded) -> bool {
        text.has_digits()
    }

    fn find(&self, text: &Folded, _: &Context) -> Vec<Range<usize>> {
        let signs = text.plain();
        let mut found: Vec<Range<usize>> = Vec::new();
        for at in 0..signs.len() {
            if text.marks()[at] & marks::SCHOOL == 0 {
                continue;
            }
            if found.last().is_some_and(|last| last.end > at) {
                continue;
            }
            let school = SCHOOLS.at(signs, at);
            let range = if school > 0 && at > 0 {
                class(signs, at + school)
                    .map(|end| start_of(signs, at, "在于系是为到入的和与及读就某由从往至")..end)
                    .filter(|range| speaks_of_somebody(signs, range))
            } else if signs[at] == '组' || signs[at] == '队' {
                kin(signs, at)
            } else {
                None
            };
            found.extend(range);
        }
        found
    }
}

fn numeral(sign: char) -> bool {
    matches!(
        sign,
        '0'..='9' | '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十'
    )
}

/// Behind a school its year and class: `三年级2班`, `初二（3）班`, `大二班`, `2019级4班`.
fn class(signs: &[char], mut at: usize) -> Option<usize> {
    let begin = at;
    while at - begin < 6
        && matches!(
            signs.get(at),
            Some('(' | ')' | '部' | '校' | '区' | '的' | '分' | ' ' | ',' | '总' | '本')
        )
    {
        at += 1;
    }
    let skip = |mut at: usize, most: usize, is: &dyn Fn(char) -> bool| {
        let begin = at;
        while at - begin < most && signs.get(at).is_some_and(|sign| is(*sign)) {
            at += 1;
        }
        at
    };
    let year = match signs.get(at)? {
        '初' | '高' if signs.get(at + 1).is_some_and(|sign| numeral(*sign)) => at + 2,
        '大' | '中' | '小' | '托' | '学' => {
            let end = skip(at + 1, 1, &|sign| sign == '前');
            let digits = skip(end, 4, &|sign| numeral(sign) || matches!(sign, '(' | ')'));
            return (signs.get(digits) == Some(&'班')).then_some(digits + 1);
        }
        sign if numeral(*sign) => {
            let end = skip(at, 4, &numeral);
            match (signs.get(end), signs.get(end + 1)) {
                (Some('年'), Some('级')) => end + 2,
                (Some('级' | '届'), _) => end + 1,
                (Some('('), _) => end,
                // 青山小学三2班, 青山小学302班
                (Some('班'), _) if end - at >= 2 => end,
                _ => return None,
            }
        }
        _ => return None,
    };
    let year = skip(year, 2, &|sign| matches!(sign, '年' | '级'));
    let number = skip(year, 6, &|sign| numeral(sign) || matches!(sign, '(' | ')' | ' '));
    (signs.get(number) == Some(&'班')).then_some(number + 1)
}

/// Where the name of a place begins that goes on at an index: behind one of the words that `ends` names.
fn start_of(signs: &[char], place: usize, ends: &str) -> usize {
    let in_name = |sign: &&char| is_han(**sign) && !ends.contains(**sign);
    place - signs[..place].iter().rev().take(12).take_while(in_name).count()
}

fn speaks_of_somebody(signs: &[char], range: &Range<usize>) -> bool {
    let from = signs[..range.start].iter().rev().take(30).take_while(|sign| !"。\n".contains(**sign)).count();
    let to = signs[range.end..].iter().take(24).take_while(|sign| !"。\n".contains(**sign)).count();
    let (from, to) = (range.start - from, range.end + to);
    let person = PERSON.within(signs, from, range.start) || PERSON.within(signs, range.end, to);
    let visit = VISITS.within(signs, from, range.start) || VISITS.within(signs, range.end, to);
    let sure = ["就读", "岁", "其子", "其女", "被害", "受害", "失踪", "走失", "某"].iter().any(|word| {
        let word: Vec<char> = word.chars().collect();
        signs[from..to].windows(word.len()).any(|part| part == word)
    });
    !visit || person && sure
}

/// `青山村三组组长之子`: the village group and a relation.
fn kin(signs: &[char], group: usize) -> Option<Range<usize>> {
    let mut at = group;
    while at > 0 && numeral(signs[at - 1]) {
        at -= 1;
    }
    let village = at.checked_sub(1).filter(|last| at < group && "村寨屯坝社区".contains(signs[*last]))?;
    let start = start_of(signs, village, "在于系是为到入的和与及住");
    let limit = (group + 14).min(signs.len());
    let relation = (group + 1..limit).find(|at| KIN.at(signs, *at) > 0)?;
    let between = &signs[group + 1..relation];
    let broken = between.iter().any(|sign| "。,\n；;".contains(*sign));
    (!broken && relation > group + 1).then(|| start..relation + KIN.at(signs, relation))
}
