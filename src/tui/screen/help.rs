//! The keys of the screen below: read, narrowed by typing, and pressed from here.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use crate::safe;
use crate::text::Safe;
use crate::tui::event::{Desk, Effect, Event, Screen};
use crate::tui::keys::{Bind, Chord, Hint, find, hints};
use crate::tui::paint::{Canvas, Row};
use crate::tui::theme::Role;

/// The column in which the meanings begin.
const MEANING: usize = 20;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Action {
    Press,
    Up,
    Down,
    Erase,
    Close,
}

const BINDS: &[Bind<Action>] = &[
    Bind { action: Action::Press, keys: &["enter"], word: "do it", help: "press the chosen key on the screen below" },
    Bind { action: Action::Up, keys: &["up", "ctrl-p"], word: "", help: "the line above" },
    Bind { action: Action::Down, keys: &["down", "ctrl-n"], word: "choose", help: "the line below" },
    Bind { action: Action::Erase, keys: &["backspace"], word: "", help: "take a letter back" },
    Bind { action: Action::Close, keys: &["esc", "f1"], word: "close", help: "back to the screen below" },
];

pub struct Help {
    known: Vec<Hint>,
    typed: String,
    chosen: usize,
}

impl Help {
    pub fn open(known: Vec<Hint>) -> Help {
        Help { known, typed: String::new(), chosen: 0 }
    }

    /// The hints that fit what was typed: a key by its exact name, or words by their letters, the best first.
    fn shown(&self) -> Vec<&Hint> {
        if self.typed.is_empty() {
            return self.known.iter().collect();
        }
        let matcher = SkimMatcherV2::default();
        let score = |hint: &Hint| match hint.keys.contains(&self.typed.as_str()) {
            true => Some(i64::MAX),
            false => matcher.fuzzy_match(hint.help, &self.typed),
        };
        let mut found: Vec<_> = self.known.iter().filter_map(|hint| Some((score(hint)?, hint))).collect();
        found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        found.into_iter().map(|(_, hint)| hint).collect()
    }

    fn act(&mut self, action: Action) -> Vec<Effect> {
        let shown = self.shown();
        let last = shown.len().saturating_sub(1);
        match action {
            Action::Close => return vec![Effect::Back],
            Action::Press => {
                let key: Option<Chord> = shown.get(self.chosen).and_then(|hint| hint.keys.first()?.parse().ok());
                return key.map_or_else(Vec::new, |key| vec![Effect::Back, Effect::Press(key)]);
            }
            Action::Up => self.chosen = self.chosen.saturating_sub(1),
            Action::Down => self.chosen = (self.chosen + 1).min(last),
            Action::Erase => {
                self.typed.pop();
                self.chosen = 0;
            }
        }
        Vec::new()
    }
}

impl Screen for Help {
    fn title(&self, _: &Desk) -> (Row, Row) {
        let typed = match self.typed.as_str() {
            "" => Row::of(Role::Quiet, "type to narrow, by key or by word"),
            typed => Row::of(Role::Accent, safe!("{typed}")),
        };
        (Row::of(Role::Title, "Keys"), typed)
    }

    fn view(&self, canvas: &mut Canvas, _: &Desk) {
        let shown = self.shown();
        if shown.is_empty() {
            canvas.row(1, 3, &Row::of(Role::Text, "No key does that here. Backspace takes a letter back."));
        }
        let height = canvas.rows().saturating_sub(1);
        let first = self.chosen.saturating_sub(height.saturating_sub(1));
        for (line, hint) in shown.iter().enumerate().skip(first).take(height) {
            let is_chosen = line == self.chosen;
            let mark = if is_chosen { Row::of(Role::Accent, "❯ ") } else { Row::new().gap(2) };
            let meaning = if is_chosen { Role::Chosen } else { Role::Text };
            let keys = safe!("{}", hint.keys.join("  "));
            canvas.row(1 + line - first, 1, &mark.and(Role::Key, keys).to(MEANING).and(meaning, hint.help));
        }
    }

    fn update(&mut self, event: &Event, _: &Desk) -> Vec<Effect> {
        let Event::Key(chord) = event else { return Vec::new() };
        match (find(BINDS, *chord), chord.typed()) {
            (Some(action), _) => self.act(action),
            (None, Some('?')) if self.typed.is_empty() => vec![Effect::Back],
            (None, Some(letter)) => {
                self.typed.push_str(Safe::new(&letter.to_string()).as_str());
                self.chosen = 0;
                Vec::new()
            }
            (None, None) => Vec::new(),
        }
    }

    fn hints(&self) -> Vec<Hint> {
        hints(BINDS).collect()
    }

    fn takes_letters(&self) -> bool {
        true
    }
}
