//! Polyphones as outreach has them, and the form of addresses.

use super::*;
use proptest::prelude::*;

fn slug_of(text: &str) -> String {
    slug(text, &BTreeMap::new())
}

/// Phrases whose reading a reader would stumble over if it were wrong.
const OUTREACH: &[(&str, &str)] = &[
    ("银行", "yin-hang"),
    ("银行行长", "yin-hang-hang-zhang"),
    ("行人", "xing-ren"),
    ("人行横道", "ren-xing-heng-dao"),
    ("同行人员", "tong-xing-ren-yuan"),
    ("重庆", "chong-qing"),
    ("重点人员", "zhong-dian-ren-yuan"),
    ("长安", "chang-an"),
    ("校长", "xiao-zhang"),
    ("校对", "jiao-dui"),
    ("会计", "kuai-ji"),
    ("学会计算", "xue-hui-ji-suan"),
    ("还钱", "huan-qian"),
    ("还款日", "huan-kuan-ri"),
    ("还没还钱", "hai-mei-huan-qian"),
    ("快乐", "kuai-le"),
    ("音乐", "yin-yue"),
    ("乐清", "yue-qing"),
    ("谨防刷单返利", "jin-fang-shua-dan-fan-li"),
    ("冒充公检法", "mao-chong-gong-jian-fa"),
    ("冒充客服退款", "mao-chong-ke-fu-tui-kuan"),
    ("屏幕共享", "ping-mu-gong-xiang"),
    ("两卡犯罪", "liang-ka-fan-zui"),
    ("养老诈骗", "yang-lao-zha-pian"),
    ("提防调包", "di-fang-diao-bao"),
    ("请调解员来", "qing-tiao-jie-yuan-lai"),
    ("人民调解", "ren-min-tiao-jie"),
    ("调查处理", "diao-cha-chu-li"),
    ("街道办事处", "jie-dao-ban-shi-chu"),
    ("派出所所长", "pai-chu-suo-suo-zhang"),
    ("宣传手册", "xuan-chuan-shou-ce"),
    ("严禁传销", "yan-jin-chuan-xiao"),
    ("扫黑除恶", "sao-hei-chu-e"),
    ("便民服务", "bian-min-fu-wu"),
    ("不要贪便宜", "bu-yao-tan-pian-yi"),
    ("更正出生日期", "geng-zheng-chu-sheng-ri-qi"),
    ("系好安全带", "ji-hao-an-quan-dai"),
    ("戴头盔，骑慢点", "dai-tou-kui-qi-man-dian"),
    ("强降雨", "qiang-jiang-yu"),
    ("冰雹和暴雨", "bing-bao-he-bao-yu"),
    ("一氧化碳中毒", "yi-yang-hua-tan-zhong-du"),
    ("禁种铲毒", "jin-zhong-chan-du"),
    ("种子和种地", "zhong-zi-he-zhong-di"),
    ("差一岁", "cha-yi-sui"),
    ("出差", "chu-chai"),
    ("空白合同", "kong-bai-he-tong"),
    ("曝光台", "bao-guang-tai"),
    ("邻里纠纷", "lin-li-jiu-fen"),
    ("得饶人处且饶人", "de-rao-ren-chu-qie-rao-ren"),
    ("单某与解某", "shan-mou-yu-xie-mou"),
    ("为民服务", "wei-min-fu-wu"),
    ("处分行为", "chu-fen-xing-wei"),
    ("供销社", "gong-xiao-she"),
    ("血压计", "xue-ya-ji"),
    ("藏毒", "cang-du"),
    ("西藏", "xi-zang"),
    ("长者饭堂", "zhang-zhe-fan-tang"),
    ("成长的烦恼", "cheng-zhang-de-fan-nao"),
    ("厦门大厦", "xia-men-da-sha"),
    ("朝阳区", "chao-yang-qu"),
    ("院坝会", "yuan-ba-hui"),
    ("警民议事会", "jing-min-yi-shi-hui"),
    ("烟花爆竹", "yan-hua-bao-zhu"),
    ("黔西水西", "qian-xi-shui-xi"),
    ("六安", "lu-an"),
    ("亳州", "bo-zhou"),
];

