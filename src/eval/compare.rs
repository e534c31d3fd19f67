//! A run as a file, and what changed since an earlier one.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::{Deserialize, Serialize};

use super::Scored;
use super::metrics::Totals;
use super::score::Verdict;

/// A whole run. Written out, it holds no times, so that equal runs are equal files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// The confidence from which on questions were answered.
    pub min_confidence: f64,
    /// Id of the generation that answered.
    pub generation: String,
    /// The figures over all results.
    pub totals: Totals,
    /// One result for each question, in order.
    pub results: Vec<Scored>,
}

/// What got better and what got worse since `earlier`, by id; questions of one run only are counted.
pub fn changes(earlier: &Run, now: &Run) -> String {
    let before: BTreeMap<&str, Verdict> =
        earlier.results.iter().map(|scored| (scored.id.as_str(), scored.verdict)).collect();
    let both: Vec<(&Scored, Verdict)> =
        now.results.iter().filter_map(|scored| Some((scored, *before.get(scored.id.as_str())?))).collect();
    let is_right = |verdict: Verdict| verdict == Verdict::Right;
    let mut text = "Since the earlier run\n".to_owned();
    for (title, better) in [("better", true), ("worse", false)] {
        let changed = both.iter().filter(|(scored, before)| {
            is_right(scored.verdict) != is_right(*before) && is_right(scored.verdict) == better
        });
        let lines: Vec<String> = changed
            .map(|(scored, before)| {
                let (from, to) = (before.label(), scored.verdict.label());
                format!("    {}: {from} → {to}: {}", scored.id, scored.question)
            })
            .collect();
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {title}: {}", lines.len());
        lines.iter().for_each(|line| text.extend([line, "\n"]));
    }
    let (new, gone) = (now.results.len() - both.len(), before.len() - both.len());
    if new + gone > 0 {
        let _ = writeln!(text, "  only in this run: {new}; only in the earlier one: {gone}");
    }
    for (name, before, after) in [
        ("right first", earlier.totals.right_first, now.totals.right_first),
        ("false answers", earlier.totals.false_answers, now.totals.false_answers),
        ("citation truth", earlier.totals.citation_truth, now.totals.citation_truth),
    ] {
        if let (Some(before), Some(after)) = (before, after) {
            let _ = writeln!(text, "  {name}: {before:.3} → {after:.3} ({:+.3})", after - before);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::{Run, changes};
    use crate::eval::Scored;
    use crate::eval::metrics::Totals;
    use crate::eval::metrics::tests::{run, scored};
    use crate::eval::score::Verdict;

    fn recorded(results: Vec<Scored>) -> Run {
        Run { min_confidence: 0.5, generation: "g".to_owned(), totals: Totals::of(&results), results }
    }

    #[test]
    fn better_and_worse_by_id() {
        let earlier = recorded(run());
        let mut results = run();
        results[0] = scored("a", true, Verdict::WronglySilent, 0.4);
        results[2] = scored("c", true, Verdict::Right, 0.7);
        results[3] = scored("d", true, Verdict::WrongContent, 0.7);
        results[6] = scored("h", false, Verdict::Right, 0.7);
        expect![[r#"
            Since the earlier run
              better: 1
                c: right in three, not first → right: question c
              worse: 1
                a: right → wrongly silent: question a
              only in this run: 1; only in the earlier one: 1
              right first: 0.400 → 0.400 (+0.000)
              false answers: 0.500 → 0.000 (-0.500)
              citation truth: 1.000 → 1.000 (+0.000)
        "#]]
        .assert_eq(&changes(&earlier, &recorded(results)));
    }

    #[test]
    fn a_run_can_be_read_again() {
        let recorded = recorded(run().into_iter().map(|scored| Scored { elapsed_us: 0, ..scored }).collect());
        let text = serde_json::to_string(&recorded).expect("JSON");
        assert_eq!(serde_json::from_str::<Run>(&text).expect("a run"), recorded);
    }
}
