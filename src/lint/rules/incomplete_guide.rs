//! R512: a guide that does not say what people need to know before they come.
//!
//! Who may apply, what to bring, how long it takes, what it costs (国办秘函〔2019〕19号 counts each as a fault of a guide). Refuses: to ask for
//! a field where the text says it.
//! Invariant: one finding a guide, with all that is missing.

use crate::diag::{Code, Diagnostic, Files as _, Message, Sink, codes};
use crate::lint::{Lint, Site};
use crate::model::own::Own;

/// The lint.
pub struct IncompleteGuide;

/// Words by which a text says who may apply.
const CONDITIONS: &[&str] = &[
    "条件",
    "谁能",
    "谁可以",
    "谁来",
    "哪些人",
    "什么人",
    "对象",
    "适用",
    "资格",
    "年满",
    "周岁",
    "符合",
    "凡是",
    "可以申请",
    "可以办",
    "who can",
    "eligib",
];
const MATERIALS: &[&str] = &["材料", "带上", "要带", "带齐", "bring"];
const TIME: &[&str] = &[
    "时限",
    "多久",
    "工作日",
    "当场",
    "当天",
    "当日",
    "随到随办",
    "几天",
    "天内",
    "日内",
    "分钟",
    "小时",
    "days",
];
const FEE: &[&str] =
    &["收费", "费用", "免费", "不要钱", "不收钱", "不收费", "工本费", "多少钱", "fee", "free"];

impl Lint for IncompleteGuide {
    fn code(&self) -> Code {
        codes::INCOMPLETE_GUIDE
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        let model = site.model;
        for entry in &model.entries {
            let Own::Guide(guide) = &entry.meta.own else { continue };
            let text = model.sources.text(entry.file);
            // Behind the front matter, whose keys are no words of the text.
            let body = text.splitn(3, "---").nth(2).unwrap_or(text);
            let summary = entry.meta.summary.as_deref().unwrap_or_default();
            let says =
                |words: &[&str]| words.iter().any(|word| body.contains(word) || summary.contains(word));
            let missing = [
                (says(CONDITIONS), "conditions"),
                (!guide.materials.is_empty() || says(MATERIALS), "materials"),
                (guide.time_limit.is_some() || says(TIME), "time_limit"),
                (guide.fee.is_some() || says(FEE), "fee"),
            ];
            let missing: Vec<&str> =
                missing.into_iter().filter(|(said, _)| !said).map(|(_, name)| name).collect();
            if missing.is_empty() {
                continue;
            }
            let has = |name: &str| if missing.contains(&name) { "yes" } else { "none" };
            let message = Message::new("incomplete-guide")
                .with("title", entry.title())
                .with("conditions", has("conditions"))
                .with("materials", has("materials"))
                .with("time", has("time_limit"))
                .with("fee", has("fee"));
            sink.report(
                Diagnostic::new(codes::INCOMPLETE_GUIDE, message)
                    .at(entry.meta.title.span)
                    .hint(Message::new("incomplete-guide-hint")),
            );
        }
    }
}
