//! The way back from a text that was taken out of a file with markup to the bytes of that file. Everything between
//! reading and answering sees the text; a quote is always the file's own bytes.

use serde::{Deserialize, Serialize};

use super::model::Span;

/// A file whose text was taken out of markup.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Original {
    /// The whole file, unchanged.
    pub text: String,
    /// Which bytes of the file each piece of the text stands for, in order of both; an empty one ends them.
    pub runs: Vec<Run>,
}

/// A piece of the text that goes on until the next one begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Where it begins in the text.
    pub at: u32,
    /// The bytes of the file that it stands for: as many when they are the same, more or fewer when they were read
    /// (`&amp;`), none when the piece only parts two others.
    pub file: (u32, u32),
}

impl Original {
    /// The bytes of the file, from the first to the last that the span stands for.
    pub fn in_file(&self, span: &Span) -> Span {
        let number = |at: usize| self.runs.get(at).copied();
        in_file(number, self.runs.len(), (narrow(span.start), narrow(span.end)))
            .map_or(0..0, |(start, end)| start as usize..end as usize)
    }
}

/// The bytes of the file that a span of the text stands for, with `count` runs that are looked up by number.
pub fn in_file(run: impl Fn(usize) -> Option<Run>, count: usize, span: (u32, u32)) -> Option<(u32, u32)> {
    // How many runs begin at or before a place of the text.
    let begun = |place: u32| {
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = usize::midpoint(low, high);
            if run(middle).is_some_and(|run| run.at <= place) { low = middle + 1 } else { high = middle }
        }
        low
    };
    let holding = |place: u32| {
        let index = begun(place).checked_sub(1)?;
        let found = run(index)?;
        // Behind the last piece stands an empty run, so only that one has none behind it.
        let length = run(index + 1).map_or(0, |next| next.at - found.at);
        Some((found, found.file.1 - found.file.0 == length))
    };
    let (first, verbatim) = holding(span.0)?;
    let start = if verbatim { first.file.0 + (span.0 - first.at) } else { first.file.0 };
    if span.1 <= span.0 {
        return Some((start, start));
    }
    let (last, verbatim) = holding(span.1 - 1)?;
    let end = if verbatim { last.file.0 + (span.1 - last.at) } else { last.file.1 };
    Some((start, end.min(last.file.1).max(start)))
}

fn narrow(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Original, Run};

    #[track_caller]
    fn check(words: &str, expected: &str) {
        // "a & b <i>c</i>" was read as "a & b c".
        let original = Original {
            text: "<p>a &amp; b <i>c</i></p>".to_owned(),
            runs: [(0, (3, 5)), (2, (5, 10)), (3, (10, 13)), (6, (16, 17)), (7, (17, 17))]
                .map(|(at, file)| Run { at, file })
                .to_vec(),
        };
        let text = "a & b c";
        let at = text.find(words).expect("words of the text");
        assert_eq!(original.text.get(original.in_file(&(at..at + words.len()))), Some(expected));
    }

    #[test]
    fn every_place_of_the_text_leads_to_the_file() {
        check("a", "a");
        check("&", "&amp;");
        check("a & b", "a &amp; b");
        check("b c", "b <i>c");
        check("c", "c");
    }

    #[test]
    fn nothing_stands_for_nothing() {
        assert_eq!(Original::default().in_file(&(3..5)), 0..0);
    }
}
