//! What can be done with the form of a card.

use crate::tui::keys::Bind;

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Action {
    Save,
    SaveAndNext,
    Editor,
    Next,
    Previous,
    Enter,
    NewLine,
    MoveUp,
    MoveDown,
    Weight,
    RemovePoint,
    Preview,
    Leave,
    CopyDeck,
    KeepMine,
    TakeTheirs,
    Back,
    Visit,
    Up,
    Down,
    PageUp,
    PageDown,
}

pub const FORM: &[Bind<Action>] = &[
    Bind { action: Action::Save, keys: &["ctrl-s"], word: "save", help: "write the card into its deck" },
    Bind { action: Action::Next, keys: &["tab"], word: "next field", help: "the next field" },
    Bind { action: Action::Previous, keys: &["backtab"], word: "", help: "the field before" },
    Bind { action: Action::Editor, keys: &["ctrl-e"], word: "$EDITOR", help: "write this field in your own editor" },
    Bind { action: Action::Preview, keys: &["alt-p"], word: "preview", help: "see the card as it is studied" },
    Bind {
        action: Action::Enter,
        keys: &["enter"],
        word: "",
        help: "the next field; in the answer, lists and the note a new line",
    },
    Bind { action: Action::NewLine, keys: &["alt-enter"], word: "", help: "begin a new line" },
];

pub const LEAVING: &[Bind<Action>] = &[Bind {
    action: Action::Leave,
    keys: &["esc"],
    word: "cancel",
    help: "leave the form; asks if anything was changed",
}];

/// On a new card.
pub const ADDING: &[Bind<Action>] = &[Bind {
    action: Action::SaveAndNext,
    keys: &["ctrl-n"],
    word: "save, next card",
    help: "write the card, and begin another one",
}];

/// On a point.
pub const POINT: &[Bind<Action>] = &[
    Bind { action: Action::MoveUp, keys: &["alt-up"], word: "", help: "move the point up" },
    Bind { action: Action::MoveDown, keys: &["alt-down"], word: "", help: "move the point down" },
    Bind {
        action: Action::Weight,
        keys: &["alt-w"],
        word: "weight",
        help: "weight: 1 nice to have, 2 expected, 3 the answer fails without it",
    },
    Bind {
        action: Action::RemovePoint,
        keys: &["alt-x"],
        word: "",
        help: "take the point out; so does erasing all of it",
    },
];

pub const PREVIEW: &[Bind<Action>] = &[
    Bind { action: Action::Back, keys: &["esc", "alt-p", "enter", "q"], word: "form", help: "back to the form" },
    Bind { action: Action::Down, keys: &["down", "j"], word: "", help: "a line down" },
    Bind { action: Action::Up, keys: &["up", "k"], word: "", help: "a line up" },
    Bind { action: Action::PageDown, keys: &["pgdn", "space"], word: "", help: "a page down" },
    Bind { action: Action::PageUp, keys: &["pgup"], word: "", help: "a page up" },
];

pub const COPYING: &[Bind<Action>] = &[
    Bind {
        action: Action::CopyDeck,
        keys: &["y", "enter"],
        word: "copy it",
        help: "copy the deck into your folder, and change the card there",
    },
    Bind { action: Action::Back, keys: &["n", "esc"], word: "leave it", help: "leave the deck as it is" },
];

pub const CONFLICT: &[Bind<Action>] = &[
    Bind {
        action: Action::KeepMine,
        keys: &["k"],
        word: "keep mine",
        help: "write your version over theirs; u takes it back",
    },
    Bind {
        action: Action::TakeTheirs,
        keys: &["t"],
        word: "take theirs",
        help: "go on with what the file says; yours is dropped",
    },
    Bind { action: Action::Back, keys: &["esc"], word: "back to the form", help: "nothing is written yet" },
    Bind { action: Action::Down, keys: &["down"], word: "", help: "a line down" },
    Bind { action: Action::Up, keys: &["up"], word: "", help: "a line up" },
];

pub const ELSEWHERE: &[Bind<Action>] = &[
    Bind {
        action: Action::Visit,
        keys: &["enter", "e"],
        word: "$EDITOR",
        help: "open the deck in your editor, at this card",
    },
    Bind { action: Action::Back, keys: &["esc", "q"], word: "back", help: "back" },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_key_means_two_things_on_one_face() {
        let faces: [&[&[Bind<Action>]]; 5] =
            [&[FORM, LEAVING, ADDING, POINT], &[PREVIEW], &[COPYING], &[CONFLICT], &[ELSEWHERE]];
        for tables in faces {
            let mut seen = BTreeSet::new();
            for key in tables.iter().flat_map(|table| *table).flat_map(|bind| bind.keys) {
                assert!(seen.insert(key), "{key}");
            }
        }
    }
}
