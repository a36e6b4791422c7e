//! Study: a question, its answer, a grade; and what the sitting came to.

mod keys;
mod page;
mod summary;
mod typed;

use std::collections::HashSet;

use jiff::Timestamp;

use self::keys::{ALWAYS, ASKING, Action, CARD, ENDED, GRADING, MISSED, PICKING, POINT, TYPING};
use self::typed::{Step, Typing};
use crate::card::{Card, Choice, Id, Key, Kind};
use crate::config::ChoiceLevel;
use crate::review::{Action as Taken, Entry, EntryId, Grade, Said};
use crate::safe;
use crate::study::{Remaining, Study, hidden, short};
use crate::text::{Safe, count};
use crate::tui::event::{Desk, Effect, Event, Notice, Outcome, Route, Screen, Tone};
use crate::tui::keys::{Bind, Chord, Hint, find, hints};
use crate::tui::paint::{Canvas, Row};
use crate::tui::theme::Role;
use crate::tui::widget::scenario::{self, Pick, Question};
use crate::tui::widget::scroll::Scroll;
use crate::tui::widget::when;
use crate::workspace::{Draft, News, keys};

/// New cards that one press adds when the day's are done.
const MORE: usize = 10;

pub struct StudyScreen {
    decks: Vec<Id>,
    title: Safe,
    study: Study,
    /// The card on the table, or why it cannot be shown. Of a point that is asked alone, the short question.
    card: Option<Result<Card, Safe>>,
    /// The word that a short question hides.
    hidden: Option<Safe>,
    /// The labels that can be picked, if it is a scenario, the one that enter picks, and what was picked.
    picks: Vec<Pick>,
    chosen: Option<usize>,
    picked: Option<Id>,
    /// The answer that is being typed or marked.
    typing: Option<Box<Typing>>,
    scroll: Scroll,
    /// An entry on its way to the disk: nothing else is graded before it has arrived.
    pending: Option<EntryId>,
    asks_to_reset: bool,
}

impl StudyScreen {
    pub fn open(decks: Vec<Id>, more: usize, desk: &Desk) -> StudyScreen {
        let queue = desk.workspace.queue(&decks, desk.now, more);
        let title = title(&decks, desk);
        let study = Study::new(queue, desk.now.at);
        let mut screen = StudyScreen {
            decks,
            title,
            study,
            card: None,
            hidden: None,
            picks: Vec::new(),
            chosen: None,
            picked: None,
            typing: None,
            scroll: Scroll::default(),
            pending: None,
            asks_to_reset: false,
        };
        screen.lay_out(desk);
        screen
    }

    /// Reads the card that is asked now.
    fn lay_out(&mut self, desk: &Desk) {
        // A learning step may bring back what was taken out of its deck meanwhile.
        while let Some((gone, _)) = self.asked().filter(|(key, _)| !desk.workspace.library.has(key)) {
            self.study.retain(|key| *key != gone, desk.now.at);
        }
        (self.card, self.hidden) = self.read(desk);
        self.scroll = Scroll::default();
        self.picks = self.picks(desk);
        (self.chosen, self.picked, self.typing) = (None, None, None);
    }

    /// The card that is asked, or the point of it that is asked alone.
    fn asked(&self) -> Option<(Key, Option<Id>)> {
        self.study.asked().map(|asked| (asked.candidate.card.clone(), asked.candidate.point.clone()))
    }

    /// What the deck has of it, and the word that a short question hides.
    fn read(&self, desk: &Desk) -> (Option<Result<Card, Safe>>, Option<Safe>) {
        let Some((key, point)) = self.asked() else { return (None, None) };
        let read = desk.workspace.library.card(&key.deck, &key.card).map_err(|lost| Safe::new(&lost.to_string()));
        let (Ok(card), Some(point)) = (&read, &point) else { return (Some(read), None) };
        let gone = || safe!("{key} has no point {point} any more. x goes on.");
        (Some(short(card, point).ok_or_else(gone)), hidden(card, point))
    }

    fn picks(&self, desk: &Desk) -> Vec<Pick> {
        let is_expert = desk.workspace.settings.choice_level == ChoiceLevel::Expert;
        self.choice().map_or_else(Vec::new, |choice| scenario::picks(&choice.exercise, is_expert))
    }

