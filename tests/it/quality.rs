//! How good the answers are over the invented folders, as floors that a change may not fall below. `dev` and `dev-b`
//! to `dev-ar` are what the engine is tuned on: they say that nothing got worse. The figures of the held-out set are printed
//! as totals only: whoever tunes the engine does not look at its questions.

use std::path::Path;

use registrar::engine::Engine;
use registrar::eval::metrics::Totals;
use registrar::eval::report::report;
use registrar::eval::truth::Files;
use registrar::eval::{questions, run};

use crate::engine::Bench;
use crate::library::{NOW, lexicon};

/// What a set of questions must reach.
struct Floors {
    /// Right first answers, of the answerable questions.
    right_first: f64,
    /// First citation from a right document.
    document: f64,
    /// At most this share of the unanswerable questions is answered.
    false_answers: f64,
}

// Measured, less (or more) two points. Raise them when the engine gets better; never lower one without saying why in
// the change log. Every citation must be true, with no margin.
const DEV: Floors = Floors { right_first: 0.841, document: 0.97, false_answers: 0.068 };
const DEV_B: Floors = Floors { right_first: 0.831, document: 0.97, false_answers: 0.049 };
const DEV_C: Floors = Floors { right_first: 0.746, document: 0.97, false_answers: 0.073 };
const DEV_D: Floors = Floors { right_first: 0.769, document: 0.97, false_answers: 0.088 };
const DEV_E: Floors = Floors { right_first: 0.715, document: 0.97, false_answers: 0.071 };
const DEV_F: Floors = Floors { right_first: 0.707, document: 0.96, false_answers: 0.085 };
const DEV_G: Floors = Floors { right_first: 0.684, document: 0.97, false_answers: 0.062 };
const DEV_H: Floors = Floors { right_first: 0.713, document: 0.97, false_answers: 0.093 };
const DEV_I: Floors = Floors { right_first: 0.58, document: 0.96, false_answers: 0.06 };
// `dev-c`, `dev-k`, `dev-z` and `dev-ae` answer up to two questions more of those that their folders do not, and `dev-g`, `dev-o` and `dev-x` one
// less of those that they do: held half a point beside what is measured.
const DEV_J: Floors = Floors { right_first: 0.695, document: 0.96, false_answers: 0.097 };
const DEV_K: Floors = Floors { right_first: 0.487, document: 0.96, false_answers: 0.12 };
const DEV_L: Floors = Floors { right_first: 0.624, document: 0.96, false_answers: 0.075 };
const DEV_M: Floors = Floors { right_first: 0.699, document: 0.96, false_answers: 0.078 };
const DEV_N: Floors = Floors { right_first: 0.571, document: 0.96, false_answers: 0.092 };
const DEV_O: Floors = Floors { right_first: 0.589, document: 0.96, false_answers: 0.068 };
const DEV_P: Floors = Floors { right_first: 0.536, document: 0.92, false_answers: 0.114 };
const DEV_Q: Floors = Floors { right_first: 0.662, document: 0.95, false_answers: 0.083 };
const DEV_R: Floors = Floors { right_first: 0.688, document: 0.95, false_answers: 0.105 };
const DEV_S: Floors = Floors { right_first: 0.656, document: 0.95, false_answers: 0.02 };
const DEV_T: Floors = Floors { right_first: 0.503, document: 0.95, false_answers: 0.074 };
const DEV_U: Floors = Floors { right_first: 0.717, document: 0.95, false_answers: 0.074 };
const DEV_V: Floors = Floors { right_first: 0.688, document: 0.95, false_answers: 0.038 };
const DEV_W: Floors = Floors { right_first: 0.666, document: 0.95, false_answers: 0.047 };
const DEV_X: Floors = Floors { right_first: 0.433, document: 0.95, false_answers: 0.078 };
const DEV_Y: Floors = Floors { right_first: 0.565, document: 0.95, false_answers: 0.091 };
const DEV_Z: Floors = Floors { right_first: 0.493, document: 0.95, false_answers: 0.12 };
const DEV_AA: Floors = Floors { right_first: 0.518, document: 0.95, false_answers: 0.131 };
const DEV_AB: Floors = Floors { right_first: 0.506, document: 0.95, false_answers: 0.118 };
const DEV_AC: Floors = Floors { right_first: 0.569, document: 0.95, false_answers: 0.122 };
const DEV_AD: Floors = Floors { right_first: 0.605, document: 0.93, false_answers: 0.171 };
const DEV_AE: Floors = Floors { right_first: 0.406, document: 0.93, false_answers: 0.107 };
const DEV_AF: Floors = Floors { right_first: 0.567, document: 0.95, false_answers: 0.107 };
const DEV_AG: Floors = Floors { right_first: 0.67, document: 0.95, false_answers: 0.08 };
const DEV_AH: Floors = Floors { right_first: 0.591, document: 0.95, false_answers: 0.137 };
const DEV_AI: Floors = Floors { right_first: 0.595, document: 0.95, false_answers: 0.039 };
const DEV_AJ: Floors = Floors { right_first: 0.406, document: 0.95, false_answers: 0.074 };
const DEV_AK: Floors = Floors { right_first: 0.773, document: 0.95, false_answers: 0.08 };
const DEV_AL: Floors = Floors { right_first: 0.741, document: 0.95, false_answers: 0.059 };
const DEV_AM: Floors = Floors { right_first: 0.624, document: 0.95, false_answers: 0.056 };
const DEV_AN: Floors = Floors { right_first: 0.511, document: 0.95, false_answers: 0.123 };
const DEV_AO: Floors = Floors { right_first: 0.506, document: 0.95, false_answers: 0.092 };
const DEV_AP: Floors = Floors { right_first: 0.339, document: 0.93, false_answers: 0.105 };
const DEV_AQ: Floors = Floors { right_first: 0.513, document: 0.95, false_answers: 0.097 };
const DEV_AR: Floors = Floors { right_first: 0.517, document: 0.95, false_answers: 0.039 };
// Not measured on purpose: a floor here would be a target. Only that its citations are true is held.
const HELD_OUT: Floors = Floors { right_first: 0.0, document: 0.0, false_answers: 1.0 };

