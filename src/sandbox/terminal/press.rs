//! `/press`, `/choose` and `/fill`: buttons, menus and forms by what stands on them.

use std::io::{self, Write};

use super::{Awaited, Conversation, card};
use crate::sandbox::observe::response;

impl<W: Write> Conversation<'_, W> {
    /// Presses the button, or chooses the line of the menu, whose label begins so.
    pub(super) async fn press(&mut self, label: &str) -> io::Result<()> {
        let Some(card) = self.card.clone() else {
            return writeln!(self.output, "No card with buttons has been shown yet.");
        };
        let buttons = card::labels(&card.components);
        let lines = card::choices(&card.components);
        let mut labels: Vec<&str> = buttons.iter().map(String::as_str).collect();
        labels.extend(lines.iter().map(|(_, label, _)| label.as_str()));
        let wanted = labels.iter().find(|known| known.to_lowercase().starts_with(&label.to_lowercase()));
        let wanted = wanted.filter(|label| !label.is_empty());
        let chosen = wanted.and_then(|wanted| lines.iter().find(|(_, label, _)| label == *wanted));
        let id = match (wanted.and_then(|label| card.button(label)), chosen) {
            (Some(custom_id), _) => self.sandbox.press(self.user, card.id, &custom_id),
            (None, Some((menu, _, value))) => self.sandbox.choose(self.user, card.id, menu, &[value]),
            (None, None) => {
                let known = labels.join(", ");
                return writeln!(self.output, "There is no such button on the last card. It has: {known}");
            }
        };
        self.answer(Awaited::Response(id)).await?;
        let form = response(&self.sandbox.lock(), id).filter(|response| response.kind == 9);
        if let Some(form) = form {
            self.form = Some(id);
            let line = &form.data["components"][0]["components"][0]["label"];
            let (title, line) =
                (form.data["title"].as_str().unwrap_or_default(), line.as_str().unwrap_or_default());
            writeln!(self.output, "(a form: {title}. {line} Fill it in with /fill TEXT)")?;
        }
        Ok(())
    }

    /// Fills in the first line of the form that was opened last, and sends it.
    pub(super) async fn fill(&mut self, text: &str) -> io::Result<()> {
        let form = self.form.take().and_then(|id| Some((id, response(&self.sandbox.lock(), id)?)));
        let Some((id, form)) = form else {
            return writeln!(self.output, "No form is open. A button such as [Ask on] opens one.");
        };
        let line = form.data["components"][0]["components"][0]["custom_id"].as_str().unwrap_or_default();
        let sent = self.sandbox.submit(id, &[(line, text)]);
        self.answer(Awaited::Response(sent)).await
    }
}