    /// The decks were read again: the card on the table is what they say now, unless an answer to what it said before
    /// is being typed; and what they do not have any more is not asked.
    fn refresh(&mut self, desk: &Desk) {
        self.title = title(&self.decks, desk);
        if self.typing.is_some() {
            return;
        }
        let asked = self.asked();
        let shelves = desk.workspace.library.decks().iter();
        let known: HashSet<Key> = shelves.filter(|shelf| self.is_of(&shelf.id)).flat_map(keys).collect();
        self.study.retain(|key| known.contains(key), desk.now.at);
        if self.asked() != asked {
            return self.lay_out(desk);
        }
        let (now, hidden) = self.read(desk);
        let before = std::mem::replace(&mut self.card, now);
        self.hidden = hidden;
        let has_label = |picked: &Id| self.choice().is_some_and(|choice| choice.exercise.label(picked).is_some());
        if self.picked.as_ref().is_some_and(|picked| !has_label(picked)) {
            self.card = before;
        }
        self.picks = self.picks(desk);
        self.chosen = self.chosen.filter(|place| *place < self.picks.len());
    }

    /// Whether cards of a deck are asked here.
    fn is_of(&self, deck: &Id) -> bool {
        self.decks.is_empty() || self.decks.contains(deck)
    }

    fn choice(&self) -> Option<&Choice> {
        match &self.card.as_ref()?.as_ref().ok()?.kind {
            Kind::Choice(choice) => Some(choice),
            Kind::Recall(_) | Kind::Cloze(_) | Kind::Code(_) => None,
        }
    }

