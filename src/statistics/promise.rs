//! What the mark in place of a suppressed figure tells readers of it.
//!
//! A footnote that says “* is not 0” excludes every table in which a marked figure is 0, so it may be printed only where the
//! certificates use no such table. Whatever is said of the mark, on pages, on paper and in open data, in any language, comes
//! from here, and the checker is given the same.
//!
//! Refuses: words that say more than [`MarkPromise::least`].
//! Invariant: a figure is suppressed under a promise only if it keeps it.

/// What the mark tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkPromise {
    /// A figure that is marked may be any number, 0 too.
    AnyNumber,
    /// A figure that is marked is not 0.
    NotZero,
}

/// What else a footnote says.
#[derive(Clone, Copy, Debug)]
pub struct Footnote<'t> {
    /// The mark, `*` as a rule.
    pub mark: &'t str,
    /// Counts under it are sensitive.
    pub threshold: u32,
    /// So are counts of 0.
    pub zeros: bool,
    /// Amounts are among what is marked.
    pub amounts: bool,
}

/// Greater than any figure. A range without upper end has it, since JSON has no infinity.
const NO_END: f64 = 1e300;

impl MarkPromise {
    /// The promise that is made where it can be kept.
    pub fn preferred(zeros_sensitive: bool) -> Self {
        if zeros_sensitive { Self::AnyNumber } else { Self::NotZero }
    }

    /// The least that a marked figure may be.
    pub fn least(self) -> i64 {
        match self {
            Self::AnyNumber => 0,
            Self::NotZero => 1,
        }
    }

    /// The promise by what it says at least; none for a number that no promise has.
    pub fn of_least(least: i64) -> Option<Self> {
        [Self::AnyNumber, Self::NotZero].into_iter().find(|promise| promise.least() == least)
    }

    /// The range that it says, for the neutral form.
    pub fn range(self) -> serde_json::Value {
        serde_json::json!([self.least(), NO_END])
    }

    /// What the mark means, in a few words beside a drawing.
    pub fn key(self, mark: &str, english: bool) -> String {
        let words = match (self, english) {
            (Self::AnyNumber, false) => "未公布",
            (Self::AnyNumber, true) => "not published",
            (Self::NotZero, false) => "未公布，不代表0",
            (Self::NotZero, true) => "not published; it does not mean 0",
        };
        format!("{mark} {words}")
    }

    /// The footnote, in the language of the pages.
    pub fn words(self, about: Footnote, language: &str) -> String {
        let Footnote { mark, threshold: k, zeros, amounts } = about;
        if language == "en" {
            let zero = if zeros { " (0 included)" } else { "" };
            let not = match self {
                Self::AnyNumber => String::new(),
                Self::NotZero => format!(" “{mark}” does not stand for 0."),
            };
            let amount = if amounts {
                " An amount is withheld too where few people or one above all stand behind it."
            } else {
                ""
            };
            return format!(
                "“{mark}” stands for a number under {k}{zero}, or for one that is withheld so that numbers under {k} cannot \
                 be worked out.{not} Totals include what is withheld; rates that depend on it are withheld as well.{amount}"
            );
        }
        let zero = if zeros { "（含0）" } else { "" };
        let not = match self {
            Self::AnyNumber => String::new(),
            Self::NotZero => format!("“{mark}”不代表0。"),
        };
        let amount = if amounts {
            "涉及人数太少或个别人占比过大的金额也不予公布。"
        } else {
            ""
        };
        format!(
            "“{mark}”表示数值小于{k}{zero}，或为防止推算出小于{k}的数值而不予公布；{not}合计含未公布的数值，相关比率一并不予公布。{amount}"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_language_says_more_of_the_mark_than_is_proven() {
        let about = Footnote { mark: "*", threshold: 5, zeros: false, amounts: true };
        let ways = [("zh", "不代表0", "不代表0"), ("en", "does not stand for 0", "does not mean 0")];
        for (language, not_zero, short) in ways {
            for promise in [MarkPromise::AnyNumber, MarkPromise::NotZero] {
                let says = promise.words(about, language).contains(not_zero);
                assert_eq!(says, promise.least() == 1, "{language}");
                let says = promise.key("*", language == "en").contains(short);
                assert_eq!(says, promise.least() == 1, "{language}");
                assert_eq!(promise.range()[0], promise.least());
            }
        }
    }
}
