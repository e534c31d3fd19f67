//! Turns the contents of lexicon files into the lexicon: each file adds to what is there already.

use super::files::{
    AttributesFile, EnglishFile, FramesFile, LevelsFile, PlacesFile, SynonymsFile, UnitsFile, WordsFile,
};
use super::{Attribute, Expect, FrameKind, HOMES, Level, Lexicon, MAX_ATTRIBUTES, Phrases, Synonyms};
use crate::text::quick::HashSet;
use crate::text::{Term, fold, stem, term_id, terms, tokens};

impl Lexicon {
    pub(super) fn collect_vocabulary(&mut self) {
        let lists = &self.words;
        let singles =
            [&lists.stop, &lists.light, &lists.pronouns, &lists.negations, &lists.yes_no, &lists.leaning]
                .into_iter()
                .chain(&lists.ordinals)
                .chain([
                    &self.units.clock_words,
                    &self.units.duration_words,
                    &self.units.months,
                    &self.units.magnitudes,
                ])
                .chain([&self.units.currency_words, &self.units.percent_words])
                .flatten()
                .cloned();
        self.vocabulary.extend(singles);
        self.stop_terms = lists.stop.iter().map(|word| term_id(&stem(word))).collect();
        self.times = [
            &self.units.duration_words,
            &self.units.clock_words,
            &self.units.months,
            &self.units.weekdays,
            &self.units.when_words,
            &self.words.seasons,
        ]
        .into_iter()
        .flatten()
        .map(|word| term_id(&stem(word)))
        .collect();
        self.vocabulary.extend(self.units.numbers.keys().cloned());
        self.vocabulary.extend(self.level_letters.keys().cloned());
    }

    /// Remembers the words of phrases as known words.
    fn know(&mut self, phrases: &[String]) {
        self.vocabulary.extend(phrases.iter().flat_map(|phrase| words(phrase)));
    }

    pub(super) fn add_english(&mut self, file: EnglishFile) {
        // These lists are long and plain: words between spaces, already folded by whoever wrote them.
        let everyday = file.everyday.split_whitespace().chain(file.vague.split_whitespace());
        self.words.everyday.extend(everyday.map(str::to_owned));
        self.words.english.extend(file.known.split_whitespace().map(str::to_owned));
        self.words.not_persons.extend(file.things.split_whitespace().map(str::to_owned));
    }

    pub(super) fn add_units(&mut self, file: UnitsFile) {
        let units = &mut self.units;
        units.currency_signs.extend(file.currency_signs.iter().filter_map(|sign| sign.chars().next()));
        units.currency_words.extend(words(&file.currency_words));
        units.percent_words.extend(words(&file.percent_words));
        units.duration_words.extend(words(&file.duration_words));
        units.term_words.extend(words(&file.term_words));
        units.credit_words.extend(words(&file.credit_words));
        units.clock_words.extend(words(&file.clock_words));
        units.counted_words.extend(words(&file.counted_words));
        units.weekdays.extend(words(&file.weekdays));
        units.day_halves.extend(words(&file.day_halves));
        units.when_words.extend(words(&file.when_words));
        units.numbers.extend(file.numbers.into_iter().map(|(word, number)| (fold(&word), number)));
        units.months.extend(words(&file.months));
        units.ambiguous_months.extend(words(&file.ambiguous_months));
        units.before_months.extend(words(&file.before_months));
        units.rates.extend(words(&file.rates));
        units.magnitudes.extend(words(&file.magnitudes));
        units.fractions.extend(file.fractions.iter().map(|phrase| words(phrase)));
        units.asked_rates.extend(words(&file.asked_rates));
        units.untold_rates.extend(words(&file.untold_rates));
        units.rate_groups.extend(file.rate_groups.iter().map(|group| words(group)));
        units.per.extend(file.per.iter().map(|phrase| words(phrase)));
        units.per.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    }

