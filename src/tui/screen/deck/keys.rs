//! What can be done among the cards of a deck.

use crate::tui::keys::Bind;

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Action {
    Open,
    Filter,
    Edit,
    Editor,
    Add,
    Pause,
    Shift(isize),
    Carry,
    Delete,
    TakeBack,
    Problem,
    NextProblem,
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    Close,
    /// Goes on with what was asked: the filter is done, the deck is picked, the copy is wanted.
    Accept,
    Clear,
}

pub const LIST: &[Bind<Action>] = &[
    Bind {
        action: Action::Filter,
        keys: &["/"],
        word: "filter",
        help: "filter: words, tag:, level:, due, new, suspended, missed",
    },
    Bind { action: Action::Open, keys: &["enter", "space"], word: "open", help: "read the card" },
    Bind { action: Action::Edit, keys: &["e"], word: "edit", help: "change the card in a form" },
    Bind { action: Action::Add, keys: &["a"], word: "add", help: "write a new card" },
    Bind {
        action: Action::Delete,
        keys: &["x", "delete"],
        word: "delete",
        help: "twice: take the card out of its deck; u brings it back",
    },
    Bind { action: Action::Pause, keys: &["p", "!"], word: "pause", help: "suspend the card, or resume it" },
    Bind {
        action: Action::Carry,
        keys: &["m"],
        word: "move",
        help: "move the card to another deck, its reviews go along",
    },
    Bind {
        action: Action::Shift(1),
        keys: &["alt-down", "J"],
        word: "",
        help: "move the card one place down in its deck",
    },
    Bind {
        action: Action::Shift(-1),
        keys: &["alt-up", "K"],
        word: "",
        help: "move the card one place up in its deck",
    },
    Bind { action: Action::Editor, keys: &["E"], word: "", help: "open the deck in your editor, at this card" },
    Bind {
        action: Action::Problem,
        keys: &["g"],
        word: "",
        help: "open the deck in your editor, at the problem that is shown",
    },
    Bind { action: Action::NextProblem, keys: &["n"], word: "", help: "show the next problem" },
    Bind {
        action: Action::TakeBack,
        keys: &["U"],
        word: "",
        help: "undo the newest change of a deck file, also after a restart",
    },
    Bind { action: Action::Down, keys: &["down", "j"], word: "", help: "the card below" },
    Bind { action: Action::Up, keys: &["up", "k"], word: "", help: "the card above" },
    Bind { action: Action::PageDown, keys: &["pgdn"], word: "", help: "a page down" },
    Bind { action: Action::PageUp, keys: &["pgup"], word: "", help: "a page up" },
    Bind { action: Action::First, keys: &["home"], word: "", help: "the first card" },
    Bind { action: Action::Last, keys: &["end", "G"], word: "", help: "the last card" },
    Bind { action: Action::Close, keys: &["esc", "q"], word: "back", help: "lift the filter; back" },
];

pub const READING: &[Bind<Action>] = &[
    Bind { action: Action::Close, keys: &["esc", "enter", "q"], word: "list", help: "back to the list" },
    Bind { action: Action::Edit, keys: &["e"], word: "edit", help: "change the card in a form" },
    Bind { action: Action::Editor, keys: &["E"], word: "", help: "open the deck in your editor, at this card" },
    Bind { action: Action::Pause, keys: &["p", "!"], word: "pause", help: "suspend the card, or resume it" },
    Bind { action: Action::Down, keys: &["down", "j"], word: "", help: "a line down" },
    Bind { action: Action::Up, keys: &["up", "k"], word: "", help: "a line up" },
    Bind { action: Action::PageDown, keys: &["pgdn", "space"], word: "", help: "a page down" },
    Bind { action: Action::PageUp, keys: &["pgup"], word: "", help: "a page up" },
];

pub const FILTERING: &[Bind<Action>] = &[
    Bind { action: Action::Accept, keys: &["enter", "tab"], word: "done", help: "keep the filter, and choose a card" },
    Bind { action: Action::Down, keys: &["down"], word: "", help: "the card below" },
    Bind { action: Action::Up, keys: &["up"], word: "", help: "the card above" },
    Bind { action: Action::Clear, keys: &["esc"], word: "clear", help: "all cards again" },
];

pub const CARRYING: &[Bind<Action>] = &[
    Bind { action: Action::Accept, keys: &["enter"], word: "move it there", help: "move the card to the chosen deck" },
    Bind { action: Action::Down, keys: &["down", "j"], word: "choose", help: "the deck below" },
    Bind { action: Action::Up, keys: &["up", "k"], word: "", help: "the deck above" },
    Bind { action: Action::Clear, keys: &["esc", "q"], word: "back", help: "leave the card where it is" },
];

pub const COPYING: &[Bind<Action>] = &[
    Bind { action: Action::Accept, keys: &["y", "enter"], word: "copy it", help: "copy the deck into your folder" },
    Bind { action: Action::Clear, keys: &["n", "esc"], word: "leave it", help: "leave the deck as it is" },
];