#[expect(
    clippy::print_stdout,
    reason = "figures are for people; the test runner shows them with --nocapture"
)]
fn check(set: &str, floors: &Floors, examples: Option<usize>) {
    let folder = format!("tests/fixtures/{set}");
    let bench = Bench::over(&format!("{folder}/corpus"));
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(&folder).join("questions.jsonl");
    let text = std::fs::read_to_string(file).expect("questions");
    let questions = questions::parse(&[("questions.jsonl".to_owned(), text)]).expect("questions");
    let files = Files::new(&Path::new(env!("CARGO_MANIFEST_DIR")).join(&folder).join("corpus"));
    let candidates = Engine::new(bench.engine.snapshot(), lexicon(), 0.0);
    let results = run(&bench.engine, &candidates, &questions, &files, NOW);
    let totals = Totals::of(&results);
    if let Some(examples) = examples {
        println!("{}", report(&results, examples));
    }
    println!("{set}: {totals:#?}");
    let (right, document) = (totals.right_first.expect("answerable ones"), totals.document.expect("answers"));
    let false_answers = totals.false_answers.expect("unanswerable ones");
    assert_eq!(totals.citation_truth, Some(1.0), "{set}: a citation is not true");
    assert!(right >= floors.right_first, "{set}: right first {right:.4} is below {}", floors.right_first);
    assert!(document >= floors.document, "{set}: right document {document:.4} is below {}", floors.document);
    assert!(
        false_answers <= floors.false_answers,
        "{set}: false answers {false_answers:.4} are above {}",
        floors.false_answers
    );
}

#[test]
fn the_questions_that_the_engine_is_tuned_on() {
    check("dev", &DEV, Some(2));
}

#[test]
fn the_second_set_that_the_engine_is_tuned_on() {
    check("dev-b", &DEV_B, Some(2));
}

#[test]
fn the_third_set_that_the_engine_is_tuned_on() {
    check("dev-c", &DEV_C, Some(2));
}

#[test]
fn the_fourth_set_that_the_engine_is_tuned_on() {
    check("dev-d", &DEV_D, Some(2));
}

#[test]
fn the_fifth_set_that_the_engine_is_tuned_on() {
    check("dev-e", &DEV_E, Some(2));
}

#[test]
fn the_sixth_set_that_the_engine_is_tuned_on() {
    check("dev-f", &DEV_F, Some(2));
}

#[test]
fn the_seventh_set_that_the_engine_is_tuned_on() {
    check("dev-g", &DEV_G, Some(2));
}

#[test]
fn the_eighth_set_that_the_engine_is_tuned_on() {
    check("dev-h", &DEV_H, Some(2));
}

#[test]
fn the_ninth_set_that_the_engine_is_tuned_on() {
    check("dev-i", &DEV_I, Some(2));
}

#[test]
fn the_tenth_set_that_the_engine_is_tuned_on() {
    check("dev-j", &DEV_J, Some(2));
}

#[test]
fn the_eleventh_set_that_the_engine_is_tuned_on() {
    check("dev-k", &DEV_K, Some(2));
}

#[test]
fn the_twelfth_set_that_the_engine_is_tuned_on() {
    check("dev-l", &DEV_L, Some(2));
}

#[test]
fn the_thirteenth_set_that_the_engine_is_tuned_on() {
    check("dev-m", &DEV_M, Some(2));
}

