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
