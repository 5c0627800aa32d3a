//! Names of accounts at 微信.
//!
//! Refuses: public accounts (公众号), programs (小程序), and words of Latin letters behind 微信 that no account is called.

use super::normalise::Folded;
use super::{Context, Detector, code};
use std::ops::Range;

/// The detector.
pub struct WeChat;

/// Words right before an account that say what it is.
const SURE: [&str; 27] = [
    "微信号",
    "微信号码",
    "微信id",
    "微信账号",
    "微信帐号",
    "加微信",
    "加微",
    "加我微信",
    "添加微信",
    "加v",
    "加vx",
    "加wx",
    "vx",
    "wx",
    "v信",
    "vx号",
    "wx号",
    "v信号",
    "薇信",
    "威信",
    "微信联系",
    "wechat",
    "weixin",
    "绿泡泡",
    "微信名",
    "微信ID",
    "微 信",
];
/// A word that says so where the account looks like one.
const LOOSE: [&str; 3] = ["微信", "微", "v"];

impl Detector for WeChat {
    fn kind(&self) -> &'static str {
        "wechat"
    }

    fn may_find(&self, text: &Folded) -> bool {
        text.has_latin()
    }

    fn find(&self, text: &Folded, _: &Context) -> Vec<Range<usize>> {
        let signs = text.plain();
        let mut found = Vec::new();
        for run in code::runs(signs, &['_', '-'], char::is_ascii_alphanumeric) {
            let len = run.len();
            if !(6..=26).contains(&len) {
                continue;
            }
            let word: String = signs[run.clone()].iter().collect();
            if word.starts_with("wxid_") && len >= 10 {
                found.push(run);
                continue;
            }
            // vx:abc123 is two words, vxabc123 one.
            let glued = ["vx", "wx", "weixin", "wechat"]
                .iter()
                .find(|cue| word.starts_with(**cue) && len >= cue.len() + 6);
            let mixed = word.bytes().any(|byte| byte.is_ascii_digit() || byte == b'_' || byte == b'-');
            let name = code::name(text, run.start, 12);
            let official = ["公众号", "订阅号", "服务号", "小程序", "视频号", "官方", "企业微信"];
            let around = text.before(run.start, 14);
            if official.iter().any(|word| around.contains(word))
                || !word.starts_with(|c: char| c.is_ascii_alphabetic())
                || len > 20
            {
                continue;
            }
            let site = text.sign(run.end) == Some('.')
                && text.sign(run.end + 1).is_some_and(|c| c.is_ascii_alphabetic());
            let sure = SURE.iter().any(|cue| name.ends_with(cue));
            let loose = mixed && LOOSE.iter().any(|cue| name.ends_with(cue));
            if !site && (sure || loose) {
                found.push(run);
            } else if let Some(cue) =
                glued.filter(|_| mixed && text.sign(run.end) != Some('.') && around.contains('加'))
            {
                found.push(run.start + cue.len()..run.end);
            }
        }
        found
    }
}
