//! From results to figures. All rates are from 0 to 1, and `None` where there is nothing to count. Pure.

use serde::{Deserialize, Serialize};

use super::Scored;
use super::score::Verdict;

/// The figures of a set of results.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Totals {
    /// Questions.
    pub questions: usize,
    /// Of them, answerable ones.
    pub answerable: usize,
    /// Right first, of the answerable ones.
    pub right_first: Option<f64>,
    /// Right within the first three citations, of the answerable ones.
    pub right_in_three: Option<f64>,
    /// Answered with something else, of the answerable ones.
    pub wrong: Option<f64>,
    /// Silent or asking back, of the answerable ones.
    pub silent: Option<f64>,
    /// Answered, of those that cannot be answered.
    pub false_answers: Option<f64>,
    /// First citation from a right document, of the answerable ones that were answered and name one.
    pub document: Option<f64>,
    /// Citations that are true, of all that were given.
    pub citation_truth: Option<f64>,
}

/// A part of a whole, if there is any.
fn rate(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

impl Totals {
    /// The figures of these results.
    pub fn of<'a>(results: impl IntoIterator<Item = &'a Scored>) -> Self {
        let results: Vec<&Scored> = results.into_iter().collect();
        let count = |test: &dyn Fn(&Scored) -> bool| results.iter().filter(|scored| test(scored)).count();
        let answerable = count(&|scored| scored.answerable);
        let of_answerable = |verdicts: &[Verdict]| {
            rate(count(&|scored| scored.answerable && verdicts.contains(&scored.verdict)), answerable)
        };
        let citations: usize = results.iter().map(|scored| scored.citations.max(scored.untrue.len())).sum();
        let untrue: usize = results.iter().map(|scored| scored.untrue.len()).sum();
        Self {
            questions: results.len(),
            answerable,
            right_first: of_answerable(&[Verdict::Right]),
            right_in_three: of_answerable(&[Verdict::Right, Verdict::RightInThree]),
            wrong: of_answerable(&[
                Verdict::RightInThree,
                Verdict::WrongDocument,
                Verdict::Forbidden,
                Verdict::WrongContent,
            ]),
            silent: of_answerable(&[Verdict::AskedBack, Verdict::WronglySilent]),
            false_answers: rate(
                count(&|scored| scored.verdict == Verdict::FalseAnswer),
                results.len() - answerable,
            ),
            document: rate(
                count(&|scored| scored.answerable && scored.document_right == Some(true)),
                count(&|scored| scored.answerable && scored.document_right.is_some()),
            ),
            citation_truth: rate(citations - untrue, citations),
        }
    }
}

/// One point of the risk-coverage curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// The lowest confidence that is answered.
    pub confidence: f64,
    /// Answered, of all questions.
    pub coverage: f64,
    /// Wrong, of the answered ones; answering what cannot be answered is wrong.
    pub risk: f64,
}

/// Risk at every coverage, from the surest answer on; equal confidences stand or fall together.
pub fn risk_coverage(results: &[Scored]) -> Vec<Point> {
    let mut sorted: Vec<&Scored> = results.iter().collect();
    sorted.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    let mut points = Vec::new();
    let mut wrong = 0;
    for (index, scored) in sorted.iter().enumerate() {
        wrong += usize::from(!scored.candidate_right);
        if sorted.get(index + 1).is_none_or(|next| next.confidence < scored.confidence) {
            let answered = (index + 1) as f64;
            points.push(Point {
                confidence: scored.confidence,
                coverage: answered / sorted.len() as f64,
                risk: wrong as f64 / answered,
            });
        }
    }
    points
}

/// Area under the risk-coverage curve: the mean risk over all coverages; less is better.
pub fn area_under(points: &[Point]) -> Option<f64> {
    let last = points.last()?;
    let mut covered = 0.0;
    let mut area = 0.0;
    for point in points {
        area += (point.coverage - covered) * point.risk;
        covered = point.coverage;
    }
    Some(area / last.coverage)
}

/// Area under the ROC of confidence, answerable against not.
pub fn roc_area(results: &[Scored]) -> Option<f64> {
    let told: Vec<(f64, bool)> =
        results.iter().map(|scored| (scored.confidence, scored.answerable)).collect();
    area_of(&told)
}

/// Area under the ROC of confidences, those marked against the others: how often a marked one is the higher of two; 0.5 is chance.
/// `None` without any of both sorts.
pub fn area_of(told: &[(f64, bool)]) -> Option<f64> {
    let confidences = |marked: bool| {
        told.iter().filter(move |(_, mark)| *mark == marked).map(|(confidence, _)| *confidence)
    };
    let pairs = confidences(true).count() * confidences(false).count();
    let won: f64 = confidences(true)
        .flat_map(|high| {
            confidences(false).map(move |low| {
                if high > low {
                    1.0
                } else if high < low {
                    0.0
                } else {
                    0.5
                }
            })
        })
        .sum();
    (pairs > 0).then(|| won / pairs as f64)
}

/// One row of the reliability table.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// Lowest confidence of the bin; it is 0.1 wide.
    pub from: f64,
    /// Questions in it.
    pub questions: usize,
    /// Their mean confidence.
    pub confidence: f64,
    /// How many of them the best candidate answers right, as a rate.
    pub right: f64,
}

