//! The buttons under a card and their ids on Discord. An id says only what to do: everything else stands on the card.

/// A button under a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What it says.
    pub label: &'static str,
    /// What it does.
    pub action: ButtonAction,
}

/// What a button does; all else that it needs stands in the message it hangs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ButtonAction {
    /// Explains how the answer was found.
    Why,
    /// Shows a further page of the answer, counted from 0.
    More(usize),
}

/// Pages beyond this are not offered.
pub(super) const MAX_PAGES: usize = 20;

impl ButtonAction {
    /// The button's id on Discord; it survives a restart.
    pub fn id(&self) -> String {
        match self {
            Self::Why => "why".to_owned(),
            Self::More(page) => format!("more:{page}"),
        }
    }

    /// What an id means; `None` for one that this program never made.
    pub fn from_id(id: &str) -> Option<Self> {
        match id.split_once(':') {
            None if id == "why" => Some(Self::Why),
            Some(("more", page)) if page.len() <= 3 => {
                page.parse().ok().filter(|&page| page < MAX_PAGES).map(Self::More)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ButtonAction;

    #[test]
    fn only_our_own_button_ids_mean_something() {
        for action in [ButtonAction::Why, ButtonAction::More(0), ButtonAction::More(19)] {
            assert_eq!(ButtonAction::from_id(&action.id()), Some(action));
        }
        let hostile = [
            "",
            "why:",
            "why:1",
            "more",
            "more:",
            "more:-1",
            "more:20",
            "more:999999",
            "more:1:2",
            "WHY",
            "më:1",
        ];
        for id in hostile {
            assert_eq!(ButtonAction::from_id(id), None, "{id}");
        }
    }
}
