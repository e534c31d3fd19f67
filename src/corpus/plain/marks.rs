//! What several lines of a text have in common: one line alone would mean nothing. Told once for all of it, since a text may have a
//! million lines.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;
use std::ops::Range;

use super::super::model::Span;
use super::super::shapes;
use super::labelled::counted_word;
use super::scan::Scan;
use super::set_off::stands_alone;
use super::units::{Shape, Unit};
use crate::lexicon::text_rules::TextRules;

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
    /// Numbers that stand alone, with something else below each, count what the text tells of one after another: a ranking.
    pub(super) ranking: bool,
    /// Paragraphs begin with the code and the name of a course.
    pub(super) entries: bool,
    /// Bullets head the text right below them.
    pub(super) naming: bool,
    /// Some bullets are in capitals and head, and others are not.
    pub(super) shouting: bool,
    /// Lines in capitals that name what others in capitals, which return, are parts of.
    pub(super) names: HashSet<String>,
    /// From where to where headings stand under lines that name awards ("Welding Technology (AAS)"), of which there are several.
    pub(super) awarded: Option<Range<usize>>,
    /// From where to where records of keys stand ("Program: …"), of which there are several …
    pub(super) keyed: Option<Range<usize>>,
    /// … and which lines stand right above one of them.
    pub(super) above_keyed: HashSet<usize>,
    /// Lines, in small letters, that stand below the first row of several drawn boxes.
    pub(super) boxed: HashSet<String>,
    /// How many lines stand between names and the rows of them, at the least, where there are several such names.
    pub(super) cards: Option<usize>,
    /// Headings stand between the steps that a text counts.
    pub(super) stepped: bool,
    /// How far in the headings of a text stand, from the outer to the inner ones, where they stand differently far in.
    pub(super) indents: Vec<usize>,
    /// Lines in capitals stand below headings that are not in capitals, without anything between them.
    pub(super) small_caps: bool,
    /// Words with which lines that stand alone count ("Agreement 1: …").
    pub(super) counted: HashSet<String>,
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
        let numbers_before = parts.iter().map(|(_, number)| *number);
        let count_on = std::iter::once(0)
            .chain(numbers_before)
            .zip(&parts)
            .all(|(before, (_, number))| *number == 1 || *number == before + 1);
        let above_heads = parts.iter().filter(|(at, _)| scan.heads_headings(*at)).count();
        let calm = scan
            .units
            .iter()
            .filter(|unit| matches!(unit.shape, Shape::Bullet(..)) && !shapes::is_caps(scan.words(unit)));
        let alone = scan.units.iter().filter(|unit| stands_alone(unit));
        let signs = recurring(alone.filter_map(|unit| shapes::front_signs(scan.words(unit))), LEAST);
        let mut counted_words: HashMap<String, u32> = HashMap::new();
        for at in all() {
            let (Some(unit), Some(below)) = (scan.unit(at), scan.unit(at + 1)) else { continue };
            if unit.lines == 1
                && unit.gap > 0
                && below.gap > 0
                && let Some((word, number)) = counted_word(scan.words(unit))
            {
                let known = counted_words.entry(word).or_default();
                if number == *known + 1 {
                    *known = number;
                }
            }
        }
        let cards: Vec<usize> = all()
            .filter(|at| scan.unit(*at).is_some_and(|unit| unit.gap > 0))
            .filter_map(|at| scan.card_lines(at))
            .collect();
        // For each unit itself, if it is a heading that stands alone.
        let heads: Vec<Option<&Unit>> =
            all().map(|at| scan.unit(at).filter(|unit| stands_alone(unit) && scan.is_heading(at))).collect();
        let keyed_names: Vec<(usize, Span)> =
            all().filter_map(|at| Some((at, scan.keyed_name(at)?))).collect();
        Self {
            boxed: recurring(all().filter_map(|at| scan.boxed(at)), 2),
            awarded: awarded(scan),
            names: names_in_capitals(scan),
            keyed: keyed(scan, &keyed_names),
            above_keyed: keyed_names
                .iter()
                .filter_map(|(at, _)| scan.unit(at.checked_sub(1)?).map(|unit| unit.span.start))
                .collect(),
            cards: cards.iter().min().copied().filter(|_| cards.len() >= 2),
            stepped: stepped(scan),
            indents: indents(&heads),
            small_caps: has_small_caps(scan, &heads),
            counted: counted_words
                .into_iter()
                .filter(|(_, count)| *count >= 2)
                .map(|(word, _)| word)
                .collect(),
            apart: all().filter(|at| near(at) && above_text(at)).take(LEAST).count() == LEAST,
            // Two colons apart from the running text below them are no accident.
            colons: all().filter(|at| scan.is_apart(*at) && above_text(at)).take(2).count() == 2,
            labels: all().filter(|at| scan.is_title_label(*at) && above_text(at)).take(LEAST).count()
                == LEAST,
            ranked: ranks.len() >= LEAST && ranks.windows(2).all(|pair| pair[0].abs_diff(pair[1]) == 1),
            numbered: counted + 1 >= LEAST,
            ranking: parts.len() >= LEAST && count_on,
            parted: parts.len() >= 2 && in_turn && above_heads >= 2,
            entries: all().filter(|at| scan.run_in_entry(*at).is_some()).take(2).count() == 2,
            naming: all().filter(|at| scan.names_text(*at)).take(LEAST).count() == LEAST,
            shouting: all().filter(|at| scan.shouts(*at)).take(2).count() == 2 && calm.take(2).count() == 2,
            signs: signs.into_iter().map(str::to_owned).collect(),
        }
    }
}

