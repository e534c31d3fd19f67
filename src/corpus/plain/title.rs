//! What a plain text is called, and where it says that it comes from: its first lines and its last ones.

use super::super::builder::Builder;
use super::super::model::Span;
use super::super::shapes;
use super::banner;
use super::scan::is_date;
use super::units::{Shape, Unit, ends_sentence};

/// How many units at the head and at the foot may tell about the page itself.
const HEAD: usize = 8;
const FOOT: usize = 6;
/// How many lines may stand above the row that names the page.
const BANNER: usize = 3;

/// Fills source, address and date from the head or the foot, where the front matter has not.
pub(super) fn origin(builder: &mut Builder<'_>, units: &[Unit]) {
    let foot = units.len().saturating_sub(FOOT).max(HEAD);
    for (index, unit) in units.iter().enumerate() {
        if index >= HEAD && index < foot {
            continue;
        }
        let words = builder.slice(&unit.span);
        if unit.lines == 1 && is_address(words) && builder.document.url.is_none() {
            builder.document.url = Some(words.to_owned());
        }
        if unit.is_line()
            && let Some(source) = shapes::attributed_to(words, builder.rules)
        {
            builder.document.source = builder.document.source.take().or_else(|| Some(source.to_owned()));
            continue;
        }
        if let Some(date) = dated(builder, unit) {
            builder.document.date = builder.document.date.take().or(Some(date));
            continue;
        }
        let keyed = match &unit.shape {
            Shape::KeyValue(key, value) => Some((key.clone(), value.clone())),
            Shape::Bullet(_, words) => {
                super::part_of(builder, words).and_then(|part| Some((part.label?, part.value)))
            }
            _ => None,
        };
        let Some((key, value)) = keyed else { continue };
        let key = builder.slice(&key).to_lowercase();
        let value = builder.slice(&value).trim_matches(['<', '>', '"']);
        if value.len() > 300 {
            continue;
        }
        let rules = builder.rules;
        let address = is_address(value);
        let document = &mut builder.document;
        let given = || Some(value.to_owned());
        if address && (rules.url_keys.contains(&key) || rules.source_keys.contains(&key)) {
            document.url = document.url.take().or_else(given);
        } else if rules.source_keys.contains(&key) {
            document.source = document.source.take().or_else(given);
        } else if rules.date_keys.contains(&key) && value.chars().any(|c| c.is_ascii_digit()) {
            document.date = document.date.take().or_else(given);
        }
    }
}

/// "Updated March 3, 2020": the date behind one of the words that announce it.
fn dated(builder: &Builder<'_>, unit: &Unit) -> Option<String> {
    if unit.shape != Shape::Text || unit.lines > 1 {
        return None;
    }
    let words = builder.slice(&unit.span);
    if shapes::is_byline(words) {
        return words.split([',', '|', '·']).skip(1).find_map(|part| date_in(builder, part.trim()));
    }
    date_in(builder, words)
}

fn date_in(builder: &Builder<'_>, words: &str) -> Option<String> {
    if words.len() > 60 || !words.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let count = words.split_whitespace().count();
    let starts = words.char_indices().filter(|(_, c)| *c == ' ').map(|(index, _)| index);
    let mut rest = starts.filter_map(|index| {
        let key = words.get(..index)?.to_lowercase();
        builder.rules.date_keys.contains(&key).then(|| words.get(index..).unwrap_or_default().trim())
    });
    let date = rest.next_back().filter(|_| count <= 6)?;
    date.chars().filter(char::is_ascii_digit).count().ge(&4).then(|| date.trim_end_matches('.').to_owned())
}

fn is_address(words: &str) -> bool {
    let known = ["http://", "https://", "www."].iter().any(|start| words.starts_with(start));
    known && !words.contains(char::is_whitespace)
}

