//! Fits the trees of confidence: gradient boosting of the log odds, as in Friedman, "Greedy function approximation: a gradient boosting
//! machine" (2001), each tree grown by its best split and its leaves set by a Newton step. The same examples give the same trees.

use std::collections::BTreeSet;

use crate::answer::signals::{COUNT, Signals};
use crate::answer::trees::{Forest, Tree, probability};

/// An example: the best candidate's signals, and whether it answers rightly.
#[derive(Debug, Clone)]
pub struct Example {
    /// Its signals.
    pub signals: Signals,
    /// Whether it is right.
    pub right: bool,
}

/// Trees, and the part of its Newton step that each takes.
const TREES: u64 = 200;
const RATE: f64 = 0.05;
/// Leaves of a tree, and examples that each of them needs.
const LEAVES: usize = 8;
const LEAST: usize = 30;
/// Pull of each leaf towards 0.
const SHRINKAGE: f64 = 5.0;
/// Thresholds tried for a signal, at the most.
const CUTS: usize = 40;
/// Signals that a tree may ask for: so many of ten, others for each tree, so that not all ask for the same few.
const LOOKED_AT: u64 = 4;

/// A leaf that may still be split.
struct Grown {
    rows: Vec<usize>,
    split: Option<Split>,
    /// Its place among the parts of the tree.
    node: usize,
}

#[derive(Clone, Copy)]
struct Split {
    signal: usize,
    below: f64,
    gain: f64,
}

/// A tree while it grows: its splits with the places of both branches, or a leaf's value.
enum Part {
    Split(usize, f64, u8, [usize; 2]),
    Leaf(f64),
}

/// Fits the trees.
pub fn boost(examples: &[&Example]) -> Forest {
    let right = examples.iter().filter(|example| example.right).count() as f64;
    let wrong = examples.len() as f64 - right;
    let start = if right > 0.0 && wrong > 0.0 { (right / wrong).ln() } else { 0.0 };
    let mut forest = Forest::new(start);
    let mut odds = vec![start; examples.len()];
    let cuts: Vec<Vec<f64>> = (0..COUNT).map(|signal| cuts(examples, signal)).collect();
    for round in 0..TREES {
        let slopes: Vec<(f64, f64)> = examples
            .iter()
            .zip(&odds)
            .map(|(example, odds)| {
                let probability = probability(*odds);
                (f64::from(u8::from(example.right)) - probability, probability * (1.0 - probability))
            })
            .collect();
        let signals: Vec<usize> =
            (0..COUNT).filter(|signal| mixed(round, *signal as u64) % 10 < LOOKED_AT).collect();
        forest.plant(&grow(examples, &slopes, &signals, &cuts));
        for (odds, example) in odds.iter_mut().zip(examples) {
            *odds += forest.newest(&example.signals);
        }
    }
    forest
}

/// Grows a tree leaf by leaf, at each step where the most is gained.
fn grow(examples: &[&Example], slopes: &[(f64, f64)], signals: &[usize], cuts: &[Vec<f64>]) -> Tree {
    let best = |rows: &[usize]| best_split(examples, slopes, rows, signals, cuts);
    let rows: Vec<usize> = (0..examples.len()).collect();
    let mut parts = vec![Part::Leaf(step(slopes, &rows))];
    let mut leaves = vec![Grown { split: best(&rows), rows, node: 0 }];
    while leaves.len() < LEAVES {
        let gain = |at: usize| leaves.get(at).and_then(|leaf| leaf.split).map_or(0.0, |split| split.gain);
        // Of equal gains the first leaf's counts.
        let widest =
            (0..leaves.len()).max_by(|one, other| gain(*one).total_cmp(&gain(*other)).then(other.cmp(one)));
        let Some(leaf) = widest.map(|at| leaves.swap_remove(at)) else { break };
        let Some(split) = leaf.split else { break };
        let (yes, no): (Vec<usize>, Vec<usize>) = leaf.rows.iter().partition(|row| {
            examples.get(**row).is_some_and(|example| example.signals[split.signal] < split.below)
        });
        let percent = u8::try_from(100 * yes.len() / leaf.rows.len().max(1)).unwrap_or(50);
        let places = [parts.len(), parts.len() + 1];
        for (rows, node) in [yes, no].into_iter().zip(places) {
            parts.push(Part::Leaf(step(slopes, &rows)));
            leaves.push(Grown { split: best(&rows), rows, node });
        }
        if let Some(part) = parts.get_mut(leaf.node) {
            *part = Part::Split(split.signal, split.below, percent, places);
        }
    }
    joined(&parts, 0)
}

fn joined(parts: &[Part], node: usize) -> Tree {
    match parts.get(node) {
        Some(Part::Split(signal, below, percent, [yes, no])) => {
            let branches = [joined(parts, *yes), joined(parts, *no)];
            Tree::Split(*signal, *below, *percent, Box::new(branches))
        }
        Some(Part::Leaf(value)) => Tree::Leaf(*value),
        None => Tree::Leaf(0.0),
    }
}

