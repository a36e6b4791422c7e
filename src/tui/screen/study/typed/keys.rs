//! What can be done while an answer is typed, rated, and marked.

use crate::review::Grade;
use crate::tui::keys::Bind;

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Action {
    HandIn,
    NewLine,
    NextGap,
    GapAbove,
    GapBelow,
    Editor,
    Rate(Option<u8>),
    Flip(usize),
    Accept,
    Grade(Grade),
    OtherGrade,
    Model,
    Probe,
    WriteOn,
    Up,
    Down,
    PageUp,
    PageDown,
    Back,
}

pub const WRITING: &[Bind<Action>] = &[
    Bind { action: Action::HandIn, keys: &["ctrl-s"], word: "hand in", help: "hand in: have it marked" },
    Bind { action: Action::Editor, keys: &["ctrl-e"], word: "editor", help: "write on in $VISUAL or $EDITOR" },
    Bind { action: Action::NewLine, keys: &["enter"], word: "", help: "begin a new line" },
    Bind { action: Action::Back, keys: &["esc"], word: "back", help: "back to the question; the draft is kept" },
];

/// While gaps are filled, enter goes to the next one.
pub const FILLING: &[Bind<Action>] = &[
    Bind {
        action: Action::NextGap,
        keys: &["enter"],
        word: "next gap",
        help: "the next gap; behind the last one, hand in",
    },
    Bind { action: Action::HandIn, keys: &["ctrl-s"], word: "hand in", help: "hand in: have the gaps marked" },
    Bind { action: Action::GapBelow, keys: &["tab", "down"], word: "", help: "the gap below" },
    Bind { action: Action::GapAbove, keys: &["backtab", "up"], word: "", help: "the gap above" },
    Bind { action: Action::Back, keys: &["esc"], word: "back", help: "back to the text; the draft is kept" },
];

pub const RATING: &[Bind<Action>] = &[
    Bind { action: Action::Rate(Some(10)), keys: &["1"], word: "no idea", help: "no idea: hardly anything of it" },
    Bind { action: Action::Rate(Some(40)), keys: &["2"], word: "shaky", help: "shaky: less than half of it" },
    Bind { action: Action::Rate(Some(70)), keys: &["3"], word: "fairly", help: "fairly sure: most of it" },
    Bind { action: Action::Rate(Some(95)), keys: &["4"], word: "certain", help: "certain: all of it" },
    Bind { action: Action::Rate(None), keys: &["enter", "space"], word: "skip", help: "do not say" },
    Bind { action: Action::Back, keys: &["esc"], word: "write on", help: "change what you wrote" },
];

pub const FLIPPING: &[Bind<Action>] = &[
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
];

const fn accept(word: &'static str, help: &'static str) -> [Bind<Action>; 1] {
    [Bind { action: Action::Accept, keys: &["enter"], word, help }]
}

/// The suggested grade on the most obvious key.
pub fn accepting(grade: Grade) -> &'static [Bind<Action>] {
    const AGAIN: &[Bind<Action>] = &accept("again", "take the suggested grade: again");
    const HARD: &[Bind<Action>] = &accept("hard", "take the suggested grade: hard");
    const GOOD: &[Bind<Action>] = &accept("good", "take the suggested grade: good");
    const EASY: &[Bind<Action>] = &accept("easy", "take the suggested grade: easy");
    match grade {
        Grade::Again => AGAIN,
        Grade::Hard => HARD,
        Grade::Good => GOOD,
        Grade::Easy => EASY,
    }
}

pub const OTHER: &[Bind<Action>] =
    &[Bind { action: Action::OtherGrade, keys: &["g"], word: "other grade", help: "give a grade of your own, 1 to 4" }];

pub const GRADING: &[Bind<Action>] = &[
    Bind { action: Action::Grade(Grade::Again), keys: &["1"], word: "again", help: "again: forgot it" },
    Bind { action: Action::Grade(Grade::Hard), keys: &["2"], word: "hard", help: "hard: recalled, with effort" },
    Bind { action: Action::Grade(Grade::Good), keys: &["3"], word: "good", help: "good: recalled" },
    Bind { action: Action::Grade(Grade::Easy), keys: &["4"], word: "easy", help: "easy: knew it at once" },
    Bind { action: Action::OtherGrade, keys: &["g"], word: "marks", help: "back to the marks" },
];

pub const PROBING: &[Bind<Action>] =
    &[Bind { action: Action::Probe, keys: &["p"], word: "probe", help: "ask about what was missed; again: the next" }];

pub const LOOKING: &[Bind<Action>] = &[
    Bind { action: Action::Model, keys: &["a"], word: "model answer", help: "the model answer, and back" },
    Bind { action: Action::WriteOn, keys: &["w"], word: "", help: "change what you wrote" },
    Bind { action: Action::Down, keys: &["down", "j"], word: "", help: "a line down" },
    Bind { action: Action::Up, keys: &["up", "k"], word: "", help: "a line up" },
    Bind { action: Action::PageDown, keys: &["pgdn"], word: "", help: "a page down" },
    Bind { action: Action::PageUp, keys: &["pgup"], word: "", help: "a page up" },
];

pub const LEAVING: &[Bind<Action>] =
    &[Bind { action: Action::Back, keys: &["esc"], word: "back", help: "back to the question; the draft is kept" }];