    /// The scenario on the table, as long as no label is picked.
    fn question(&self) -> Option<Question<'_>> {
        let is_open = self.study.asked().is_some_and(|asked| !asked.is_revealed);
        let choice = self.choice().filter(|_| is_open)?;
        let (picks, chosen) = (self.picks.as_slice(), self.chosen);
        Some(Question { choice, picks, chosen, has_prompt: true, head: None, foot: Vec::new() })
    }

    fn is_missed(&self) -> bool {
        self.choice().zip(self.picked.as_ref()).is_some_and(|(choice, picked)| !choice.is_right(picked))
    }

    fn tables(&self) -> Vec<&'static [Bind<Action>]> {
        let card = match self.study.asked() {
            Some(asked) if asked.candidate.point.is_some() => POINT,
            _ => CARD,
        };
        match (self.study.asked(), &self.card) {
            (Some(asked), Some(Ok(_))) if asked.is_revealed && self.is_missed() => vec![MISSED, card, ALWAYS],
            (Some(asked), Some(Ok(_))) if asked.is_revealed => vec![GRADING, card, ALWAYS],
            _ if self.question().is_some() => vec![PICKING, ALWAYS],
            (Some(_), Some(Ok(_))) => vec![&ASKING[..1], TYPING, &ASKING[1..], card, ALWAYS],
            (Some(_), _) => vec![&ASKING[1..], ALWAYS],
            (None, _) => vec![ENDED],
        }
    }

    fn act(&mut self, action: Action, desk: &Desk) -> Vec<Effect> {
        let asked_to_reset = std::mem::take(&mut self.asks_to_reset);
        match action {
            Action::Reveal => self.study.reveal(),
            Action::Type => return self.begin_to_type(desk),
            Action::ChooseDown => self.choose(1),
            Action::ChooseUp => self.choose(-1),
            Action::PickChosen => {
                if let Some(place) = self.chosen {
                    self.pick(place);
                }
            }
            Action::Grade(grade) => {
                let said = self.picked.clone().map(|label| Said::picked(label, ""));
                return self.record(self.study.grade(grade, said, desk.now, desk.fresh));
            }
            Action::Skip => {
                self.study.skip(desk.now.at);
                self.lay_out(desk);
            }
            Action::Bury => return self.take(Taken::Bury, desk),
            Action::Suspend => return self.take(Taken::Suspend, desk),
            Action::Reset if asked_to_reset => return self.take(Taken::Reset, desk),
            Action::Reset => {
                self.asks_to_reset = true;
                return vec![Notice::new(
                    Tone::Warn,
                    Safe::from("R again forgets the reviews of this card; u brings them back"),
                )];
            }
            Action::Edit => {
                let route = |(key, _): (Key, _)| Route::Edit { deck: Some(key.deck), card: Some(key.card) };
                return self.asked().map(route).map(Effect::Open).into_iter().collect();
            }
            Action::Up => self.go(-1, desk),
            Action::Down => self.go(1, desk),
            Action::PageUp => self.go(-self.page(desk), desk),
            Action::PageDown => self.go(self.page(desk), desk),
            Action::More => return vec![Effect::Become(Route::Study { decks: self.decks.clone(), more: MORE })],
            Action::Home => return vec![Effect::Back],
        }
        Vec::new()
    }

    fn choose(&mut self, by: isize) {
        self.chosen = scenario::step(self.chosen, by, self.picks.len());
    }

    fn pick(&mut self, place: usize) {
        self.picked = self.picks.get(place).map(|pick| pick.label.clone());
        self.study.reveal();
        self.scroll = Scroll::default();
    }

    fn begin_to_type(&mut self, desk: &Desk) -> Vec<Effect> {
        let (Some(asked), Some(Ok(card))) = (self.study.asked(), &self.card) else { return Vec::new() };
        let Some((typing, effects)) = Typing::open(&asked.candidate, card, self.hidden.clone(), desk) else {
            return Vec::new();
        };
        self.typing = Some(Box::new(typing));
        effects
    }

    /// What the typed answer makes of an event; none if there is no such answer.
    fn tell_typing(&mut self, event: &Event, desk: &Desk) -> Option<Vec<Effect>> {
        let typing = self.typing.as_mut()?;
        if let (Event::Click { column, row }, true) = (event, typing.is_grading()) {
            let grade = page::grade_at(*column, *row, desk)?;
            return Some(self.follow(Step::Grade(grade, self.typing.as_ref()?.said()), desk));
        }
        let step = typing.update(event, desk);
        Some(self.follow(step, desk))
    }

    fn follow(&mut self, step: Step, desk: &Desk) -> Vec<Effect> {
        match step {
            Step::Stay(effects) => effects,
            Step::Leave(effects) => {
                self.typing = None;
                self.refresh(desk);
                effects
            }
            Step::Grade(grade, typed) => {
                self.study.reveal();
                let entry = self.study.grade(grade, Some(Said::Typed(typed)), desk.now, desk.fresh);
                self.record(entry)
            }
        }
    }

    fn take(&mut self, action: Taken, desk: &Desk) -> Vec<Effect> {
        let card = self.study.asked().map(|asked| asked.candidate.card.clone());
        self.record(card.map(|card| desk.entry(&card, action)))
    }

    fn record(&mut self, entry: Option<Entry>) -> Vec<Effect> {
        match entry.filter(|_| self.pending.is_none()) {
            None => Vec::new(),
            Some(entry) => {
                self.pending = Some(entry.id);
                vec![Effect::Record(entry)]
            }
        }
    }

    fn go(&mut self, by: isize, desk: &Desk) {
        let (rows, height) = self.window(desk);
        self.scroll.go(by, rows, height);
    }

    fn page(&self, desk: &Desk) -> isize {
        self.window(desk).1.saturating_sub(2).max(1) as isize
    }

    /// Rows that there are to read, and how many of them are in sight.
    fn window(&self, desk: &Desk) -> (usize, usize) {
        match self.question() {
            Some(question) => question.window(desk.size),
            None => (self.rows(desk).len(), page::height(desk.size.1)),
        }
    }

    fn rows(&self, desk: &Desk) -> Vec<Row> {
        match (self.study.asked(), &self.card) {
            (Some(_), Some(Ok(card))) if self.choice().is_some() => page::scenario(card, self.picked.as_ref(), desk),
            (Some(asked), Some(Ok(card))) => page::rows(card, asked, desk),
            (Some(_), Some(Err(why))) => page::lost(why, desk),
            _ => Vec::new(),
        }
    }

    fn done(&mut self, outcome: &Outcome, desk: &Desk) -> Vec<Effect> {
        match outcome {
            Outcome::Recorded { entry, others } => {
                self.catch_up(others, &entry.card, desk);
                return self.recorded(entry, desk);
            }
            Outcome::Overtaken { entry, others } => {
                self.catch_up(others, &entry.card, desk);
                self.overtaken(entry, desk);
            }
            Outcome::Refused { entry: Some(entry), .. } => {
                self.pending.take_if(|pending| *pending == entry.id);
            }
            Outcome::Undone { undone: Some(undone), others } => {
                self.catch_up(others, &undone.target.card, desk);
                let before = desk.workspace.candidate_of(&undone.target, desk.now.day);
                self.study.undone(undone.target.id, before, desk.now.at);
                self.lay_out(desk);
                return draft(&undone.target, true);
            }
            Outcome::Redone { redone: Some(redone), others, .. } => {
                self.catch_up(others, &redone.target.card, desk);
                let after = desk.workspace.candidate_of(&redone.target, desk.now.day);
                self.study.recorded(&redone.target, after, desk.now);
                self.lay_out(desk);
                return draft(&redone.target, false);
            }
            Outcome::Reread { .. } => self.refresh(desk),
            _ => {}
        }
        Vec::new()
    }

    /// Cards of this sitting that another window graded meanwhile are asked again only if their memories say so.
    fn catch_up(&mut self, others: &News, but: &Key, desk: &Desk) {
        let is_ours = |entry: &&Entry| entry.card != *but && self.is_of(&entry.card.deck);
        let graded: Vec<&Entry> = others.entries().filter(is_ours).collect();
        for entry in graded {
            self.study.overtaken(desk.workspace.candidate_of(entry, desk.now.day), desk.now);
        }
    }

    fn recorded(&mut self, entry: &Entry, desk: &Desk) -> Vec<Effect> {
        if self.pending != Some(entry.id) {
            return Vec::new();
        }
        self.pending = None;
        let after = desk.workspace.candidate_of(entry, desk.now.day);
        let notice = said(entry, &after, desk);
        self.study.recorded(entry, after, desk.now);
        self.lay_out(desk);
        let mut effects = draft(entry, false);
        effects.push(notice);
        effects
    }

    /// Another window graded the card first: its grade stands, and the next card is asked.
    fn overtaken(&mut self, entry: &Entry, desk: &Desk) {
        if self.pending == Some(entry.id) {
            self.pending = None;
            let after = desk.workspace.candidate_of(entry, desk.now.day);
            self.study.overtaken(after, desk.now);
            self.lay_out(desk);
        }
    }

    fn click(&mut self, column: usize, row: usize, desk: &Desk) -> Vec<Effect> {
        match self.study.asked() {
            Some(asked) if asked.is_revealed => match page::grade_at(column, row, desk) {
                Some(grade) => self.act(Action::Grade(grade), desk),
                None => Vec::new(),
            },
            Some(_) if self.choice().is_some() => {
                let label = self.question().and_then(|question| question.label_at(column, row, desk.size));
                if let Some(place) = label {
                    self.pick(place);
                }
                Vec::new()
            }
            Some(_) => self.act(Action::Reveal, desk),
            None => Vec::new(),
        }
    }

    fn key(&mut self, chord: Chord, desk: &Desk) -> Vec<Effect> {
        if self.question().is_some()
            && let Some(place) = scenario::find(&self.picks, chord)
        {
            self.pick(place);
            return Vec::new();
        }
        let action = self.tables().into_iter().find_map(|table| find(table, chord));
        action.map_or_else(Vec::new, |action| self.act(action, desk))
    }
}

