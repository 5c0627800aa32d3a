//! Numbers as people write them, and numbers that only look like theirs. The cases of all kinds are in [`cases`].

mod cases;

use super::*;

const TODAY: Date = Date::constant(2026, 11, 23);

fn found(text: &str) -> Vec<(&'static str, &str)> {
    find(text, TODAY).into_iter().map(|one| (one.kind, &text[one.range])).collect()
}

fn clean(texts: &[&str]) {
    for text in texts {
        assert_eq!(found(text), [], "{text}");
    }
}

fn whole(kind: &str, texts: &[&str]) {
    for text in texts {
        let (before, rest) = text.split_once('[').expect("the number stands in brackets");
        let (number, after) = rest.rsplit_once(']').expect("the number stands in brackets");
        let plain = format!("{before}{number}{after}");
        assert_eq!(found(&plain), [(kind, number)], "{plain}");
    }
}

#[test]
fn mobile_numbers_are_found() {
    whole(
        "phone",
        &[
            "联系[13812345678]。",
            "[138 1234 5678]",
            "[138-1234-5678]",
            "[138.1234.5678]",
            "[138·1234·5678]",
            "[138 12345678]",
            "电话[1381 2345 678]",
            "[1 3 8 1 2 3 4 5 6 7 8]",
            "[+86 138-1234-5678]",
            "[+8613812345678]",
            "[8613812345678]",
            "[0086 13812345678]",
            "[（+86）13812345678]",
            "(电话[13812345678])",
            "（[13812345678]）",
            "[１３８１２３４５６７８]",
            "[幺三八 幺二三四 五六拐八]",
            "打[一三八一二三四五六七八]找我",
            "[幺三八，幺二三四，五六七八]",
            "附件一[13812345678]",
            "1.[13812345678]",
            "[13812345678]@139.com",
            "https://wa.me/[8613812345678]",
            "tel:[+86-138-1234-5678]",
            "tel[13812345678]微信同号",
            "IMG_[13812345678].jpg",
            "[138\u{200b}1234\u{ad}5678]",
            "[138\n1234 5678]",
            "2024-05-18 [13812345678]",
            "[138**1234**5678]",
            "手机[013812345678]",
        ],
    );
    assert_eq!(found("13812345678/13912345678、139-0000-1111").len(), 3);
}

#[test]
fn other_numbers_are_no_mobile_numbers() {
    clean(&[
        "例如138****1234、139****5678",
        "138*1234",
        "来电号码以170、171、16212开头",
        "电话以135、1361、1380开头",
        "来电说中奖13,812,345,678",
        "拨打110、119、120、12345",
        "订单号13812345678",
        "运单 YT13812345678",
        "共计13812345678元",
        "收入 138 1234 5678 万元",
        "损失1 381 234 5678元",
        "￥13812345678",
        "东经131.12345678，北纬138.12345678",
        "138.112.45.178",
        "0.13812345678",
        "106.13812345678",
        "1716012345678",
        "138123456789",
        "11 2 3813 8123 45",
        "2024-138-1234-5678-01",
        "v1.3.8.12.345.678",
        "ISBN 978-7-5653-0000-0",
        "12345678901",
        "电话12012345678",
        "1937 1945 1949 1978",
        "96110、110、12345、12348、400-800-8820、95588",
        "一三五七九，二四六八十",
        "第一百三十八条",
    ]);
}

#[test]
fn identity_cards_are_found() {
    whole(
        "id_card",
        &[
            "[52059919850712123X]",
            "[52059919850712123x]。",
            "[520599 19850712 123X]",
            "[520599-19850712-123X]",
            "[520599 1985 0712 123 X]",
            "[５２０５９９１９８５０７１２１２３Ｘ]",
            "[五二〇五九九一九八五零七幺二幺二三叉]",
            "[520\u{200b}59919850712123X]",
            "证件/[52059919850712123X]正面.jpg",
            "一[52059919850712123X]",
            "[5205991985\n0712123X]",
            "id=[52059919850712123X]&b",
            "订单号[52059919850712123X]",
        ],
    );
    whole("id_card", &["老证[520599850712123]须换领", "身份证号码：[520599 850712 123]"]);
}

