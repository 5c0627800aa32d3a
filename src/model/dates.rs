//! F437: dates of a bulletin that contradict each other, or that nobody can mean.
//!
//! Refuses: to guess which of two dates is the wrong one; both are named.
//! Invariant: a date that is right today and wrong tomorrow is told through [`Now`], so that the next build looks again.

use super::kind::Kind;
use super::meta::Meta;
use super::now::Now;
use super::own::Own;
use super::when::When;
use crate::diag::{Diagnostic, Message, Sink, Span, Spanned, codes};

/// No bulletin is older.
const EARLIEST: i16 = 1980;
/// No bulletin is dated so many years ahead.
const AHEAD: i16 = 3;

/// A date and its place.
#[derive(Clone, Copy)]
struct At {
    value: When,
    span: Span,
}

fn at(one: Option<&Spanned<When>>) -> Option<At> {
    one.map(|one| At { value: one.value, span: one.span })
}

/// Reports what is odd about a bulletin's dates.
pub(super) fn check(meta: &Meta, now: &Now, sink: &mut Sink) {
    let effective = match &meta.own {
        Own::Notice(notice) => at(notice.effective.as_ref()),
        _ => None,
    };
    let date = meta.date.zip(meta.date_span).map(|(value, span)| At { value, span });
    let updated = meta.updated.zip(meta.updated_span).map(|(value, span)| At { value, span });
    without_any(meta, date.or(updated), effective, sink);
    let (publish, expires) = (at(meta.publish.as_ref()), at(meta.expires.as_ref()));
    let mut odd = false;
    for (key, one) in [("date", date), ("updated", updated), ("publish", publish), ("effective", effective)] {
        let Some(one) = one else { continue };
        let year = one.value.date.year();
        if year < EARLIEST || year > now.date().year() + AHEAD {
            odd = true;
            let message = Message::new("odd-year").with("key", key).with("date", one.value);
            report(sink, Diagnostic::new(codes::DATE_ORDER, message), &one, "odd-year-hint", key);
        }
    }
    if odd {
        return;
    }
    if let Some(expires) = expires {
        let others = [("effective", effective), ("publish", publish), ("date", date)];
        if let Some((key, other)) = others
            .into_iter()
            .filter_map(|(key, other)| Some((key, other?)))
            .find(|(_, other)| expires.value.end() < other.value.start())
        {
            let message = crossed("expires", expires.value, key, other.value);
            let finding =
                Diagnostic::new(codes::DATE_ORDER, message).related(other.span, Message::new("first-here"));
            report(sink, finding, &expires, "dates-crossed-hint", key);
        }
    }
    let Some(updated) = updated else { return not_yet("date", date, meta, now, sink) };
    let mut soft = |key: &'static str, other: When| {
        let message = match key {
            "expires" => crossed(key, other, "updated", updated.value),
            _ => crossed("updated", updated.value, key, other),
        };
        report(sink, Diagnostic::new(codes::DATE_ORDER, message).warn(), &updated, "dates-crossed-hint", key);
    };
    if let Some(expires) = expires.filter(|expires| expires.value.end() < updated.value.start()) {
        soft("expires", expires.value);
    } else if let Some(date) = date.filter(|date| updated.value.end() < date.value.start()) {
        soft("date", date.value);
    }
    not_yet("date", date, meta, now, sink);
    not_yet("updated", Some(updated), meta, now, sink);
}

/// A bulletin that names no day at all stands last in every list, and nobody can tell whether it still holds.
fn without_any(meta: &Meta, date: Option<At>, effective: Option<At>, sink: &mut Sink) {
    let begins = matches!(&meta.own, Own::Meeting { start: Some(_), .. });
    let dated = date.is_some() || effective.is_some() || begins || meta.publish.is_some();
    // A date that could not be read was told where it stands.
    let file = meta.title.span.file;
    let told = |one: &Diagnostic| {
        one.code == codes::IMPOSSIBLE_DATE && one.primary.is_some_and(|at| at.file == file)
    };
    if !dated && meta.kind != Kind::Page && !sink.found().iter().any(told) {
        let finding = Diagnostic::new(codes::DATE_ORDER, Message::new("no-date")).warn();
        sink.report(finding.at(meta.title.span).hint(Message::new("no-date-hint")));
    }
}

/// `first` lies before `second`, and should not.
fn crossed(first: &'static str, at: When, second: &'static str, other: When) -> Message {
    Message::new("dates-crossed")
        .with("first", first)
        .with("at", at)
        .with("second", second)
        .with("other", other)
}

/// A date that has not come, though nothing holds the bulletin back until then.
fn not_yet(key: &'static str, date: Option<At>, meta: &Meta, now: &Now, sink: &mut Sink) {
    let Some(date) = date else { return };
    // The day of a meeting is often given as the bulletin's.
    let met =
        matches!(&meta.own, Own::Meeting { start: Some(start), .. } if start.value.date == date.value.date);
    let waits = meta.publish.as_ref().is_some_and(|publish| publish.value.end() >= date.value.start());
    let held = met || meta.draft || waits;
    if !held && !now.has_come(date.value.start()) {
        let message = Message::new("future-date").with("key", key).with("date", date.value);
        report(sink, Diagnostic::new(codes::DATE_ORDER, message).warn(), &date, "future-date-hint", key);
    }
}

fn report(sink: &mut Sink, finding: Diagnostic, at: &At, hint: &'static str, key: &'static str) {
    let hint = Message::new(hint).with("key", key).with("date", at.value);
    sink.report(finding.at(at.span).hint(hint));
}
