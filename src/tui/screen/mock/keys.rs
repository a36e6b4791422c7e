//! What can be done in a mock interview, and on its scorecard.

use crate::tui::keys::Bind;

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Action {
    Start,
    HandIn,
    NewLine,
    Editor,
    Hint,
    Skip,
    Pause,
    End,
    Leave,
    Rate,
    Erase,
    More,
    Less,
    Ticked,
    Up,
    Down,
    PageUp,
    PageDown,
    Walk,
    Next,
    Before,
    Edit,
    Flip(usize),
    OtherGrade,
    Structure(u8),
    Trend,
    Export,
    Record,
    Rehearse,
    Close,
    Help,
    Undo,
}

pub const THINKING: &[Bind<Action>] =
    &[Bind { action: Action::Start, keys: &["space", "enter"], word: "answer now", help: "begin to answer" }];

pub const WRITING: &[Bind<Action>] = &[
    Bind { action: Action::HandIn, keys: &["ctrl-s"], word: "hand in", help: "hand in what is written" },
    Bind { action: Action::NewLine, keys: &["enter"], word: "", help: "begin a new line" },
];

pub const SPEAKING: &[Bind<Action>] =
    &[Bind { action: Action::HandIn, keys: &["ctrl-s", "enter"], word: "done", help: "the answer is said" }];

pub const EDITING: &[Bind<Action>] =
    &[Bind { action: Action::Editor, keys: &["ctrl-e"], word: "", help: "write on in $VISUAL or $EDITOR" }];

pub const HINTING: &[Bind<Action>] = &[Bind {
    action: Action::Hint,
    keys: &["ctrl-t"],
    word: "hint",
    help: "a hint: first the area, then the first words; a hinted point counts a third",
}];

pub const GOING: &[Bind<Action>] = &[
    Bind { action: Action::Skip, keys: &["ctrl-n"], word: "skip", help: "leave it without an answer" },
    Bind { action: Action::Pause, keys: &["ctrl-p"], word: "pause", help: "stop the clock and hide the question" },
];

pub const LEAVING: &[Bind<Action>] = &[
    Bind { action: Action::End, keys: &["ctrl-q"], word: "end", help: "twice: end here; what was handed in is scored" },
    Bind { action: Action::Leave, keys: &["esc"], word: "leave", help: "leave; it goes on later at the same second" },
];

pub const PAUSED: &[Bind<Action>] = &[Bind {
    action: Action::Pause,
    keys: &["ctrl-p", "enter", "space"],
    word: "go on",
    help: "start the clock again",
}];

pub const RATING: &[Bind<Action>] = &[
    Bind { action: Action::Rate, keys: &["enter"], word: "go on", help: "go on, with the number or without one" },
    Bind { action: Action::More, keys: &["up", "right"], word: "more", help: "ten more" },
    Bind { action: Action::Less, keys: &["down", "left"], word: "less", help: "ten less" },
    Bind { action: Action::Erase, keys: &["backspace"], word: "", help: "take a digit back" },
];

pub const TICKING: &[Bind<Action>] =
    &[Bind { action: Action::Ticked, keys: &["enter"], word: "next", help: "all that was said is ticked" }];

pub const SCORE: &[Bind<Action>] = &[
    Bind { action: Action::Walk, keys: &["enter"], word: "answers", help: "go through the answers, with your words" },
    Bind {
        action: Action::Rehearse,
        keys: &["r"],
        word: "replay",
        help: "ask the weak two once more, without score or record",
    },
    Bind { action: Action::Trend, keys: &["t"], word: "trend", help: "this and the interviews before" },
    Bind { action: Action::Export, keys: &["x"], word: "export", help: "write it as Markdown and JSON" },
];

pub const STRUCTURE: &[Bind<Action>] = &[
    Bind { action: Action::Structure(0), keys: &["0"], word: "to 4 structure", help: "structure: a list of words" },
    Bind { action: Action::Structure(1), keys: &["1"], word: "", help: "structure: parts without order" },
    Bind { action: Action::Structure(2), keys: &["2"], word: "", help: "structure: order, and no summary" },
    Bind { action: Action::Structure(3), keys: &["3"], word: "", help: "structure: the answer first, then parts" },
    Bind { action: Action::Structure(4), keys: &["4"], word: "", help: "structure: and a trade-off or an example" },
];

pub const RECORD: &[Bind<Action>] = &[
    Bind { action: Action::Record, keys: &["s"], word: "put on record", help: "tell the schedule, one row an answer" },
    Bind { action: Action::Leave, keys: &["esc", "q"], word: "home", help: "put it on record, and back to the decks" },
    Bind { action: Action::Undo, keys: &["u"], word: "", help: "once on record: take the whole interview back" },
    Bind { action: Action::Help, keys: &["?"], word: "keys", help: "all keys of this screen" },
];

pub const RECORDED: &[Bind<Action>] =
    &[Bind { action: Action::Leave, keys: &["esc", "q"], word: "home", help: "back to the decks" }];

/// Behind what was asked once more.
pub const REHEARSED: &[Bind<Action>] = &[
    Bind { action: Action::Leave, keys: &["esc", "q"], word: "scorecard", help: "back to the scorecard" },
    Bind { action: Action::Undo, keys: &["u"], word: "", help: "nothing of this is on record" },
    Bind { action: Action::Help, keys: &["?"], word: "keys", help: "all keys of this screen" },
];

pub const WALKING: &[Bind<Action>] = &[
    Bind { action: Action::Next, keys: &["enter", "right", "n"], word: "next", help: "the next answer" },
    Bind { action: Action::Before, keys: &["left", "b"], word: "before", help: "the answer before" },
    Bind {
        action: Action::Edit,
        keys: &["e"],
        word: "edit card",
        help: "change the card in a form, and come back here",
    },
];

pub const CORRECTING: &[Bind<Action>] = &[
    Bind { action: Action::Flip(0), keys: &["1"], word: "flip by number", help: "flip the first mark" },
    Bind { action: Action::Flip(1), keys: &["2"], word: "", help: "flip the second mark" },
    Bind { action: Action::Flip(2), keys: &["3"], word: "", help: "flip the third mark" },
    Bind { action: Action::Flip(3), keys: &["4"], word: "", help: "flip the fourth mark" },
    Bind { action: Action::Flip(4), keys: &["5"], word: "", help: "flip the fifth mark" },
    Bind { action: Action::Flip(5), keys: &["6"], word: "", help: "flip the sixth mark" },
    Bind { action: Action::Flip(6), keys: &["7"], word: "", help: "flip the seventh mark" },
    Bind { action: Action::Flip(7), keys: &["8"], word: "", help: "flip the eighth mark" },
    Bind { action: Action::Flip(8), keys: &["9"], word: "", help: "flip the ninth mark" },
    Bind { action: Action::Flip(9), keys: &["0"], word: "", help: "flip the tenth mark" },
    Bind { action: Action::OtherGrade, keys: &["g"], word: "grade", help: "another grade for the schedule" },
];

pub const CLOSING: &[Bind<Action>] =
    &[Bind { action: Action::Close, keys: &["esc"], word: "scorecard", help: "back to the scorecard" }];

pub const SCROLLING: &[Bind<Action>] = &[
    Bind { action: Action::Down, keys: &["down", "j"], word: "", help: "a line down" },
    Bind { action: Action::Up, keys: &["up", "k"], word: "", help: "a line up" },
    Bind { action: Action::PageDown, keys: &["pgdn"], word: "", help: "a page down" },
    Bind { action: Action::PageUp, keys: &["pgup"], word: "", help: "a page up" },
];
