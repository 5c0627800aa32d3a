//! Verses as teams write them, right and wrong.

use super::*;
use serde::Deserialize;

/// A verse with what a reader hears in it; `tests/data/verse/README.md` tells the fields.
#[derive(Deserialize)]
struct Case {
    id: String,
    lines: Vec<String>,
    stanzas: Vec<Expected>,
    offending: Vec<Offence>,
    #[serde(default)]
    form: Option<String>,
}

#[derive(Deserialize)]
struct Expected {
    from: usize,
    to: usize,
    zhe: String,
}

#[derive(Deserialize)]
struct Offence {
    line: usize,
    defect: String,
}

fn kind(defect: &Defect) -> &'static str {
    match defect {
        Defect::Rhyme | Defect::Neutral => "rhyme",
        Defect::Local => "local",
        Defect::Oblique | Defect::Level => "tone",
        Defect::Repeated { .. } => "repeat",
        Defect::Length { .. } | Defect::Lines { .. } => "length",
    }
}

#[test]
fn every_verse_is_heard_as_a_reader_hears_it() {
    let files = [
        include_str!("../../../tests/data/verse/cases.jsonl"),
        include_str!("../../../tests/data/verse/forms.jsonl"),
    ];
    let cases = files.into_iter().flat_map(str::lines);
    let cases: Vec<Case> = cases.map(|line| serde_json::from_str(line).expect("a case")).collect();
    assert!(cases.len() > 50);
    let mut wrong = Vec::new();
    for case in &cases {
        let stanzas: Vec<Vec<&String>> = case
            .stanzas
            .iter()
            .map(|stanza| case.lines[stanza.from - 1..stanza.to].iter().collect())
            .collect();
        let form = case.form.as_deref().and_then(Form::named);
        let report = examine(&stanzas, form, &Custom::default());
        let groups: Vec<&str> = report.stanzas.iter().map(|stanza| stanza.groups[0]).collect();
        let expected: Vec<&str> = case.stanzas.iter().map(|stanza| &*stanza.zhe).collect();
        let found: Vec<(usize, &str)> =
            report.findings.iter().map(|finding| (finding.line + 1, kind(&finding.defect))).collect();
        let offending: Vec<(usize, &str)> =
            case.offending.iter().map(|one| (one.line, &*one.defect)).collect();
        if groups != expected || found != offending {
            wrong.push(format!("{}: {groups:?} {found:?}, expected {expected:?} {offending:?}", case.id));
        }
    }
    println!("{} of {} verses", cases.len() - wrong.len(), cases.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn findings(text: &str, form: Option<Form>, custom: &Custom) -> Vec<(usize, Defect)> {
    let stanzas: Vec<Vec<&str>> = text.split("\n\n").map(|stanza| stanza.lines().collect()).collect();
    let report = examine(&stanzas, form, custom);
    report.findings.into_iter().map(|finding| (finding.line, finding.defect)).collect()
}

#[test]
fn three_lines_and_a_half_are_known_by_their_look() {
    let text = "锣鼓一响起个头，\n四人上台乐悠悠。\n今天不把别的讲，\n讲水沟！";
    assert_eq!(findings(text, None, &Custom::default()), []);
    let broken = text.replace("讲水沟", "讲田坎");
    assert_eq!(findings(&broken, None, &Custom::default()), [(3, Defect::Rhyme)]);
    let long = text.replace("讲水沟", "讲门前那条水沟");
    let found = findings(&long, Some(Form::Sanjuban), &Custom::default());
    assert!(matches!(found[..], [(3, Defect::Length { syllables: 7, .. })]), "{found:?}");
}

#[test]
fn a_couplet_of_shulaibao_has_its_own_rhyme() {
    let text = "打竹板，进村口，\n今天来说防扒手。\n赶场天，人挤人，\n钱包揣稳莫分神。";
    assert_eq!(findings(text, Some(Form::Shulaibao), &Custom::default()), []);
    let broken = text.replace("莫分神", "要记牢");
    assert_eq!(findings(&broken, Some(Form::Shulaibao), &Custom::default()), [(3, Defect::Rhyme)]);
}

#[test]
fn refrains_roles_and_asides_are_not_lines() {
    let text = "竹板打，\n响叮当，\n莲花落，落莲花，\n甲：村里来了（指一指）好儿郎。\n乙：夜里巡逻不怕苦，\n护得一方得安康。\n哎嗨哟！";
    assert_eq!(findings(text, Some(Form::Lianhualuo), &Custom::default()), []);
}

#[test]
fn the_region_and_the_book_may_differ() {
    let text = "远亲不如近邻好，\n和和气气一家人。\n为了一垄地边界，\n吵架打闹不安宁。\n民警上门来调解，\n握手言和笑吟吟。";
    let local = Custom { mergers: vec![Merger::InIng], ..Custom::default() };
    assert_eq!(findings(text, None, &Custom::default()), [(3, Defect::Rhyme)]);
    assert_eq!(findings(text, None, &local), [(3, Defect::Local)]);
    let other = Custom { mergers: vec![Merger::NL, Merger::EnEng], ..Custom::default() };
    assert_eq!(findings(text, None, &other), [(3, Defect::Rhyme)]);
    let fourteen = Custom { scheme: Scheme::Fourteen, ..Custom::default() };
    assert_eq!(findings(text, None, &fourteen), [(3, Defect::Rhyme)]);
}

#[test]
fn the_author_has_the_last_word_on_a_reading() {
    let text = "村口来了外乡客，\n自称投资有良方。\n说是本金翻三倍，\n这种买卖可不行{háng}。";
    assert_eq!(findings(text, None, &Custom::default()), []);
}

#[test]
fn lines_rest_where_the_voice_does() {
    let rest = |line: &str| {
        let spoken = Spoken::of(line, &BTreeMap::new());
        spoken.caesura(line).map(|at| line[at..].to_owned())
    };
    assert_eq!(rest("陌生来电要警惕，").as_deref(), Some("要警惕，"));
    assert_eq!(rest("竹板打，响连天，").as_deref(), Some("响连天，"));
    assert_eq!(rest("大爷趴着直摆手").as_deref(), Some("直摆手"));
    assert_eq!(rest("手机里头收到假警官").as_deref(), Some("假警官"));
    assert_eq!(rest("讲水沟"), None);
    // A word and a number stay whole.
    assert_eq!(rest("我们都爱派出所民警"), None);
    assert_eq!(rest("九六幺幺零记好"), None);
    assert_eq!(Spoken::of("村口有个小花园儿", &BTreeMap::new()).count(), 7);
    assert_eq!(Spoken::of("儿女孝顺福气多", &BTreeMap::new()).count(), 7);
    assert_eq!(Spoken::of("拨打96110", &BTreeMap::new()).count(), 7);
}

#[test]
fn names_of_roles_are_told_from_what_they_say() {
    for (line, name) in [
        ("甲：锣鼓一响", "甲："),
        ("合:起个头", "合:"),
        ("甲、乙：起个头", "甲、乙："),
        ("甲乙丙丁：散场", "甲乙丙丁："),
        ("丁　讲水沟", "丁　"),
        ("丁（敲锣）：讲水沟", "丁（敲锣）："),
        ("男女老少齐上阵", ""),
        ("众人拾柴火焰高", ""),
        ("问：什么钓鱼不用钩", "问："),
        ("白 天不懂夜的黑", "白 "),
        ("民警问：伤着没", ""),
        ("甲", ""),
        ("", ""),
        ("（白）好", ""),
    ] {
        assert_eq!(&line[..role(line)], name, "{line}");
    }
}

#[test]
fn a_line_is_measured_by_its_stanza() {
    let five =
        "远亲不如邻，\n近邻胜黄金。\n有话好好讲，\n大家都是贴心贴肺的自己人。\n你敬我一尺，\n和气一家亲。";
    let found = findings(five, Some(Form::Shange), &Custom::default());
    assert!(
        matches!(&found[..], [(3, Defect::Length { syllables: 12, usual: Some(5), .. })]),
        "twelve among lines of five: {found:?}"
    );
    let ten = five.replace("大家都是贴心贴肺的自己人", "大家都是贴心自己人");
    assert_eq!(findings(&ten, Some(Form::Shange), &Custom::default()), [], "nine among fives may be");
    let four = "不听不信，\n不转不填。\n遇事莫慌，\n先问警员。\n一个电话，\n保住血汗钱。";
    assert_eq!(findings(four, Some(Form::Shange), &Custom::default()), [], "a verse of fours is one");
    let opened = "打竹板，响连天，\n今天我来说一说家里怎么把火防，\n灶门前面莫堆柴草烟囱常清扫，\n电线老化请人换新莫要拖时间。";
    let found = findings(opened, Some(Form::Shulaibao), &Custom::default());
    assert!(
        !found.iter().any(|(line, defect)| *line == 0 && matches!(defect, Defect::Length { .. })),
        "a clipped opening stands among longer lines: {found:?}"
    );
}

#[test]
fn a_line_that_is_left_over_rhymes_with_nothing() {
    let text = "锣鼓一响起个头，\n四人上台乐悠悠。\n今天不把别的讲，\n讲水沟！\n合：大家听好了！";
    assert_eq!(findings(text, Some(Form::Sanjuban), &Custom::default()), []);
    let text = "打竹板，进村口，\n今天来说防扒手。\n大家听好了！";
    assert_eq!(findings(text, Some(Form::Shulaibao), &Custom::default()), []);
}

fn found_in(verse: &str, form: Option<Form>) -> Vec<(usize, &'static str)> {
    let stanzas: Vec<Vec<&str>> = verse.split("//").map(|stanza| stanza.split('/').collect()).collect();
    let report = examine(&stanzas, form, &Custom::default());
    report.findings.iter().map(|finding| (finding.line + 1, kind(&finding.defect))).collect()
}

/// Of two groups with as many lines, that of the first line is meant: one line is blamed, and it is the right one.
#[test]
fn the_first_line_says_which_rhyme_is_meant() {
    let verse = "竹板一打响声声，/民警巡逻走山村。/大娘家里灯不亮，/原来停电没有灯。";
    assert_eq!(found_in(verse, None), [(2, "rhyme")]);
    let verse = "竹板一打响声声，/大娘家里亮了灯。/骗子打来电话了，/民警赶紧上了门。";
    assert_eq!(found_in(verse, None), [(4, "rhyme")]);
}

#[test]
fn polyphones_at_the_end_of_a_line_rhyme_as_they_are_spoken() {
    let verse = "过街要走斑马线，/红灯停来绿灯行。/文明礼让记心上，/一路平安好心情。";
    assert_eq!(found_in(verse, None), []);
    let verse = "山里月亮圆又大，/照得山村亮堂堂。/警民同心保安定，/幸福日子万年长。";
    assert_eq!(found_in(verse, None), []);
}

/// What is called out is no line, and a call at the end is no part of one.
#[test]
fn refrains_and_calls_are_set_aside() {
    for refrain in ["哩哩莲花落，", "哩哩莲花，莲花落", "（众）哩哩莲花落", "莲花落呀么莲花落"]
    {
        let verse = format!(
            "外出打工要锁房，/{refrain}/门窗关好莫心慌。/{refrain}/贵重东西存银行，/{refrain}/邻里帮忙看家乡。"
        );
        assert_eq!(found_in(&verse, Some(Form::Lianhualuo)), [], "{refrain}");
    }
    let song = "太阳出来喜洋洋罗喂，/挑起扁担上山岗罗喂，/手里拿把开山斧罗喂，/不怕虎豹和豺狼罗喂。";
    assert_eq!(found_in(song, Some(Form::Shange)), []);
    let song = "太阳出来喜洋洋，/挑起扁担上山岗，/啷啷扯哐扯，/手里拿把开山斧，/不怕虎豹和豺狼哟嗬。";
    assert_eq!(found_in(song, Some(Form::Shange)), []);
}

#[test]
fn one_character_with_two_sounds_is_no_repetition() {
    let verse = "竹板打得响叮当，/骗子电话到村庄。/大娘差点上了当，/幸亏民警来帮忙。";
    assert!(!found_in(verse, None).contains(&(3, "repeat")));
}

#[test]
fn a_stanza_of_three_lines_and_a_half_has_four() {
    let verse = "天上不会掉馅饼，/骗子专门骗好人，/快报警";
    assert_eq!(found_in(verse, Some(Form::Sanjuban)).iter().filter(|(_, what)| *what == "length").count(), 1);
}

/// A reading that would rhyme is offered wherever the character has one, whatever the program's own rests on.
#[test]
fn another_reading_is_offered() {
    let verse = ["太阳出来照山岗，", "小树苗儿慢慢长{zhang3}。", "乡里乡亲来帮忙，", "一年更比一年强。"]
        .map(str::to_owned)
        .to_vec();
    let report = examine(&[verse], None, &Custom::default());
    let found = report.findings.iter().find(|one| one.line == 1).expect("an oblique rhyme");
    assert_eq!(
        (&found.defect, found.doubt),
        (&Defect::Oblique, None),
        "the author's own reading is not doubted"
    );
    let verse = ["太阳出来照山岗，", "小树苗儿慢慢长。", "乡里乡亲来帮忙，", "一年更比一年强。"]
        .map(str::to_owned)
        .to_vec();
    let report = examine(&[verse], None, &Custom::default());
    let found = report.findings.iter().find(|one| one.line == 1).expect("an oblique rhyme");
    assert_eq!((&found.defect, found.doubt), (&Defect::Oblique, Some("chang2")));
}

/// A stanza of two lines rhymes with itself, or goes on with the rhyme of its neighbours.
#[test]
fn two_lines_are_a_stanza() {
    assert_eq!(found_in("陌生来电要当心，/莫把骗子当亲人。", None), []);
    assert_eq!(found_in("陌生来电莫要接，/莫把骗子当亲人。", None), [(2, "rhyme")]);
    let goes_on = "出门在外莫大意，/锁好门窗带好门。//陌生来电莫要接，/莫把骗子当亲人。";
    assert_eq!(found_in(goes_on, None), []);
    assert_eq!(found_in("陌生来电要小心，/转账之前先问问{wen4}。", None), [(2, "tone")]);
}
