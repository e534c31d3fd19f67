//! The corpus and the questions of the bench: the same ones on every run and every machine. It measures nothing.

use std::fmt::Write;
use std::path::Path;

/// Passages that a document becomes, about.
const PASSAGES_OF_A_DOCUMENT: usize = 121;
const SEED: u64 = 0x5eed;
const WORDS: usize = 30_000;
const QUESTIONS: usize = 500;

/// The most frequent words of English, which make up the head of the law.
const FREQUENT: [&str; 40] = [
    "the", "of", "and", "to", "a", "in", "is", "that", "for", "it", "as", "was", "with", "be", "by", "on",
    "not", "are", "this", "at", "from", "or", "have", "an", "which", "were", "can", "their", "students",
    "program", "degree", "has", "more", "school", "courses", "work", "may", "other", "field", "year",
];

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// From 0 to 1.
    fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// An invented word, the same for the same number.
fn invented(number: usize) -> String {
    const STARTS: [&str; 16] =
        ["b", "br", "d", "dr", "f", "g", "gl", "k", "l", "m", "n", "p", "pr", "st", "t", "v"];
    const MIDDLES: [&str; 8] = ["a", "e", "i", "o", "u", "ai", "ea", "ou"];
    const ENDS: [&str; 8] = ["l", "n", "r", "rt", "nd", "m", "ck", "th"];
    let mut rest = number;
    let mut word = String::new();
    for _ in 0..2 {
        word += STARTS[rest % STARTS.len()];
        rest /= STARTS.len();
        word += MIDDLES[rest % MIDDLES.len()];
        rest /= MIDDLES.len();
    }
    word + ENDS[rest % ENDS.len()]
}

/// Words by Zipf's law.
struct Law {
    /// Cumulated weights, by rank.
    reach: Vec<f64>,
}

impl Law {
    fn new() -> Self {
        let mut sum = 0.0;
        let reach = (0..WORDS).map(|rank| {
            sum += 1.0 / (rank + 1) as f64;
            sum
        });
        Self { reach: reach.collect() }
    }

    fn word(&self, random: &mut Random) -> String {
        let at = random.part() * self.reach.last().copied().unwrap_or_default();
        let rank = self.reach.partition_point(|reach| *reach < at);
        FREQUENT.get(rank).map_or_else(|| invented(rank), |word| (*word).to_owned())
    }

    fn words(&self, count: usize, random: &mut Random) -> String {
        (0..count).map(|_| self.word(random)).collect::<Vec<_>>().join(" ")
    }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// What the documents are about, one each; for about so many passages.
pub fn titles(passages: usize) -> Vec<String> {
    let mut random = Random(SEED ^ 1);
    // From the rare end of the law, so that a title says what a document is about.
    let mut name = || capital(&invented(5_000 + random.below(WORDS - 5_000)));
    (0..passages / PASSAGES_OF_A_DOCUMENT).map(|_| format!("{} {}", name(), name())).collect()
}

/// Writes the documents into a new folder, then the sample corpus; gives the titles.
pub fn write_corpus(folder: &Path, passages: usize) -> Vec<String> {
    std::fs::create_dir_all(folder).unwrap();
    let (law, mut random) = (Law::new(), Random(SEED));
    let titles = titles(passages);
    for (number, title) in titles.iter().enumerate() {
        std::fs::write(folder.join(format!("{number:05}.md")), document(title, &law, &mut random)).unwrap();
    }
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
    }
    titles
}

fn document(title: &str, law: &Law, random: &mut Random) -> String {
    let mut text = format!("# {title} Program\n");
    let paragraph = |text: &mut String, random: &mut Random| {
        for _ in 0..4 {
            let words = 8 + random.below(14);
            let _ = write!(text, "{}. ", capital(&law.words(words, random)));
        }
        text.push_str("\n\n");
    };
    for heading in
        ["Overview", "Courses", "Admission requirements", "Cost", "Salary", "Outlook", "Campus life"]
    {
        let _ = write!(text, "\n## {heading}\n\n");
        for _ in 0..2 {
            paragraph(&mut text, random);
        }
        let amount = 20_000 + 10 * random.below(9_000);
        let year = 2_000 + random.below(25);
        match heading {
            "Courses" => {
                let _ = write!(text, "The {title} program has these courses:\n\n");
                for _ in 0..6 {
                    let _ = writeln!(text, "- {}", capital(&law.words(3, random)));
                }
            }
            "Admission requirements" => text.push_str("A high school diploma is required.\n"),
            "Cost" => {
                let _ = write!(text, "Tuition: ${amount}\n\nDuration: {} months\n", 6 + random.below(42));
            }
            "Salary" => {
                let _ = writeln!(text, "{title} workers earned a median salary of ${amount} in {year}.");
            }
            "Outlook" => {
                let _ = writeln!(text, "Employment of {title} workers may grow {}%.", random.below(30));
            }
            _ => {}
        }
        for _ in 0..2 {
            paragraph(&mut text, random);
        }
    }
    text
}

/// The questions over documents of these titles.
pub fn questions(titles: &[String]) -> Vec<String> {
    const SAMPLE: [&str; 8] = [
        "What is the median salary of medical records technicians?",
        "what courses are in the associate program in medical billing and coding?",
        "Is there a master's degree in medical billing and coding?",
        "What does CPC stand for?",
        "hi all, my sister wants to go into health information management, what does she need to get in?",
        "how many medical records and health information technicians are there",
        "how does the healthcare management master differ from the health information management one?",
        "who won the world cup in 1998",
    ];
    let (law, mut random) = (Law::new(), Random(SEED ^ 2));
    (0..QUESTIONS)
        .map(|number| {
            let title = &titles[random.below(titles.len())];
            match number % 8 {
                0 => format!("what is the median salary of {title} workers?"),
                1 => format!("which courses does the {title} program have"),
                2 => format!("how long does the {} program take?", title.to_lowercase()),
                3 => format!("what does the {title} program cost and what do I need to get in?"),
                4 => {
                    // One letter doubled.
                    let at = 1 + random.below(3);
                    let typed: String = title
                        .char_indices()
                        .flat_map(|(place, letter)| std::iter::repeat_n(letter, 1 + usize::from(place == at)))
                        .collect();
                    format!("{typed} tuition")
                }
                5 | 6 => law.words(3 + random.below(6), &mut random),
                _ => SAMPLE[(number / 8) % SAMPLE.len()].to_owned(),
            }
        })
        .collect()
}
