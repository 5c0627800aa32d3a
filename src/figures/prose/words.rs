//! The words that the reader of numbers in running text knows.
//!
//! Refuses: names; those are of a dataset. Invariant: lists only, longest words first where one begins another. They are
//! packed by hand: a word a line would be six hundred lines.

/// Units that count cases.
#[rustfmt::skip]
pub const COUNTED: [&str; 8] = ["件次", "起次", "件", "起", "宗", "例", "桩", "单"];
/// Units that count cases by those who have them.
#[rustfmt::skip]
pub const LOOSE: [&str; 7] = ["户", "个", "家", "对", "档", "次", "回"];
/// What a phrase ends with that speaks of cases: 4件离婚纠纷.
#[rustfmt::skip]
pub const CASES: [&str; 16] = [
    "纠纷", "矛盾", "案件", "警情", "诈骗", "事件", "争议", "争执", "吵架", "打架", "离婚", "官司", "案子", "案", "骗局",
    "被骗",
];
/// What is counted in 件 and is no case.
#[rustfmt::skip]
pub const THINGS: [&str; 60] = [
    "好人好事", "事", "材料", "证", "文件", "文书", "信", "包裹", "快递", "衣", "物", "行李", "家具", "家电", "作品",
    "建议", "提案", "议案", "实事", "大事", "小事", "礼", "奖", "锦旗", "工作", "任务", "东西", "宝", "装备", "器",
    "设备", "手续", "原件", "复印件", "套", "书", "农具", "雨", "首饰", "人", "月", "村", "组", "社区", "问题",
    "网格", "小时", "步", "环节", "字", "电话", "微信", "案例", "案卷", "卷宗", "典型", "经典", "救生", "老物", "商品",
];
/// What follows a number that counts cases: verbs, and words that go on about the number.
#[rustfmt::skip]
pub const GOES_ON: [&str; 111] = [
    "以上", "以下", "以内", "左右", "上下", "之多", "之间", "间", "范围", "多", "整", "了", "都", "均", "已", "全", "是", "为", "属", "系", "被",
    "也", "还", "仍", "其中", "没", "未", "不", "无", "调", "成", "办", "处", "化", "解", "比", "占", "和", "与", "及",
    "同", "跟", "到", "至", "里", "中", "就", "才", "有", "而", "但", "因", "由", "发生", "出现", "来自", "涉及", "涉",
    "需", "正在", "正", "在", "闹", "上了", "上报", "上升", "告到", "打到", "打官司", "移", "转", "进", "起诉", "经",
    "获", "得到", "达", "通过", "签", "源", "引", "立", "破", "查", "受", "接", "排", "要", "待", "把", "让", "给", "今",
    "去年", "较", "高", "低", "少", "增", "减", "下降", "持平", "结", "和好", "打", "离", "当", "分别", "吧", "呢", "啊",
];
/// Words that a strict reading passes over: nothing else may stand between a name of before and its number.
#[rustfmt::skip]
pub const PASSED: [&str; 170] = [
    "派出所", "网格员", "调解员", "调委会", "占比", "比重", "比例", "截至目前", "到目前", "年初以来", "今年以来", "本年度", "这方面", "不少于",
    "不多于", "不超过", "不低于", "只不过", "本期", "本次", "今年", "本年", "目前", "截至", "至今", "以来", "期间", "当中",
    "其中", "里面", "方面", "这类", "此类", "该类", "这种", "这样", "一类", "纠纷", "矛盾", "案件", "案子", "警情", "诈骗",
    "事件", "事项", "情况", "数量", "总数", "件数", "起数", "数字", "数目", "共有", "一共", "总共", "共计", "合计", "总计",
    "累计", "只有", "仅有", "已经", "刚好", "正好", "恰好", "大约", "将近", "接近", "超过", "不到", "不足", "至少", "至多",
    "最多", "最少", "多于", "少于", "大于", "小于", "高于", "低于", "达到", "多达", "发生", "出现", "接到", "受理", "登记",
    "调解", "化解", "处理", "办理", "调处", "排查", "记录", "上报", "成功", "并且", "但是", "较多", "较少", "我们", "我村",
    "本村", "村里", "全村", "民警", "村警", "干部", "辖区", "涉及", "属于", "分别", "结果", "具体", "实际", "其实", "如下",
    "内", "里", "中", "类", "案", "数", "共", "计", "有", "仅", "只", "才", "就", "也", "还", "又", "都", "均", "已", "刚",
    "约", "近", "超", "达", "为", "是", "在", "的", "了", "过", "到", "且", "则", "而", "但", "最", "多", "少", "所", "镇",
    "村", "起", "属", "系", "说", "占", "上", "和", "与", "件", "全", "年",
];
/// What a sentence speaks of that is no matter of the figures, unless they are named so.
#[rustfmt::skip]
pub const FOREIGN: [&str; 40] = [
    "信访", "好人好事", "锦旗", "感谢信", "材料", "建议", "实事", "好事", "传单", "证件", "线索", "奖", "宣传", "培训",
    "会议", "开会", "巡逻", "身份证", "户口", "电话", "微信", "快递", "志愿", "义诊", "慰问", "捐", "提案", "议案", "酒驾",
    "火灾", "走失", "求助", "咨询", "调解室", "意见", "心愿", "礼物", "作品", "隐患", "手续",
];
/// What is done with 5件 that are things.
#[rustfmt::skip]
pub const HANDLED: [&str; 17] = [
    "带齐", "备齐", "准备", "携带", "提交", "带", "备", "交", "捐", "送", "发", "领", "买", "寄", "穿", "复印", "填",
];
/// Words right before a number that make it a bound and no difference: 多于3件, 最多4件.
#[rustfmt::skip]
pub const BOUNDS: [&str; 26] = [
    "不少于", "不多于", "不超过", "不低于", "不高于", "多于", "少于", "大于", "小于", "高于", "低于", "超过", "不到", "不足",
    "不满", "未满", "至少", "至多", "最多", "最少", "多达", "少说", "将近", "接近", "约", "近",
];
/// Words right before a number that make it a difference: 多3件.
#[rustfmt::skip]
pub const DIFFERENCES: [&str; 22] = [
    "增加", "减少", "上升", "下降", "增长", "降低", "相差", "净增", "多出", "高出", "多", "少", "增", "减", "升", "降", "高",
    "低", "差", "涨", "环比", "同比",
];
/// Words after which a number is no figure of a cell.
#[rustfmt::skip]
pub const NOT_OF_A_CELL: [&str; 17] = [
    "多", "少", "增", "减", "升", "降", "比", "其他", "其余", "另", "剩", "平均", "每", "翻", "还有", "倍", "从",
];
/// Words that begin a count of another scope.
#[rustfmt::skip]
pub const OF_ALL: [&str; 19] = [
    "全镇", "全乡", "全县", "全街道", "全辖区", "辖区", "全部", "一共", "总共", "共计", "合计", "总计", "全年", "累计", "共",
    "全所", "各", "全村", "总数",
];
/// Words of a sum.
#[rustfmt::skip]
pub const SUMS: [&str; 9] = ["合起来", "加起来", "一共", "总共", "共计", "合计", "总计", "两项", "共"];
/// Words that give each its own.
#[rustfmt::skip]
pub const EACH: [&str; 7] = ["分别", "依次", "各自", "各", "均", "都", "每"];