#[test]
fn the_fourteenth_set_that_the_engine_is_tuned_on() {
    check("dev-n", &DEV_N, Some(2));
}

#[test]
fn the_fifteenth_set_that_the_engine_is_tuned_on() {
    check("dev-o", &DEV_O, Some(2));
}

#[test]
fn the_sixteenth_set_that_the_engine_is_tuned_on() {
    check("dev-p", &DEV_P, Some(2));
}

#[test]
fn the_seventeenth_set_that_the_engine_is_tuned_on() {
    check("dev-q", &DEV_Q, Some(2));
}

#[test]
fn the_eighteenth_set_that_the_engine_is_tuned_on() {
    check("dev-r", &DEV_R, Some(2));
}

#[test]
fn the_nineteenth_set_that_the_engine_is_tuned_on() {
    check("dev-s", &DEV_S, Some(2));
}

#[test]
fn the_twentieth_set_that_the_engine_is_tuned_on() {
    check("dev-t", &DEV_T, Some(2));
}

#[test]
fn the_twenty_first_set_that_the_engine_is_tuned_on() {
    check("dev-u", &DEV_U, Some(2));
}

#[test]
fn the_twenty_second_set_that_the_engine_is_tuned_on() {
    check("dev-v", &DEV_V, Some(2));
}

#[test]
fn the_twenty_third_set_that_the_engine_is_tuned_on() {
    check("dev-w", &DEV_W, Some(2));
}

#[test]
fn the_twenty_fourth_set_that_the_engine_is_tuned_on() {
    check("dev-x", &DEV_X, Some(2));
}

#[test]
fn the_twenty_fifth_set_that_the_engine_is_tuned_on() {
    check("dev-y", &DEV_Y, Some(2));
}

#[test]
fn the_twenty_sixth_set_that_the_engine_is_tuned_on() {
    check("dev-z", &DEV_Z, Some(2));
}

#[test]
fn the_twenty_seventh_set_that_the_engine_is_tuned_on() {
    check("dev-aa", &DEV_AA, Some(2));
}

#[test]
fn the_twenty_eighth_set_that_the_engine_is_tuned_on() {
    check("dev-ab", &DEV_AB, Some(2));
}

#[test]
fn the_twenty_ninth_set_that_the_engine_is_tuned_on() {
    check("dev-ac", &DEV_AC, Some(2));
}

#[test]
fn the_thirtieth_set_that_the_engine_is_tuned_on() {
    check("dev-ad", &DEV_AD, Some(2));
}

#[test]
fn the_thirty_first_set_that_the_engine_is_tuned_on() {
    check("dev-ae", &DEV_AE, Some(2));
}

#[test]
fn the_thirty_second_set_that_the_engine_is_tuned_on() {
    check("dev-af", &DEV_AF, Some(2));
}

#[test]
fn the_thirty_third_set_that_the_engine_is_tuned_on() {
    check("dev-ag", &DEV_AG, Some(2));
}

#[test]
fn the_thirty_fourth_set_that_the_engine_is_tuned_on() {
    check("dev-ah", &DEV_AH, Some(2));
}

#[test]
fn the_thirty_fifth_set_that_the_engine_is_tuned_on() {
    check("dev-ai", &DEV_AI, Some(2));
}

#[test]
fn the_thirty_sixth_set_that_the_engine_is_tuned_on() {
    check("dev-aj", &DEV_AJ, Some(2));
}

#[test]
fn the_thirty_seventh_set_that_the_engine_is_tuned_on() {
    check("dev-ak", &DEV_AK, Some(2));
}

#[test]
fn the_thirty_eighth_set_that_the_engine_is_tuned_on() {
    check("dev-al", &DEV_AL, Some(2));
}

#[test]
fn the_thirty_ninth_set_that_the_engine_is_tuned_on() {
    check("dev-am", &DEV_AM, Some(2));
}

#[test]
fn the_fortieth_set_that_the_engine_is_tuned_on() {
    check("dev-an", &DEV_AN, Some(2));
}

#[test]
fn the_forty_first_set_that_the_engine_is_tuned_on() {
    check("dev-ao", &DEV_AO, Some(2));
}

#[test]
fn the_forty_second_set_that_the_engine_is_tuned_on() {
    check("dev-ap", &DEV_AP, Some(2));
}

#[test]
fn the_forty_third_set_that_the_engine_is_tuned_on() {
    check("dev-aq", &DEV_AQ, Some(2));
}

#[test]
fn the_forty_fourth_set_that_the_engine_is_tuned_on() {
    check("dev-ar", &DEV_AR, Some(2));
}

#[test]
fn the_questions_that_nobody_looks_at() {
    check("heldout", &HELD_OUT, None);
}
