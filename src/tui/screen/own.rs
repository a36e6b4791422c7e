//! A scenario of the learner's own: written, read by the model, labelled, and added to a deck.

use std::cell::OnceCell;
use std::sync::Arc;

use jiff::fmt::strtime;

use crate::card::{Exercise, Id};
use crate::choice::{View, coach};
use crate::deck::Draft;
use crate::review::Disagreement;
use crate::safe;
use crate::text::Safe;
use crate::tui::event::{Addition, Desk, Effect, Event, Notice, Outcome, Screen, Tone};
use crate::tui::keys::{Bind, Chord, Hint, find, hints};
use crate::tui::paint::{Canvas, Row};
use crate::tui::theme::Role;
use crate::tui::widget::entry::{EDITS, Edit, Entry};
use crate::tui::widget::markdown;
use crate::tui::widget::scenario::{self, Pick, ROOMY, measure};
use crate::tui::widget::scroll::Scroll;
use crate::workspace::Taught;

/// Characters of a scenario.
const LONGEST: usize = 4000;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Action {
    Read,
    NewLine,
    Agree,
    Add,
    WriteOn,
    Another,
    PageUp,
    PageDown,
    Leave,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Face {
    Writing,
    /// What was written is read, and a label is to be picked.
    Labelling,
    Labelled,
}

const LEAVE: Bind<Action> = Bind { action: Action::Leave, keys: &["esc"], word: "back", help: "back to the exercise" };
const WRITE_ON: Bind<Action> =
    Bind { action: Action::WriteOn, keys: &["w"], word: "write on", help: "change what you wrote" };

const WRITING: &[Bind<Action>] = &[
    Bind { action: Action::Read, keys: &["enter"], word: "done", help: "done: see what the model makes of it" },
    Bind { action: Action::NewLine, keys: &["alt-enter"], word: "new line", help: "begin a new line" },
    LEAVE,
];

const AGREEING: &[Bind<Action>] =
    &[Bind { action: Action::Agree, keys: &["enter"], word: "agree", help: "the model is right" }];

const LABELLING: &[Bind<Action>] = &[WRITE_ON, LEAVE];

const ADDING: &[Bind<Action>] = &[Bind {
    action: Action::Add,
    keys: &["a"],
    word: "add to my deck",
    help: "add it with this label to my-scenarios.toml",
}];

const LABELLED: &[Bind<Action>] = &[
    WRITE_ON,
    Bind { action: Action::Another, keys: &["enter", "n"], word: "another", help: "write another one" },
    LEAVE,
];

const PAGES: &[Bind<Action>] = &[
    Bind { action: Action::PageDown, keys: &["pgdn"], word: "", help: "a page down" },
    Bind { action: Action::PageUp, keys: &["pgup"], word: "", help: "a page up" },
];

pub struct Own {
    exercise: Arc<Exercise>,
    is_expert: bool,
    picks: Vec<Pick>,
    face: Face,
    written: Entry,
    /// The model, once it was asked for anything.
    taught: OnceCell<Option<Taught>>,
    view: Option<View>,
    label: Option<Id>,
    /// Whether it was handed over to be added to the deck.
    is_added: bool,
    asks_to_leave: bool,
    scroll: Scroll,
}

impl Own {
    pub fn open(exercise: Arc<Exercise>, is_expert: bool) -> Own {
        Own {
            picks: scenario::picks(&exercise, is_expert),
            exercise,
            is_expert,
            face: Face::Writing,
            written: Entry::page(LONGEST),
            taught: OnceCell::new(),
            view: None,
            label: None,
            is_added: false,
            asks_to_leave: false,
            scroll: Scroll::default(),
        }
    }

    fn leaning(&self) -> Option<&Id> {
        self.view.as_ref()?.leaning(&self.exercise)
    }

    fn tables(&self) -> Vec<&'static [Bind<Action>]> {
        match self.face {
            Face::Writing => vec![WRITING],
            Face::Labelling if self.leaning().is_some() => vec![AGREEING, LABELLING, PAGES],
            Face::Labelling => vec![LABELLING, PAGES],
            Face::Labelled if self.is_added => vec![LABELLED, PAGES],
            Face::Labelled => vec![ADDING, LABELLED, PAGES],
        }
    }

    fn act(&mut self, action: Action, desk: &Desk) -> Vec<Effect> {
        let asked_to_leave = std::mem::take(&mut self.asks_to_leave);
        match action {
            Action::Read if self.written.is_blank() => {}
            Action::Read => {
                self.view = self.read(desk);
                self.turn_to(Face::Labelling);
            }
            Action::NewLine => self.written.edit(Edit::NewLine, measure(desk.size.0)),
            Action::Agree => {
                if let Some(label) = self.leaning().cloned() {
                    return self.give(label, desk);
                }
            }
            Action::Add => return self.add(desk),
            Action::WriteOn => {
                self.label = None;
                self.turn_to(Face::Writing);
            }
            Action::Another => {
                (self.written, self.label, self.view) = (Entry::page(LONGEST), None, None);
                self.turn_to(Face::Writing);
            }
            Action::PageUp => self.go(-self.page(desk), desk),
            Action::PageDown => self.go(self.page(desk), desk),
            Action::Leave if self.written.is_blank() || self.is_added || asked_to_leave => return vec![Effect::Back],
            Action::Leave => {
                self.asks_to_leave = true;
                return vec![Notice::new(Tone::Warn, Safe::from("esc again leaves without what you wrote"))];
            }
        }
        Vec::new()
    }

    fn turn_to(&mut self, face: Face) {
        self.face = face;
        self.is_added = false;
        self.scroll = Scroll::default();
    }

    /// What the model makes of what is written.
    fn read(&self, desk: &Desk) -> Option<View> {
        let teach = || desk.workspace.model(&desk.workspace.exercise(&self.exercise)?);
        let taught = self.taught.get_or_init(teach).as_ref()?;
        Some(View::of(&taught.model.read(self.written.text().as_str()), &self.exercise, self.is_expert))
    }

    /// Gives the text a label; if the model says another one, that is kept.
    fn give(&mut self, label: Id, desk: &Desk) -> Vec<Effect> {
        self.label = Some(label.clone());
        self.turn_to(Face::Labelled);
        let Some(view) = self.view.as_ref().filter(|view| view.leaning(&self.exercise) != Some(&label)) else {
            return Vec::new();
        };
        vec![Effect::Disagree(Disagreement {
            at: desk.now.at,
            exercise: self.exercise.id.clone(),
            card: None,
            text: self.written.text(),
            model: Some(view.opinion(&self.exercise)),
            label,
            why: None,
        })]
    }

    fn add(&mut self, desk: &Desk) -> Vec<Effect> {
        let Some(right) = self.label.clone() else { return Vec::new() };
        let text = self.written.text();
        let view = self.view.as_ref().filter(|view| view.leaning(&self.exercise) == Some(&right));
        let words =
            view.into_iter().flat_map(|view| &view.evidence).filter_map(|range| text.as_str().get(range.clone()));
        let evidence =
            words.map(|words| Safe::new(words.trim())).filter(|words| !words.as_str().contains('\n')).collect();
        self.is_added = true;
        let draft = Draft { text, right, evidence, why: None };
        vec![Effect::Add(Addition { exercise: self.exercise.clone(), id: name(desk), draft })]
    }

    fn page(&self, desk: &Desk) -> isize {
        desk.size.1.saturating_sub(2).max(1) as isize
    }

    fn go(&mut self, by: isize, desk: &Desk) {
        self.scroll.go(by, self.rows(desk).len(), desk.size.1.saturating_sub(above(desk.size.1)));
    }

    /// What is read when nothing is written.
    fn rows(&self, desk: &Desk) -> Vec<Row> {
        let columns = measure(desk.size.0);
        let text = self.written.text();
        let evidence = self.view.as_ref().map_or(&[][..], |view| view.evidence.as_slice());
        let mut rows = markdown::marked(&text, columns, Role::Question, evidence, !desk.has_color);
        rows.push(Row::new());
        rows.extend(self.judged(columns));
        rows.push(Row::new());
        match &self.label {
            None => {
                rows.push(Row::of(Role::Accent, "Which label would you give it?"));
                rows.extend(
                    self.picks.iter().map(|pick| {
                        Row::new().gap(2).and(Role::Key, pick.key_name()).gap(2).and(Role::Text, pick.name())
                    }),
                );
            }
            Some(label) => {
                let name = coach::name(&self.exercise, label);
                rows.push(Row::of(Role::Good, safe!("You say {name}.")));
                if self.is_added {
                    let words = "It is in my-scenarios.toml now, and comes among the others.";
                    rows.extend(markdown::plain(&Safe::from(words), columns, Role::Text));
                }
            }
        }
        rows
    }

    /// What the model makes of it.
    fn judged(&self, columns: usize) -> Vec<Row> {
        let Some(view) = &self.view else {
            let words = safe!(
                "This exercise has too few scenarios for a model to read it. {}",
                coach::question(&self.exercise)
            );
            return markdown::plain(&words, columns, Role::Quiet);
        };
        let words = match (view.leaning(&self.exercise), view.is_sure) {
            (Some(label), true) => safe!("It reads as {}.", coach::name(&self.exercise, label)),
            (Some(label), false) => safe!(
                "It may be {}, but that is not certain. {}",
                coach::name(&self.exercise, label),
                coach::question(&self.exercise)
            ),
            (None, _) => safe!("It says too little to tell. {}", coach::question(&self.exercise)),
        };
        let mut rows = markdown::plain(&words, columns, if view.is_sure { Role::Title } else { Role::Warn });
        rows.push(Row::new());
        rows.extend(scenario::view(view, &self.exercise, self.is_expert, columns));
        if let Some(modesty) = self.taught.get().and_then(|taught| taught.as_ref()?.modesty()) {
            rows.extend(markdown::plain(&modesty, columns, Role::Quiet));
        }
        rows
    }

    fn key(&mut self, chord: Chord, desk: &Desk) -> Vec<Effect> {
        if self.face == Face::Labelling
            && let Some(pick) = scenario::find(&self.picks, chord).and_then(|place| self.picks.get(place))
        {
            return self.give(pick.label.clone(), desk);
        }
        if let Some(action) = self.tables().into_iter().find_map(|table| find(table, chord)) {
            return self.act(action, desk);
        }
        self.asks_to_leave = false;
        if self.face == Face::Writing {
            self.written.press(chord, measure(desk.size.0));
        }
        Vec::new()
    }

    fn draw_field(&self, canvas: &mut Canvas) {
        let columns = measure(canvas.columns());
        let is_roomy = canvas.rows() > ROOMY;
        let top = above(canvas.rows());
        canvas.row(top, 3, &Row::of(Role::Accent, "Write a scenario: who does what, and when?").fit(columns));
        let first_row = top + 1 + usize::from(is_roomy);
        let height = canvas.rows().saturating_sub(first_row + if is_roomy { 2 } else { 0 }).max(1);
        let first = self.written.cursor_line(columns).saturating_sub(height - 1);
        for (line, row) in self.written.rows(columns).iter().skip(first).take(height).enumerate() {
            canvas.row(first_row + line, 3, row);
        }
        if is_roomy {
            let tip = "One story, as a colleague would tell it. No label in the text.";
            canvas.row(canvas.rows() - 1, 3, &Row::of(Role::Quiet, tip).fit(columns));
        }
    }
}

