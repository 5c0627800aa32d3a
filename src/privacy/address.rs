//! Home addresses: an estate with building and room, a village with group and door, a street with number and part.
//!
//! Refuses: a building or a village alone, and addresses of offices, shops and stops, which are there to be found.
//! Invariant: what is found ends in a number with its unit, or is a village group that somebody is said to live in.

use super::lexicon::{Lexicon, Words, is_han};
use super::marks;
use super::normalise::Folded;
use super::{Context, Detector};
use std::ops::Range;
use std::sync::LazyLock;

/// The detector.
pub struct Address;

/// How far an address goes back from its first number.
const HEAD: usize = 30;

/// Words that somebody's home follows.
static LIVES: Words = LazyLock::new(|| {
    Lexicon::new([
        "家住 现住 住在 住于 居住 居住在 暂住 暂住在 租住 租住在 常住 入住 户籍地 户籍所在地 户籍 户口所在地 户口 住址 现住址 家庭住址 家庭地址 \
         住所地 住所 居所 家在 家位于 住 老家 籍贯 原住 落户 搬到 搬至 住房 民宅 收货地址 收件地址 联系地址 通讯地址 邮寄地址 送货地址 现居 祖籍",
    ])
});
/// What says behind an address that somebody lives there.
static LIVED: Words = LazyLock::new(|| {
    Lexicon::new([
        "的住户 住户 民宅 居民 业主 租客 租户 家中 的家中 家里 人家 的村民 村民 人， 出租屋 出租房 住宅 自建房 家门 房主 房东 一户 宅 家被 的家 老人家 其家",
    ])
});
/// Places that are there to be found.
static PUBLIC: Words = LazyLock::new(|| {
    Lexicon::new([
        "派出所 公安局 分局 警务室 警务站 交警队 大队 支队 中队 村委会 居委会 政府 服务中心 服务站 政务 大厅 窗口 中心 街道办 办事处 法院 检察院 司法所 法律援助 \
         医院 卫生院 卫生室 学校 小学 中学 幼儿园 大学 学院 银行 支行 营业厅 商场 超市 酒店 宾馆 饭店 公司 广场 车站 站台 图书馆 文化馆 体育馆 博物馆 公园 景区 \
         法庭 律所 律师事务所 公证处 邮局 供电所 加油站 市场 门市 商铺 办公楼 教学楼 写字楼 单位地址 办公地址 办公室 会议室 我所 本所 报名地点 地点 集合 会场 \
         宣传点 举办 收费站 高速 国道 省道 县道 物业 厂 警校 博览 候车 诊室 展厅",
    ])
});
/// Words that end the part before an address.
static OPENS: Words = LazyLock::new(|| {
    Lexicon::new([
        "家住 现住 住在 住于 居住在 居住 暂住在 暂住 租住在 租住 常住 入住 户籍地 户籍所在地 户籍 户口 住址 住所地 住所 家在 位于 地址 老家 籍贯 现居 前往 到达 来到 赶到 送到 送至 送往 回到 进入 闯入 \
         搬到 搬至 寄到 寄往 寄至 抵达 发生在 是 为 在 住 到 于 从 系 至 往 对 将 把 由 向 该 其 称 说 人 与 和 及 了",
    ])
});
const UNITS: [&str; 22] = [
    "号楼", "单元", "号院", "号附", "栋", "幢", "座", "层", "楼", "室", "号", "户", "组", "队", "社", "排",
    "弄", "巷", "房", "门", "区", "期",
];

/// A number with its unit.
struct Part {
    unit: &'static str,
    end: usize,
}

impl Detector for Address {
    fn kind(&self) -> &'static str {
        "address"
    }

    fn may_find(&self, text: &Folded) -> bool {
        text.has_digits()
    }

    fn find(&self, text: &Folded, _: &Context) -> Vec<Range<usize>> {
        let signs = text.plain();
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut at = 0;
        while at < signs.len() {
            if text.marks()[at] & marks::NUMERAL == 0 && !signs[at].is_ascii_lowercase() {
                at += 1;
                continue;
            }
            let letter = signs[at].is_ascii_lowercase()
                && at > 0
                && is_han(signs[at - 1])
                && matches!(signs.get(at + 1), Some('座' | '栋' | '幢' | '区' | '单'));
            if !(letter || is_numeral(signs[at])) || at > 0 && is_numeral(signs[at - 1]) {
                at += 1;
                continue;
            }
            let parts = parts(signs, at);
            let Some(last) = parts.last() else {
                at += 1;
                continue;
            };
            let first = at;
            let end = last.end;
            let start = head(signs, first);
            if let Some(range) = judge(signs, start..first, &parts, end) {
                found.push(range);
            }
            at = end;
        }
        found
    }
}

