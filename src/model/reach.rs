//! How far an office's word goes, told by its name: 清水镇派出所 speaks to 全镇, 城关街道办事处 to 全街道.

/// What a place is called, and what follows its name in the name of an office of that place.
const PLACES: &[&str] =
    &["街道", "社区", "镇", "乡", "村", "苏木", "嘎查", "县", "区", "市", "州", "旗", "盟"];
const OFFICES: &[&str] = &[
    "派出所",
    "公安",
    "司法",
    "人民",
    "政府",
    "办事处",
    "党",
    "委员会",
    "村民",
    "居民",
    "居委",
    "村委",
    "警务",
    "综治",
    "平安",
    "工作",
    "服务",
    "网格",
    "综合",
    "法律",
    "调解",
    "交通",
    "交警",
    "消防",
    "应急",
    "妇",
    "团委",
    "工会",
    "民政",
    "院坝",
    "政法",
];

/// The kind of place that an office is for, as in 全镇; none where its name does not tell.
///
/// The last place of the name counts, since the higher ones stand before it: 清水县公安局清水镇派出所 is of a 镇.
pub fn of(office: &str) -> Option<&'static str> {
    let name: String = office.chars().filter(|c| !c.is_whitespace()).collect();
    let found = PLACES.iter().flat_map(|place| name.match_indices(place).map(move |(at, _)| (at, *place)));
    let places = found.filter(|&(at, place)| {
        let (before, after) = (&name[..at], &name[at + place.len()..]);
        // A place has a name of its own, which a department (社区 of 派出所社区警务队) has not.
        let named = !before.is_empty() && !before.ends_with(['所', '局', '队', '室', '处', '会', '部', '府']);
        let named = named && !(place == "区" && before.ends_with('社'));
        named && (after.is_empty() || OFFICES.iter().any(|office| after.starts_with(office)))
    });
    places.max_by_key(|&(at, _)| at).map(|(_, place)| place)
}

/// What kind of office it is, for the words that depend on it: an officer or a grid worker, a village or a community.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Office {
    /// Whether it is no police: a residents' committee, a government, a service.
    pub civil: bool,
    /// Whether its people live in a town's quarters, not in villages.
    pub urban: bool,
}

/// Words of offices of the police, and of others. A name that has neither is taken for a station's.
const POLICE: &[&str] = &["派出所", "公安", "警", "边防", "出入境"];
const CIVIL: &[&str] = &[
    "居委",
    "居民委员会",
    "村委",
    "村民委员会",
    "办事处",
    "政府",
    "司法",
    "综治",
    "政法委",
    "党群",
    "网格",
    "妇联",
    "服务中心",
    "调解",
    "应急",
    "消防",
    "民政",
    "党委",
    "党支部",
    "工会",
    "团委",
    "平安办",
    "信访",
];

/// The kind of the office of this name.
pub fn office(name: &str) -> Office {
    let place = of(name);
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    Office {
        civil: !has(POLICE) && (has(CIVIL) || place.is_some()),
        urban: matches!(place, Some("街道" | "社区")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Office, of, office};

    #[test]
    fn an_office_tells_its_words_by_its_name() {
        for (name, civil, urban) in [
            ("清水镇派出所", false, false),
            ("城关派出所", false, false),
            ("城关街道派出所", false, true),
            ("城关街道办事处", true, true),
            ("幸福社区", true, true),
            ("幸福社区居民委员会", true, true),
            ("幸福社区警务室", false, true),
            ("白岩村村民委员会", true, false),
            ("高坡苗族乡人民政府", true, false),
            ("清水镇", true, false),
            ("清水镇综治中心", true, false),
            ("清水县公安局", false, false),
            ("平安院坝", false, false),
            ("", false, false),
        ] {
            assert_eq!(office(name), Office { civil, urban }, "{name}");
        }
    }

    #[test]
    fn an_office_tells_its_place_by_its_name() {
        for (office, place) in [
            ("清水镇派出所", Some("镇")),
            ("清水县公安局清水镇派出所", Some("镇")),
            ("清水镇派出所社区警务队", Some("镇")),
            ("高坡苗族乡派出所", Some("乡")),
            ("高坡苗族乡人民政府", Some("乡")),
            ("城关街道办事处", Some("街道")),
            ("幸福社区居民委员会", Some("社区")),
            ("白岩村村民委员会", Some("村")),
            ("白岩村警务室", Some("村")),
            ("清水县公安局", Some("县")),
            ("市中区公安分局", Some("区")),
            ("遵义市公安局", Some("市")),
            ("清水镇", Some("镇")),
            // A street and a quarter in the name of an office are no place of that kind.
            ("旧市街派出所", None),
            ("城关派出所", None),
            ("社区警务队", None),
            ("平安院坝", None),
            ("", None),
        ] {
            assert_eq!(of(office), place, "{office}");
        }
    }
}
