//! Results as text for people: the tables, and what failed with examples. Pure; latency alone differs between equal runs.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Scored;
use super::metrics::{self, Totals};
use super::score::Verdict;
use crate::text::{cut_at_character, one_line};

/// Longest text in an example.
const LONGEST: usize = 160;
/// Coverages in the risk-coverage table.
const COVERAGES: [f64; 7] = [0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0];

/// The whole report; `examples` failures of each sort are shown.
pub fn report(results: &[Scored], examples: usize) -> String {
    let mut text = String::new();
    kinds(&mut text, results);
    confidence(&mut text, results);
    failures(&mut text, results, examples);
    if let (Some(half), Some(most)) = (metrics::latency(results, 0.5), metrics::latency(results, 0.99)) {
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(text, "\nLatency: p50 {half} µs, p99 {most} µs");
    }
    text
}

fn percent(rate: Option<f64>) -> String {
    rate.map_or_else(|| "-".to_owned(), |rate| format!("{:.1}", rate * 100.0))
}

fn kinds(text: &mut String, results: &[Scored]) {
    let mut kinds: BTreeMap<&str, Vec<&Scored>> = BTreeMap::new();
    for scored in results {
        kinds.entry(&scored.kind).or_default().push(scored);
    }
    let width = kinds.keys().map(|kind| kind.chars().count()).max().unwrap_or(0).max("all".len());
    let _ = writeln!(
        text,
        "{:<width$} {:>5} {:>7} {:>7} {:>7} {:>7} {:>7} {:>7} {:>7}",
        "kind", "n", "right", "in 3", "wrong", "silent", "false", "docum.", "true"
    );
    let mut row = |kind: &str, totals: &Totals| {
        let _ = write!(text, "{kind:<width$} {:>5}", totals.questions);
        for rate in [
            totals.right_first,
            totals.right_in_three,
            totals.wrong,
            totals.silent,
            totals.false_answers,
            totals.document,
            totals.citation_truth,
        ] {
            let _ = write!(text, " {:>7}", percent(rate));
        }
        text.push('\n');
    };
    for (kind, inside) in &kinds {
        row(kind, &Totals::of(inside.iter().copied()));
    }
    row("all", &Totals::of(results));
    text.push_str(
        "(percent; right, in 3, wrong, silent: of the answerable; false: of the others; docum.: right document, of the \
         answered; true: citations)\n",
    );
}

fn confidence(text: &mut String, results: &[Scored]) {
    let points = metrics::risk_coverage(results);
    if let Some(area) = metrics::area_under(&points) {
        let _ = writeln!(text, "\nRisk-coverage: area {area:.3}");
        let _ = writeln!(text, "  coverage   risk  confidence");
        let mut shown: Vec<_> = COVERAGES
            .iter()
            .filter_map(|coverage| points.iter().find(|point| point.coverage >= coverage - 1e-9))
            .collect();
        shown.dedup();
        for point in shown {
            let _ =
                writeln!(text, "  {:>8.2} {:>6.3} {:>11.2}", point.coverage, point.risk, point.confidence);
        }
    }
    if let Some(area) = metrics::roc_area(results) {
        let _ = writeln!(text, "\nConfidence, answerable against not: area under ROC {area:.3}");
    }
    let _ = writeln!(text, "\nReliability of confidence\n  from     n  mean  right");
    for bin in metrics::reliability(results) {
        let _ = writeln!(
            text,
            "  {:>4.1} {:>5} {:>5.2} {:>6.2}",
            bin.from, bin.questions, bin.confidence, bin.right
        );
    }
}

fn failures(text: &mut String, results: &[Scored], examples: usize) {
    for verdict in Verdict::ALL.into_iter().filter(|verdict| *verdict != Verdict::Right) {
        let failed: Vec<&Scored> = results.iter().filter(|scored| scored.verdict == verdict).collect();
        if !failed.is_empty() {
            let _ = writeln!(text, "\n{}: {}", verdict.label(), failed.len());
        }
        failed.into_iter().take(examples).for_each(|scored| example(text, scored));
    }
    let untrue: Vec<&Scored> = results.iter().filter(|scored| !scored.untrue.is_empty()).collect();
    if !untrue.is_empty() {
        let _ = writeln!(text, "\nuntrue citations: {}", untrue.len());
    }
    for scored in untrue.into_iter().take(examples) {
        let _ = writeln!(text, "  {}: {}", scored.id, scored.untrue.join("; "));
    }
}

