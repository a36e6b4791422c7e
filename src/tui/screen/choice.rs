//! The label exercise: a scenario, a pick, the verdict with its evidence; and what the round came to.

mod end;
mod keys;
mod page;
mod sight;

use std::cell::OnceCell;
use std::sync::Arc;

use self::keys::{
    ANSWERED, ASKING, Action, CHOOSING, DETAIL, DISAGREEING, ENDED, LEAVING, LEVELS, NEXT, PAGES, READING, ROWS,
    SKIPPING, TWIN, TYPING,
};
use crate::card::{Card, Choice, Exercise, Id, Key, Kind};
use crate::choice::{Round, View};
use crate::config::ChoiceLevel;
use crate::review::{Disagreement, Entry, EntryId};
use crate::safe;
use crate::text::Safe;
use crate::tui::event::{Desk, Drill, Effect, Event, Notice, Outcome, Route, Screen, Tone};
use crate::tui::keys::{Bind, Chord, Hint, find, hints};
use crate::tui::paint::{Canvas, Row};
use crate::tui::theme::Role;
use crate::tui::widget::entry::{EDITS, Entry as Field};
use crate::tui::widget::scenario::{self, Pick, measure};
use crate::tui::widget::scroll::Scroll;
use crate::tui::widget::when;
use crate::workspace::{Scenarios, Taught};

/// Scenarios of a usual round.
const ROUND: usize = 10;

/// Scenarios of a drill that is begun from here.
const RAPID: usize = 20;

/// Characters of a typed reason.
const LONGEST_WHY: usize = 300;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Face {
    /// A scenario is asked, or its verdict is read.
    Round,
    /// The reason is being typed.
    Why,
    Twin,
    Detail,
    /// The label that the learner thinks right is being picked.
    Disagree,
}

pub struct ChoiceScreen {
    drill: Drill,
    is_expert: bool,
    /// None if no deck has scenarios.
    scenarios: Option<Scenarios>,
    picks: Vec<Pick>,
    round: Round,
    face: Face,
    why: Field,
    chosen: Option<usize>,
    scroll: Scroll,
    /// The model, once it was asked for anything.
    taught: OnceCell<Option<Taught>>,
    /// What the model makes of the scenario that was answered, and of the reason.
    view: Option<View>,
    reason: Option<View>,
    /// A pick on its way to the disk: nothing else is picked before it has arrived.
    pending: Option<EntryId>,
}

impl ChoiceScreen {
    pub fn open(drill: Drill, desk: &Desk) -> ChoiceScreen {
        let is_wanted = |known: &Scenarios| drill.exercise.as_ref().is_none_or(|id| known.exercise.id == *id);
        let scenarios = desk.workspace.exercises().into_iter().find(is_wanted);
        let is_expert = drill.is_expert.unwrap_or(desk.workspace.settings.choice_level == ChoiceLevel::Expert);
        let pool =
            scenarios.as_ref().map_or_else(Vec::new, |known| desk.workspace.scenarios(known, is_expert, desk.now));
        let length = drill.rapid.unwrap_or(ROUND);
        let seed = desk.fresh.0.as_u128() as u64;
        let picks = scenarios.as_ref().map_or_else(Vec::new, |known| scenario::picks(&known.exercise, is_expert));
        let (round, is_rapid) = (Round::choose(pool, length, seed, desk.now), drill.rapid.is_some());
        ChoiceScreen {
            drill,
            is_expert,
            scenarios,
            picks,
            round: if is_rapid { round.of_fixed_length() } else { round },
            face: Face::Round,
            why: Field::line(LONGEST_WHY),
            chosen: None,
            scroll: Scroll::default(),
            taught: OnceCell::new(),
            view: None,
            reason: None,
            pending: None,
        }
    }

    fn exercise(&self) -> Option<&Arc<Exercise>> {
        self.scenarios.as_ref().map(|known| &known.exercise)
    }

    /// The card on the table.
    fn card(&self) -> Option<(&Card, &Choice)> {
        let (asked, _) = self.round.asked()?;
        self.known(&asked.card)
    }

    fn known(&self, key: &Key) -> Option<(&Card, &Choice)> {
        let card = self.scenarios.as_ref()?.card(key)?;
        match &card.kind {
            Kind::Choice(choice) => Some((card, choice)),
            Kind::Recall(_) | Kind::Cloze(_) | Kind::Code(_) => None,
        }
    }

