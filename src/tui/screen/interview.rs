//! Before a mock interview: how long, how hard, typed or aloud. Enter takes what is there.

use crate::card::Level;
use crate::interview::{Length, Plan, Sitting, Step, Wishes};
use crate::safe;
use crate::text::{Safe, count};
use crate::tui::event::{Desk, Effect, Event, Route, Screen, Wanted};
use crate::tui::keys::{Bind, Hint, find, hints};
use crate::tui::paint::{Canvas, Row};
use crate::tui::theme::Role;
use crate::tui::widget::markdown;
use crate::tui::widget::scenario::{ROOMY, measure};
use crate::tui::widget::scroll::Scroll;
use crate::workspace::Draft;

/// The column in which values begin.
const VALUE: usize = 12;

/// So many draws can be asked for by number: few enough to be typed again.
const SEEDS: u64 = 1_000_000;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Action {
    Begin,
    GoOn,
    New,
    Up,
    Down,
    Less,
    More,
    Home,
}

const SETTING: &[Bind<Action>] = &[
    Bind { action: Action::Begin, keys: &["enter", "space"], word: "begin", help: "begin with the first question" },
    Bind { action: Action::Down, keys: &["down", "j"], word: "choose", help: "the line below" },
    Bind { action: Action::Up, keys: &["up", "k"], word: "", help: "the line above" },
    Bind { action: Action::More, keys: &["right", "l", "tab"], word: "change", help: "the next value" },
    Bind { action: Action::Less, keys: &["left", "h"], word: "", help: "the value before" },
];

const LEFT: &[Bind<Action>] = &[
    Bind { action: Action::GoOn, keys: &["enter", "space"], word: "go on", help: "go on where it was left" },
    Bind {
        action: Action::New,
        keys: &["n"],
        word: "new one",
        help: "set up a new one; the other is dropped when it begins",
    },
];

const ALWAYS: &[Bind<Action>] =
    &[Bind { action: Action::Home, keys: &["esc", "q"], word: "home", help: "back to the decks" }];

pub struct SetUp {
    wanted: Wanted,
    title: Safe,
    length: Length,
    wishes: Wishes,
    /// The line that left and right change.
    line: usize,
    plan: Plan,
    seed: u64,
    /// One that was left, and can go on.
    left: Option<Box<Sitting>>,
}

impl SetUp {
    pub fn open(wanted: Wanted, desk: &Desk) -> SetUp {
        let title = match wanted.decks.as_slice() {
            [one] => desk.workspace.library.shelf(one).map_or_else(|| safe!("{one}"), |shelf| shelf.title.line()),
            _ => Safe::from("all decks"),
        };
        let draft = Draft::interview().read(&desk.workspace.paths.data);
        let left = draft.and_then(|draft| Sitting::read(&draft)).map(Box::new);
        let length = wanted.length.unwrap_or_default();
        let wishes = Wishes { decks: wanted.decks.clone(), level: None, has_probes: true, is_spoken: wanted.is_spoken };
        let seed = wanted.seed.unwrap_or(desk.fresh.0.as_u128() as u64 % SEEDS);
        let plan = Plan::draw(&[], length, seed, desk.now.day);
        let mut screen = SetUp { wanted, title, length, wishes, line: 0, plan, seed, left };
        screen.draw_questions(desk);
        screen
    }

    fn draw_questions(&mut self, desk: &Desk) {
        let pool = desk.workspace.interview_pool(&self.wanted.decks, self.wishes.level, desk.now.day);
        self.plan = Plan::draw(&pool, self.length, self.seed, desk.now.day);
    }

    fn tables(&self) -> [&'static [Bind<Action>]; 2] {
        [if self.left.is_some() { LEFT } else { SETTING }, ALWAYS]
    }

    fn act(&mut self, action: Action, desk: &Desk) -> Vec<Effect> {
        match action {
            Action::Begin if self.plan.questions.is_empty() => {}
            Action::Begin => {
                let sitting = Sitting::begin(self.plan.clone(), self.wishes.clone(), desk.now.at);
                return vec![Effect::Become(Route::Mock(Box::new(sitting)))];
            }
            Action::GoOn => {
                return self.left.take().map(|left| Effect::Become(Route::Mock(left))).into_iter().collect();
            }
            Action::New => self.left = None,
            Action::Up => self.line = self.line.saturating_sub(1),
            Action::Down => self.line = (self.line + 1).min(self.lines().len() - 1),
            Action::Less => self.change(-1, desk),
            Action::More => self.change(1, desk),
            Action::Home => return vec![Effect::Back],
        }
        Vec::new()
    }

    fn change(&mut self, by: isize, desk: &Desk) {
        let step = |at: usize, of: usize| (at as isize + by).rem_euclid(of as isize) as usize;
        match self.line {
            0 => {
                let at = Length::ALL.iter().position(|length| *length == self.length).unwrap_or(0);
                self.length = Length::ALL[step(at, Length::ALL.len())];
            }
            1 => {
                let at = self.wishes.level.map_or(0, |level| level as usize + 1);
                self.wishes.level = step(at, Level::ALL.len() + 1).checked_sub(1).map(|at| Level::ALL[at]);
            }
            2 => self.wishes.is_spoken ^= true,
            _ => self.wishes.has_probes ^= true,
        }
        self.draw_questions(desk);
    }

