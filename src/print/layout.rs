//! The layouts: what sheets there are, on what paper, and for which kinds of bulletin.
//!
//! Invariant: names are unique, and each layout has a template `print/NAME.typ` in the theme.

use crate::model::config::Config;
use crate::model::entry::Entry;
use crate::model::kind::Kind;
use crate::model::own::{Own, slogan};
use crate::source::outline::BlockSort;

/// A layout.
#[derive(Debug, PartialEq)]
pub struct Layout {
    /// Its name in settings, front matter, file names and the theme.
    pub name: &'static str,
    /// Its Chinese name, also accepted in settings and front matter.
    pub chinese: &'static str,
    /// What comes out.
    pub format: Format,
    /// The kinds that it is made for where nobody chose; see `Layout::fits` for those that it can be filled with.
    pub natural: &'static [Kind],
    /// Width and height of the box on paper that its photos are fitted into, in millimetres: that of its template's `style`.
    /// None of a PNG.
    pub photo: Option<(f64, f64)>,
    /// Scales that are tried in turn where the text ends high up on its last page. A layout that fills panels of its own
    /// has none.
    pub scales: &'static [f64],
}

/// What a layout comes out as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// PDF/UA-1 with PDF/A-2a.
    Pdf,
    /// A picture for chat groups.
    Png,
}

const ALL: &[Kind] = &Kind::BULLETINS;

/// A little smaller and a little larger; nobody sees that two bulletins differ by it.
const EITHER_WAY: &[f64] = &[0.97, 1.03, 0.94, 1.06, 0.91];
/// Elders were promised a size.
const ONLY_LARGER: &[f64] = &[1.03, 1.06, 1.1];

const fn pdf(
    name: &'static str,
    chinese: &'static str,
    natural: &'static [Kind],
    photo: (f64, f64),
) -> Layout {
    Layout { name, chinese, format: Format::Pdf, natural, photo: Some(photo), scales: &[] }
}

const fn png(name: &'static str, chinese: &'static str, natural: &'static [Kind]) -> Layout {
    Layout { name, chinese, format: Format::Png, natural, photo: None, scales: &[] }
}

/// All layouts.
pub static LAYOUTS: &[Layout] = &[
    pdf("flyer", "单页", &[Kind::Tip, Kind::Law, Kind::Meeting, Kind::Story], (178.0, 58.0)),
    pdf("trifold", "三折页", &[], (83.0, 70.0)),
    pdf("zfold", "风琴折", &[], (83.0, 70.0)),
    // Each bulletin of a booklet chooses its size in the template.
    pdf("booklet", "小册子", &[], (116.0, 70.0)),
    pdf("poster", "海报", &[], (249.0, 105.0)),
    pdf("strip", "联系卡", &[], (174.0, 58.0)),
    Layout { scales: EITHER_WAY, ..pdf("letter", "一封信", &[], (160.0, 70.0)) },
    Layout { scales: EITHER_WAY, ..pdf("checklist", "清单", &[Kind::Guide], (174.0, 70.0)) },
    Layout { scales: EITHER_WAY, ..pdf("verse", "演出稿", &[Kind::Verse], (174.0, 70.0)) },
    Layout { scales: EITHER_WAY, ..pdf("notice", "张贴通告", &[Kind::Notice], (162.0, 70.0)) },
    Layout { scales: EITHER_WAY, ..pdf("report", "通报", &[Kind::Report], (174.0, 90.0)) },
    Layout { scales: ONLY_LARGER, ..pdf("large", "大字版", ALL, (176.0, 105.0)) },
    Layout { scales: EITHER_WAY, ..pdf("script", "广播稿", &[], (174.0, 70.0)) },
    png("card", "分享卡片", &[Kind::Tip, Kind::Notice, Kind::Verse]),
    png("long", "长图", &[]),
    png(SLOGAN, "口号", &[Kind::Verse]),
];

/// What a layout needs and a bulletin lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// Materials of a guide.
    Materials,
    /// A verse.
    Verse,
    /// A slogan, one that is short enough.
    Slogan,
    /// A table or a chart.
    Figures,
    /// Officers or hotlines of the site.
    Contacts,
    /// Words enough for a sheet that is folded.
    Words,
}

/// The layout that is made of a slogan alone.
pub const SLOGAN: &str = "slogan";

/// Fewer signs leave the panels of a folded sheet and the pages of a booklet empty: four lines of a panel.
const FEW_SIGNS: usize = 60;

impl Layout {
    /// Whether a bulletin has what the layout shows. Most layouts show any body.
    ///
    /// # Errors
    /// What it lacks.
    pub fn fits(&self, entry: &Entry, config: &Config) -> Result<(), Unfit> {
        let blocks = entry.outline.blocks;
        let (fits, lack) = match self.name {
            "checklist" => {
                let materials = matches!(&entry.meta.own, Own::Guide(guide) if !guide.materials.is_empty());
                (materials, Unfit::Materials)
            }
            "verse" => (blocks.hold(BlockSort::Verse), Unfit::Verse),
            SLOGAN => {
                let slogan = matches!(&entry.meta.own, Own::Verse { slogan: Some(line), .. } if slogan::fits(&line.value));
                (slogan, Unfit::Slogan)
            }
            "report" => {
                let sorts = [BlockSort::Table, BlockSort::DataTable, BlockSort::DataChart];
                (sorts.into_iter().any(|sort| blocks.hold(sort)), Unfit::Figures)
            }
            "strip" => (!config.officers.is_empty() || !config.hotlines.is_empty(), Unfit::Contacts),
            "trifold" | "zfold" | "booklet" => {
                let sorts = [BlockSort::DataTable, BlockSort::DataChart];
                let shows = sorts.into_iter().any(|sort| blocks.hold(sort))
                    || entry.outline.images().next().is_some();
                (shows || signs(entry) >= FEW_SIGNS, Unfit::Words)
            }
            _ => return Ok(()),
        };
        if fits { Ok(()) } else { Err(lack) }
    }

    /// The layout of a name, English or Chinese.
    pub fn named(name: &str) -> Option<&'static Self> {
        LAYOUTS.iter().find(|layout| layout.name == name || layout.chinese == name)
    }
}

/// How many signs a bulletin has to show: its body's, and those of its kind's own fields.
fn signs(entry: &Entry) -> usize {
    let of = |texts: &[String]| texts.iter().map(|text| text.chars().count()).sum::<usize>();
    let own = match &entry.meta.own {
        Own::Tip { remember, .. } => of(remember),
        Own::Law { laws } => {
            laws.iter().filter_map(|law| law.text.as_ref()).map(|text| text.chars().count()).sum()
        }
        Own::Guide(guide) => {
            guide.materials.iter().map(|one| one.name.chars().count()).sum::<usize>() + of(&guide.steps)
        }
        Own::Meeting { agenda, .. } => of(agenda),
        Own::Verse { .. } | Own::Notice(_) | Own::Report { .. } | Own::None => 0,
    };
    own + usize::try_from(entry.outline.length).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique() {
        let mut names: Vec<&str> = LAYOUTS.iter().flat_map(|layout| [layout.name, layout.chinese]).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
