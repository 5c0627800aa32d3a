//! Real Chinese text in every encoding: whole, cut, mixed; and files that are no text.

use super::*;
use proptest::prelude::*;

const TEXT: &str = "---\ntitle: 谨防刷单返利\n---\n\n先给甜头，再掏空口袋。一旦转账，立即拨打 96110。\n";
const PROSE: &str = "派出所提醒：凡是要求你先交“保证金”“解冻费”的，都是诈骗。\r\n一不听，二不信，三不转账；有疑问，打 96110。\r\n";

fn gb(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}

fn utf16_bytes(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

fn text_of(bytes: &[u8]) -> (String, Option<Encoding>) {
    let decoded = decode(bytes).expect("text");
    (decoded.text.into_owned(), decoded.foreign)
}

fn error_of(bytes: &[u8]) -> (DecodeErrorKind, usize) {
    let error = decode(bytes).expect_err("no text");
    assert!(error.readable.ends_with('\u{fffd}') && error.offset <= bytes.len());
    (error.kind, error.line)
}

#[test]
fn a_doubled_mark_is_no_text() {
    for bytes in [&b"\xEF\xBB\xBF\xEF\xBB\xBFa"[..], b"\xFF\xFE\xFF\xFEa\0", b"\xFE\xFF\xFE\xFF\0a"] {
        assert_eq!(decode(bytes).expect("text").text, "a", "{bytes:?}");
    }
}

#[test]
fn encodings_of_staff() {
    for text in [
        TEXT,
        PROSE,
        "一句",
        "反诈",
        "title: 陶喆、㐂\n名字里有少见的字，正文还是常用字，派出所的通知多是这样\n",
    ] {
        let le = utf16_bytes(text, u16::to_le_bytes);
        let be = utf16_bytes(text, u16::to_be_bytes);
        for (bytes, foreign) in [
            (text.as_bytes().to_vec(), None),
            ([b"\xEF\xBB\xBF", text.as_bytes()].concat(), None),
            (gb(text), Some(Encoding::Gb18030)),
            ([b"\xFF\xFE".as_slice(), &le].concat(), Some(Encoding::Utf16)),
            ([b"\xFE\xFF".as_slice(), &be].concat(), Some(Encoding::Utf16)),
        ] {
            assert_eq!(text_of(&bytes), (text.to_owned(), foreign));
        }
    }
    for text in [TEXT, PROSE, "---\nkind: tip\n---\nplain"] {
        for unit in [u16::to_le_bytes, u16::to_be_bytes] {
            assert_eq!(
                text_of(&utf16_bytes(text, unit)),
                (text.to_owned(), Some(Encoding::Utf16)),
                "without a mark"
            );
        }
    }
}

#[test]
fn plain_ascii_is_utf8() {
    assert_eq!(text_of(b"hello\n"), ("hello\n".to_owned(), None));
    assert_eq!(text_of(b""), (String::new(), None));
    assert_eq!(text_of(b"\xEF\xBB\xBF"), (String::new(), None));
    assert_eq!(text_of("Word 的\u{b}软换行".as_bytes()).1, None);
}

#[test]
fn nul_bytes_are_refused_with_their_place() {
    assert_eq!(error_of("一\n二\0三".as_bytes()), (DecodeErrorKind::Nul, 2));
    assert_eq!(decode("一\n二\0三".as_bytes()).expect_err("NUL").offset, 7);
    assert_eq!(error_of(&gb("第一行\n第二行\0")), (DecodeErrorKind::Nul, 2));
    let with_mark = [b"\xFF\xFE".as_slice(), &utf16_bytes("一\n二\0", u16::to_le_bytes)].concat();
    assert_eq!(error_of(&with_mark), (DecodeErrorKind::Nul, 2));
    // What a crash leaves of a file: its size, filled with zeros.
    assert_eq!(error_of(&[0; 4096]), (DecodeErrorKind::Nul, 1));
}

#[test]
fn cut_files_are_damaged_and_not_something_else() {
    let last_line = TEXT.matches('\n').count();
    let cut = &TEXT.as_bytes()[.."---\ntitle: 谨防刷单返利\n---\n\n先给甜头，再".len() - 1];
    assert_eq!(error_of(cut), (DecodeErrorKind::Damaged(Encoding::Utf8), last_line));
    let cut = gb("标题：反诈\n先给甜头，再");
    assert_eq!(error_of(&cut[..cut.len() - 1]), (DecodeErrorKind::Damaged(Encoding::Gb18030), 2));
    let cut = [b"\xFF\xFE".as_slice(), &utf16_bytes("一\n二", u16::to_le_bytes)].concat();
    assert_eq!(error_of(&cut[..cut.len() - 1]), (DecodeErrorKind::Damaged(Encoding::Utf16), 2));
}

#[test]
fn mixed_files_are_refused_at_the_first_odd_line() {
    let mixed = [TEXT.as_bytes(), &gb("从别处粘贴的一行\n"), PROSE.as_bytes()].concat();
    let line = TEXT.matches('\n').count() + 1;
    assert_eq!(error_of(&mixed), (DecodeErrorKind::Damaged(Encoding::Utf8), line));
    assert_eq!(decode(&mixed).expect_err("mixed").offset, TEXT.len());
}

#[test]
fn other_encodings_and_files_are_refused() {
    let text = "平時要注意防範詐騙，不要把驗證碼告訴別人，有問題請打電話詢問";
    let big5 = encoding_rs::BIG5.encode(text).0;
    assert_eq!(error_of(&big5).0, DecodeErrorKind::Unknown, "Big5");
    let japanese = encoding_rs::SHIFT_JIS.encode("特殊詐欺にご注意ください。電話で『お金』の話は詐欺です").0;
    assert_eq!(error_of(&japanese).0, DecodeErrorKind::Unknown, "Shift_JIS");
    assert_eq!(error_of(b"caf\xE9 cr\xE8me br\xFBl\xE9e"), (DecodeErrorKind::Unknown, 1));
    assert_eq!(error_of(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").0, DecodeErrorKind::Nul);
    assert_eq!(error_of(b"\xFF\xD8\xFF\xE1\x1b\x01\x02\x03").0, DecodeErrorKind::Unknown);
    assert_eq!(error_of(&[0x01; 64]).0, DecodeErrorKind::Unknown);
}

proptest! {
    #[test]
    fn utf8_is_always_utf8(text in "[^\\p{Cc}\u{feff}]{0,40}") {
        let decoded = decode(text.as_bytes()).expect("text");
        prop_assert_eq!(&*decoded.text, &text);
        prop_assert_eq!(decoded.foreign, None);
    }

    #[test]
    fn nothing_panics_and_nothing_is_replaced(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
        match decode(&bytes) {
            Ok(decoded) => {
                prop_assert!(!decoded.text.contains('\0'));
                if decoded.foreign == Some(Encoding::Gb18030) {
                    prop_assert!(GB18030.decode_without_bom_handling_and_without_replacement(&bytes).is_some());
                }
            }
            Err(error) => prop_assert!(error.offset <= bytes.len() && error.line >= 1),
        }
    }

    #[test]
    fn common_text_survives_gb18030(text in "[的一是了我不人在有他这中大来上国说们为子和你地出道时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改议形委早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜离虽坏兴切胜急准备落 \n，。]{8,60}") {
        prop_assume!(!text.is_ascii());
        prop_assert_eq!(text_of(&gb(&text)), (text, Some(Encoding::Gb18030)));
    }
}
