//! Names that stand in a row with others, and those of persons who were named before.

use super::Search;
use super::candidate::{self, begins_at, best, ends_at};
use crate::privacy::lexicon::is_han;
use crate::privacy::marks;
use std::ops::Range;

impl Search<'_> {
    /// `杨昌文、杨昌武两兄弟`: who stands in a row with a name has one too.
    pub(super) fn lists(&mut self) {
        for range in self.found.clone() {
            self.row_of_names(range.end);
            let mut start = range.start;
            while start > 2 && matches!(self.signs[start - 1], ',' | '与' | '和' | '及') {
                let Some((at, one)) = candidate::before(self.signs, start - 1, 2) else { break };
                if one.stop && begins_at(self.signs, at) < 0 || (one.stop || one.weak) && one.fit < 5 {
                    break;
                }
                self.push(at, one);
                start = at;
            }
        }
    }

    /// The names that follow another, divided by 、 or 和.
    pub(super) fn row_of_names(&mut self, mut end: usize) {
        while let Some(sign) = self.signs.get(end) {
            let skip = match sign {
                ',' | '与' | '和' | '及' | '跟' | '/' => 1,
                '以' if self.signs.get(end + 1) == Some(&'及') => 2,
                _ => return,
            };
            let skip = skip + usize::from(self.signs.get(end + skip) == Some(&' '));
            let Some(one) = best(self.signs, end + skip, 4) else { return };
            if one.ends < 2 {
                return;
            }
            self.push(end + skip, one);
            end += skip + one.len;
        }
    }

    /// Three names and more in a row, each of which could be nothing else: a list of persons.
    pub(super) fn rows(&mut self) {
        let signs = self.signs;
        let mut row: Vec<Range<usize>> = Vec::new();
        let mut at = 0;
        let divides = |sign: char| matches!(sign, ',' | ' ' | '\n' | '|' | '/' | '；' | ';');
        while at <= signs.len() {
            let fits = |range: &Range<usize>| {
                candidate::all(signs, range.start).any(|one| {
                    at + one.len == range.end
                        && one.fit >= 2
                        && !one.stop
                        && !candidate::is_figure(signs, at, one.len)
                })
            };
            let begins = self.marks.get(at).is_some_and(|marks| marks & marks::SURNAME != 0)
                && (at == 0 || !is_han(signs[at - 1]));
            if !begins && row.is_empty() {
                at += 1;
                continue;
            }
            let len = signs[at..].iter().take(6).take_while(|sign| is_han(**sign)).count();
            let range = at..at + len;
            if begins && (2..=4).contains(&len) && fits(&range) {
                row.push(range.clone());
                at += len;
                let gap = signs[at..].iter().take(4).take_while(|sign| divides(**sign)).count();
                if (1..=3).contains(&gap) {
                    at += gap;
                    continue;
                }
            }
            let sure = row.iter().filter(|range| range.len() >= 3).count();
            if row.len() >= 3 && sure * 2 >= row.len() {
                self.found.append(&mut row);
            }
            row.clear();
            at += len.max(1);
        }
    }

    /// Whoever was named stands later without anything that says so.
    pub(super) fn again(&mut self) {
        let mut names: Vec<&[char]> = self.found.iter().map(|range| &self.signs[range.clone()]).collect();
        names.sort_unstable();
        names.dedup();
        names.retain(|name| name.iter().all(|sign| is_han(*sign) || *sign == '.'));
        let mut again = Vec::new();
        for name in names {
            for start in 0..self.signs.len().saturating_sub(name.len() - 1) {
                let end = start + name.len();
                if self.signs[start] == name[0]
                    && &self.signs[start..end] == name
                    && (name.len() > 2 || ends_at(self.signs, end) > 0 && begins_at(self.signs, start) > 0)
                {
                    again.push(start..end);
                }
            }
        }
        self.found.append(&mut again);
    }
}
