//! Boosted regression trees over named signals: how they are written, read and walked. It knows neither what the signals mean nor how the
//! trees are fitted.
//!
//! One tree a line: `(SIGNAL < NUMBER PERCENT% YES NO)`, where YES and NO are trees again or the number that is added, and PERCENT of the
//! examples that the tree was fitted to went the way of YES. `start NUMBER` is what stands before the first tree; a line that begins with
//! `#` is for people.

use std::fmt::Write;

/// Trees whose numbers are added up.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Forest {
    start: f64,
    nodes: Vec<Node>,
    roots: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Node {
    /// A signal below its threshold goes on at the first node, any other at the second. `mean` is that of the examples.
    Split {
        signal: usize,
        below: f64,
        percent: u8,
        yes: usize,
        no: usize,
        mean: f64,
    },
    Leaf(f64),
}

/// A tree that is not yet part of a forest.
#[derive(Debug, Clone, PartialEq)]
pub enum Tree {
    /// Which signal is below which threshold, for which part of the examples it is (0 to 100), and what follows if so and if not.
    Split(usize, f64, u8, Box<[Tree; 2]>),
    /// What is added.
    Leaf(f64),
}

impl Forest {
    /// A forest without trees.
    pub fn new(start: f64) -> Self {
        Self { start, ..Self::default() }
    }

    /// Adds a tree.
    pub fn plant(&mut self, tree: &Tree) {
        let root = self.place(tree);
        self.roots.push(root);
    }

    fn place(&mut self, tree: &Tree) -> usize {
        let node = match tree {
            Tree::Leaf(value) => Node::Leaf(*value),
            Tree::Split(signal, below, percent, branches) => {
                let [yes, no] = branches.as_ref();
                let (yes, no) = (self.place(yes), self.place(no));
                let share = f64::from(*percent) / 100.0;
                let mean = share * self.mean(yes) + (1.0 - share) * self.mean(no);
                Node::Split { signal: *signal, below: *below, percent: *percent, yes, no, mean }
            }
        };
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    fn mean(&self, node: usize) -> f64 {
        match self.nodes.get(node) {
            Some(Node::Leaf(value)) => *value,
            Some(Node::Split { mean, .. }) => *mean,
            None => 0.0,
        }
    }

    /// Reads the trees; `names` are the signals' names in their order.
    ///
    /// # Errors
    /// With the line's number and what is wrong with it.
    pub fn parse(text: &str, names: &[&str]) -> Result<Self, String> {
        let mut forest = Self::default();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = |why: String| format!("line {number}: {why}");
            if let Some(start) = line.strip_prefix("start ") {
                forest.start = finite(start).map_err(wrong)?;
                continue;
            }
            let (tree, rest) = tree(line, names).map_err(wrong)?;
            if !rest.trim().is_empty() {
                return Err(wrong(format!("`{}` stands behind the tree", rest.trim())));
            }
            forest.plant(&tree);
        }
        Ok(forest)
    }

    /// The sum for these signals; one that is missing counts as 0.
    pub fn sum(&self, signals: &[f64]) -> f64 {
        self.walk(signals, |_, _| ())
    }

    /// What the tree planted last adds for these signals.
    pub fn newest(&self, signals: &[f64]) -> f64 {
        self.roots.last().map_or(0.0, |root| self.descend(*root, signals, |_, _| ()))
    }

    /// What each signal adds to the sum, the largest part (of either sign) first: at every split the way from the mean of the examples
    /// to that of those which take the same branch.
    pub fn parts(&self, signals: &[f64]) -> Vec<(usize, f64)> {
        let mut parts: Vec<(usize, f64)> = (0..signals.len()).map(|signal| (signal, 0.0)).collect();
        self.walk(signals, |signal, part| {
            if let Some((_, sum)) = parts.get_mut(signal) {
                *sum += part;
            }
        });
        parts.sort_by(|(_, one), (_, other)| other.abs().total_cmp(&one.abs()));
        parts
    }

    fn walk(&self, signals: &[f64], mut passed: impl FnMut(usize, f64)) -> f64 {
        self.roots.iter().fold(self.start, |sum, root| sum + self.descend(*root, signals, &mut passed))
    }

    /// The leaf that the signals lead to from a root, and on the way what each of them adds.
    fn descend(&self, root: usize, signals: &[f64], mut passed: impl FnMut(usize, f64)) -> f64 {
        let mut at = root;
        while let Some(Node::Split { signal, below, yes, no, mean, .. }) = self.nodes.get(at) {
            let value = signals.get(*signal).copied().unwrap_or_default();
            at = if value < *below { *yes } else { *no };
            passed(*signal, self.mean(at) - mean);
        }
        self.mean(at)
    }