    /// The near twin of the card on the table.
    fn twin(&self) -> Option<&Choice> {
        let (asked, _) = self.round.asked()?;
        let named = asked.pair.as_ref().and_then(|pair| self.known(pair));
        let naming = || {
            let mut all = self.scenarios.as_ref()?.choices();
            all.find(|(key, choice)| key.deck == asked.card.deck && choice.pair.as_ref() == Some(&asked.card.card))
        };
        named.map(|(_, choice)| choice).or_else(|| naming().map(|(_, choice)| choice))
    }

    /// What is picked for the scenario on the table.
    fn picked(&self) -> Option<&Id> {
        self.round.answer().map(|answer| &answer.picked)
    }

    /// Whether some labels are for experts alone.
    fn has_levels(&self) -> bool {
        self.exercise().is_some_and(|exercise| exercise.labels.iter().any(|label| label.expert))
    }

    fn is_over(&self) -> bool {
        self.round.asked().is_none()
    }

    fn tables(&self) -> Vec<&'static [Bind<Action>]> {
        let is_answered = self.picked().is_some();
        match self.face {
            Face::Why => vec![TYPING],
            Face::Twin => vec![READING, TWIN, ROWS, PAGES],
            Face::Detail => vec![READING, DETAIL, ROWS, PAGES],
            Face::Disagree => vec![DISAGREEING, PAGES],
            Face::Round if self.is_over() => {
                let level = Some(LEVELS).filter(|_| self.has_levels());
                [ENDED].into_iter().chain(level).chain([LEAVING, ROWS, PAGES]).collect()
            }
            Face::Round if is_answered => {
                let mut tables = vec![NEXT];
                tables.extend(self.twin().map(|_| TWIN));
                tables.extend(self.card().filter(|(card, _)| page::has_detail(card)).map(|_| DETAIL));
                tables.extend([ANSWERED, ROWS, PAGES]);
                tables
            }
            Face::Round => {
                let is_calm = self.drill.rapid.is_none();
                let asking = Some(ASKING).filter(|_| is_calm);
                let level = Some(LEVELS).filter(|_| is_calm && self.has_levels());
                let skipping = Some(SKIPPING).filter(|_| self.round.left() > 1);
                asking.into_iter().chain(level).chain(skipping).chain([CHOOSING, PAGES]).collect()
            }
        }
    }

    /// Whether a key may pick a label now.
    fn takes_picks(&self) -> bool {
        match self.face {
            Face::Disagree => true,
            Face::Round => !self.is_over() && self.picked().is_none(),
            Face::Why | Face::Twin | Face::Detail => false,
        }
    }

    fn act(&mut self, action: Action, desk: &Desk) -> Vec<Effect> {
        match action {
            Action::Why => self.turn_to(Face::Why),
            Action::Twin if self.face == Face::Round => self.turn_to(Face::Twin),
            Action::Detail if self.face == Face::Round => self.turn_to(Face::Detail),
            Action::Disagree => self.turn_to(Face::Disagree),
            Action::Twin | Action::Detail | Action::Close => {
                self.turn_to(Face::Round);
                self.judge(desk);
            }
            Action::Level => return self.other_level(),
            Action::Own => return self.write_own(),
            Action::Skip => {
                self.round.skip(desk.now.at);
                self.clear_table();
            }
            Action::ChooseDown => self.choose(1),
            Action::ChooseUp => self.choose(-1),
            Action::PickChosen => return self.chosen.map_or_else(Vec::new, |place| self.pick(place, desk)),
            Action::Next => {
                self.round.next(desk.now.at);
                self.clear_table();
            }
            Action::Again => return vec![Effect::Become(Route::Choice(self.drill.clone()))],
            Action::Rapid => {
                let drill = Drill { rapid: Some(self.drill.rapid.unwrap_or(RAPID)), ..self.drill.clone() };
                return vec![Effect::Become(Route::Choice(drill))];
            }
            Action::Up => self.go(-1, desk),
            Action::Down => self.go(1, desk),
            Action::PageUp => self.go(-self.page(desk), desk),
            Action::PageDown => self.go(self.page(desk), desk),
            Action::Home => return vec![Effect::Back],
        }
        Vec::new()
    }

    fn turn_to(&mut self, face: Face) {
        self.face = face;
        self.chosen = None;
        self.scroll = Scroll::default();
    }

    /// Another scenario, or none, is on the table now.
    fn clear_table(&mut self) {
        self.turn_to(Face::Round);
        self.why = Field::line(LONGEST_WHY);
        (self.view, self.reason) = (None, None);
    }

    /// Has the model read the scenario and the reason, once the pick is on record.
    fn judge(&mut self, desk: &Desk) {
        let Some((_, choice)) = self.card().filter(|_| self.picked().is_some()) else { return };
        let taught = self.taught.get_or_init(|| desk.workspace.model(self.scenarios.as_ref()?)).as_ref();
        // A model that was learned from this very scenario knows its label, so its view of it tells nothing.
        let has_view = taught.is_some_and(|taught| taught.trial.is_none());
        let read = |text: &Safe| {
            let verdict = taught?.model.read(text.as_str());
            Some(View::of(&verdict, &choice.exercise, self.is_expert))
        };
        let why = self.why.text();
        (self.view, self.reason) = (
            Some(&choice.scenario).filter(|_| has_view).and_then(read),
            Some(why).filter(|why| !why.is_empty()).and_then(|why| read(&why)),
        );
    }

    fn other_level(&self) -> Vec<Effect> {
        let drill = Drill { is_expert: Some(!self.is_expert), ..self.drill.clone() };
        let words = match self.is_expert {
            true => "a round at the basic level; `choice_level` in the settings says what study asks",
            false => "a round at the expert level; `choice_level` in the settings says what study asks",
        };
        vec![Effect::Become(Route::Choice(drill)), Notice::new(Tone::Quiet, Safe::from(words))]
    }

    fn write_own(&self) -> Vec<Effect> {
        let open = |exercise: &Arc<Exercise>| {
            Effect::Open(Route::Own { exercise: exercise.clone(), is_expert: self.is_expert })
        };
        self.exercise().map(open).into_iter().collect()
    }

    fn choose(&mut self, by: isize) {
        self.chosen = scenario::step(self.chosen, by, self.picks.len());
    }

    /// Picks the label at a place.
    fn pick(&mut self, place: usize, desk: &Desk) -> Vec<Effect> {
        let Some(label) = self.picks.get(place).map(|pick| pick.label.clone()) else { return Vec::new() };
        if self.face == Face::Disagree {
            return self.disagree(&label, desk);
        }
        if self.pending.is_some() {
            return Vec::new();
        }
        let entry = self.round.pick(&label, self.why.text().as_str(), desk.now, desk.fresh);
        self.pending = entry.as_ref().map(|entry| entry.id);
        entry.map(Effect::Record).into_iter().collect()
    }

    fn disagree(&mut self, label: &Id, desk: &Desk) -> Vec<Effect> {
        self.turn_to(Face::Round);
        let Some(((asked, _), (_, choice))) = self.round.asked().zip(self.card()) else { return Vec::new() };
        if choice.is_right(label) {
            let words = "That is the label of the deck, so there is nothing to disagree with.";
            return vec![Notice::new(Tone::Quiet, Safe::from(words))];
        }
        vec![Effect::Disagree(Disagreement {
            at: desk.now.at,
            exercise: choice.exercise.id.clone(),
            card: Some(asked.card.clone()),
            text: choice.scenario.clone(),
            model: self.view.as_ref().map(|view| view.opinion(&choice.exercise)),
            label: label.clone(),
            why: Some(self.why.text()).filter(|why| !why.is_empty()),
        })]
    }

    fn page(&self, desk: &Desk) -> isize {
        self.window(desk).1.saturating_sub(2).max(1) as isize
    }

    fn go(&mut self, by: isize, desk: &Desk) {
        let (rows, height) = self.window(desk);
        self.scroll.go(by, rows, height);
    }

    fn done(&mut self, outcome: &Outcome, desk: &Desk) -> Vec<Effect> {
        match outcome {
            Outcome::Recorded { entry, .. } if self.pending == Some(entry.id) => return self.recorded(entry, desk),
            Outcome::Overtaken { entry, .. } if self.pending == Some(entry.id) => {
                self.pending = None;
                self.round.overtaken(&entry.card, desk.workspace.memory(&entry.card), desk.now.at);
                self.clear_table();
            }
            Outcome::Refused { entry: Some(entry), .. } => {
                self.pending.take_if(|pending| *pending == entry.id);
            }
            Outcome::Undone { undone: Some(undone), .. } => {
                let card = &undone.target.card;
                self.round.undone(&undone.target, desk.workspace.memory(card), desk.now.at);
                self.clear_table();
            }
            Outcome::Redone { redone: Some(redone), .. } => {
                let card = &redone.target.card;
                self.round.redone(&redone.target, desk.workspace.memory(card), desk.now.at);
                self.clear_table();
            }
            Outcome::Added(card) => self.added(card, desk),
            _ => {}
        }
        Vec::new()
    }

    /// A scenario of the learner's own joins the round.
    fn added(&mut self, card: &Key, desk: &Desk) {
        let Some(id) = self.exercise().map(|exercise| exercise.id.clone()) else { return };
        let mut all = desk.workspace.exercises().into_iter().filter(|known| known.exercise.id == id);
        let Some(scenarios) = all.find(|known| known.card(card).is_some()) else { return };
        let of_level = desk.workspace.scenarios(&scenarios, self.is_expert, desk.now);
        of_level.into_iter().filter(|scenario| scenario.card == *card).for_each(|scenario| self.round.add(scenario));
        self.scenarios = Some(scenarios);
    }

    fn recorded(&mut self, entry: &Entry, desk: &Desk) -> Vec<Effect> {
        self.pending = None;
        let memory = desk.workspace.memory(&entry.card);
        self.round.recorded(entry, memory);
        self.chosen = None;
        self.scroll = Scroll::default();
        if self.drill.rapid.is_some() {
            self.round.next(desk.now.at);
            self.clear_table();
            return Vec::new();
        }
        self.judge(desk);
        let is_right = self.round.answer().is_some_and(|answer| answer.is_right);
        let back = match memory.suspended {
            true => Safe::from("suspended"),
            false => safe!("back in {}", when::until(&memory.due(), desk.now)),
        };
        let (tone, word) = if is_right { (Tone::Good, "right") } else { (Tone::Warn, "missed") };
        vec![Notice::new(tone, safe!("{word}: {back} · u takes it back"))]
    }

    fn key(&mut self, chord: Chord, desk: &Desk) -> Vec<Effect> {
        if self.takes_picks()
            && let Some(place) = scenario::find(&self.picks, chord)
        {
            return self.pick(place, desk);
        }
        if let Some(action) = self.tables().into_iter().find_map(|table| find(table, chord)) {
            return self.act(action, desk);
        }
        if self.face == Face::Why {
            self.why.press(chord, measure(desk.size.0));
        }
        Vec::new()
    }

    fn click(&mut self, column: usize, row: usize, desk: &Desk) -> Vec<Effect> {
        let label = self.question().and_then(|question| question.label_at(column, row, desk.size));
        match label.filter(|_| self.takes_picks()) {
            Some(place) => self.pick(place, desk),
            None if self.face == Face::Round && self.picked().is_some() => self.act(Action::Next, desk),
            None => Vec::new(),
        }
    }
}