/// Takes the title off the first units. Without one, the name of the file stands in later.
pub(super) fn take(builder: &mut Builder<'_>, mut units: Vec<Unit>) -> Vec<Unit> {
    let (mut index, mut gap) = (0, 0);
    units.retain_mut(|unit| {
        index += 1;
        let line = unit.lines == 1 && unit.span.len() < 200;
        // An address alone is no content, and neither are the author's name and the date under the title.
        let note =
            index <= HEAD && (dated(builder, unit).is_some() || shapes::is_byline(builder.slice(&unit.span)));
        // The date of a release stands above its name.
        let date = index == 1 && is_date(builder.slice(&unit.span));
        let kept = !(line && (is_address(builder.slice(&unit.span)) || note || date));
        // What is taken away leaves its distance to the next line.
        unit.gap += gap;
        gap = if kept { 0 } else { unit.gap };
        kept
    });
    // Among the rows that open a page, one may name it.
    let keys = |unit: &Unit| match &unit.shape {
        Shape::KeyValue(key, _) => Some(builder.slice(key).to_lowercase()),
        _ => None,
    };
    let rows = units.iter().take(HEAD).take_while(|unit| keys(unit).is_some());
    let names = |unit: &Unit| keys(unit).filter(|key| builder.rules.title_keys.contains(key));
    let keyed = rows.clone().position(|unit| names(unit).is_some()).or_else(|| {
        // Below a banner it does where nothing else on the page is called so.
        let lines = units.iter().take(BANNER).take_while(|unit| unit.is_line()).count();
        let key = names(units.get(lines).filter(|_| lines > 0)?)?;
        (units.iter().filter(|unit| keys(unit).as_ref() == Some(&key)).count() == 1).then_some(lines)
    });
    if let Some(Shape::KeyValue(_, value)) =
        keyed.and_then(|index| units.get(index)).map(|unit| unit.shape.clone())
        && !builder.has_title()
    {
        let title = builder.slice(&value).to_owned();
        builder.title(&title, value);
    }
    if let Some(at) = banner::name_below(builder, &units).filter(|_| !builder.has_title()) {
        let above: Vec<Unit> = units.drain(..at).collect();
        name_site(builder, &above);
    }
    // Below the rows that tell whom to ask stands the name of a release.
    let keyed = units.first().is_some_and(|first| matches!(first.shape, Shape::KeyValue(..)));
    if let Some(at) = headline(builder, &units).filter(|_| keyed && !builder.has_title()) {
        let above: Vec<Unit> = units.drain(..at).collect();
        let lines: Vec<&str> = above.iter().map(|unit| clean(builder.slice(&unit.span))).collect();
        builder.document.banner = Some(lines.join(" | "));
    }
    // The upper edge of a frame, or the rule above an underlined name.
    let rule = |at: usize| units.get(at).is_some_and(|unit| matches!(unit.shape, Shape::Rule(_)));
    if rule(0) && rule(2) && units.get(1).is_some_and(|name| name.gap == 0 && name.is_line()) {
        units.remove(0);
    }
    let Some(first) = units.first() else { return units };
    let span = match &first.shape {
        Shape::Marked(_, words) => words.clone(),
        Shape::Text if first.lines == 1 => first.span.clone(),
        // "Name of the page: what it tells" is a title, unless it is the first of several rows.
        Shape::KeyValue(key, _)
            if first.lines == 1 && !alike(builder, units.get(1)) && !tells_origin(builder, key) =>
        {
            first.span.clone()
        }
        // "Name of the page | Name of the site".
        Shape::Row(cells)
            if !units.get(1).is_some_and(|unit| matches!(unit.shape, Shape::Row(_)) && unit.gap < 2) =>
        {
            cells.first().cloned().unwrap_or_default()
        }
        _ => return units,
    };
    let words = clean(builder.slice(&span)).to_owned();
    if builder.has_title() {
        // The page repeats what its front matter says.
        if words.to_lowercase() == builder.document.title.to_lowercase() {
            let title = builder.document.title.clone();
            builder.title(&title, span);
            drop_first(&mut units);
        }
        return units;
    }
    let marked = matches!(first.shape, Shape::Marked(..));
    let named = shapes::is_heading_like(&words, builder.rules)
        && (!ends_sentence(&words) || shapes::ends_with_abbreviation(&words, builder.rules))
        || words.ends_with('?');
    // "Overview" heads a part of a page that has lost its title.
    if shapes::is_generic(&words, builder.rules) && units.len() > 2 {
        return units;
    }
    if units.len() < 2 || !(marked || (named && words.len() <= 160)) {
        return units;
    }
    // "Name of the page | Name of the site" above the name of the page: the second is the title.
    // "Degrees in X: What Each Level Offers" looks like a row.
    let keyed = |unit: &Unit| match &unit.shape {
        Shape::KeyValue(key, value) => {
            let value = builder.slice(value);
            let told = value.split_whitespace().count() >= 3 && !value.contains(|c: char| c.is_ascii_digit());
            unit.lines == 1 && told && !tells_origin(builder, key)
        }
        _ => false,
    };
    if let Some(second) = units.get(1).filter(|second| second.is_line() || keyed(second)) {
        let again = clean(builder.slice(&second.span)).to_owned();
        let banner = matches!(first.shape, Shape::Row(_)) && names_page(builder, &units);
        let longer = banner
            || words.to_lowercase().starts_with(&again.to_lowercase())
                && again.split_whitespace().count() >= 2;
        if longer && !again.is_empty() {
            let (span, above) = (second.span.clone(), builder.slice(&first.span).to_owned());
            if banner {
                builder.document.banner = Some(above);
            }
            builder.title(&again, span);
            drop_first(&mut units);
            drop_first(&mut units);
            return units;
        }
    }
    builder.title(&words, span);
    drop_first(&mut units);
    units
}