/// A numeral, or a sign that counts houses.
pub fn is_numeral(sign: char) -> bool {
    matches!(
        sign,
        '0'..='9'
            | '〇'
            | '零'
            | '一'
            | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '两'
            | '甲'
            | '乙'
            | '丙'
            | '丁'
    )
}

/// The numbers with units that follow each other from an index on: `3栋2单元501室`, `88号附12号`, `3-2-501`.
fn parts(signs: &[char], mut at: usize) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    loop {
        let mut next = at;
        if !parts.is_empty() {
            while next - at < 2
                && matches!(signs.get(next), Some(' ' | '-' | ',' | '附' | '第' | '之' | '*' | '#'))
            {
                next += 1;
            }
        }
        let letter = usize::from(signs.get(next).is_some_and(char::is_ascii_lowercase));
        let digits = signs[(next + letter).min(signs.len())..]
            .iter()
            .take(8)
            .take_while(|sign| is_numeral(**sign))
            .count();
        let behind = next + letter + digits;
        if letter + digits == 0 {
            return parts;
        }
        let unit = UNITS
            .iter()
            .find(|unit| unit.chars().enumerate().all(|(i, c)| signs.get(behind + i) == Some(&c)));
        match unit {
            // 3号 is a day, 3楼 a floor, wherever nothing else says more; the whole of the parts decides.
            Some(unit) => {
                at = behind + unit.chars().count();
                parts.push(Part { unit, end: at });
            }
            None if !parts.is_empty() && digits >= 1 && matches!(signs.get(behind), Some('-')) => {
                at = behind;
                parts.push(Part { unit: "-", end: at });
            }
            None if !parts.is_empty() && next > at && (2..=4).contains(&digits) && is_end(signs, behind) => {
                parts.push(Part { unit: "-", end: behind });
                return parts;
            }
            None if (3..=4).contains(&digits)
                && is_end(signs, behind)
                && parts
                    .last()
                    .is_some_and(|last| matches!(last.unit, "栋" | "幢" | "座" | "单元" | "号楼")) =>
            {
                parts.push(Part { unit: "室", end: behind });
                return parts;
            }
            None if parts.is_empty() && letter == 0 && signs.get(behind) == Some(&'-') => {
                // 3-2-501: house, entrance and room.
                let (end, groups) = dashed(signs, next);
                if groups == 3 {
                    parts.push(Part { unit: "栋", end });
                    parts.push(Part { unit: "室", end });
                }
                return parts;
            }
            None => return parts,
        }
    }
}

/// Groups of one to four digits with dashes between them.
fn dashed(signs: &[char], mut at: usize) -> (usize, usize) {
    let mut groups = 0;
    loop {
        let digits =
            signs[at.min(signs.len())..].iter().take(5).take_while(|sign| sign.is_ascii_digit()).count();
        if !(1..=4).contains(&digits) || groups < 2 && digits > 2 {
            return (at, 0);
        }
        groups += 1;
        at += digits;
        if signs.get(at) != Some(&'-') {
            return (at, groups);
        }
        at += 1;
    }
}

fn is_end(signs: &[char], at: usize) -> bool {
    signs.get(at).is_none_or(|next| {
        !next.is_ascii_alphanumeric() && !is_numeral(*next) && !"年月日元人名次个件起米条万".contains(*next)
    })
}

