//! Columns that tell who somebody is: by their header, and by what is in them.
//!
//! Refuses: such a column as a dimension or as a sum.
//! Invariant: a header that only tells what sort of person it was (`受害人年龄段`) is not refused.

use super::persons::{is_called, is_name};
use crate::privacy;
use jiff::civil::Date;

/// What a column tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// Names of persons.
    Name,
    /// Numbers of identity cards and other papers.
    Paper,
    /// Numbers of telephones, and accounts of messengers.
    Contact,
    /// Where somebody lives.
    Address,
    /// When somebody was born.
    Birth,
    /// Number plates.
    Plate,
    /// Numbers of cards and accounts.
    Account,
    /// Numbers of cases.
    Number,
    /// Descriptions in whole sentences.
    Story,
}

impl Sort {
    /// What messages call it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Paper => "paper",
            Self::Contact => "contact",
            Self::Address => "address",
            Self::Birth => "birth",
            Self::Plate => "plate",
            Self::Account => "account",
            Self::Number => "number",
            Self::Story => "story",
        }
    }
}

/// Headers that end so tell a property that many share.
const HARMLESS: &[&str] = &[
    "类型",
    "类别",
    "种类",
    "性别",
    "年龄段",
    "年龄",
    "年龄组",
    "职业",
    "学历",
    "文化程度",
    "民族",
    "人数",
    "件数",
    "次数",
    "数量",
    "金额",
    "损失",
    "是否",
    "情况",
    "结果",
    "方式",
    "渠道",
    "来源",
    "所属村",
    "所在村",
    "村",
    "社区",
    "村社区",
    "乡镇",
    "镇",
    "街道",
    "片区",
    "关系",
    "身份",
    "段",
    "档次",
    "状态",
    "等级",
    "单位",
    "部门",
    "时间",
    "日期",
    "月份",
    "(元)",
    "(万元)",
];

const HEADERS: &[(Sort, &[&str])] = &[
    (Sort::Birth, &["出生", "生日"]),
    (Sort::Paper, &["身份证", "证件", "护照", "证号", "社保号", "军官证", "身份号", "公民身份"]),
    (
        Sort::Contact,
        &[
            "电话",
            "手机",
            "联系方式",
            "联系号",
            "微信",
            "QQ",
            "qq",
            "邮箱",
            "号码",
            "抖音",
            "快手",
            "网名",
            "昵称",
        ],
    ),
    (Sort::Plate, &["车牌", "号牌", "车号"]),
    (Sort::Account, &["银行", "卡号", "账号", "账户", "帐号", "帐户", "开户"]),
    (Sort::Address, &["住址", "地址", "住所", "户籍", "户口", "居住", "门牌", "籍贯", "地点", "详细"]),
    (
        Sort::Name,
        &[
            "姓名",
            "名字",
            "当事人",
            "申请人",
            "报警人",
            "报案人",
            "受害人",
            "被害人",
            "嫌疑人",
            "违法人",
            "联系人",
            "户主",
            "本人",
            "家属",
            "监护人",
            "事主",
            "举报人",
            "投诉人",
            "民警",
            "承办",
            "经办",
            "调解员",
            "责任人",
            "负责人",
            "登记人",
            "甲方",
            "乙方",
            "人员",
        ],
    ),
    (Sort::Story, &["简要案情", "案情", "经过", "摘要", "内容", "备注", "描述"]),
    (Sort::Number, &["案号", "案件编号", "警情编号", "编号", "序号", "流水号", "文号"]),
];
const ENGLISH: &[(Sort, &[&str])] = &[
    (Sort::Birth, &["birth", "dob"]),
    (Sort::Paper, &["idcard", "id_card", "passport", "idno", "id_no"]),
    (Sort::Contact, &["phone", "mobile", "tel", "wechat", "email"]),
    (Sort::Address, &["address", "addr"]),
    (Sort::Plate, &["plate"]),
    (Sort::Account, &["account", "card"]),
    (Sort::Name, &["name", "victim", "suspect", "person"]),
];

/// What a header says that its column tells about a person.
pub fn by_header(name: &str) -> Option<Sort> {
    let last = name.rsplit('/').next().unwrap_or(name);
    let bare = last.split('(').next().unwrap_or(last);
    let lower = bare.to_ascii_lowercase();
    let birth = HEADERS[0].1.iter().any(|word| bare.contains(word));
    let harmless = HARMLESS.iter().any(|end| bare.ends_with(end) || last.ends_with(end));
    if harmless && !birth && !["证件", "号码"].iter().any(|word| bare.ends_with(word)) {
        return None;
    }
    let hit = |list: &[(Sort, &[&str])], text: &str| {
        list.iter().find(|(_, words)| words.iter().any(|word| text.contains(word))).map(|(sort, _)| *sort)
    };
    hit(HEADERS, bare).or_else(|| if bare.is_ascii() { hit(ENGLISH, &lower) } else { None })
}

/// What a value tells, alone: a number that belongs to a person.
pub fn by_value(text: &str, today: Date) -> Option<Sort> {
    let found = privacy::numbers(text, today).into_iter().next()?;
    Some(match found.kind {
        "phone" => Sort::Contact,
        "bank_card" => Sort::Account,
        _ => Sort::Paper,
    })
}

/// Whether names of so many sorts are rather persons: few of them come twice.
fn is_spread(different: u64, rows: u64) -> bool {
    different > 40 || different > 4 && different * 12 > rows || different > 2 && different * 2 > rows
}