/// What stands above the name of a page is its banner; the first line of it is where the page comes from, unless it says so itself.
fn name_site(builder: &mut Builder<'_>, above: &[Unit]) {
    let lines = above.iter().map(|unit| clean(builder.slice(&unit.span)).to_owned());
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    let document = &mut builder.document;
    document.source = document.source.take().or_else(|| lines.first().cloned());
    document.banner = (!lines.is_empty()).then(|| lines.join(" | "));
}

/// At which unit near the head a line of several words in capitals stands apart from all others.
fn headline(builder: &Builder<'_>, units: &[Unit]) -> Option<usize> {
    /// Fewer words are a label.
    const WORDS: usize = 5;
    let apart = |at: usize| units.get(at).is_some_and(|unit| unit.gap > 0);
    let loud = |unit: &Unit| {
        let words = builder.slice(&unit.span);
        unit.is_line() && words.split_whitespace().count() >= WORDS && shapes::is_caps(words)
    };
    let at = units.iter().take(HEAD).position(loud)?;
    (at > 0 && apart(at) && apart(at + 1)).then_some(at)
}

/// Whether the second unit is the name of the page below the banner of its site: a line that stands alone and takes up a
/// word of the banner.
fn names_page(builder: &Builder<'_>, units: &[Unit]) -> bool {
    let [banner, second, third, ..] = units else { return false };
    let words = builder.slice(&second.span);
    let taken_up = |word: &str| {
        word.chars().count() > 3
            && !builder.rules.heading_words.contains(word)
            && builder.slice(&banner.span).to_lowercase().contains(word)
    };
    // "Site | Part | Page": the trail to a page of a few words.
    let trail = matches!(&banner.shape, Shape::Row(cells) if cells.len() >= 3)
        && builder.slice(&banner.span).contains('|')
        && words.split_whitespace().count() >= 3;
    second.gap > 0
        && third.gap > 0
        && shapes::is_heading_like(words, builder.rules)
        && !words.ends_with(':')
        && (trail || words.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(taken_up))
}

/// Whether a unit is a row that stands right below another, and tells about its subject as well.
fn alike(builder: &Builder<'_>, unit: Option<&Unit>) -> bool {
    unit.is_none_or(|unit| match &unit.shape {
        Shape::KeyValue(key, _) => unit.gap == 0 && !tells_origin(builder, key),
        _ => false,
    })
}

fn tells_origin(builder: &Builder<'_>, key: &Span) -> bool {
    let key = builder.slice(key).to_lowercase();
    let rules = builder.rules;
    [&rules.source_keys, &rules.url_keys, &rules.date_keys].iter().any(|keys| keys.contains(&key))
}

fn clean(words: &str) -> &str {
    words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '#' | '='))
}

/// Drops the first unit and the line that underlines it.
fn drop_first(units: &mut Vec<Unit>) {
    let underlined = units.get(1).is_some_and(|unit| unit.gap == 0 && matches!(unit.shape, Shape::Rule(_)));
    units.drain(..if underlined { 2 } else { 1 });
}