/// What a leaf adds: its part of the Newton step, to three places, as it is written.
fn step(slopes: &[(f64, f64)], rows: &[usize]) -> f64 {
    let (slope, curve) = sums(slopes, rows);
    (RATE * slope / (curve + SHRINKAGE) * 1e3).round() / 1e3
}

fn sums(slopes: &[(f64, f64)], rows: &[usize]) -> (f64, f64) {
    rows.iter()
        .filter_map(|row| slopes.get(*row))
        .fold((0.0, 0.0), |(slope, curve), one| (slope + one.0, curve + one.1))
}

/// The split of these rows that gains most, if any does.
fn best_split(
    examples: &[&Example],
    slopes: &[(f64, f64)],
    rows: &[usize],
    signals: &[usize],
    cuts: &[Vec<f64>],
) -> Option<Split> {
    let (slope, curve) = sums(slopes, rows);
    let worth = |slope: f64, curve: f64| slope * slope / (curve + SHRINKAGE);
    let mut best: Option<Split> = None;
    for signal in signals.iter().copied() {
        let cuts = cuts.get(signal).map(Vec::as_slice).unwrap_or_default();
        let mut bins = vec![(0, 0.0, 0.0); cuts.len() + 1];
        for row in rows {
            let (Some(example), Some((slope, curve))) = (examples.get(*row), slopes.get(*row)) else {
                continue;
            };
            let bin = cuts.partition_point(|cut| *cut <= example.signals[signal]);
            if let Some(bin) = bins.get_mut(bin) {
                *bin = (bin.0 + 1, bin.1 + slope, bin.2 + curve);
            }
        }
        let mut left = (0, 0.0, 0.0);
        for (bin, below) in bins.iter().zip(cuts) {
            left = (left.0 + bin.0, left.1 + bin.1, left.2 + bin.2);
            if left.0 < LEAST || rows.len() - left.0 < LEAST {
                continue;
            }
            let gain = worth(left.1, left.2) + worth(slope - left.1, curve - left.2) - worth(slope, curve);
            if gain > best.map_or(0.0, |best| best.gain) {
                best = Some(Split { signal, below: *below, gain });
            }
        }
    }
    best
}

/// Thresholds between the values of a signal: halfway between neighbours, where there are few, else at equal shares of the examples.
fn cuts(examples: &[&Example], signal: usize) -> Vec<f64> {
    let mut values: Vec<i64> =
        examples.iter().map(|example| (example.signals[signal] * 1e3).round() as i64).collect();
    values.sort_unstable();
    let distinct: BTreeSet<i64> = values.iter().copied().collect();
    let places: BTreeSet<i64> = if distinct.len() <= CUTS {
        distinct
    } else {
        (0..=CUTS).filter_map(|share| values.get(share * (values.len() - 1) / CUTS).copied()).collect()
    };
    let places: Vec<i64> = places.into_iter().collect();
    places
        .windows(2)
        .filter_map(|two| Some(f64::midpoint(*two.first()? as f64, *two.last()? as f64) / 1e3))
        .collect()
}

/// A number that depends on both as if by chance: the mixing step of SplitMix64 (Steele, Lea and Flood 2014).
fn mixed(round: u64, signal: u64) -> u64 {
    let mut mixed = (round << 32 | signal).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::{COUNT, Example, boost};

    /// Right where the first signal is high and the second one is not: neither tells by itself.
    fn examples() -> Vec<Example> {
        let example = |number: usize| {
            let mut signals = [0.0; COUNT];
            let high = [number.is_multiple_of(2), number.is_multiple_of(3)];
            for (slot, high) in signals.iter_mut().zip(high) {
                *slot = if high { 1.0 } else { 0.25 };
            }
            Example { signals, right: high[0] && !high[1] }
        };
        (0..600).map(example).collect()
    }

    #[test]
    fn signals_that_tell_only_together_are_learnt() {
        let examples = examples();
        let forest = boost(&examples.iter().collect::<Vec<_>>());
        for example in &examples {
            assert_eq!(forest.sum(&example.signals) > 0.0, example.right, "{:?}", &example.signals[..2]);
        }
        assert_eq!(forest, boost(&examples.iter().collect::<Vec<_>>()));
    }

    #[test]
    fn without_examples_of_both_sorts_nothing_is_learnt() {
        let same: Vec<Example> = examples().into_iter().filter(|example| example.right).collect();
        assert_eq!(boost(&[]).sum(&[0.0; COUNT]), 0.0);
        assert!(boost(&same.iter().collect::<Vec<_>>()).sum(&[0.0; COUNT]).is_finite());
    }
}
