//! What names are made of and what stands around them; the lists are in `words/`.

use crate::privacy::lexicon::{Lexicon, Signs, Words};
use std::sync::LazyLock;

const SURNAMES: &str = include_str!("../words/surnames.txt");
const MINORITY: &str = include_str!("../words/minority.txt");
const FOLLOW: &str = include_str!("../words/follow.txt");

fn part(text: &'static str, number: usize) -> &'static str {
    text.split("\n---\n").nth(number).unwrap_or_default()
}

/// Surnames that seldom begin another word.
pub static SURE: LazyLock<Signs> = LazyLock::new(|| Signs::new(part(SURNAMES, 0)));
/// Surnames that often do.
pub static WEAK: LazyLock<Signs> = LazyLock::new(|| Signs::new(part(SURNAMES, 1)));
/// Surnames of two characters and more.
pub static COMPOUND: Words = LazyLock::new(|| Lexicon::new([part(SURNAMES, 2)]));
/// Characters that are common in given names.
pub static GIVEN: LazyLock<Signs> = LazyLock::new(|| Signs::new(include_str!("../words/given.txt")));
/// Characters that a given name never has.
pub static NEVER: LazyLock<Signs> = LazyLock::new(|| Signs::new(include_str!("../words/never.txt")));
/// Words that begin with a surname's character.
pub static STOP: Words = LazyLock::new(|| Lexicon::new([include_str!("../words/stop.txt")]));
/// Words that nobody is called behind a surname that is mostly a word of its own.
pub static COMMON: Words = LazyLock::new(|| Lexicon::new([include_str!("../words/common.txt")]));
/// Words that end in a surname's character.
pub static TAILS: Words = LazyLock::new(|| Lexicon::new([include_str!("../words/tails.txt")]));
/// What stands behind a surname in place of a name.
pub static TITLES: Words = LazyLock::new(|| Lexicon::new([include_str!("../words/titles.txt")]));
/// Words that a private person's name may follow.
pub static ROLES: Words = LazyLock::new(|| Lexicon::new([include_str!("../words/roles.txt")]));
/// Words that a sentence goes on with behind a name.
pub static FOLLOWING: Words = LazyLock::new(|| Lexicon::new([part(FOLLOW, 0)]));
/// Single characters that seldom do anything but go on behind a name.
pub static GOING_ON: LazyLock<Signs> = LazyLock::new(|| Signs::new(part(FOLLOW, 1)));
/// Single characters that often do.
pub static MAY_GO_ON: LazyLock<Signs> = LazyLock::new(|| Signs::new(part(FOLLOW, 2)));
/// Persons of public life, of history and of examples.
pub static FIGURES: Words = LazyLock::new(|| Lexicon::new([include_str!("../words/figures.txt")]));
/// Characters that names of other languages are written with.
pub static SOUNDS: LazyLock<Signs> = LazyLock::new(|| Signs::new(part(MINORITY, 0)));
/// Parts that names of other peoples of China are made of.
pub static PARTS: Words = LazyLock::new(|| Lexicon::new([part(MINORITY, 1)]));
/// What is said of a person right behind the name, in brackets or behind a comma.
pub static TRAITS: Words = LazyLock::new(|| {
    Lexicon::new([
        "男， 女， 男, 女, 男) 女) 男。 女。 男; 女; 男、 女、 男/ 男性 女性 汉族 苗族 彝族 布依族 侗族 仡佬族 土家族 水族 \
         回族 藏族 维吾尔族 壮族 满族 现年 年龄 身份证 公民身份 生于 户籍 系本村 系该村 住",
    ])
});
/// What stands behind a full name as a form of address, or counts those who were named.
pub static ADDRESSED: Words = LazyLock::new(|| {
    Lexicon::new([
        "先生 女士 老人 夫妇 夫妻 两兄弟 三兄弟 兄弟俩 兄弟二人 两姐妹 姐妹俩 父子 父女 母子 母女 两口子 两人 二人 三人 四人 五人 \
         六人 七人 两家 两户 等人 等三人 等四人 等五人 等二人 等两人 同学 同志 老两口 小朋友 双方 一家",
    ])
});
/// What a person does or is told of who needs no role before the name.
pub static DOES: Words = LazyLock::new(|| {
    Lexicon::new([
        "来所 到案 报案 报警 报称 被骗 被抓 被拘 被捕 被判 被盗 被害 被撞 被民警 被公安 被依法 被行政 被刑事 因涉嫌 因琐事 因邻里 因宅基 \
         因土地 因债务 因感情 因家庭 因酒后 因醉酒 因盗窃 因赌博 因吸毒 因故意 醉酒驾 酒后 驾车 驾驶 骑车 涉嫌 逃逸 投案 自首 落水 溺水 走失 \
         失踪 失联 离家 发生口角 发生争 发生纠纷 发生打 发生冲突 发生肢体 借款 借钱 借走 讨要 索要 殴打 打伤 转账 汇款 转了 送医 送往 送到医院 送回家 \
         的儿子 的女儿 的母亲 的父亲 的丈夫 的妻子 的家属 的家人 的手机 的银行卡 的账户 的身份证 的电话 的住址 的微信 的家中 家中 家里 \
         称其 报警称 反映称 家住 现住 去世 死亡 身亡 在家中 遂将 将其 达成和解 达成协议 达成调解 签订 握手言和 就读于 毕业于 等三人 等四人 等五人 等二人 等两人 两人 二人 三人",
    ])
});
