//! Interviews: "AB: What do you earn?" above "CD: About …". Who asks and who answers follows from what each of them says.

use std::collections::HashMap;

use super::super::builder::Builder;
use super::units::{Shape, Unit};

/// Who asks so often is the one who asks.
const ASKS: usize = 2;

/// Turns the rows of two who talk into questions and answers.
pub(super) fn mark_speakers(builder: &Builder<'_>, units: &mut [Unit]) {
    let speeches: Vec<Option<(String, bool)>> = units.iter().map(|unit| speech(builder, unit)).collect();
    // How often each says something, and how often it is a question.
    let mut said: HashMap<&str, (usize, usize)> = HashMap::new();
    for (name, asks) in speeches.iter().flatten() {
        let counts = said.entry(name).or_default();
        counts.0 += 1;
        counts.1 += usize::from(*asks);
    }
    let mut before: Option<&str> = None;
    for (unit, speech) in units.iter_mut().zip(&speeches) {
        let (Some((name, asks)), Shape::KeyValue(_, words)) = (speech, &unit.shape) else { continue };
        let (all, questions) = said.get(name.as_str()).copied().unwrap_or_default();
        if *asks && questions >= ASKS && questions * 2 > all {
            unit.shape = Shape::Asks(words.clone());
            before = Some(name);
        } else if all >= ASKS && before.take().is_some_and(|before| before != name) {
            unit.shape = Shape::Answers(words.clone());
        }
    }
}

/// Who speaks in a line, and whether it ends in a question.
fn speech(builder: &Builder<'_>, unit: &Unit) -> Option<(String, bool)> {
    let Shape::KeyValue(key, words) = &unit.shape else { return None };
    Some((builder.slice(key).to_lowercase(), builder.slice(words).trim_end().ends_with('?')))
}