/// What there is so many times at the least.
fn recurring<T: Eq + Hash>(found: impl Iterator<Item = T>, least: usize) -> HashSet<T> {
    let mut counts: HashMap<T, usize> = HashMap::new();
    for one in found {
        *counts.entry(one).or_default() += 1;
    }
    counts.into_iter().filter(|(_, count)| *count >= least).map(|(one, _)| one).collect()
}

/// More lines in capitals are not looked up in the text.
const MOST_NAMES: usize = 100;

/// Lines in capitals that the text writes as names elsewhere ("Automotive Technology") or that name an award; none where no heading in
/// capitals returns.
fn names_in_capitals(scan: &Scan<'_, '_, '_>) -> HashSet<String> {
    let rules = scan.builder.rules;
    let caps = || {
        let lines = scan.units.iter().filter(|unit| stands_alone(unit)).map(|unit| scan.words(unit));
        lines.filter(|words| shapes::is_caps(words) && shapes::is_heading_like(words, rules))
    };
    let returns = |words: &str| scan.repeated.contains(&words.to_lowercase());
    if !caps().any(returns) {
        return HashSet::new();
    }
    let written = |words: &str| scan.builder.text.contains(&as_name(words, rules));
    let awards = |words: &str| {
        words.to_lowercase().split(|c: char| !c.is_alphabetic()).any(|word| rules.award_words.contains(word))
    };
    caps()
        .take(MOST_NAMES)
        .filter(|words| !returns(words) && !shapes::is_generic(words, rules))
        .filter(|words| words.split_whitespace().count() >= 2 && (written(words) || awards(words)))
        .map(str::to_owned)
        .collect()
}

/// A line in capitals as a name is written in running text: "Automotive Technology".
fn as_name(words: &str, rules: &TextRules) -> String {
    let written = |word: &str| {
        let mut letters = word.chars();
        let first: String = letters.next().into_iter().collect();
        let rest = letters.as_str().to_lowercase();
        let small = word.to_lowercase();
        if rules.small_words.contains(&small) { small } else { first + &rest }
    };
    words.split_whitespace().map(written).collect::<Vec<_>>().join(" ")
}

