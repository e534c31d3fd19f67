//! What several lines of a text have in common: one line alone would mean nothing. Told once for all of it, since a text may have a
//! million lines.

use std::collections::{HashMap, HashSet};

use super::super::shapes;
use super::scan::Scan;
use super::set_off::stands_alone;
use super::units::Shape;

/// So many of a kind are no accident.
const LEAST: usize = 3;

/// Which marks of headings a text uses.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Headings stand right above their text and apart from what is above them.
    pub(super) apart: bool,
    /// Colons stand behind headings.
    pub(super) colons: bool,
    /// Short titles with colons stand right above running text.
    pub(super) labels: bool,
    /// Lines that hold a number alone count schools.
    pub(super) ranked: bool,
    /// Numbers stand in front of names that head the lines below.
    pub(super) numbered: bool,
    /// Numbers stand in front of the names of parts, each of which has headings of its own.
    pub(super) parted: bool,
    /// Paragraphs begin with the code and the name of a course.
    pub(super) entries: bool,
    /// Bullets head the text right below them.
    pub(super) naming: bool,
    /// Some bullets are in capitals and head, and others are not.
    pub(super) shouting: bool,
    /// What stands in front of lines that stand alone, where several have it.
    pub(super) signs: HashSet<String>,
}

impl Marks {
    pub(super) fn of(scan: &Scan<'_, '_, '_>) -> Self {
        let all = || 0..scan.units.len();
        let above_text = |at: &usize| scan.unit(at + 1).is_some_and(|below| scan.is_running(below));
        let near = |at: &usize| {
            scan.unit(*at).is_some_and(|unit| unit.gap > 0 && scan.heading_like(unit))
                && scan.unit(at + 1).is_some_and(|below| below.gap == 0)
        };
        let ranks: Vec<u32> = all().filter_map(|at| scan.rank(at)).collect();
        let numbers: Vec<u32> = all().filter_map(|at| scan.named_by_number(at)).collect();
        let counted = numbers.windows(2).filter(|pair| pair[0].checked_add(1) == Some(pair[1])).count();
        let parts: Vec<(usize, u32)> = all().filter_map(|at| Some((at, scan.part_number(at)?))).collect();
        let in_turn = parts.iter().zip(1..).all(|((_, number), count)| *number == count);
        let above_heads = parts.iter().filter(|(at, _)| scan.heads_headings(*at)).count();
        let calm = scan
            .units
            .iter()
            .filter(|unit| matches!(unit.shape, Shape::Bullet(..)) && !shapes::is_caps(scan.words(unit)));
        let mut signs: HashMap<&str, usize> = HashMap::new();
        for unit in scan.units.iter().filter(|unit| stands_alone(unit)) {
            if let Some(sign) = shapes::front_signs(scan.words(unit)) {
                *signs.entry(sign).or_default() += 1;
            }
        }
        Self {
            apart: all().filter(|at| near(at) && above_text(at)).take(LEAST).count() == LEAST,
            // Two colons apart from the running text below them are no accident.
            colons: all().filter(|at| scan.is_apart(*at) && above_text(at)).take(2).count() == 2,
            labels: all().filter(|at| scan.is_title_label(*at) && above_text(at)).take(LEAST).count()
                == LEAST,
            ranked: ranks.len() >= LEAST && ranks.windows(2).all(|pair| pair[0].abs_diff(pair[1]) == 1),
            numbered: counted + 1 >= LEAST,
            parted: parts.len() >= 2 && in_turn && above_heads >= 2,
            entries: all().filter(|at| scan.run_in_entry(*at).is_some()).take(LEAST).count() == LEAST,
            naming: all().filter(|at| scan.names_text(*at)).take(LEAST).count() == LEAST,
            shouting: all().filter(|at| scan.shouts(*at)).take(2).count() == 2 && calm.take(2).count() == 2,
            signs: signs
                .into_iter()
                .filter(|(_, count)| *count >= LEAST)
                .map(|(sign, _)| sign.to_owned())
                .collect(),
        }
    }
}
