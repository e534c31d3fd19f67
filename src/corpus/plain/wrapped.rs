//! Whether a line goes on with the one above it, as programs and authors wrap texts. Lines that a wide gap parts are rows, and joined by
//! nobody.

use super::super::builder::Builder;
use super::super::bullets::Marker;
use super::super::shapes;
use super::units::{Line, Shape, Unit, ends_sentence};

/// Lines between these lengths may be wrapped by a program.
const WRAP: std::ops::RangeInclusive<usize> = 50..=110;

/// Whether a line stands right under the last cell of the row above it, where a value goes on that takes several lines.
pub(super) fn hangs(unit: &Unit, line: &Line, shape: &Shape) -> bool {
    /// A value nearer to the left edge is no column.
    const COLUMN: usize = 8;
    /// A cell goes on over no more lines than this.
    const MOST_LINES: usize = 4;
    let value = match &unit.shape {
        Shape::KeyValue(_, value) => value,
        Shape::Row(cells) => match cells.last() {
            Some(last) if unit.lines <= MOST_LINES => last,
            _ => return false,
        },
        _ => return false,
    };
    let column = unit.indent + value.start - unit.span.start;
    *shape == Shape::Text && column >= COLUMN && line.indent.abs_diff(column) <= 1
}

/// Whether a line goes on with a Markdown paragraph: lines that are not short on purpose do.
pub(super) fn flow(builder: &Builder<'_>, unit: &Unit, above: &Line, shape: &Shape) -> bool {
    let text = *shape == Shape::Text && matches!(unit.shape, Shape::Text | Shape::KeyValue(..));
    text && above.chars >= 40 && !builder.slice(&above.span).ends_with(':')
}

/// Whether a line goes on with the unit above it.
pub(super) fn joins(
    builder: &Builder<'_>,
    unit: &Unit,
    above: &Line,
    line: &Line,
    shape: &Shape,
    width: Option<usize>,
) -> bool {
    if matches!(unit.shape, Shape::Rule(_) | Shape::Marked(..) | Shape::Row(_)) {
        return false;
    }
    let words = builder.slice(&above.span);
    // A longer line was never cut by that program.
    let full = above.chars <= *WRAP.end()
        && width.is_some_and(|width| above.chars + 1 + line.first_word > width.saturating_sub(2));
    let last = words.rsplit(' ').next().unwrap_or_default();
    let open = !ends_sentence(words) || builder.rules.abbreviations.never_ends(last);
    let possible = match shape {
        Shape::Text => true,
        // In the middle of a wrapped sentence such a line only happens to look like something else.
        Shape::KeyValue(..) | Shape::Row(_) => full && open && unit.shape == Shape::Text,
        Shape::Bullet(
            Marker::Sign('–' | '—' | '-' | '=' | '>' | '~' | 'o') | Marker::Number(_) | Marker::Letter(_),
            _,
        ) => full && open && unit.shape == Shape::Text && line.indent == above.indent,
        _ => false,
    };
    // The author's name stands below the title, and does not go on with it.
    let byline = !full && unit.lines == 1 && shapes::is_byline(builder.slice(&line.span));
    // "… Prerequisite:" at the end of a full line goes on with what it leads to, if that is a sentence.
    let goes_on = words.ends_with(':')
        && full
        && unit.shape == Shape::Text
        && *shape == Shape::Text
        && is_late_label(words)
        && ends_sentence(builder.slice(&line.span))
        && line.indent <= above.indent;
    // A number alone, though far from the edge, is that of a page.
    let number = words.bytes().all(|byte| byte.is_ascii_digit());
    if number || !possible || words.ends_with(':') && !goes_on || byline {
        return false;
    }
    let marked = match &unit.shape {
        // What stands further in below a question is its answer.
        Shape::Bullet(Marker::Number(_), _) if words.ends_with('?') => return false,
        Shape::Bullet(marker, _) => *marker != Marker::Sign('»'),
        Shape::Outline(..) => true,
        // "Word: what it is, as far as" goes on further in.
        Shape::KeyValue(..) => open && *shape == Shape::Text,
        _ => false,
    };
    // "2.  TUITION" above text that hangs is the head of it.
    let shouted = match &unit.shape {
        Shape::Bullet(Marker::Number(_), own) => {
            let own = builder.slice(own);
            unit.lines == 1 && shapes::is_caps(own) && !shapes::is_caps(builder.slice(&line.span))
        }
        _ => false,
    };
    // "3.2  Special accommodations" above a text that hangs is the head of it.
    let titled = matches!(&unit.shape, Shape::Outline(_, own) if unit.lines == 1 && !full
        && shapes::is_heading_like(builder.slice(own), builder.rules)
        && shapes::is_short_title(builder.slice(own))
        && builder.slice(&line.span).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    if shouted || titled {
        return false;
    }
    let hanging = marked && line.indent > unit.indent;
    let lower = builder.slice(&line.span).starts_with(char::is_lowercase);
    // A long line with a verb and no full stop is the first part of a sentence.
    let broken = open
        && above.chars >= 60
        && unit.shape == Shape::Text
        && shapes::is_bare_sentence(words, builder.rules);
    let figure = builder.slice(&line.span).starts_with(|c: char| c.is_ascii_digit());
    let short = above.chars >= 40 && open;
    // A line of running text that breaks off goes on, wherever the program that wrapped it cut it.
    let prose = (open || lower && words.ends_with(';'))
        && above.chars >= 40
        && matches!(unit.shape, Shape::Text | Shape::Answers(_))
        && *shape == Shape::Text
        && line.indent.abs_diff(above.indent) <= 1
        && (has_sentence(words) || builder.rules.abbreviations.never_ends(last));
    full || prose || hanging || short && (lower || figure && shapes::dangles(words, builder.rules)) || broken
}

/// Whether a sentence ends inside a line and another begins.
fn has_sentence(words: &str) -> bool {
    words.match_indices(". ").any(|(at, _)| {
        let before = words.get(..at).unwrap_or_default();
        let last = before.rsplit(' ').next().unwrap_or_default();
        let next = words.get(at + 2..).unwrap_or_default();
        // "Dr. Ann", "1. Words" and "No. 5" end nothing.
        last.chars().filter(|c| c.is_lowercase()).count() >= 4 && next.starts_with(char::is_uppercase)
    })
}

/// Whether a line ends in a sentence of up to three words with a colon, behind another sentence.
fn is_late_label(words: &str) -> bool {
    words.rsplit_once(". ").is_some_and(|(_, last)| last.split_whitespace().count() <= 3)
}

/// The width at which a program wrapped these lines, if one did.
pub(super) fn wrap_width(builder: &Builder<'_>, lines: &[Option<Line>]) -> Option<usize> {
    let lengths = || lines.iter().flatten().map(|line| line.chars);
    let width = lengths().filter(|chars| WRAP.contains(chars)).max()?;
    let long = lengths().filter(|chars| *chars > *WRAP.end()).count();
    let wrapped = lengths().filter(|chars| WRAP.contains(chars)).count();
    if long * 3 > wrapped {
        return None;
    }
    let mut full = 0;
    let mut broken = 0;
    for pair in lines.windows(2) {
        let [Some(above), Some(below)] = pair else { continue };
        if above.chars < *WRAP.start() || ends_sentence(builder.slice(&above.span)) {
            continue;
        }
        if above.chars + 1 + below.first_word > width.saturating_sub(2) { full += 1 } else { broken += 1 }
    }
    (full >= 2 && full >= broken).then_some(width)
}
