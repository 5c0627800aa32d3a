//! Surnames: where a text ends with the surname of somebody.
//!
//! Many surnames are also parts of everyday words (提高, 警方, 本周). Those count only where a name may begin before them.
//! Refuses: to tell whether a given name follows; who asks knows what stands there.

/// Surnames that seldom end another word, `某` among them: it stands for one.
const PLAIN: &str = "某王李张刘陈杨赵吴徐朱胡郭罗郑梁宋唐邓韩冯曹彭肖萧董袁潘蒋蔡杜魏苏吕丁沈姚卢姜崔谭汪廖韦贾邹孟熊秦邱尹薛闫阎侯陶黎贺郝\
    龚邵覃戴莫孔倪赖冉岳俞詹翟裴聂鲁焦樊葛伍岑鲍柯庞卞臧甄晏谌佘阮滕苟娄隋蒲邢辛殷耿褚邬冼逄仝亓晁郎祁靳缪涂虞佟奚郜茹阙蔺訾\
    劉張陳楊趙吳羅鄭鄧韓馮蕭蔣呂盧薑譚賈鄒閻賀龔";

/// Surnames that are everyday signs as well.
const WORDS: &str = "周黄何林高许曾田于余叶程任钟陆范石金夏付傅方白江段雷龙史毛顾万钱严武向汤孙谢常康易乔牛尤洪温庄施路关齐古左童管卫项章梅盛\
    游祝纪凌尚骆车连时包全房安柳成明文阳应马刁麻宁平党和艾巫华甘桂谷查单占简丘景习沙曲司申兰柴欧黃許葉鍾陸龍顧萬錢嚴孫謝馬";

/// Surnames of two signs.
const DOUBLE: [&str; 24] = [
    "欧阳", "上官", "司马", "诸葛", "尉迟", "皇甫", "令狐", "慕容", "司徒", "夏侯", "端木", "公孙", "轩辕",
    "长孙", "宇文", "独孤", "南宫", "呼延", "拓跋", "歐陽", "諸葛", "司馬", "尉遲", "太史",
];

/// Signs behind which a name may begin: 报警人周某, 和于某, 村民高某, 老方.
const BEFORE: &str =
    "人民友员生娃士姓名叫和与及由向对把将被让给告犯手户者老小主家长妻夫父母子女弟兄姐妹即为是系找";

/// How surely a text ends with a surname.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Surname {
    /// Its last sign is a surname, and more often part of a word.
    Perhaps,
    /// It is one, as far as can be told.
    Surely,
}

/// Whether a text ends with a surname.
pub fn ends_with_surname(text: &str) -> Option<Surname> {
    let mut back = text.chars().rev();
    let last = back.next()?;
    if DOUBLE.iter().any(|name| text.ends_with(name)) || PLAIN.contains(last) {
        return Some(Surname::Surely);
    }
    if !WORDS.contains(last) {
        return None;
    }
    let begins = back.next().is_none_or(|before| !before.is_alphanumeric() || BEFORE.contains(before));
    Some(if begins { Surname::Surely } else { Surname::Perhaps })
}

/// The surname that a text begins with.
pub fn leading_surname(text: &str) -> Option<&str> {
    if let Some(double) = DOUBLE.iter().find(|name| text.starts_with(**name)) {
        return Some(double);
    }
    let first = text.chars().next()?;
    let known = first != '某' && (PLAIN.contains(first) || WORDS.contains(first));
    known.then(|| &text[..first.len_utf8()])
}

/// What people are called behind their surname: no given name.
const TITLES: [&str; 37] = [
    "警官",
    "民警",
    "辅警",
    "警长",
    "所长",
    "副所长",
    "队长",
    "教导员",
    "指导员",
    "教导",
    "主任",
    "副主任",
    "书记",
    "支书",
    "网格员",
    "调解员",
    "老师",
    "同志",
    "医生",
    "先生",
    "女士",
    "大姐",
    "大哥",
    "大叔",
    "阿姨",
    "师傅",
    "某",
    "某某",
    "所",
    "队",
    "警",
    "局",
    "哥",
    "姐",
    "叔",
    "工",
    "主席",
];

/// The surname and the whole name, where a text names a person wholly: 陈小明, 陈小明警官; not 陈警官, 值班室.
pub fn whole_name(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let han = |c: char| matches!(c, '\u{3400}'..='\u{9fff}');
    let end = text.find(|c: char| !han(c)).unwrap_or(text.len());
    let surname = leading_surname(&text[..end])?;
    let mut given = &text[surname.len()..end];
    if TITLES.contains(&given) {
        return None;
    }
    while let Some(rest) =
        TITLES.iter().filter(|title| title.chars().count() > 1).find_map(|title| given.strip_suffix(*title))
    {
        given = rest;
    }
    let named = (1..=2).contains(&given.chars().count()) && !given.contains('某');
    named.then(|| (surname, &text[..surname.len() + given.len()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_and_words() {
        for (text, wanted) in [
            ("村民张", Some(Surname::Surely)),
            ("欧阳", Some(Surname::Surely)),
            ("李某", Some(Surname::Surely)),
            ("报警人周", Some(Surname::Surely)),
            ("、高", Some(Surname::Surely)),
            ("高", Some(Surname::Surely)),
            ("提高", Some(Surname::Perhaps)),
            ("警方", Some(Surname::Perhaps)),
            ("注意", None),
            ("", None),
        ] {
            assert_eq!(ends_with_surname(text), wanted, "{text}");
        }
        for (text, wanted) in [
            ("陈小明", Some("陈小明")),
            ("陈明", Some("陈明")),
            ("陈小明警官", Some("陈小明")),
            ("张三（社区民警）", Some("张三")),
            ("欧阳小明", Some("欧阳小明")),
            ("陈警官", None),
            ("王副所长", None),
            ("陈某某", None),
            ("陈*明", None),
            ("值班民警", None),
            ("社区警务室", None),
            ("李警官、周警官", None),
        ] {
            assert_eq!(whole_name(text).map(|(_, whole)| whole), wanted, "{text}");
        }
        assert_eq!(leading_surname("欧阳修"), Some("欧阳"));
        assert_eq!(leading_surname("陈警官"), Some("陈"));
        assert_eq!(leading_surname("值班民警"), None);
    }
}