/// The draft of an answer goes when the answer is on record, and comes back when that is taken back.
fn draft(entry: &Entry, is_back: bool) -> Vec<Effect> {
    let Some(typed) = entry.typed().filter(|typed| typed.mock.is_none()) else { return Vec::new() };
    vec![Effect::Keep { draft: Draft::of_point(&entry.card, entry.point()), text: is_back.then(|| typed.text.clone()) }]
}

/// The line that tells what a recorded entry has done.
fn said(entry: &Entry, after: &crate::study::Candidate, desk: &Desk) -> Effect {
    let memory = &after.memory;
    let words = match entry.action {
        Taken::Review { grade, .. } | Taken::Point { grade, .. } => {
            let is_leech = memory.leech && grade == Grade::Again && after.point.is_none();
            let leech = match is_leech {
                true => safe!(" · a leech, forgotten {}: reword it", count(memory.lapses, "time", "times")),
                false => Safe::default(),
            };
            let next = match memory.suspended {
                true => Safe::from("suspended"),
                false => safe!("back in {}", when::until(&memory.due(), desk.now)),
            };
            safe!("{grade}: {next}{leech} · u takes it back")
        }
        Taken::Suspend => Safe::from("suspended · u takes it back"),
        Taken::Bury => Safe::from("buried until tomorrow · u takes it back"),
        Taken::Reset => Safe::from("begins anew · u takes it back"),
        Taken::Resume => Safe::from("resumed · u takes it back"),
        Taken::Rename { .. } => Safe::from("goes on under another id · u takes it back"),
        Taken::Retract(_) => Safe::from("taken back"),
    };
    Notice::new(Tone::Good, words)
}