/// Where the names before the first number begin.
fn head(signs: &[char], first: usize) -> usize {
    // A word that somebody's home follows is where it begins: 家住和平路19号.
    let near = first
        - signs[..first]
            .iter()
            .rev()
            .take(HEAD)
            .take_while(|sign| is_han(**sign) || sign.is_ascii_alphanumeric())
            .count();
    if let Some(start) = (near..first).rev().find(|at| LIVES.ends(signs, *at) && *at > near + 1) {
        return start;
    }
    let mut start = first;
    while start > 0 && first - start < HEAD {
        let sign = signs[start - 1];
        let goes_on = is_han(sign)
            || sign.is_ascii_alphanumeric() && start < first && !matches!(signs[start], '年' | '月' | '日');
        if !goes_on || OPENS.ends(signs, start) && start < first {
            break;
        }
        start -= 1;
    }
    start
}

fn judge(signs: &[char], names: Range<usize>, parts: &[Part], end: usize) -> Option<Range<usize>> {
    let has = |units: &[&str]| parts.iter().any(|part| units.contains(&part.unit));
    let start = names.start;
    let clause = signs[..start].iter().rev().take(16).take_while(|sign| !"。,\n；;".contains(**sign)).count();
    let lives =
        LIVES.ends(signs, start) || LIVES.ends(signs, skip_joins(signs, start)) || LIVED.at(signs, end) > 0;
    let public = PUBLIC.within(signs, start - clause, names.end)
        || PUBLIC.at(signs, end) > 0
        || PUBLIC.within(signs, end, end + 6) && !lives;
    let word_before = names.len();
    // A number that only counts: 第三组, 分成三组.
    let building = has(&["栋", "幢", "座", "号楼"]);
    let home =
        has(&["室", "户", "单元", "层", "-", "房", "门"]) || building && parts.len() >= 2 && has(&["号"]);
    let named = signs[names.clone()].iter().collect::<String>();
    let estate = [
        "小区", "花园", "家园", "苑", "公寓", "新村", "佳园", "华府", "名城", "新城", "花苑", "宿舍", "院",
        "府", "庭", "湾", "里", "园", "城", "楼", "区", "庄",
    ];
    let is_estate = estate.iter().any(|word| named.ends_with(word));
    let village = ["村", "寨", "屯", "社区", "坝", "坪", "庄", "湾", "乡", "镇", "组", "沟", "坡", "岭"]
        .iter()
        .any(|word| named.ends_with(word));
    let street =
        ["路", "街", "道", "巷", "弄", "胡同", "里", "大道", "段"].iter().any(|word| named.ends_with(word));
    let group = matches!(parts[0].unit, "组" | "队" | "社");
    let door = has(&["号", "户"]);
    let dashed = parts.len() == 2 && parts[0].end == parts[1].end;
    let found = if dashed {
        is_estate || lives
    } else if building && home {
        word_before > 0 || lives
    } else if has(&["单元"]) && has(&["室", "号", "户", "楼", "层", "-", "房"]) {
        true
    } else if group && door && parts.len() >= 2 {
        village || word_before >= 2
    } else if group {
        village && lives && !named.ends_with('组')
    } else if (street || village) && door {
        let part = signs[names.end..end].contains(&'附') || parts.len() >= 2 && has(&["室", "-", "房", "楼"]);
        part || lives
    } else if has(&["楼", "层"]) && has(&["室", "号", "户"]) || has(&["室"]) {
        lives && (is_estate || street)
    } else {
        false
    };
    // 5号 of a month, 3楼: never alone. What is public is found by everybody.
    (found && (!public || lives_surely(signs, start, end))).then_some(start..end)
}

/// 家住派出所对面3栋2单元501室 is a home all the same.
fn lives_surely(signs: &[char], start: usize, end: usize) -> bool {
    let before: String = signs[start.saturating_sub(6)..start].iter().collect();
    ["家住", "现住", "户籍", "暂住", "租住", "住址", "居住"].iter().any(|word| before.contains(word))
        || ["的住户", "住户", "民宅"].iter().any(|word| {
            signs[end..].iter().take(3).copied().eq(word.chars())
                || word.chars().enumerate().all(|(i, c)| signs.get(end + i) == Some(&c))
        })
}

fn skip_joins(signs: &[char], mut at: usize) -> usize {
    while at > 0 && matches!(signs[at - 1], ':' | ' ' | '为' | '是' | '在' | '于' | '"' | '“' | '*' | '到')
    {
        at -= 1;
    }
    at
}