#[test]
fn outreach_is_read_right() {
    let wrong: Vec<_> = OUTREACH
        .iter()
        .filter(|(text, slug)| slug_of(text) != *slug)
        .map(|(text, _)| (text, slug_of(text)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn everything_else_in_an_address() {
    for (text, expected) in [
        ("绿色女儿 战略", "lv-se-nv-er-zhan-lve"),
        ("拨打 96110，别犹豫！", "bo-da-96110-bie-you-yu"),
        ("ＡＰＰ下载（２０２６）", "app-xia-zai-2026"),
        ("110报警日", "110-bao-jing-ri"),
        ("3·15 消费者权益日", "3-15-xiao-fei-zhe-quan-yi-ri"),
        ("Wi-Fi 安全_v2.0", "wi-fi-an-quan-v2-0"),
        ("Don’t pay!", "dont-pay"),
        ("Café ÜBER", "cafe-uber"),
        ("“反诈”进校园", "fan-zha-jin-xiao-yuan"),
        ("〇七年", "ling-qi-nian"),
        ("！！！", ""),
        ("", ""),
        ("Привет", ""),
    ] {
        assert_eq!(slug_of(text), expected, "{text}");
    }
}

#[test]
fn long_texts_end_with_a_whole_syllable() {
    let slug = slug_of("关于进一步做好全镇冬季道路交通安全和预防一氧化碳中毒宣传工作的通知");
    assert!(slug.len() <= MAX_SLUG && slug.len() > MAX_SLUG - 7, "{slug}");
    assert!(
        "guan-yu-jin-yi-bu-zuo-hao-quan-zhen-dong-ji-dao-lu-jiao-tong-an-quan".starts_with(&slug),
        "{slug}"
    );
    assert_eq!(slug_of(&"a".repeat(100)).len(), MAX_SLUG);
}

#[test]
fn the_site_has_the_last_word() {
    let own = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(word, reading)| ((*word).to_owned(), (*reading).to_owned())).collect()
    };
    assert_eq!(slug("长岩村银行", &own(&[("长岩", "zhǎng yán")])), "zhang-yan-cun-yin-hang");
    assert_eq!(slug("长岩村", &own(&[("长岩村", "zhang3 yan2 cun1")])), "zhang-yan-cun");
    assert_eq!(slug("绿水", &own(&[("绿水", "lù shuǐ")])), "lu-shui");
    assert_eq!(slug("吕家", &own(&[("吕家", "lǚ jiā")])), "lv-jia");
    // Also where it overlaps a longer word; what stands around the other character still decides that one.
    assert_eq!(slug("重庆路口", &own(&[("庆路", "qing1 lu4")])), "chong-qing-lu-kou");
    // A single character's reading leaves words alone.
    assert_eq!(slug("坝行与银行", &own(&[("行", "xing")])), "ba-xing-yu-yin-hang");
}

#[test]
fn readings_tell_where_and_on_what_they_rest() {
    let own = BTreeMap::from([("罗家坝".to_owned(), "luo jia ba".to_owned())]);
    let found = readings("去银行，罗家坝", &own);
    let told: Vec<_> = found.iter().map(|one| (one.at, &*one.syllable, one.basis)).collect();
    assert_eq!(
        told,
        [
            (0, "qu4", Basis::Character),
            (3, "yin2", Basis::Word),
            (6, "hang2", Basis::Word),
            (12, "luo", Basis::Site),
            (15, "jia", Basis::Site),
            (18, "ba", Basis::Site),
        ]
    );
}

/// What a line of verse ends on is mostly one word of one character, which no list of phrases has.
#[test]
fn the_last_character_of_a_line_is_read_by_what_the_line_says() {
    for (reading, lines) in [
        ("xing2", "红灯停来绿灯行 结伴同行 警民携手一路同行 平安出行"),
        ("hang2", "两眼泪水流两行 改了行 三百六十行 都是内行"),
        ("chang2", "幸福日子万年长 日月长 情意长 恩情万年长 写得长 麻绳长 记得长 流水长 日子甜又长 路途长"),
        ("zhang3", "小树苗儿慢慢长 娃娃一天一天长 留得鱼苗慢慢长 村里来了新所长 粮食年年都增长"),
        ("chong2", "困难有千重 不怕山路有几重 关山万重"),
        ("zhong4", "背上包袱有多重 礼轻情意重 担子重"),
        ("zuan1", "法律空子不能钻 见缝就要钻 骗子的网不要钻 往里钻"),
        ("tan2", "把琴弹 轻轻弹"),
        ("dan4", "拆了一颗炸弹 枪里没子弹"),
        ("kan1", "夜里有人把门看 娃娃没人看"),
        ("kan4", "大家看 回头看 擦亮眼睛仔细看"),
        ("jiao1", "有人教 大家教 老师教 慢慢教"),
        ("jiao4", "信了邪教 莫忘家教"),
        ("tiao2", "纠纷慢慢调 众口真难调"),
        ("diao4", "唱高调 不要老一套腔调"),
        ("bei1", "往外背 肩上背 弯腰背"),
        ("liang2", "尺子细细量 重新量"),
        ("liang4", "人多力量 保证质量"),
        ("gan1", "口又干 把杯干 眼泪干"),
        ("gan4", "撸起袖子加油干 大家一起干 埋头干"),
        ("meng1", "把人蒙 把你蒙"),
        ("gua1", "顶呱呱"),
        ("zhuan4", "推着磨盘慢慢转 转一转 车轮转"),
        ("zhuan3", "陌生人叫把钱转 钱莫转"),
        ("hao2", "北风呼呼地号"),
        ("geng1", "面貌更 打三更"),
        ("lou4", "钱财莫往外露"),
        ("dao4", "车要慢慢倒 往后倒"),
        ("dao3", "被人撞倒 一跤跌倒"),
        ("shu3", "没人数 自己数"),
    ] {
        for line in lines.split(' ') {
            let found = readings(line, &BTreeMap::new());
            assert_eq!(found.last().map(|one| &*one.syllable), Some(reading), "{line}");
        }
    }
}

/// Readings of one character inside of sentences.
#[test]
fn everyday_sentences_are_read_right() {
    for (text, c, reading) in [
        ("宿舍不得使用大功率电器", '舍', "she4"),
        ("输得精光", '得', "de5"),
        ("消防通道堵得死死的", '得', "de5"),
        ("露了马脚", '露', "lou4"),
        ("树叶落了一地", '落', "luo4"),
        ("骨折了送医院", '折', "zhe2"),
        ("腿折了", '折', "she2"),
        ("合同里载明金额", '载', "zai3"),
        ("把老人吓着了", '着', "zhao2"),
        ("看好行李", '看', "kan1"),
        ("不要加塞", '塞', "sai1"),
        ("下地撒农药", '撒', "sa3"),
        ("撒谎骗人", '撒', "sa1"),
        ("系红绳", '系', "ji4"),
        ("被车轧伤", '轧', "ya4"),
        ("重犯要严惩", '重', "zhong4"),
        ("吐出赃款", '吐', "tu4"),
        ("柴垛旁边莫生火", '垛', "duo4"),
        ("莫贪便宜", '宜', "yi5"),
        ("便宜行事", '便', "bian4"),
    ] {
        let at = text.find(c).expect("it holds the character");
        let found = readings(text, &BTreeMap::new());
        let one = found.iter().find(|one| one.at == at).map(|one| &*one.syllable);
        assert_eq!(one, Some(reading), "{text}");
    }
}

proptest! {
    #[test]
    fn an_address_is_plain(text in "([银行长重庆还a-zA-Z0-9 －，！·é]|\\PC){0,30}") {
        let slug = slug_of(&text);
        prop_assert!(slug.len() <= MAX_SLUG);
        prop_assert!(slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
        prop_assert!(!slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"));
        prop_assert_eq!(slug_of(&slug), slug);
    }
}

#[test]
fn a_sleep_is_no_feeling() {
    for text in ["百姓睡得安稳觉", "睡了一个踏实觉，", "困得只想睡大觉。"] {
        let at = text.find('觉').expect("it is there");
        let found = readings(text, &BTreeMap::new());
        assert_eq!(found.iter().find(|one| one.at == at).map(|one| &*one.syllable), Some("jiao4"), "{text}");
    }
    let found = readings("睡着了也有感觉。", &BTreeMap::new());
    assert_eq!(found.iter().next_back().map(|one| &*one.syllable), Some("jue2"));
}

#[test]
fn what_is_hard_to_pay_back_is_paid() {
    let found = readings("骗走五十元也难还。", &BTreeMap::new());
    assert_eq!(found.last().map(|one| &*one.syllable), Some("huan2"));
    let found = readings("做饭难还是洗碗难。", &BTreeMap::new());
    assert!(found.iter().any(|one| one.syllable == "hai2"));
}

/// Ends of lines, where no word behind the character helps.
#[test]
fn the_last_character_of_a_line_is_read_by_what_stands_before_it() {
    for (text, syllable) in [
        ("骗子不懂这一行", "hang2"),
        ("竹子一夜节节长", "zhang3"),
        ("身高腿儿长", "chang2"),
        ("矛盾大家一起调", "tiao2"),
        ("秧歌唱起老曲调", "diao4"),
        ("衣服晒了全都干", "gan1"),
        ("警民携手一起干", "gan4"),
        ("英雄事迹写成传", "zhuan4"),
        ("手机短信到处传", "chuan2"),
        ("钱财有多少个数", "shu4"),
        ("大家都来数一数", "shu3"),
        ("从前有人当官差", "chai1"),
        ("今年收成不算差", "cha4"),
    ] {
        let found = readings(text, &BTreeMap::new());
        assert_eq!(found.last().map(|one| &*one.syllable), Some(syllable), "{text}");
    }
}
