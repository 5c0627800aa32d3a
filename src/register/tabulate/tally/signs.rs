//! What stands in a column of categories and is none: signs for nothing, for the cell above, and texts that tell of one case.
//!
//! Refuses: taking a text of which somebody may be recognised for the name of a category; it would stand on a page.
//! Invariant: what is refused is told by its cell alone, never by its text.

use crate::register::{compact, persons};
use crate::source::unclean;

/// No category is longer: whatever the law and statistics of the police have, 帮助信息网络犯罪活动 has ten characters.
const LONGEST: usize = 20;

/// Signs that say that there is nothing.
const NOTHING: &[&str] =
    &["/", "\\", "-", "--", "—", "——", "–", "―", "─", "_", "~", ".", "无", "空", "略", "N/A", "n/a"];
/// Signs that stand for the cell above.
const ABOVE: &[&str] =
    &["同上", "同前", "同左", "同右", "〃", "″", "\"", "''", "“", "”", "ditto", "...", "……", "…"];

/// Whether a text says that there is nothing.
pub fn is_nothing(text: &str) -> bool {
    NOTHING.contains(&compact(text).as_str())
}

/// What remarks below a table begin with.
const REMARKS: &[&str] = &[
    "注:",
    "注1",
    "备注:",
    "说明:",
    "填表",
    "制表",
    "审核人",
    "统计人",
    "经办人",
    "负责人",
    "填报",
    "以上",
    "本表",
    "此表",
    "※",
    "附:",
    "联系电话",
];

/// Whether a text speaks as a remark below a table does: 注：本表数字截至…, 填表人：…
pub fn is_remark(text: &str) -> bool {
    let bare = compact(text);
    REMARKS.iter().any(|word| bare.starts_with(word))
}

/// Why a text is no category, and what to do about it: the names of two messages.
pub fn no_category(text: &str) -> Option<(&'static str, &'static str)> {
    if unclean::is_unclean(text) {
        return Some(("register-garbled", "register-garbled-hint"));
    }
    let bare = compact(text);
    if ABOVE.contains(&bare.as_str()) || bare.starts_with("同上") {
        return Some(("register-ditto", "register-ditto-hint"));
    }
    tells_a_case(&bare).then_some(("register-tells-case", "register-tells-case-hint"))
}

/// A sentence, a remark, or parties by their names.
fn tells_a_case(text: &str) -> bool {
    let length = text.chars().count();
    // The comma of 1,000 parts no clauses.
    let signs: Vec<char> = text.chars().collect();
    let digit = |at: usize| signs.get(at).is_some_and(char::is_ascii_digit);
    let clauses = signs.iter().enumerate().any(|(at, sign)| match sign {
        ',' => !(at > 0 && digit(at - 1) && digit(at + 1)),
        sign => matches!(sign, '。' | ';' | '!' | '?'),
    });
    // A number of a case, a document or a telephone: a category of amounts or days has fewer digits in a row.
    let longest_number = text.split(|sign: char| !sign.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    length > LONGEST || (clauses && length > 8) || longest_number > 8 || persons::names_parties(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_are_told_by_how_they_begin() {
        for text in ["注：本表数字截至9月30日", "备注：含调解", "填表人：某某", "以上共12件", "※ 不含巡逻"]
        {
            assert!(is_remark(text), "{text}");
        }
        for text in ["邻里", "注册资金纠纷", "说明会", "石桥村", "备案"] {
            assert!(!is_remark(text), "{text}");
        }
    }

    #[test]
    fn categories_are_categories() {
        for text in [
            "邻里",
            "婚姻家庭",
            "虚假购物、服务类诈骗",
            "冒充电商物流客服诈骗",
            "帮助信息网络犯罪活动",
            "山林土地（含宅基地）",
            "起诉",
            "诉前调解",
            "信访投诉",
            "与人纠纷",
            "劳资",
            "龙潭村",
            "王家坝村",
            "18—59岁",
            "1万元以上",
            "抢劫,抢夺",
            "高新区与经开区",
            "合同与债务",
            "金融借贷",
            "黄赌毒",
            "马路停车",
            "石材加工",
            "其他",
            "和解",
            "父母与子女",
            "业主与物业",
            "其他（如：噪音）",
            "1,000元以上不满5,000元",
            "盗窃(车辆)",
            "相邻关系（房屋）",
            "离婚",
            "家庭暴力",
            "任意殴打他人",
            "房屋被占",
            "20261130",
            "偷电动车",
            "欠薪",
            "张家湾村",
            "1000000元以上",
        ] {
            assert_eq!(no_category(text), None, "{text}");
            assert!(!is_nothing(text), "{text}");
        }
    }

    #[test]
    fn what_tells_of_a_case_is_none() {
        for text in [
            "邻里（赵一与钱二因院坝排水口角，已由村干部当场劝和）",
            "赵一诉钱二",
            "张三和李四打架",
            "张某与李某",
            "邻里（罗某某）",
            "王大爷家漏水",
            "王五偷电动车",
            "张三家的狗咬人",
            "刘芳离婚案",
            "邻里(张三)",
            "诈骗（李建国）",
            "511123199001011234",
            "因排水发生争吵，已劝和",
        ] {
            assert_eq!(no_category(text).map(|(id, _)| id), Some("register-tells-case"), "{text}");
        }
        for text in ["同上", "〃", "″", "同 上", "\""] {
            assert_eq!(no_category(text).map(|(id, _)| id), Some("register-ditto"), "{text}");
        }
        for text in ["邻里\u{fffd}", "锟斤拷", "邻\u{7}里"] {
            assert_eq!(no_category(text).map(|(id, _)| id), Some("register-garbled"), "{text:?}");
        }
        for text in ["—", "——", "/", " － ", "-", "无", "／"] {
            assert!(is_nothing(text), "{text}");
        }
    }
}
