//! Where a looked-up card goes on, as the id of a button or menu: what was looked up, by its short ids, and the page. It
//! survives a restart, and whatever an id says, nothing but pages of the folder can be reached by it.

use crate::lexicon::lookup::NameKind;
use crate::lookup::{Narrowing, Wanted};

/// A page of something that was looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// A page of a card, by the id of its name.
    Card(Wanted, String, usize),
    /// A page of names side by side, by their ids.
    Compare(Vec<String>, usize),
    /// A page of the list of programs.
    Programs(Narrowing, usize),
    /// A section of a name's document: the id of the name, the section's key (chosen in a menu when empty), the page.
    Section(String, String, usize),
}

/// Pages beyond this are not offered.
pub(super) const MAX_PAGES: usize = 50;
/// Names side by side.
const MAX_NAMES: usize = 4;
/// Level, field and text that narrow a list are kept to these lengths, so that an id holds all of them.
const LENGTHS: [usize; 3] = [12, 40, 30];
/// Separates what an id holds.
const SEPARATOR: char = '|';

const WANTED: [(&str, Wanted); 6] = [
    ("p", Wanted::Whole(NameKind::Program)),
    ("o", Wanted::Whole(NameKind::Occupation)),
    ("c", Wanted::Whole(NameKind::Certification)),
    ("k", Wanted::Courses),
    ("r", Wanted::Requirements),
    ("s", Wanted::Salary),
];

impl Turn {
    /// Its id, at most 100 characters.
    pub fn id(&self) -> String {
        let parts: Vec<String> = match self {
            Self::Card(wanted, id, page) => {
                let letter =
                    WANTED.iter().find(|(_, known)| known == wanted).map_or("p", |(letter, _)| *letter);
                vec!["card".to_owned(), page.to_string(), letter.to_owned(), id.clone()]
            }
            Self::Compare(ids, page) => vec!["compare".to_owned(), page.to_string(), ids.join(",")],
            Self::Programs(Narrowing { level, field, text }, page) => {
                let mut parts = vec!["programs".to_owned(), page.to_string()];
                let short = |(text, most): (&String, usize)| -> String {
                    text.chars().filter(|sign| *sign != SEPARATOR).take(most).collect()
                };
                parts.extend([level, field, text].into_iter().zip(LENGTHS).map(short));
                parts
            }
            Self::Section(id, key, page) => {
                vec!["section".to_owned(), page.to_string(), id.clone(), key.clone()]
            }
        };
        parts.join(&SEPARATOR.to_string())
    }

    /// What an id means; `None` for one that this program never made.
    pub fn from_id(id: &str) -> Option<Self> {
        let parts: Vec<&str> = id.split(SEPARATOR).collect();
        let page = |text: &str| {
            let plain = text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse().ok().filter(|page: &usize| plain && *page < MAX_PAGES)
        };
        match *parts.as_slice() {
            ["card", number, letter, id] => {
                let wanted = WANTED.iter().find(|(known, _)| *known == letter)?.1;
                Some(Self::Card(wanted, id_of(id)?, page(number)?))
            }
            ["compare", number, ids] => {
                let ids: Option<Vec<String>> = ids.split(',').map(id_of).collect();
                let ids = ids.filter(|ids| (1..=MAX_NAMES).contains(&ids.len()))?;
                Some(Self::Compare(ids, page(number)?))
            }
            ["programs", number, level, field, text] => {
                let [level, field, text] = [level, field, text].map(str::to_owned);
                Some(Self::Programs(Narrowing { level, field, text }, page(number)?))
            }
            ["section", number, id, key] => {
                let plain =
                    key.len() <= 24 && key.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-');
                Some(Self::Section(id_of(id)?, Some(key).filter(|_| plain)?.to_owned(), page(number)?))
            }
            _ => None,
        }
    }
}

/// An id of a name: a letter and eight digits.
fn id_of(text: &str) -> Option<String> {
    let plain = text.len() == 9 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    plain.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Turn, WANTED};
    use crate::lookup::Narrowing;

    #[test]
    fn only_our_own_ids_mean_something() {
        let id = || "p0123abcd".to_owned();
        let narrowing =
            Narrowing { level: "associate".to_owned(), field: "a|b".repeat(20), text: "ü".repeat(60) };
        let mut turns = vec![
            Turn::Compare(vec![id(); 4], 49),
            Turn::Section(id(), String::new(), 0),
            Turn::Section(id(), "12-0123abcd".to_owned(), 3),
            Turn::Programs(Narrowing::default(), 1),
        ];
        turns.extend(WANTED.map(|(_, wanted)| Turn::Card(wanted, id(), 7)));
        for turn in turns {
            assert!(turn.id().chars().count() <= 100, "{}", turn.id());
            assert_eq!(Turn::from_id(&turn.id()), Some(turn));
        }
        let long = Turn::Programs(narrowing, 1).id();
        assert!(long.chars().count() <= 100 && Turn::from_id(&long).is_some(), "{long}");
        for hostile in [
            "",
            "card",
            "card|0|p",
            "card|0|x|p0123abcd",
            "card|50|p|p0123abcd",
            "card|-1|p|p0123abcd",
            "card|0|p|p0123abcd|more",
            "card|0|p|../../etc",
            "compare|0|",
            "compare|0|p0123abcd,p0123abcd,p0123abcd,p0123abcd,p0123abcd",
            "section|0|p0123abcd|<@1>",
            "programs|0|a|b",
        ] {
            assert_eq!(Turn::from_id(hostile), None, "{hostile}");
        }
    }
}
