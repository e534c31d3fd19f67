//! Whether a candidate may be believed: a calibrated confidence from what [`super::signals`] tells of it.

use std::sync::LazyLock;

use super::signals::{Signals, names, signals};
use super::trees::{Forest, probability};
use crate::lexicon::Lexicon;
use crate::question::Question;
use crate::retrieval::{Candidate, Constraint, support_of};

/// What is thought of a candidate.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Probability, 0 to 1, that it answers the question; 0 for a candidate that is not shown.
    pub confidence: f64,
    /// The gravest constraint that it breaks, if any.
    pub objection: Option<String>,
    /// What the confidence was told from; `None` for a candidate that is not shown.
    pub signals: Option<Box<Signals>>,
}

/// How far the best candidate is ahead of the others; all 0 for every other candidate.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Lead {
    /// Of the next one that says something else: 0 to 1.
    pub ahead: f64,
    /// Of the next one from another document that says something else: 0 to 1.
    pub apart: f64,
    /// Of the next one whatever it says: in points of score, 10 at most.
    pub points: f64,
    /// How many candidates that say something else are less than 2 points behind.
    pub crowd: f64,
    /// How many that say the same are.
    pub agreeing: f64,
}

impl Lead {
    /// Nothing else says anything.
    const FULL: Self = Self { ahead: 1.0, apart: 1.0, points: Self::POINTS, crowd: 0.0, agreeing: 0.0 };
    /// More points ahead count no more.
    const POINTS: f64 = 10.0;
    /// A candidate so many points behind is near.
    const NEAR: f64 = 2.0;
    /// A lead of this much in score is a full one.
    const WHOLE: [f64; 2] = [3.0, 5.0];

    /// From the others, the nearest first.
    pub fn of(others: impl Iterator<Item = Behind>) -> Self {
        let (mut ahead, mut apart, mut points) = (None, None, None);
        let (mut crowd, mut agreeing) = (0.0, 0.0);
        for other in others {
            points.get_or_insert(other.points);
            let near = if other.points < Self::NEAR { 1.0 } else { 0.0 };
            if other.agrees {
                agreeing += near;
                continue;
            }
            crowd += if other.ruled_out { 0.0 } else { near };
            ahead.get_or_insert(other.points);
            if other.elsewhere {
                apart.get_or_insert(other.points);
            }
            if near == 0.0 && apart.is_some() {
                break;
            }
        }
        let part = |lead: Option<f64>, full: f64| lead.map_or(1.0, |lead| (lead / full).clamp(0.0, 1.0));
        let [whole, other] = Self::WHOLE;
        Self {
            ahead: part(ahead, whole),
            apart: part(apart, other),
            points: points.unwrap_or(Self::POINTS).min(Self::POINTS),
            crowd,
            agreeing,
        }
    }
}

/// A candidate behind the best one.
#[derive(Debug, Clone, Copy)]
pub struct Behind {
    /// By how many points of score.
    pub points: f64,
    /// Whether it says the same, or adds to it.
    pub agrees: bool,
    /// Whether it breaks a constraint of the question, while the best one breaks none.
    pub ruled_out: bool,
    /// Whether it is of another document.
    pub elsewhere: bool,
}

/// What is left of the confidence in a candidate that gives no reason where one is asked for, does not tell of what the question takes
/// for done, or breaks another rule that is too rare for the trees to know ([`Constraint::is_rare`]).
const UNTOLD: f64 = 0.5;

/// The probability, 0 to 1, that a candidate with these signals answers the question.
pub fn judge(question: &Question, candidate: &Candidate<'_>, signals: &Signals, lexicon: &Lexicon) -> f64 {
    let trusted = probability(TREES.sum(signals));
    let deed = question.deed.and_then(|at| question.terms.get(at));
    let undone = deed.zip(candidate.record()).is_some_and(|(deed, passage)| {
        support_of(deed, passage, candidate.passage, &candidate.context) == 0.0
    });
    let reason =
        question.attribute.and_then(|id| lexicon.attributes.get(id)).is_some_and(|asked| asked.leads);
    let unreasoned =
        reason && candidate.broken.iter().any(|broken| broken.constraint == Constraint::Attribute);
    let rare = candidate.broken.iter().any(|broken| broken.constraint.is_rare());
    if undone || unreasoned || rare { UNTOLD * trusted } else { trusted }
}

/// The probability, 0 to 1, that a candidate would answer the question if nothing else said anything.
pub fn judge_alone(question: &Question, candidate: &Candidate<'_>, lexicon: &Lexicon) -> f64 {
    judge(question, candidate, &signals(question, candidate, Lead::FULL), lexicon)
}

/// The trees of confidence. `registrar eval --trees` wrote the file; a test reads it.
static TREES: LazyLock<Forest> =
    LazyLock::new(|| Forest::parse(include_str!("confidence.txt"), &names()).unwrap_or_default());

/// The parts of the confidence that signals give, the largest first: their names with what each adds to its log odds.
pub fn reasons(signals: &Signals) -> Vec<(&'static str, f64)> {
    let names = names();
    TREES.parts(signals).into_iter().filter_map(|(at, part)| Some((*names.get(at)?, part))).collect()
}

#[cfg(test)]
mod tests {
    use super::{Forest, names};

    #[test]
    fn the_trees_can_be_read() {
        let read = Forest::parse(include_str!("confidence.txt"), &names());
        assert!(read.is_ok_and(|forest| forest != Forest::default()));
    }
}