/// From the first to the last line that stands alone and names an award, where headings return between them.
fn awarded(scan: &Scan<'_, '_, '_>) -> Option<Range<usize>> {
    let names: Vec<usize> = scan
        .units
        .iter()
        .filter(|unit| stands_alone(unit) && names_award(scan.words(unit), scan.builder.rules))
        .filter(|unit| scan.heading_like(unit) && !scan.repeated.contains(&scan.words(unit).to_lowercase()))
        .map(|unit| unit.span.start)
        .collect();
    let (first, last) = (*names.first()?, *names.last()?);
    (names.len() >= 2 && !scan.repeated.is_empty()).then_some(first..last)
}

/// From the first to the last record of keys, of those that name different things by the same key.
fn keyed(scan: &Scan<'_, '_, '_>, keyed_names: &[(usize, Span)]) -> Option<Range<usize>> {
    let mut found: HashMap<String, (Range<usize>, HashSet<&str>)> = HashMap::new();
    for (at, name) in keyed_names {
        let Some(Unit { shape: Shape::KeyValue(key, _), span, .. }) = scan.unit(*at) else { continue };
        let start = span.start;
        let key = scan.builder.slice(key).to_lowercase();
        let (range, names) = found.entry(key).or_insert_with(|| (start..start, HashSet::new()));
        range.end = start;
        names.insert(scan.builder.slice(name));
    }
    let several = found.into_values().filter(|(_, names)| names.len() >= 2).map(|(range, _)| range);
    several.min_by_key(|range| range.start)
}

/// Whether other headings stand between steps.
fn stepped(scan: &Scan<'_, '_, '_>) -> bool {
    let step = |at: &usize| scan.part_heading(*at).is_some_and(|(outer, _)| !outer);
    let (Some(first), Some(last)) =
        ((0..scan.units.len()).find(step), (0..scan.units.len()).rev().find(step))
    else {
        return false;
    };
    (first..last).any(|at| {
        scan.unit(at).is_some_and(stands_alone) && scan.is_heading(at) && scan.part_heading(at).is_none()
    })
}

/// How far in headings stand that stand alone, where several do each time: a program that lays out pages sets them by their level.
fn indents(heads: &[Option<&Unit>]) -> Vec<usize> {
    /// Lines further in are centered.
    const MOST: usize = 8;
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for unit in heads.iter().flatten().filter(|unit| unit.indent <= MOST) {
        *counts.entry(unit.indent).or_default() += 1;
    }
    let few = counts.values().filter(|count| **count < 2).count();
    let fits = counts.len() - few >= 2 && few <= 1;
    if fits { counts.into_keys().collect() } else { Vec::new() }
}

/// Whether more lines in capitals stand right below a heading that is not in capitals than above one.
fn has_small_caps(scan: &Scan<'_, '_, '_>, heads: &[Option<&Unit>]) -> bool {
    // The first of them may be the name of the page.
    let first = heads.iter().position(Option::is_some).map_or(heads.len(), |first| first + 1);
    let caps = |head: &Option<&Unit>| head.map(|unit| shapes::is_caps(scan.words(unit)));
    let heads: Vec<Option<bool>> = heads.iter().skip(first).map(caps).collect();
    let pairs = |above: bool| heads.windows(2).filter(|pair| **pair == [Some(above), Some(!above)]).count();
    pairs(false) > pairs(true)
}

/// Whether a heading names an award: by a word for one, or by its letters in brackets at the end.
pub(super) fn names_award(words: &str, rules: &TextRules) -> bool {
    let letters = words.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')).is_some_and(|(_, inner)| {
        (2..=5).contains(&inner.len()) && inner.chars().all(|c| c.is_ascii_uppercase() || c == '.')
    });
    let named = words
        .to_lowercase()
        .split(|c: char| !c.is_alphabetic())
        .any(|word| word != "program" && word != "degree" && rules.award_words.contains(word));
    !words.ends_with('?') && (letters || named)
}