impl Screen for ChoiceScreen {
    fn title(&self, desk: &Desk) -> (Row, Row) {
        let prompt = self.exercise().map_or_else(|| Safe::from("Exercise"), |exercise| exercise.prompt.clone());
        let left = Row::of(Role::Title, prompt);
        let answers = self.round.answers();
        let right = answers.iter().filter(|answer| answer.is_right).count();
        let all = answers.len() + self.round.left();
        if self.is_over() {
            return (left, Row::of(Role::Quiet, if self.scenarios.is_some() { "done" } else { "" }));
        }
        let number = answers.len() + usize::from(self.picked().is_none());
        let place = match desk.size.0 {
            ..60 => safe!("{number}/{all}"),
            _ => safe!("{number} of {all}"),
        };
        let told = Row::of(Role::Text, place);
        (left, if answers.is_empty() { told } else { told.and(Role::Quiet, safe!(" · {right} right")) })
    }

    fn view(&self, canvas: &mut Canvas, desk: &Desk) {
        self.draw(canvas, desk);
    }

    fn update(&mut self, event: &Event, desk: &Desk) -> Vec<Effect> {
        match event {
            Event::Key(chord) => self.key(*chord, desk),
            Event::Paste(text) if self.face == Face::Why => {
                self.why.insert(text);
                Vec::new()
            }
            Event::Scroll(by) => {
                self.go(by * 2, desk);
                Vec::new()
            }
            Event::Click { column, row } => self.click(*column, *row, desk),
            Event::Done(outcome) => self.done(outcome, desk),
            Event::Paste(_) | Event::Resize | Event::Uncovered | Event::Tick | Event::Leaving | Event::Edited(_) => {
                Vec::new()
            }
        }
    }

    fn hints(&self) -> Vec<Hint> {
        let labels = self.picks.as_slice();
        let labels = if self.takes_picks() { labels } else { &[] };
        let edits = if self.face == Face::Why { EDITS } else { &[] };
        let own = self.tables().into_iter().flat_map(hints);
        own.chain(scenario::hints(labels)).chain(hints(edits)).collect()
    }

    fn takes_letters(&self) -> bool {
        self.face == Face::Why
    }
}
