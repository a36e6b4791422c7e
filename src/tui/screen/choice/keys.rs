//! What can be done at each place of a round.

use crate::tui::keys::Bind;

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Action {
    Why,
    Level,
    Own,
    Skip,
    ChooseUp,
    ChooseDown,
    PickChosen,
    Next,
    Twin,
    Detail,
    Disagree,
    Again,
    Rapid,
    Up,
    Down,
    PageUp,
    PageDown,
    Close,
    Home,
}

const HOME: Bind<Action> =
    Bind { action: Action::Home, keys: &["esc"], word: "home", help: "leave the round; every answer is on disk" };
const OWN: Bind<Action> =
    Bind { action: Action::Own, keys: &["o"], word: "your own", help: "write a scenario of your own" };

pub const LEVELS: &[Bind<Action>] =
    &[Bind { action: Action::Level, keys: &["l"], word: "level", help: "a new round at the other level" }];

pub const ASKING: &[Bind<Action>] = &[
    Bind { action: Action::Why, keys: &["w"], word: "why", help: "type in one line what decides, before you pick" },
    OWN,
];

pub const SKIPPING: &[Bind<Action>] =
    &[Bind { action: Action::Skip, keys: &["x"], word: "skip", help: "ask this scenario when the others are done" }];

pub const CHOOSING: &[Bind<Action>] = &[
    Bind { action: Action::ChooseDown, keys: &["down"], word: "", help: "the label below" },
    Bind { action: Action::ChooseUp, keys: &["up"], word: "", help: "the label above" },
    Bind { action: Action::PickChosen, keys: &["enter"], word: "", help: "pick the chosen label" },
    HOME,
];

pub const NEXT: &[Bind<Action>] =
    &[Bind { action: Action::Next, keys: &["enter", "space", "n"], word: "next", help: "the next scenario" }];

pub const TWIN: &[Bind<Action>] = &[Bind {
    action: Action::Twin,
    keys: &["c"],
    word: "near twin",
    help: "the near twin, with what makes the difference",
}];

pub const DETAIL: &[Bind<Action>] = &[Bind {
    action: Action::Detail,
    keys: &["p"],
    word: "in practice",
    help: "what it looks like in practice, such as a policy, and what the label means",
}];

pub const ANSWERED: &[Bind<Action>] = &[
    Bind { action: Action::Why, keys: &["w"], word: "why", help: "type in one line what decides" },
    Bind { action: Action::Disagree, keys: &["d"], word: "disagree", help: "keep that you would label it otherwise" },
    OWN,
    HOME,
];

pub const ROWS: &[Bind<Action>] = &[
    Bind { action: Action::Down, keys: &["down", "j"], word: "", help: "a line down" },
    Bind { action: Action::Up, keys: &["up", "k"], word: "", help: "a line up" },
];

pub const PAGES: &[Bind<Action>] = &[
    Bind { action: Action::PageDown, keys: &["pgdn"], word: "", help: "a page down" },
    Bind { action: Action::PageUp, keys: &["pgup"], word: "", help: "a page up" },
];

pub const READING: &[Bind<Action>] =
    &[Bind { action: Action::Close, keys: &["enter", "space", "esc"], word: "back", help: "back to the verdict" }];

pub const TYPING: &[Bind<Action>] =
    &[Bind { action: Action::Close, keys: &["enter", "esc"], word: "done", help: "done; the reason stays as it is" }];

pub const DISAGREEING: &[Bind<Action>] =
    &[Bind { action: Action::Close, keys: &["esc"], word: "back", help: "back to the verdict" }];

pub const ENDED: &[Bind<Action>] = &[
    Bind { action: Action::Again, keys: &["enter", "space", "n"], word: "another round", help: "another round" },
    Bind { action: Action::Rapid, keys: &["r"], word: "rapid", help: "twenty scenarios, one key each, timed" },
];

pub const LEAVING: &[Bind<Action>] = &[OWN, HOME];