fn above(rows: usize) -> usize {
    usize::from(rows > ROOMY)
}

/// An id that no scenario had before: the moment of writing.
fn name(desk: &Desk) -> Id {
    let local = desk.now.offset.to_datetime(desk.now.at);
    let name = strtime::format("mine-%Y-%m-%d-%H%M%S", local).unwrap_or_default();
    name.parse().unwrap_or_else(|_| "mine".parse().expect("an id"))
}

impl Screen for Own {
    fn title(&self, _: &Desk) -> (Row, Row) {
        let left = Row::of(Role::Title, "Your own").and(Role::Quiet, " · ").and(Role::Text, &self.exercise.prompt);
        (left, Row::new())
    }

    fn view(&self, canvas: &mut Canvas, desk: &Desk) {
        if self.face == Face::Writing {
            return self.draw_field(canvas);
        }
        let (columns, rows) = (canvas.columns(), canvas.rows());
        let top = above(rows);
        self.scroll.draw(&self.rows(desk), 3, &mut canvas.part(0, top, columns, rows.saturating_sub(top)));
    }

    fn update(&mut self, event: &Event, desk: &Desk) -> Vec<Effect> {
        match event {
            Event::Key(chord) => return self.key(*chord, desk),
            Event::Paste(text) if self.face == Face::Writing => {
                self.written.insert(text);
            }
            Event::Scroll(by) => self.go(by * 2, desk),
            // What was not added can be tried again.
            Event::Done(Outcome::Refused { entry: None, .. }) => self.is_added = false,
            _ => {}
        }
        Vec::new()
    }

    fn hints(&self) -> Vec<Hint> {
        let labels = if self.face == Face::Labelling { self.picks.as_slice() } else { &[] };
        let edits = if self.face == Face::Writing { EDITS } else { &[] };
        let own = self.tables().into_iter().flat_map(hints);
        own.chain(scenario::hints(labels)).chain(hints(edits)).collect()
    }

    fn takes_letters(&self) -> bool {
        self.face == Face::Writing
    }
}
