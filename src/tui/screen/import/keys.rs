//! The keys of the import.

use crate::tui::keys::Bind;

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Action {
    Accept,
    AcceptAll,
    Edit,
    Drop,
    Back,
    Again,
    Up,
    Down,
    PageUp,
    PageDown,
    Leave,
}

pub const DECIDING: &[Bind<Action>] = &[
    Bind { action: Action::Accept, keys: &["enter", "y"], word: "accept", help: "accept the card, and show the next" },
    Bind { action: Action::Edit, keys: &["e"], word: "edit", help: "edit the card in your editor" },
    Bind { action: Action::Drop, keys: &["x"], word: "drop", help: "drop the card, and show the next" },
    Bind { action: Action::Back, keys: &["b"], word: "back", help: "the card before" },
    Bind {
        action: Action::AcceptAll,
        keys: &["A"],
        word: "accept all",
        help: "accept this one and all that follow, but for those that were dropped",
    },
    Bind { action: Action::Leave, keys: &["esc"], word: "leave", help: "leave; nothing is written" },
];

pub const FAILED: &[Bind<Action>] = &[
    Bind { action: Action::Again, keys: &["enter"], word: "try again", help: "write the cards once more" },
    Bind { action: Action::Back, keys: &["b"], word: "back", help: "back to the cards, which are as you left them" },
    Bind { action: Action::Leave, keys: &["esc"], word: "leave", help: "leave; nothing is written" },
];

pub const DROPPED: &[Bind<Action>] = &[
    Bind { action: Action::Leave, keys: &["enter", "esc", "q"], word: "done", help: "leave; nothing is written" },
    Bind { action: Action::Back, keys: &["b"], word: "back", help: "back to the cards" },
];

pub const DONE: &[Bind<Action>] =
    &[Bind { action: Action::Leave, keys: &["enter", "esc", "q"], word: "done", help: "leave" }];

pub const PAGES: &[Bind<Action>] = &[
    Bind { action: Action::Down, keys: &["down", "j"], word: "", help: "a line down" },
    Bind { action: Action::Up, keys: &["up", "k"], word: "", help: "a line up" },
    Bind { action: Action::PageDown, keys: &["pgdn", "space"], word: "", help: "a page down" },
    Bind { action: Action::PageUp, keys: &["pgup"], word: "", help: "a page up" },
];