    pub(super) fn add_words(&mut self, file: WordsFile) {
        self.institutions.extend(terms(&file.institutions));
        self.deciding.extend(terms(&file.deciding));
        self.fee_words.extend(terms(&file.fee_words));
        self.partial_fees.extend(terms(&file.partial_fees));
        self.extremes.extend(terms(&file.extremes));
        file.orders.iter().for_each(|phrase| self.orders.insert(phrase, ()));
        // All files add to the same homes, which come first.
        if self.side_names.is_empty() {
            self.side_names.push(Vec::new());
        }
        self.add_sides(HOMES, &[file.outside, file.inside]);
        for sides in &file.opposites {
            self.side_names.push(Vec::new());
            self.add_sides(self.side_names.len() - 1, sides);
        }
        for entry in &file.superlatives {
            let mut says = Phrases::default();
            for asks in &entry.asks {
                self.superlatives.insert(asks, self.superlative_says.len());
                says.insert(asks, ());
            }
            entry.says.iter().for_each(|said| says.insert(said, ()));
            self.superlative_says.push(says);
        }
        self.workplaces.extend(terms(&file.workplaces));
        let lists = &mut self.words;
        lists.stop.extend(words(&file.stop));
        lists.light.extend(words(&file.light));
        lists.pronouns.extend(words(&file.pronouns));
        for (list, text) in lists.ordinals.iter_mut().zip([file.first, file.second, file.third]) {
            list.extend(words(&text));
        }
        lists.negations.extend(words(&file.negations));
        lists.yes_no.extend(words(&file.yes_no));
        lists.past.extend(words(&file.past));
        lists.second_person.extend(words(&file.second_person));
        lists.indefinite.extend(words(&file.indefinite));
        lists.leaning.extend(words(&file.leaning));
        lists.definite.extend(words(&file.definite));
        lists.person_endings.extend(words(&file.person_endings));
        lists.not_persons.extend(words(&file.not_persons));
        lists.shorthand.extend(file.shorthand);
        lists.hollow.extend(words(&file.hollow));
        lists.derivations.extend(words(&file.derivations));
        lists.suffixes.extend(words(&file.suffixes));
        lists.meaning.extend(words(&file.meaning));
        lists.defining.extend(words(&file.defining));
        lists.reporting.extend(words(&file.reporting));
        lists.people.extend(words(&file.people));
        lists.unknowing.extend(words(&file.unknowing));
        lists.hedges.extend(words(&file.hedges));
        lists.follow_ups.extend(words(&file.follow_ups));
        lists.follow_up_pairs.extend(file.follow_up_pairs.iter().map(|pair| words(pair)));
        lists.openers.extend(words(&file.openers));
        lists.leading_up.extend(words(&file.leading_up));
        lists.placing.extend(words(&file.placing));
        lists.connectors.extend(words(&file.connectors));
        lists.joining.extend(words(&file.joining));
        lists.exclusive.extend(words(&file.exclusive));
        lists.typical.extend(words(&file.typical));
        lists.comparing.extend(words(&file.comparing));
        lists.modal.extend(words(&file.modal));
        lists.question_words.extend(words(&file.question_words));
        lists.first_person.extend(words(&file.first_person));
        lists.asked_of.extend(words(&file.asked_of));
        lists.parting.extend(words(&file.parting));
        lists.joining_lists.extend(words(&file.joining_lists));
        lists.designated.extend(words(&file.designated));
        lists.seasons.extend(words(&file.seasons));
        lists.ranks.extend(words(&file.ranks));
    }

    pub(super) fn add_attributes(&mut self, file: AttributesFile) -> Result<(), String> {
        for entry in file.attribute {
            [&entry.words, &entry.asks, &entry.evidence].into_iter().for_each(|phrases| self.know(phrases));
            let id = match self.attribute(&entry.name) {
                Some(id) => id,
                None if self.attributes.len() >= MAX_ATTRIBUTES => {
                    return Err(format!(
                        "attribute \"{}\" is one too many: there may be {MAX_ATTRIBUTES}. Extend one that exists.",
                        entry.name
                    ));
                }
                None => {
                    let label = entry.label.clone().unwrap_or_else(|| entry.name.clone());
                    let called = entry.words.first().unwrap_or(&label).clone();
                    self.attributes.push(Attribute {
                        name: entry.name.clone(),
                        label,
                        called,
                        expects: Vec::new(),
                        about_people: false,
                        described: false,
                        literal: false,
                        own_figures: false,
                        leads: false,
                        places: false,
                        coded: false,
                        implies: Vec::new(),
                    });
                    self.attributes.len() - 1
                }
            };
            if let Some(attribute) = self.attributes.get_mut(id) {
                attribute.implies.extend(entry.implies);
                attribute.described |= entry.described;
                attribute.literal |= entry.literal;
                attribute.own_figures |= entry.own_figures;
                attribute.leads |= entry.leads;
                attribute.places |= entry.places;
                attribute.coded |= entry.coded;
            }
            match entry.about.as_deref() {
                None => {}
                Some("people") => {
                    if let Some(attribute) = self.attributes.get_mut(id) {
                        attribute.about_people = true;
                    }
                }
                Some(other) => {
                    return Err(format!(
                        "attribute \"{}\" is about \"{other}\". Use \"people\" or leave `about` out.",
                        entry.name
                    ));
                }
            }
            for word in &entry.expects {
                let expect = expect_of(word).ok_or_else(|| {
                    format!(
                        "attribute \"{}\" expects \"{word}\", which is no kind of value. Use money, percent, count, \
                         duration, hours, \
                         year, date, time, list, name or someone.",
                        entry.name
                    )
                })?;
                if let Some(attribute) = self.attributes.get_mut(id)
                    && !attribute.expects.contains(&expect)
                {
                    attribute.expects.push(expect);
                }
            }
            entry.words.iter().for_each(|phrase| self.attribute_words.insert(phrase, id));
            entry.asks.iter().for_each(|phrase| self.attribute_asks.insert(phrase, id));
            entry.evidence.iter().for_each(|phrase| self.attribute_evidence.insert(phrase, id));
        }
        Ok(())
    }

