//! The moderators' log: who did what to the corpus, when, and how it ended. People stand as mentions, which ping nobody;
//! times as Discord's own, which everybody sees in their time zone.

use super::button::{Button, ButtonAction};
use super::{Card, MAX_CONTENT, escape, units};
use crate::store::{AuditEntry, NOBODY, Report};
use crate::text::{cut_at_character, one_line};

/// Entries of one page.
pub const ENTRIES: usize = 10;
/// Pages beyond this are not offered.
const MAX_PAGES: u32 = 100;

/// One page, counted from 0. One entry more than [`ENTRIES`] says that there is another page.
pub fn log(entries: &[AuditEntry], page: u32, days: u32) -> Card {
    let mut content = match page {
        0 => "**What was done to the corpus**".to_owned(),
        page => format!("**What was done to the corpus** · page {}", page + 1),
    };
    if entries.is_empty() {
        content.push_str("\nNothing");
        content.push_str(if page == 0 { "." } else { " more." });
    }
    for entry in entries.iter().take(ENTRIES) {
        content.push_str(&line(entry));
    }
    let unit = if days == 1 { "day" } else { "days" };
    content.push_str(&format!("\n-# An entry is kept for {days} {unit}."));
    let older = (entries.len() > ENTRIES && page + 1 < MAX_PAGES).then(|| ("Older", page + 1));
    let newer = page.checked_sub(1).map(|page| ("Newer", page));
    let buttons = [newer, older].into_iter().flatten();
    let buttons =
        buttons.map(|(label, page)| Button { label: label.into(), action: ButtonAction::Log(page) });
    Card { content, buttons: buttons.collect(), ..Card::default() }
}

/// The newest builds, to stand below a status; nothing if there were none.
pub fn last_builds(entries: &[AuditEntry]) -> String {
    let builds: Vec<String> = entries.iter().filter(|entry| entry.deed.builds()).take(3).map(line).collect();
    if builds.is_empty() { String::new() } else { format!("\nLast builds:{}", builds.concat()) }
}

/// A result for the log channel: who it is of, and its buttons only where the moderator has no other way to them.
pub fn posted(card: &Card, moderator: u64, with_buttons: bool) -> Card {
    let by = format!("\n-# Begun by {}", who(moderator));
    let fits = units(&card.content) + units(&by) <= MAX_CONTENT;
    let content = if fits { format!("{}{by}", card.content) } else { card.content.clone() };
    let buttons = if with_buttons { card.buttons.clone() } else { Vec::new() };
    Card { content, buttons, ..Card::default() }
}

/// A result that could not be told when it was there.
pub fn kept_report(report: &Report) -> Card {
    let head = format!("Kept since <t:{}:f>, when it could not be told:\n", report.written_at);
    let fits = units(&report.content) + units(&head) <= MAX_CONTENT;
    Card::text(if fits { format!("{head}{}", report.content) } else { report.content.clone() })
}

fn line(entry: &AuditEntry) -> String {
    let about = escape(&cut_at_character(&one_line(&entry.about), 40));
    let about = if about.is_empty() { about } else { format!(" ({about})") };
    let (when, who, deed, ending) =
        (entry.done_at, who(entry.moderator), entry.deed.name(), entry.ending.name());
    format!("\n- <t:{when}:f> {who}: {deed}{about}: {ending}")
}

/// A moderator, or what takes up changes of the folder by itself.
fn who(moderator: u64) -> String {
    if moderator == NOBODY { "the folder's watcher".to_owned() } else { format!("<@{moderator}>") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::discord::{MAX_CONTENT, units};
    use crate::store::{Deed, Ending};

    fn entry(about: &str) -> AuditEntry {
        AuditEntry {
            event: 1,
            deed: Deed::Force,
            server: 2,
            moderator: u64::MAX,
            done_at: 1_700_000_000,
            about: about.to_owned(),
            ending: Ending::Busy,
        }
    }

    #[test]
    fn a_page_leads_to_its_neighbours_and_fits() {
        let many = vec![entry(&"*".repeat(200)); ENTRIES + 1];
        for (page, entries, expected) in [
            (0, &many[..], vec!["Older"]),
            (1, &many[..], vec!["Newer", "Older"]),
            (99, &many[..], vec!["Newer"]),
            (1, &many[1..], vec!["Newer"]),
            (0, &[][..], vec![]),
        ] {
            let card = log(entries, page, 180);
            assert!(units(&card.content) <= MAX_CONTENT, "{}", units(&card.content));
            let labels: Vec<&str> = card.buttons.iter().map(|button| button.label.as_ref()).collect();
            assert_eq!(labels, expected, "page {page}");
        }
    }

    #[test]
    fn what_is_posted_or_kept_fits_one_message_and_loses_nothing() {
        for length in [0, 1, MAX_CONTENT - 60, MAX_CONTENT - 20, MAX_CONTENT] {
            let content = "x".repeat(length);
            let report = Report { event: 1, server: 2, written_at: i64::MAX, content: content.clone() };
            for shown in [posted(&Card::text(&*content), u64::MAX, true), kept_report(&report)] {
                assert!(units(&shown.content) <= MAX_CONTENT && shown.content.contains(&content), "{length}");
            }
        }
        let by_itself = posted(&Card::text("Done."), NOBODY, false);
        assert_eq!(by_itself.content, "Done.\n-# Begun by the folder's watcher");
    }

    #[test]
    fn an_entry_says_who_what_when_and_how_it_ended() {
        expect_test::expect![[r"
            **What was done to the corpus**
            - <t:1700000000:f> <@18446744073709551615>: forced reindex (a\_b): another one was running
            - <t:1700000000:f> <@18446744073709551615>: forced reindex: another one was running
            -# An entry is kept for 1 day."]]
        .assert_eq(&log(&[entry("a_b"), entry("")], 0, 1).content);
        let nothing = log(&[], 0, 180).content;
        assert_eq!(nothing, "**What was done to the corpus**\nNothing.\n-# An entry is kept for 180 days.");
    }
}
