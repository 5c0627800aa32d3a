//! Addresses of electronic mail.
//!
//! Refuses: mailboxes of offices: below `gov.cn`, or named for a duty (`jubao@`, `service@`).

use super::normalise::Folded;
use super::{Context, Detector};
use std::ops::Range;

/// The detector.
pub struct Email;

/// Names of mailboxes that stand for a duty.
const DUTIES: [&str; 24] = [
    "jubao",
    "report",
    "service",
    "services",
    "kefu",
    "admin",
    "info",
    "contact",
    "webmaster",
    "postmaster",
    "noreply",
    "no-reply",
    "support",
    "help",
    "office",
    "bangong",
    "jiandu",
    "tousu",
    "hr",
    "news",
    "press",
    "feedback",
    "mail",
    "xinxiang",
];

impl Detector for Email {
    fn kind(&self) -> &'static str {
        "email"
    }

    fn may_find(&self, text: &Folded) -> bool {
        text.has_latin()
    }

    fn find(&self, text: &Folded, _: &Context) -> Vec<Range<usize>> {
        let signs = text.plain();
        let mut found: Vec<Range<usize>> = Vec::new();
        for at in 0..signs.len() {
            let Some(len) = at_sign(signs, at) else { continue };
            let before = signs[..at].iter().rev().skip_while(|sign| **sign == ' ');
            let blank = signs[..at].iter().rev().take_while(|sign| **sign == ' ').count();
            let local = before.take(64).take_while(|sign| is_local(**sign)).count();
            let start = at - blank.min(1) - local;
            let mut end = at + len;
            while signs.get(end) == Some(&' ') && end < at + len + 1 {
                end += 1;
            }
            let domain =
                signs[end.min(signs.len())..].iter().take(80).take_while(|sign| is_domain(**sign)).count();
            let host: String = signs[end.min(signs.len())..][..domain].iter().collect();
            let host = host.trim_end_matches(['.', '-', '*', '_']);
            if blank > 1 || local == 0 || !is_host(host) {
                continue;
            }
            let name: String =
                signs[start..start + local].iter().filter(|sign| !matches!(sign, '*')).collect();
            // https://user:word@host names who logs in at a site, and no mailbox.
            let word =
                signs[..start].iter().rev().take(80).take_while(|sign| **sign != ' ' && **sign != '\n');
            let in_address = word.collect::<Vec<_>>().windows(3).any(|part| part == [&'/', &'/', &':']);
            if in_address || is_office(&name, host) || found.last().is_some_and(|last| last.end > start) {
                continue;
            }
            found.push(start..end + host.chars().count());
        }
        found
    }
}

/// How long the sign @ is, or what is written in its place.
fn at_sign(signs: &[char], at: usize) -> Option<usize> {
    match signs[at] {
        '@' | '\u{fe6b}' => Some(1),
        '(' | '[' | '{' | '#' | '艾' => {
            ["(at)", "[at]", "{at}", "(@)", "[@]", "#at#", "艾特"].into_iter().find_map(|word| {
                let len = word.chars().count();
                (signs.get(at..at + len)?.iter().copied().eq(word.chars())).then_some(len)
            })
        }
        _ => None,
    }
}

fn is_local(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || matches!(sign, '.' | '_' | '-' | '+' | '*' | '%')
}

fn is_domain(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-')
}

/// Parts with dots between them, the last one of letters.
fn is_host(host: &str) -> bool {
    let mut parts = host.split('.').collect::<Vec<_>>();
    let last = parts.pop().unwrap_or_default();
    !parts.is_empty()
        && parts.iter().all(|part| !part.is_empty())
        && (2..=12).contains(&last.len())
        && last.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn is_office(local: &str, host: &str) -> bool {
    let hidden = local.is_empty() || local.contains("***");
    host == "gov.cn" || host.ends_with(".gov.cn") || DUTIES.contains(&local) || hidden
}