    pub(super) fn add_frames(&mut self, file: FramesFile) -> Result<(), String> {
        for entry in file.frame {
            self.know(&entry.patterns);
            let kind = frame_kind_of(&entry.kind).ok_or_else(|| {
                format!(
                    "\"{}\" is no kind of question. Use abbreviation, comparison, definition, who, when, count, \
                     money, percent, list or how.",
                    entry.kind
                )
            })?;
            entry.patterns.iter().for_each(|phrase| self.frames.insert(phrase, kind));
        }
        Ok(())
    }

    pub(super) fn add_synonyms(&mut self, file: SynonymsFile) -> Result<(), String> {
        let groups = file.groups.into_iter().map(|group| (group, false));
        for (group, loose) in groups.chain(file.loose.into_iter().map(|group| (group, true))) {
            if group.len() < 2 {
                return Err(format!(
                    "the group {group:?} has fewer than two words. Add its synonyms or remove it."
                ));
            }
            self.know(&group);
            let id = self.synonyms.len();
            group.iter().for_each(|phrase| self.synonym_phrases.insert(phrase, id));
            let members = group.iter().map(|phrase| stems(phrase)).collect();
            self.synonyms.push(Synonyms { loose, members });
        }
        Ok(())
    }

    /// Sides of which one excludes the others.
    fn add_sides(&mut self, group: usize, sides: &[Vec<String>]) {
        for (side, phrases) in sides.iter().enumerate() {
            phrases.iter().for_each(|phrase| self.sides.insert(phrase, (group, side)));
        }
        if let Some(names) = self.side_names.get_mut(group).filter(|names| names.is_empty()) {
            names.extend(sides.iter().map(|phrases| phrases.first().cloned().unwrap_or_default()));
        }
    }

    pub(super) fn add_levels(&mut self, file: LevelsFile) {
        for entry in file.level {
            self.know(&entry.words);
            let known = self.levels.iter().position(|level| level.name == entry.name);
            let id = known.unwrap_or_else(|| {
                self.levels.push(Level { name: entry.name.clone() });
                self.levels.len() - 1
            });
            entry.words.iter().for_each(|phrase| self.level_words.insert(phrase, id));
            let letters = entry.letters.iter().chain(&entry.specific);
            self.letter_levels.extend(letters.clone().map(|letters| (term_id(&fold(letters)), id)));
            self.level_letters.extend(letters.map(|letters| (fold(letters), id)));
            self.specific_letters.extend(entry.specific.iter().map(|letters| fold(letters)));
        }
    }

    pub(super) fn add_places(&mut self, file: PlacesFile) {
        for name in file.states {
            self.know(std::slice::from_ref(&name));
            self.states.insert(&name, self.state_names.len());
            self.state_names.push(name);
        }
        self.state_letters.extend(file.letters);
        self.words.before_letters.extend(words(&file.before_letters));
    }
}

fn words(text: &str) -> Vec<String> {
    let mut seen = HashSet::default();
    tokens(text).into_iter().map(|token| token.word).filter(|word| seen.insert(word.clone())).collect()
}

fn stems(phrase: &str) -> Vec<(String, Term)> {
    tokens(phrase)
        .into_iter()
        .map(|token| stem(&token.word))
        .map(|stem| {
            let term = term_id(&stem);
            (stem, term)
        })
        .collect()
}

fn expect_of(word: &str) -> Option<Expect> {
    Some(match word {
        "money" => Expect::Money,
        "percent" => Expect::Percent,
        "count" => Expect::Count,
        "duration" => Expect::Duration,
        "hours" => Expect::Hours,
        "year" => Expect::Year,
        "date" => Expect::Date,
        "time" => Expect::Time,
        "list" => Expect::List,
        "name" => Expect::Name,
        "someone" => Expect::Someone,
        _ => return None,
    })
}

fn frame_kind_of(word: &str) -> Option<FrameKind> {
    Some(match word {
        "abbreviation" => FrameKind::Abbreviation,
        "comparison" => FrameKind::Comparison,
        "definition" => FrameKind::Definition,
        "who" => FrameKind::Who,
        "when" => FrameKind::When,
        "count" => FrameKind::Count,
        "money" => FrameKind::Money,
        "percent" => FrameKind::Percent,
        "list" => FrameKind::List,
        "how" => FrameKind::How,
        _ => return None,
    })
}