fn example(text: &mut String, scored: &Scored) {
    let short = |text: &str| cut_at_character(&one_line(text), LONGEST).into_owned();
    let _ = writeln!(text, "  {} ({:.2}) {}", scored.id, scored.confidence, short(&scored.question));
    let _ = writeln!(text, "      expected: {}", short(&scored.expected));
    let _ = writeln!(text, "      got:      {}", short(&scored.answer));
    if !scored.document.is_empty() {
        let _ = writeln!(text, "      quote:    {} [{}]", short(&scored.quote), scored.document);
    }
}

/// Figures that must be reached.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Thresholds {
    /// Least share of right first answers.
    pub min_right: Option<f64>,
    /// Largest share of false answers.
    pub max_false: Option<f64>,
    /// Least share of true citations.
    pub min_citation_truth: Option<f64>,
}

impl Thresholds {
    /// What was missed, one sentence each. A figure that does not exist misses nothing.
    pub fn missed(&self, totals: &Totals) -> Vec<String> {
        let mut missed = Vec::new();
        let mut least = |name: &str, figure: Option<f64>, wanted: Option<f64>| {
            if let (Some(figure), Some(wanted)) = (figure, wanted)
                && figure < wanted
            {
                missed.push(format!("{name}: {figure:.4}, wanted at least {wanted}."));
            }
        };
        least("Right first", totals.right_first, self.min_right);
        least("Citation truth", totals.citation_truth, self.min_citation_truth);
        if let (Some(figure), Some(wanted)) = (totals.false_answers, self.max_false)
            && figure > wanted
        {
            missed.push(format!("False answers: {figure:.4}, wanted at most {wanted}."));
        }
        missed
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::{Thresholds, report};
    use crate::eval::metrics::Totals;
    use crate::eval::metrics::tests::run;

    #[test]
    fn the_report() {
        let mut results = run();
        results[6].kind = "unanswerable-year".to_owned();
        results[1].untrue.push("a.md: bytes 1..2 are not the quote".to_owned());
        expect![[r#"
            kind                  n   right    in 3   wrong  silent   false  docum.    true
            unanswerable-year     1       -       -       -       -   100.0       -   100.0
            value                 6    40.0    60.0    40.0    20.0     0.0    75.0    75.0
            all                   7    40.0    60.0    40.0    20.0    50.0    75.0    80.0
            (percent; right, in 3, wrong, silent: of the answerable; false: of the others; docum.: right document, of the answered; true: citations)

            Risk-coverage: area 0.426
              coverage   risk  confidence
                  0.29  0.000        0.90
                  0.57  0.500        0.70
                  0.71  0.600        0.60
                  0.86  0.667        0.30
                  1.00  0.714        0.10

            Confidence, answerable against not: area under ROC 0.750

            Reliability of confidence
              from     n  mean  right
               0.1     1  0.10   0.00
               0.3     1  0.30   0.00
               0.6     1  0.60   0.00
               0.7     2  0.70   0.00
               0.9     2  0.93   1.00

            right in three, not first: 1
              c (0.70) question c
                  expected: 1
                  got:      an answer
                  quote:     [a.md]

            right words, wrong document: 1
              d (0.60) question d
                  expected: 1
                  got:      an answer
                  quote:     [a.md]

            wrongly silent: 1
              e (0.30) question e
                  expected: 1
                  got:      an answer

            false answer: 1
              g (0.70) question g
                  expected: 1
                  got:      an answer
                  quote:     [a.md]

            untrue citations: 1
              b: a.md: bytes 1..2 are not the quote

            Latency: p50 100 µs, p99 100 µs
        "#]].assert_eq(&report(&results, 1));
    }

    #[test]
    fn thresholds() {
        let totals = Totals::of(&run());
        let thresholds =
            Thresholds { min_right: Some(0.5), max_false: Some(0.03), min_citation_truth: Some(1.0) };
        assert_eq!(
            thresholds.missed(&totals),
            ["Right first: 0.4000, wanted at least 0.5.", "False answers: 0.5000, wanted at most 0.03."]
        );
        assert_eq!(Thresholds::default().missed(&totals), Vec::<String>::new());
        let reached =
            Thresholds { min_right: Some(0.4), max_false: Some(0.5), min_citation_truth: Some(1.0) };
        assert!(reached.missed(&totals).is_empty() && thresholds.missed(&Totals::default()).is_empty());
    }
}
