use super::*;

#[test]
fn classes_follow_unicode() {
    for c in ['中', '，', '。', '「', 'あ', '한', 'ﾊ', '￥', '〰', '㊗', '🈂', '𠮷', '\u{1160}', '〽', '３']
    {
        assert!(is_cjk(c), "{c}");
    }
    for c in ['a', '¥', '④', '“', '…', '①', '❌', '🈯', '😀', '⭕', '\u{E0100}', '\u{FE00}', '«']
    {
        assert!(!is_cjk(c), "{c}");
    }
    for c in ['¥', '，', '∇', '«', '𝜵', '~', '😀', '·'] {
        assert!(is_punctuation(c), "{c}");
    }
    for c in ['④', '中', 'a', '\u{FE00}'] {
        assert!(!is_punctuation(c), "{c}");
    }
}

#[test]
fn line_breaks_join_chinese_only() {
    assert!(joins_lines('中', '文'));
    assert!(joins_lines('，', '文'));
    assert!(joins_lines('：', '“'));
    assert!(joins_lines('”', '说'));
    assert!(!joins_lines('”', '“'));
    assert!(!joins_lines('中', 'a'));
    assert!(!joins_lines('a', '中'));
    assert!(!joins_lines('한', '국'));
    assert!(!joins_lines('中', '국'));
}

#[test]
fn selectors_belong_to_the_character_before() {
    let close = |before: &str| flanking(before, Some('a'), true).can_close;
    assert!(close("a」\u{FE00}"));
    assert!(close("“\u{FE01}a”\u{FE01}"));
    assert!(!close("a”"));
    assert!(!close("a¥"));
}