fn title(decks: &[Id], desk: &Desk) -> Safe {
    match decks {
        [one] => desk.workspace.library.shelf(one).map_or_else(|| safe!("{one}"), |shelf| shelf.title.line()),
        _ => Safe::from("All decks"),
    }
}

/// What is left, and how long that takes.
fn left(study: &Study, desk: &Desk) -> Row {
    let Remaining { new, reviews, steps } = study.remaining();
    let all = new + reviews + steps;
    if all == 0 {
        return Row::new();
    }
    let work = when::work(all as f64 * f64::from(desk.workspace.memories.pace()));
    let done = study.answers().len();
    if desk.size.0 < 60 {
        return Row::of(Role::Text, safe!("{}/{}", done + 1, done + all)).and(Role::Quiet, safe!(" · {work}"));
    }
    Row::of(Role::Text, safe!("{} of {}", done + 1, done + all)).and(Role::Quiet, safe!(" · {work} left"))
}

impl Screen for StudyScreen {
    fn title(&self, desk: &Desk) -> (Row, Row) {
        let word = match (self.study.asked(), &self.typing) {
            (Some(_), Some(_)) => "Your answer",
            (Some(_), None) => "Study",
            (None, _) => "Done",
        };
        let left_side = Row::of(Role::Title, word).and(Role::Quiet, " · ").and(Role::Text, &self.title);
        (left_side, left(&self.study, desk))
    }

    fn view(&self, canvas: &mut Canvas, desk: &Desk) {
        match self.study.asked() {
            None => summary::draw(&self.study, &self.decks, canvas, desk),
            Some(asked) => {
                if let Some(typing) = &self.typing {
                    return typing.draw(asked, canvas, desk);
                }
                if let Some(question) = self.question() {
                    return question.draw(self.scroll, canvas);
                }
                let height = page::height(canvas.rows());
                let columns = canvas.columns();
                self.scroll.draw(&self.rows(desk), 3, &mut canvas.part(0, page::above(canvas.rows()), columns, height));
                if asked.is_revealed {
                    page::draw_grades(asked, canvas, desk);
                }
            }
        }
    }

    fn update(&mut self, event: &Event, desk: &Desk) -> Vec<Effect> {
        let typed = self.tell_typing(event, desk);
        match event {
            Event::Done(outcome) => {
                let mut effects = typed.unwrap_or_default();
                effects.extend(self.done(outcome, desk));
                return effects;
            }
            _ if self.typing.is_some() || typed.is_some() => return typed.unwrap_or_default(),
            _ => {}
        }
        match event {
            Event::Key(chord) => self.key(*chord, desk),
            Event::Scroll(by) => {
                self.go(by * 2, desk);
                Vec::new()
            }
            Event::Click { column, row } => self.click(*column, *row, desk),
            Event::Tick => {
                if self.study.asked().is_none() {
                    self.study.look_again(desk.now.at);
                    self.lay_out(desk);
                }
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn wakes_at(&self, desk: &Desk) -> Option<Timestamp> {
        if let Some(typing) = &self.typing {
            return typing.wakes_at();
        }
        self.study.asked().is_none().then(|| self.study.next_step()).flatten().filter(|end| *end > desk.now.at)
    }

    fn hints(&self) -> Vec<Hint> {
        if let Some(typing) = &self.typing {
            return typing.hints();
        }
        let labels = if self.question().is_some() { self.picks.as_slice() } else { &[] };
        self.tables().into_iter().flat_map(hints).chain(scenario::hints(labels)).collect()
    }

    fn takes_letters(&self) -> bool {
        self.typing.as_ref().is_some_and(|typing| typing.takes_letters())
    }
}
