//! Persons in a cell: their names, and texts that name somebody.
//!
//! Refuses: a list of given names; a surname and what stands beside it decide.
//! Invariant: words that registers are full of, such as 房屋 and 马路, name nobody.

/// The hundred commonest surnames, which 85 % of the people of China have, and those of two characters.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤冉";
const DOUBLE: &[&str] = &["欧阳", "上官", "司马", "诸葛", "皇甫", "令狐", "东方", "慕容", "司徒", "夏侯"];
/// How names of places and of sorts end, whatever they begin with.
const PLACES: &[char] = &[
    '村', '区', '组', '镇', '乡', '街', '路', '庄', '寨', '坝', '湾', '沟', '坪', '类', '案', '件', '纷',
    '贷', '款', '骗', '务', '财', '庭', '岁', '元', '他', '法', '年', '月', '成', '功', '业', '工', '生',
    '民',
];

/// Whether a text has the shape of a person's name.
pub(super) fn is_name(text: &str) -> bool {
    let length = text.chars().count();
    let han = text.chars().all(|sign| matches!(sign, '\u{4E00}'..='\u{9FFF}' | '·' | '×' | '*'));
    let first = text.chars().next().is_some_and(|sign| SURNAMES.contains(sign))
        || DOUBLE.iter().any(|name| text.starts_with(name));
    han && first && (2..=4).contains(&length) && !text.ends_with(PLACES)
}

/// Whether a text names persons: `赵一诉钱二`, `张三和李四打架`, `邻里（罗某某）`, `王大爷家`.
pub fn names_parties(text: &str) -> bool {
    let signs: Vec<char> = text.chars().collect();
    let surname = |at: usize| signs.get(at).is_some_and(|sign| SURNAMES.contains(*sign));
    // 罗某, 王大爷: how persons are called without their name.
    let called = |at: usize| {
        let rest: String = signs[at + 1..].iter().take(2).collect();
        surname(at) && CALLED.iter().any(|word| rest.starts_with(word))
    };
    if (0..signs.len()).any(called) {
        return true;
    }
    // A name before 诉, 与, 和 and one behind it.
    let before = |end: usize| {
        (2..=3).any(|length| end == length && is_name(&signs[end - length..end].iter().collect::<String>()))
    };
    let behind = |begin: usize| {
        (2..=3).any(|length| {
            let name: String = signs[begin..].iter().take(length).collect();
            name.chars().count() == length && is_name(&name)
        })
    };
    if (2..signs.len()).any(|at| "诉与和跟".contains(signs[at]) && before(at) && behind(at + 1)) {
        return true;
    }
    // 张三家的狗咬人, 王五偷电动车: a name, and what it is about.
    let about = |end: usize| {
        let rest: String = signs[end..].iter().collect();
        before(end) && ABOUT.iter().any(|word| rest.starts_with(word))
    };
    if (2..=3.min(signs.len())).any(about) {
        return true;
    }
    // 邻里(张三): a name alone in brackets.
    let parts = text.split(['(', ')', '（', '）', '[', ']', '【', '】']).skip(1).step_by(2);
    parts.into_iter().any(|part| (2..=3).contains(&part.chars().count()) && is_name(part) && !is_word(part))
}

/// What follows a name where a text tells of a case.
const ABOUT: &[&str] = &[
    "家的", "家里", "家漏", "家狗", "家墙", "家树", "家房", "家地", "偷", "盗窃", "离婚", "酒驾", "醉驾",
    "被骗", "被打", "被盗", "欠", "打架", "打人", "骗人", "伤人", "咬人", "涉嫌",
];

/// Whether two or three characters that could be a name are a word of registers: 石材, 方言, 高温.
fn is_word(text: &str) -> bool {
    const WORDS: &str = "石材 石料 方言 高温 高空 高速 金融 金属 马路 水电 水利 车辆 房屋 房产 白酒 黄金 时间 \
         路边 路面 国道 省道 高新区 经开区 安全 平安 和解 成功 成员 万元 元旦 明确 古树 管道 施工 \
         施救 党员 党务 程序 祝福 祖坟 花木 龙舟 江河 计生 项目 易燃 古玩 边界 单位 任务 左邻 \
         毛坯 温泉 文物";
    WORDS.split(' ').any(|word| word == text)
}

/// What stands behind a surname in place of a name.
const CALLED: &[&str] =
    &["某", "某某", "某甲", "某乙", "警官", "民警", "先生", "女士", "大爷", "大娘", "大妈", "老师"];

/// Whether a text is how a person is called without a name: `罗某`, `陈警官`.
pub(super) fn is_called(text: &str) -> bool {
    let rest =
        text.chars().next().filter(|sign| SURNAMES.contains(*sign)).map(|sign| &text[sign.len_utf8()..]);
    rest.is_some_and(|rest| CALLED.contains(&rest))
}