    /// The text that [`Forest::parse`] reads.
    pub fn text(&self, names: &[&str]) -> String {
        let mut out = format!("start {:.3}\n", self.start);
        for root in &self.roots {
            self.write(*root, names, &mut out);
            out.push('\n');
        }
        out
    }

    fn write(&self, node: usize, names: &[&str], out: &mut String) {
        match self.nodes.get(node) {
            Some(Node::Split { signal, below, percent, yes, no, .. }) => {
                let _ = write!(out, "({} < {below} {percent}% ", names.get(*signal).unwrap_or(&""));
                self.write(*yes, names, out);
                out.push(' ');
                self.write(*no, names, out);
                out.push(')');
            }
            node => {
                let value = if let Some(Node::Leaf(value)) = node { *value } else { 0.0 };
                let _ = write!(out, "{value:.3}");
            }
        }
    }
}

/// The probability, 0 to 1, that log odds stand for.
pub fn probability(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// The tree that the text begins with, and the rest of it.
fn tree<'a>(text: &'a str, names: &[&str]) -> Result<(Tree, &'a str), String> {
    let text = text.trim_start();
    let Some(split) = text.strip_prefix('(') else {
        let end = text.find([' ', ')']).unwrap_or(text.len());
        let (number, rest) = text.split_at(end);
        return Ok((Tree::Leaf(finite(number)?), rest));
    };
    let (name, rest) = split.split_once(" < ").ok_or("`(SIGNAL < NUMBER PERCENT% YES NO)` is expected")?;
    let signal = names
        .iter()
        .position(|known| *known == name)
        .ok_or_else(|| format!("there is no signal `{name}`"))?;
    let (below, rest) = rest.split_once(' ').ok_or("a split needs two branches")?;
    let below = finite(below)?;
    let (percent, rest) = rest.split_once("% ").ok_or("a split needs its share of the examples")?;
    let percent = percent.parse::<u8>().ok().filter(|percent| *percent <= 100);
    let percent = percent.ok_or("a share is 0 to 100 percent")?;
    let (yes, rest) = tree(rest, names)?;
    let (no, rest) = tree(rest, names)?;
    let rest = rest.trim_start().strip_prefix(')').ok_or("a split needs two branches and then `)`")?;
    Ok((Tree::Split(signal, below, percent, Box::new([yes, no])), rest))
}

fn finite(text: &str) -> Result<f64, String> {
    let number = text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    number.ok_or_else(|| format!("`{}` is no number", text.trim()))
}

#[cfg(test)]
mod tests {
    use super::Forest;

    const NAMES: [&str; 2] = ["near", "names there"];

    #[test]
    fn reads_walks_and_writes() {
        let text = "start -0.500\n(near < 0.25 75% (names there < 1 50% -1.000 0.500) 2.000)\n\
                    (near < 0.75 50% 0.000 1.000)\n";
        let forest = Forest::parse(&format!("# for people\n\n{text}"), &NAMES).unwrap();
        assert_eq!(forest.text(&NAMES), text);
        for (signals, sum) in [([0.0, 0.0], -1.5), ([0.0, 1.0], 0.0), ([0.25, 0.0], 1.5), ([1.0, 0.0], 2.5)] {
            assert!((forest.sum(&signals) - sum).abs() < 1e-9, "{signals:?}");
            // The parts tell the sum apart from what every answer gets.
            let parts: f64 = forest.parts(&signals).iter().map(|(_, part)| part).sum();
            let all = -0.5 + (0.75 * f64::midpoint(-1.0, 0.5) + 0.25 * 2.0) + 0.5;
            assert!((all + parts - sum).abs() < 1e-9, "{signals:?}");
        }
        assert_eq!(forest.parts(&[1.0, 0.0])[0].0, 0);
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, message) in [
            ("(far < 1 5% 0 1)", "line 1: there is no signal `far`"),
            ("start 0\n(near < 1 5% 0)", "line 2: `` is no number"),
            ("(near < x 5% 0 1)", "line 1: `x` is no number"),
            ("(near < 1 5% 0 inf)", "line 1: `inf` is no number"),
            ("(near < 1 0 1)", "line 1: a split needs its share of the examples"),
            ("(near < 1 101% 0 1)", "line 1: a share is 0 to 100 percent"),
            ("(near 0 1)", "line 1: `(SIGNAL < NUMBER PERCENT% YES NO)` is expected"),
            ("(near < 1 5% 0 1) 2", "line 1: `2` stands behind the tree"),
            ("(near < 1 5% 0 1", "line 1: a split needs two branches and then `)`"),
        ] {
            assert_eq!(Forest::parse(text, &NAMES), Err(message.to_owned()), "{text}");
        }
    }
}