/// Words that tell one count by another.
#[rustfmt::skip]
pub const RATIOS: [&str; 15] = [
    "翻了一番", "翻一番", "翻了两番", "翻两番", "翻了番", "翻番", "一半", "半数", "过半", "大半", "小半", "减半", "折半", "全部都在", "一倍",
];
/// Words that halve what is possible.
#[rustfmt::skip]
pub const PARITY: [&str; 7] = [
    "偶数", "奇数", "单数", "双数", "质数", "素数", "成双",
];
/// Words for none at all.
#[rustfmt::skip]
pub const NONE: [&str; 9] = [
    "一件也没有", "一件都没有", "一起也没有", "一起都没有", "没有一件", "没有一起", "零发生", "零发案", "零件次",
];
/// Those who have a case.
#[rustfmt::skip]
pub const WHO: [&str; 5] = [
    "夫妻", "人家", "家庭", "邻居", "两口子",
];
/// What makes 一起 before what it counts a number: there was no other.
#[rustfmt::skip]
pub const ALL_THERE_IS: [&str; 12] = [
    "只有", "仅有", "只", "仅", "才", "就", "共", "共计", "合计", "总共", "唯一", "唯一的",
];
/// What says that a number of one is meant: 只有一起, 发生了一起.
#[rustfmt::skip]
pub const TOLD: [&str; 25] = [
    "只有", "仅有", "只", "仅", "才", "就", "共", "共计", "合计", "总共", "唯一", "：", ":", "是", "为", "有", "纠纷", "案",
    "了", "过", "生", "到", "出", "（", "(",
];

/// Whether a text ends with one of some words.
pub fn ends<'w>(text: &str, words: &[&'w str]) -> Option<&'w str> {
    words.iter().copied().find(|word| text.ends_with(word))
}

/// Whether a text begins with one of some words.
pub fn begins<'w>(text: &str, words: &[&'w str]) -> Option<&'w str> {
    words.iter().copied().find(|word| text.starts_with(word))
}