#[test]
fn other_numbers_are_no_identity_cards() {
    clean(&[
        "520599198507121230（校验位不符）",
        "52059919851312123X",
        "52059920990712123X",
        "5205991985071212312",
        "52059919850712123XY",
        "00052059919850712123X",
        "订单号202405181234567890",
        "统一社会信用代码：915205220000000016",
        "统一社会信用代码11520522MB1Q00000L",
        "520599********123X",
        "520599850712123",
        "流水号520599850712123号码",
        "营业执照520599850712123号",
        "贵公网安备52052202000123号",
    ]);
    // Born tomorrow.
    let born = |day: &str| {
        let digits = format!("520599{day}123");
        (0..=9)
            .map(|check| format!("{digits}{check}"))
            .chain([format!("{digits}X")])
            .any(|text| !found(&text).is_empty())
    };
    assert!(born("20261123") && !born("20261124") && !born("20230229"));
}

#[test]
fn bank_cards_are_found() {
    whole(
        "bank_card",
        &[
            "[6228489999999999992]",
            "[6217 9999 9999 9999 998]",
            "[6217-9999-9999-9999-998]",
            "[622202 9999999996]",
            "卡号[4111 1111 1111 1111]",
            "信用卡[378282246310005]",
            "银行卡号：[６２２２０２９９９９９９９９９６]",
        ],
    );
}

#[test]
fn other_numbers_are_no_bank_cards() {
    clean(&[
        "6222029999999995",
        "订单号6222029999999996",
        "SF6222029999999996",
        "4111 1111 1111 1111",
        "5500000000000004",
        "文章编号1234567890123456789",
        "ISBN 9787565300004",
        "0.6222029999999996",
        "20240518103000",
        "金额6222029999999996元",
    ]);
}

#[test]
fn hidden_numbers_hide() {
    let masked = |text: &str| mask(&find(text, TODAY)[0]);
    assert_eq!(masked("+86 138 1234 5678"), "138****5678");
    assert_eq!(masked("52059919850712123X"), "520***************");
    assert_eq!(masked("村民罗正贵报案"), "罗某");
    assert_eq!(masked("家里座机0857-9234567"), "0857*****67");
    assert_eq!(masked("邮箱longdehai@example.com"), "l********@example.com");
    assert_eq!(masked("6228489999999999992"), "622****************");
}

#[test]
fn published_numbers_pass() {
    let mut allowed = Allowed::default();
    allowed.add("值班手机 138-1234-5678", TODAY);
    allowed.add("0857-4222110", TODAY);
    allowed.add("罗正贵", TODAY);
    allowed.add("清水镇正街社区正街3栋1单元2号", TODAY);
    assert!(
        allowed.allows(&find("村民罗正贵报案", TODAY)[0])
            && !allowed.allows(&find("村民罗正财报案", TODAY)[0])
    );
    assert!(allowed.allows(&find("家住正街社区正街3栋1单元2号", TODAY)[0]));
    let passes = |text: &str| allowed.allows(&find(text, TODAY)[0]);
    assert!(passes("+86 13812345678") && passes("幺三八幺二三四五六七八"));
    assert!(!passes("13812345679"));
}

#[test]
fn nothing_is_found_twice() {
    let text = "身份证52059919850712123X，卡6228489999999999992，电话13812345678";
    let found = found(text);
    assert_eq!(found.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), ["id_card", "bank_card", "phone"]);
}

#[test]
fn hostile_texts_take_no_longer_than_others() {
    for text in
        ["1 ".repeat(200_000), "138 1234 5678 ".repeat(20_000), "6".repeat(400_000), "1一".repeat(100_000)]
    {
        find(&text, TODAY);
    }
}