/// Confidence against what came true, in ten bins; empty ones are left out.
pub fn reliability(results: &[Scored]) -> Vec<Bin> {
    const BINS: usize = 10;
    let bin_of = |scored: &Scored| ((scored.confidence * BINS as f64) as usize).min(BINS - 1);
    let bins =
        (0..BINS).map(|bin| (bin, results.iter().filter(|scored| bin_of(scored) == bin).collect::<Vec<_>>()));
    bins.filter(|(_, inside)| !inside.is_empty())
        .map(|(bin, inside)| {
            let mean = |value: &dyn Fn(&Scored) -> f64| {
                inside.iter().map(|scored| value(scored)).sum::<f64>() / inside.len() as f64
            };
            Bin {
                from: bin as f64 / BINS as f64,
                questions: inside.len(),
                confidence: mean(&|scored| scored.confidence),
                right: mean(&|scored| f64::from(u8::from(scored.candidate_right))),
            }
        })
        .collect()
}

/// The time that `part` (0 to 1) of the answers stay within, in microseconds.
pub fn latency(results: &[Scored], part: f64) -> Option<u64> {
    let mut times: Vec<u64> = results.iter().map(|scored| scored.elapsed_us).collect();
    times.sort_unstable();
    let rank = (part * times.len() as f64).ceil() as usize;
    times.get(rank.saturating_sub(1)).copied()
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Point, Totals, area_under, latency, reliability, risk_coverage, roc_area};
    use crate::eval::Scored;
    use crate::eval::score::Verdict;

    /// A result; what the figures do not look at is empty.
    pub(in crate::eval) fn scored(id: &str, answerable: bool, verdict: Verdict, confidence: f64) -> Scored {
        let answered = !matches!(verdict, Verdict::WronglySilent | Verdict::AskedBack)
            && (answerable || verdict == Verdict::FalseAnswer);
        Scored {
            id: id.to_owned(),
            kind: "value".to_owned(),
            question: format!("question {id}"),
            expected: "1".to_owned(),
            answerable,
            verdict,
            answered,
            answer: "an answer".to_owned(),
            quote: String::new(),
            document: if answered { "a.md".to_owned() } else { String::new() },
            document_right: answered.then_some(verdict != Verdict::WrongDocument),
            confidence,
            candidate_right: answerable && verdict == Verdict::Right,
            citations: usize::from(answered),
            untrue: Vec::new(),
            elapsed_us: 100,
        }
    }

    /// Five answerable, two not.
    pub(in crate::eval) fn run() -> Vec<Scored> {
        vec![
            scored("a", true, Verdict::Right, 0.95),
            scored("b", true, Verdict::Right, 0.9),
            scored("c", true, Verdict::RightInThree, 0.7),
            scored("d", true, Verdict::WrongDocument, 0.6),
            scored("e", true, Verdict::WronglySilent, 0.3),
            scored("f", false, Verdict::Right, 0.1),
            scored("g", false, Verdict::FalseAnswer, 0.7),
        ]
    }

    #[test]
    fn rates() {
        let mut results = run();
        results[1].untrue.push("no".to_owned());
        let expected = Totals {
            questions: 7,
            answerable: 5,
            right_first: Some(0.4),
            right_in_three: Some(0.6),
            wrong: Some(0.4),
            silent: Some(0.2),
            false_answers: Some(0.5),
            document: Some(0.75),
            citation_truth: Some(0.8),
        };
        assert_eq!(Totals::of(&results), expected);
        assert_eq!(Totals::of(&[]), Totals::default());
    }

    #[test]
    fn risk_rises_with_coverage() {
        let points = risk_coverage(&run());
        assert_eq!(points.len(), 6, "0.7 is there twice");
        assert_eq!(points[1], Point { confidence: 0.9, coverage: 2.0 / 7.0, risk: 0.0 });
        assert_eq!(points[2], Point { confidence: 0.7, coverage: 4.0 / 7.0, risk: 0.5 });
        let perfect = [scored("a", true, Verdict::Right, 0.9), scored("b", true, Verdict::Right, 0.1)];
        assert_eq!(area_under(&risk_coverage(&perfect)), Some(0.0));
        let half = [scored("a", true, Verdict::Right, 0.9), scored("b", false, Verdict::Right, 0.1)];
        assert_eq!(area_under(&risk_coverage(&half)), Some(0.25));
        assert_eq!(area_under(&[]), None);
    }

    #[test]
    fn areas_and_bins() {
        // Against 0.1 all five win; against 0.7 two win, one is even, two lose.
        assert_eq!(roc_area(&run()), Some(7.5 / 10.0));
        assert_eq!(roc_area(&run()[..5]), None);
        let bins = reliability(&run());
        assert_eq!(bins.len(), 5);
        let top = bins[4];
        assert_eq!((top.from, top.questions, top.right), (0.9, 2, 1.0));
        let full = [scored("a", true, Verdict::Right, 1.0)];
        assert_eq!(reliability(&full)[0].from, 0.9);
    }

    #[test]
    fn latency_is_a_rank() {
        let times = |times: &[u64]| {
            times
                .iter()
                .map(|time| Scored { elapsed_us: *time, ..scored("a", true, Verdict::Right, 1.0) })
                .collect::<Vec<_>>()
        };
        let results = times(&[5, 1, 3, 2, 4]);
        assert_eq!((latency(&results, 0.5), latency(&results, 0.99)), (Some(3), Some(5)));
        assert_eq!(latency(&[], 0.5), None);
    }
}
