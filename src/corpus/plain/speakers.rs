//! Interviews: "AB: What do you earn?" above "CD: About …". Who asks and who answers follows from what each of them says.

use std::collections::HashMap;

use super::super::builder::Builder;
use super::units::{Shape, Unit};

/// Who asks so often is the one who asks.
const ASKS: usize = 2;

/// Turns the rows of two who talk into questions and answers.
pub(super) fn mark_speakers(builder: &Builder<'_>, units: &mut [Unit]) {
    // How often each says something, and how often it is a question.
    let mut said: HashMap<String, (usize, usize)> = HashMap::new();
    for unit in units.iter() {
        if let Some((name, asks)) = speech(builder, unit) {
            let counts = said.entry(name).or_default();
            counts.0 += 1;
            counts.1 += usize::from(asks);
        }
    }
    let asker = |name: &str| said.get(name).is_some_and(|(all, asks)| *asks >= ASKS && *asks * 2 > *all);
    let mut before = None;
    for unit in units.iter_mut() {
        let Some((name, asks)) = speech(builder, unit) else { continue };
        let Shape::KeyValue(_, words) = unit.shape.clone() else { continue };
        let often = said.get(&name).is_some_and(|(all, _)| *all >= ASKS);
        if asker(&name) && asks {
            unit.shape = Shape::Asks(words);
            before = Some(name);
        } else {
            if often && before.take().is_some_and(|before| before != name) {
                unit.shape = Shape::Answers(words);
            }
        }
    }
}

/// Who speaks in a line, and whether it ends in a question.
fn speech(builder: &Builder<'_>, unit: &Unit) -> Option<(String, bool)> {
    let Shape::KeyValue(key, words) = &unit.shape else { return None };
    Some((builder.slice(key).to_lowercase(), builder.slice(words).trim_end().ends_with('?')))
}
