//! What stands above the name of a saved page: the name of its site or its school, and the menu of the site. Only the first lines of a
//! page are looked at, and only their shapes and the name of the file: when in doubt, the first line is the title.

use std::ops::Range;

use super::super::builder::{Builder, ends_with_colon};
use super::super::shapes;
use super::site;
use super::units::{Shape, Unit, ends_sentence};
use crate::text::quick::HashSet;

/// How many units may stand above a menu: the banner, a trail.
const ABOVE: usize = 3;

/// A shorter run of lines is no menu unless each of them is known from menus, which `furniture` sees to.
const LEAST_MENU: usize = 4;

/// Lines that stand this far apart had a menu between them, or are meant to stand apart.
const APART: usize = 3;

/// Among how many lines of its head the name of a page is looked for, the banner included.
pub(super) const LINES: usize = 3;

/// The lines of a menu at the head of a page, of which one end is known from menus: no word list holds the names of a site's parts.
pub(super) fn menu(builder: &Builder<'_>, units: &[Unit], known: &[bool]) -> Range<usize> {
    let is_known = |at: usize| known.get(at) == Some(&true);
    let part = |unit: &Unit| {
        let words = builder.slice(&unit.span);
        unit.shape == Shape::Text
            && unit.lines == 1
            && words.split_whitespace().count() <= 5
            && !words.contains(|c: char| c.is_ascii_digit())
            && !ends_sentence(words)
            && !ends_with_colon(words)
    };
    let mut start = 0;
    while start <= ABOVE {
        let joined = |unit: &&Unit| unit.gap == 0 && part(unit);
        let more = units.iter().skip(start + 1).take_while(joined).count();
        let end = start + 1 + more;
        // The name of the site stands right above its parts.
        let first = if start == 0 && !is_known(0) { 1 } else { start };
        let ends_apart = units.get(end).is_some_and(|next| next.gap > 0);
        let begins = units.get(start).is_some_and(part);
        if begins && ends_apart && end - first >= LEAST_MENU && (is_known(first) || is_known(end - 1)) {
            return first..end;
        }
        start = end;
    }
    0..0
}

/// At which unit the name of the page stands when a banner stands above it: the line that says more than the banner of what the file
/// is called.
pub(super) fn name_below(builder: &Builder<'_>, units: &[Unit]) -> Option<usize> {
    let line = |unit: &Unit| {
        let words = builder.slice(&unit.span);
        unit.lines == 1
            && matches!(unit.shape, Shape::Text | Shape::KeyValue(..))
            && !words.ends_with(':')
            && shapes::is_heading_like(words, builder.rules)
            && !shapes::is_generic(words, builder.rules)
    };
    let count = |unit: &Unit| builder.slice(&unit.span).split_whitespace().count();
    let banner = units.first().filter(|banner| {
        let words = builder.slice(&banner.span);
        banner.lines == 1 && !words.contains('?') && !ends_sentence(words)
    })?;
    let file = file_words(builder);
    let said = |unit: &Unit| words_said(builder, unit, &file);
    // A line that had a menu between itself and the banner need say less.
    let names_file = |at: usize, unit: &Unit| {
        let apart = at == 1 && unit.gap >= APART;
        let enough = said(unit) * 2 >= file.len().max(if apart { 2 } else { 4 });
        enough && said(unit) > said(banner) && (apart || count(unit) >= count(banner))
    };
    let mut head = units.iter().enumerate().take(LINES).skip(1).take_while(|(_, unit)| line(unit));
    let named = head.find(|(at, unit)| names_file(*at, unit)).map(|(at, _)| at);
    named
        .or_else(|| below_school(builder, units, &line))
        .or_else(|| below_cover(builder, units, &line))
        .or_else(|| site::name_below(builder, units, &line))
}

/// How many of the words of a file's name a unit says.
pub(super) fn words_said(builder: &Builder<'_>, unit: &Unit, file: &[String]) -> usize {
    let words = builder.slice(&unit.span).to_lowercase();
    let words: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).collect();
    file.iter().filter(|wanted| words.iter().any(|word| alike(word, wanted))).count()
}

/// The second line, where the first one says nothing but what kind of paper it is: "OCCUPATION SHEET", and below it "WELDER".
fn below_cover(builder: &Builder<'_>, units: &[Unit], line: &dyn Fn(&Unit) -> bool) -> Option<usize> {
    let first = units.first().filter(|first| first.lines == 1 && first.shape == Shape::Text)?;
    let words = builder.slice(&first.span).to_lowercase();
    let mut pieces = words.split(|c: char| !c.is_alphabetic()).filter(|piece| !piece.is_empty()).peekable();
    let cover = pieces.peek().is_some() && pieces.all(|piece| builder.rules.cover_words.contains(piece));
    let name = units.get(1).filter(|name| name.shape == Shape::Text && line(name))?;
    let apart = units.get(2).is_some_and(|below| below.gap > 0 || !line(below));
    (cover && name.gap <= 1 && apart).then_some(1)
}

/// At which unit the name of the page stands below the names of its school and of a part of it, right below one another: the first line
/// that names neither, if it names an award or says of what the file is called what the school's name does not.
fn below_school(builder: &Builder<'_>, units: &[Unit], line: &dyn Fn(&Unit) -> bool) -> Option<usize> {
    let words = |unit: &Unit| words_of(builder, unit);
    let has = |unit: &Unit, set: &HashSet<String>| has_word(builder, unit, set);
    let rules = builder.rules;
    let school = units.first().filter(|first| first.lines == 1 && has(first, &rules.school_words))?;
    if has(school, &rules.award_words) {
        return None;
    }
    let menu = |unit: &Unit| matches!(&unit.shape, Shape::Row(cells) if cells.len() > 2);
    let mut below = units.iter().enumerate().skip(1).take(LINES).filter(|(_, unit)| !menu(unit));
    let (at, name) = below.find(|(_, unit)| !(line(unit) && has(unit, &rules.division_words)))?;
    if !line(name) {
        return None;
    }
    let above = words(school);
    let rest: Vec<String> = file_words(builder)
        .into_iter()
        .filter(|wanted| !above.iter().any(|word| alike(word, wanted)))
        .collect();
    let said = words(name);
    let told = rest.iter().filter(|wanted| said.iter().any(|word| alike(word, wanted))).count();
    (name.gap <= 1 && has(name, &rules.award_words) || told > 0 && told * 2 >= rest.len()).then_some(at)
}

/// The words of a unit in small letters.
fn words_of(builder: &Builder<'_>, unit: &Unit) -> Vec<String> {
    let words = builder.slice(&unit.span).to_lowercase();
    words.split(|c: char| !c.is_alphanumeric() && c != '\'').map(|word| word.replace('\'', "")).collect()
}

/// Whether a unit has a word of a set.
pub(super) fn has_word(builder: &Builder<'_>, unit: &Unit, set: &HashSet<String>) -> bool {
    words_of(builder, unit).iter().any(|word| set.contains(word))
}

/// The words of a file's name.
pub(super) fn file_words(builder: &Builder<'_>) -> Vec<String> {
    let stem = builder.document.file_stem().to_lowercase();
    let words = stem.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 3);
    words.map(str::to_owned).collect()
}

/// Whether two words differ in their ending at most ("therapist", "therapists").
pub(super) fn alike(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short.len() > 3 && long.starts_with(short) && long.len() - short.len() <= 3
}