/// Whether a text has the shape of an address with its house.
fn is_address(text: &str) -> bool {
    let mut digit = false;
    for sign in text.chars() {
        if digit && "号栋幢室楼".contains(sign) {
            return true;
        }
        digit = sign.is_ascii_digit();
    }
    false
}

/// Whether a text has the shape of a number plate: `渝A12345`.
fn is_plate(text: &str) -> bool {
    let mut signs = text.chars().filter(|sign| !matches!(sign, '·' | ' ' | '-'));
    signs
        .next()
        .is_some_and(|sign| "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼".contains(sign))
        && signs.next().is_some_and(|sign| sign.is_ascii_uppercase())
        && {
            let rest: Vec<char> = signs.collect();
            (5..=6).contains(&rest.len()) && rest.iter().all(char::is_ascii_alphanumeric)
        }
}

/// What the values of a column tell together. `values` are its different values with how often each occurs.
pub fn by_values<'v>(values: impl Iterator<Item = (&'v str, u64)>) -> Option<Sort> {
    let (mut different, mut rows, mut names, mut called, mut addresses, mut plates, mut long) =
        (0_u64, 0_u64, 0_u64, 0_u64, 0_u64, 0_u64, 0_u64);
    for (text, count) in values {
        different += 1;
        rows += count;
        names += u64::from(is_name(text));
        called += u64::from(is_called(text));
        addresses += u64::from(is_address(text));
        plates += u64::from(is_plate(text));
        long += u64::from(text.chars().count() > 30);
    }
    let most = |some: u64| different > 0 && some * 2 > different;
    match () {
        () if most(plates) => Some(Sort::Plate),
        () if addresses * 3 > different && different > 2 => Some(Sort::Address),
        () if most(called) => Some(Sort::Name),
        // Names hardly repeat; villages and sorts that begin like a surname do.
        () if names * 10 >= different * 6 && is_spread(different, rows) => Some(Sort::Name),
        () if most(long) => Some(Sort::Story),
        () => None,
    }
}

/// Whether a column has so many values that it is no category.
pub fn is_no_category(different: u64, rows: u64) -> bool {
    different > 300 || different > 30 && different * 5 > rows || different > 12 && different * 2 > rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_that_tell_who() {
        for (header, sort) in [
            ("姓名", Sort::Name),
            ("当事人/姓名", Sort::Name),
            ("受害人", Sort::Name),
            ("被申请人", Sort::Name),
            ("受害人姓名", Sort::Name),
            ("身份证号", Sort::Paper),
            ("证件号码", Sort::Paper),
            ("联系电话", Sort::Contact),
            ("手机号码", Sort::Contact),
            ("家庭住址", Sort::Address),
            ("户籍地", Sort::Address),
            ("出生日期", Sort::Birth),
            ("出生年月", Sort::Birth),
            ("车牌号", Sort::Plate),
            ("银行卡号", Sort::Account),
            ("简要案情", Sort::Story),
            ("案件编号", Sort::Number),
            ("Name", Sort::Name),
            ("phone", Sort::Contact),
        ] {
            assert_eq!(by_header(header), Some(sort), "{header}");
        }
    }

    #[test]
    fn headers_that_tell_what_sort_of_person() {
        for header in [
            "受害人年龄段",
            "当事人/年龄",
            "报警人性别",
            "当事人类型",
            "所属村(社区)",
            "纠纷类型",
            "损失金额(元)",
            "调解结果",
            "登记日期",
            "报警时间",
            "受害人/职业",
            "village",
            "type",
            "嫌疑人人数",
            "住址所在村",
            "经办单位",
        ] {
            assert_eq!(by_header(header), None, "{header}");
        }
    }

    #[test]
    fn values_that_tell_who() {
        let sort = |values: &[&str]| by_values(values.iter().map(|value| (*value, 1)));
        assert_eq!(sort(&["王建国", "李秀英", "罗某", "欧阳某某", "陈某某", "张三"]), Some(Sort::Name));
        assert_eq!(sort(&["渝A12345", "川B·D1234", "渝FD12345"]), Some(Sort::Plate));
        assert_eq!(sort(&["石桥村3组12号", "河湾村1号", "正街5栋2单元"]), Some(Sort::Address));
        assert_eq!(by_value("联系13800138000", jiff::civil::date(2026, 11, 25)), Some(Sort::Contact));
    }

    #[test]
    fn values_that_are_categories() {
        let sort = |values: &[(&str, u64)]| by_values(values.iter().copied());
        let villages = ["石桥村", "白岩村", "龙潭村", "石板村", "正街社区", "向家寨", "马家沟", "江北"];
        assert_eq!(sort(&villages.map(|name| (name, 40))), None);
        assert_eq!(sort(&["石桥", "白马", "龙潭", "金山", "高坪", "江北"].map(|name| (name, 30))), None);
        assert_eq!(sort(&["陈警官", "王警官", "李警官"].map(|name| (name, 300))), Some(Sort::Name));
        let types = ["邻里纠纷", "婚姻家庭", "金融借贷", "任务刷单", "程序诈骗", "其他"];
        assert_eq!(sort(&types.map(|name| (name, 40))), None);
        assert_eq!(sort(&[("18—39岁", 3), ("60岁以上", 4)]), None);
        assert!(!is_no_category(10, 700) && !is_no_category(8, 9) && !is_no_category(25, 60));
        assert!(is_no_category(301, 1_000_000) && is_no_category(40, 100) && is_no_category(13, 20));
    }
}