    /// Each setting with its values and the one that is chosen.
    fn lines(&self) -> Vec<(&'static str, Vec<Safe>, usize)> {
        let lengths = Length::ALL.map(|length| safe!("{} min", length.minutes())).to_vec();
        let length = Length::ALL.iter().position(|length| *length == self.length).unwrap_or(0);
        let levels = std::iter::once("all").chain(Level::ALL.map(Level::word)).map(Safe::from).collect();
        let words = |words: [&'static str; 2]| words.map(Safe::from).to_vec();
        let mut lines = vec![
            ("length", lengths, length),
            ("level up to", levels, self.wishes.level.map_or(0, |level| level as usize + 1)),
            ("answers", words(["typed", "said aloud"]), usize::from(self.wishes.is_spoken)),
        ];
        if self.length.has_probes() && !self.wishes.is_spoken {
            lines.push(("follow-ups", words(["on", "off"]), usize::from(!self.wishes.has_probes)));
        }
        lines
    }

    fn rows(&self, columns: usize, desk: &Desk) -> Vec<Row> {
        if let Some(left) = &self.left {
            return unfinished(left, columns);
        }
        let mut rows = vec![Row::of(Role::Title, self.head()), Row::new()];
        for (at, (name, values, chosen)) in self.lines().into_iter().enumerate() {
            let is_here = at == self.line;
            let lead = Row::of(Role::Accent, if is_here { "❯ " } else { "  " });
            let name_role = if is_here { Role::Text } else { Role::Quiet };
            let mut row = lead.and(name_role, name).to(VALUE + 3);
            for (value_at, value) in values.into_iter().enumerate() {
                row = match (value_at == chosen, desk.has_color) {
                    (true, true) => row.gap(1).and(if is_here { Role::Accent } else { Role::Strong }, value).gap(2),
                    (true, false) => row.and(Role::Strong, safe!("[{value}]")).gap(2),
                    (false, _) => row.gap(1).and(Role::Quiet, value).gap(2),
                };
            }
            rows.push(row);
        }
        rows.push(Row::new());
        rows.extend(self.notes().iter().flat_map(|note| markdown::plain(note, columns, Role::Quiet)));
        rows
    }

    fn head(&self) -> Safe {
        match self.plan.questions.len() {
            0 => Safe::from("There is no question to ask."),
            number => safe!("{} in {} minutes.", count(number as u64, "question", "questions"), self.length.minutes()),
        }
    }

    /// What the learner should know before it begins.
    fn notes(&self) -> Vec<Safe> {
        let mut notes = Vec::new();
        if self.plan.missing() > 0 {
            let why = if self.plan.resting > 0 {
                safe!(
                    " {} asked within three days and rest.",
                    count(self.plan.resting as u64, "question was", "questions were")
                )
            } else {
                Safe::from(" Only questions with key points are asked.")
            };
            notes.push(safe!("There are fewer questions than fit, so it is shorter.{why}"));
        }
        if self.plan.unlearnt > 0 {
            let new = match self.plan.unlearnt {
                all if all == self.plan.questions.len() => Safe::from("You have recalled none of them yet."),
                1 => Safe::from("You have not recalled one of them yet."),
                some => safe!("You have not recalled {some} of them yet."),
            };
            notes.push(safe!("{new} That is fine: skip what you do not know."));
        }
        notes.push(Safe::from(
            "No marks are shown until the end. Everything you write is kept, even if the power goes.",
        ));
        notes
    }
}

fn unfinished(left: &Sitting, columns: usize) -> Vec<Row> {
    let mut rows = vec![Row::of(Role::Title, "An interview is not finished."), Row::new()];
    let words = match left.asked() {
        Some((_, number)) => safe!(
            "It waits at question {number} of {}, with {} left and every word you wrote.",
            left.plan.questions.len(),
            super::mock::minutes(left.clock.left())
        ),
        None if left.step() == Step::Over => {
            Safe::from("All is answered. The scorecard waits, and nothing is on record yet.")
        }
        None => Safe::from("It waits where you left it."),
    };
    rows.extend(markdown::plain(&words, columns, Role::Text));
    rows
}

impl Screen for SetUp {
    fn title(&self, _: &Desk) -> (Row, Row) {
        let left = Row::of(Role::Title, "Mock interview").and(Role::Quiet, " · ").and(Role::Text, &self.title);
        (left, Row::new())
    }

    fn view(&self, canvas: &mut Canvas, desk: &Desk) {
        let (columns, rows) = (canvas.columns(), canvas.rows());
        let top = usize::from(rows > ROOMY) * 2;
        let shown = self.rows(measure(columns), desk);
        Scroll::default().draw(&shown, 3, &mut canvas.part(0, top, columns, rows.saturating_sub(top)));
    }

    fn update(&mut self, event: &Event, desk: &Desk) -> Vec<Effect> {
        let Event::Key(chord) = event else { return Vec::new() };
        let action = self.tables().into_iter().find_map(|table| find(table, *chord));
        action.map_or_else(Vec::new, |action| self.act(action, desk))
    }

    fn hints(&self) -> Vec<Hint> {
        self.tables().into_iter().flat_map(hints).collect()
    }
}
