//! A field with its award behind it, as catalogs write it: "Rigging, Associate of Applied Science".

use super::naming::{Named, Words};
use super::words::{level_of_letters, singular};
use crate::lexicon::Lexicon;
use crate::lexicon::lookup::NameKind;
use crate::text::one_line;

/// "Rigging, Associate of Applied Science", "Rigging, A.A.S.", "Rigging, Certificate": a field with its award behind it.
pub(super) fn awarded(base: &str, letters: Option<&str>, lexicon: &Lexicon) -> Option<Named> {
    let (field, award) = base.rsplit_once(',').map(|(field, award)| (field.trim(), award.trim()))?;
    let (of_field, of_award) = (Words::of(field, lexicon)?, Words::of(award, lexicon)?);
    let level =
        level_of_letters(award, lexicon).or_else(|| of_award.level_at(0).filter(|_| of_award.is_level(0)));
    let count = of_award.tokens.len();
    let plain = (0..count).all(|index| {
        of_award.joins(index)
            || of_award.level_at(index).is_some()
            || lexicon.lookup.awards.contains(singular(of_award.word(index)))
            || lexicon.lookup.programs.contains(of_award.word(index))
    });
    let letters_only = count == 1 && level_of_letters(award, lexicon).is_some();
    let kinded = lexicon.lookup.programs.contains(of_award.word(0));
    let core = of_field.carrying(0, of_field.tokens.len());
    ((level.is_some() || kinded) && (plain || letters_only) && !core.is_empty()).then(|| Named {
        kind: NameKind::Program,
        name: one_line(if letters_only { base } else { base.trim_end_matches('.') }),
        letters: letters.filter(|letters| level_of_letters(letters, lexicon).is_none()).map(str::to_owned),
        level,
        award: of_award.slice(0, count),
        field: Some(field.to_owned()),
        core,
    })
}
