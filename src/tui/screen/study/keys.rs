//! What can be done at each place of a sitting.

use crate::review::Grade;
use crate::tui::keys::Bind;

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Action {
    Reveal,
    Type,
    ChooseUp,
    ChooseDown,
    PickChosen,
    Grade(Grade),
    Skip,
    Bury,
    Suspend,
    Reset,
    Edit,
    Up,
    Down,
    PageUp,
    PageDown,
    More,
    Home,
}

pub const ASKING: &[Bind<Action>] = &[
    Bind { action: Action::Reveal, keys: &["space", "enter"], word: "answer", help: "show the answer" },
    Bind { action: Action::Skip, keys: &["x"], word: "skip", help: "ask this card when the others are done" },
];

pub const TYPING: &[Bind<Action>] =
    &[Bind { action: Action::Type, keys: &["t"], word: "type it", help: "type the answer and have it marked" }];

/// While a label is to be picked, letters are labels.
pub const PICKING: &[Bind<Action>] = &[
    Bind { action: Action::Skip, keys: &["x"], word: "skip", help: "ask this card when the others are done" },
    Bind { action: Action::ChooseDown, keys: &["down"], word: "choose", help: "the label below" },
    Bind { action: Action::ChooseUp, keys: &["up"], word: "", help: "the label above" },
    Bind { action: Action::PickChosen, keys: &["enter"], word: "", help: "pick the chosen label" },
    Bind { action: Action::Suspend, keys: &["!"], word: "", help: "suspend: not again until resumed" },
    Bind { action: Action::Reset, keys: &["R"], word: "", help: "twice: forget its reviews and begin anew" },
    Bind { action: Action::PageDown, keys: &["pgdn"], word: "", help: "a page down" },
    Bind { action: Action::PageUp, keys: &["pgup"], word: "", help: "a page up" },
];

/// After a wrong pick, what is suggested is again.
pub const MISSED: &[Bind<Action>] = &[
    Bind {
        action: Action::Grade(Grade::Again),
        keys: &["space", "1", "enter"],
        word: "again",
        help: "again: missed it",
    },
    Bind { action: Action::Grade(Grade::Hard), keys: &["2"], word: "hard", help: "hard: nearly" },
    Bind { action: Action::Grade(Grade::Good), keys: &["3"], word: "good", help: "good: it was a slip of the finger" },
    Bind { action: Action::Grade(Grade::Easy), keys: &["4"], word: "easy", help: "easy: knew it at once" },
];

pub const GRADING: &[Bind<Action>] = &[
    Bind { action: Action::Grade(Grade::Good), keys: &["space", "3", "enter"], word: "good", help: "good: recalled" },
    Bind { action: Action::Grade(Grade::Again), keys: &["1"], word: "again", help: "again: forgot it" },
    Bind { action: Action::Grade(Grade::Hard), keys: &["2"], word: "hard", help: "hard: recalled, with effort" },
    Bind { action: Action::Grade(Grade::Easy), keys: &["4"], word: "easy", help: "easy: knew it at once" },
];

pub const CARD: &[Bind<Action>] = &[
    Bind { action: Action::Bury, keys: &["b"], word: "bury", help: "not again before tomorrow" },
    Bind { action: Action::Suspend, keys: &["!"], word: "", help: "suspend: not again until resumed" },
    Bind { action: Action::Reset, keys: &["R"], word: "", help: "twice: forget its reviews and begin anew" },
    Bind { action: Action::Edit, keys: &["e"], word: "edit", help: "change the card in a form, and come back here" },
    Bind { action: Action::Down, keys: &["down", "j"], word: "", help: "a line down" },
    Bind { action: Action::Up, keys: &["up", "k"], word: "", help: "a line up" },
    Bind { action: Action::PageDown, keys: &["pgdn"], word: "", help: "a page down" },
    Bind { action: Action::PageUp, keys: &["pgup"], word: "", help: "a page up" },
];

/// What there is to do with a short question beside answering it: it has no card of its own to set aside.
pub const POINT: &[Bind<Action>] = CARD.split_at(3).1;

pub const ENDED: &[Bind<Action>] = &[
    Bind { action: Action::Home, keys: &["enter", "space", "esc", "q"], word: "home", help: "back to the decks" },
    Bind { action: Action::More, keys: &["n"], word: "more new cards", help: "ten new cards beyond today's limit" },
];

pub const ALWAYS: &[Bind<Action>] =
    &[Bind { action: Action::Home, keys: &["esc"], word: "home", help: "back to the decks; nothing is lost" }];
