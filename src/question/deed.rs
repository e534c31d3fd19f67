//! What a question takes for done: "when did it reopen" is answered by nothing that tells of no reopening.

use super::Role;
use super::terms::Word;
use super::understand::Reader;
use crate::lexicon::FrameKind;

impl Reader<'_> {
    /// The verb of "when did it reopen", "why was it withdrawn", "who replaced her", where no phrase of asking has it: what was done must
    /// be told, or the question assumes what never was.
    pub(super) fn deed(
        &self,
        words: &[Word],
        roles: &[Option<Role>],
        frame: Option<FrameKind>,
        reason: bool,
    ) -> Option<usize> {
        let lists = &self.lexicon.words;
        let second = words.get(1)?;
        let verb = |(at, word): &(usize, &Word)| {
            let light = roles.get(*at) == Some(&Some(Role::Light));
            let adverb = word.word.ends_with("ly");
            light && !word.token.capital && !adverb && lists.everyday.contains(&word.word)
        };
        if frame == Some(FrameKind::Who) {
            return (second.word.ends_with("ed") && verb(&(1, second))).then_some(1);
        }
        let past = (reason || frame == Some(FrameKind::When)) && lists.past.contains(&second.word);
        words.iter().enumerate().skip(2).filter(|_| past).find(verb).map(|(at, _)| at)
    }
}
