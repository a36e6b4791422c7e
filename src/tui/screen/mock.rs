//! A mock interview: questions against a calm clock, without a mark before the end; then the scorecard.

mod answer;
mod card;
mod end;
mod keys;
mod marking;
mod page;
mod trend;

use jiff::{SignedDuration, Timestamp};

use self::keys::Action;
use crate::card::{Card, Key, Kind, Recall};
use crate::grader::Verdict;
use crate::interview::{Report, Sitting, Step};
use crate::review::{EntryId, Typed};
use crate::safe;
use crate::text::Safe;
use crate::tui::event::{Desk, Effect, Event, Notice, Outcome, Screen, Tone};
use crate::tui::keys::{Bind, Chord, Hint, find, hints};
use crate::tui::paint::{Canvas, Row};
use crate::tui::widget::entry::{EDITS, Edit, Entry as Field};
use crate::tui::widget::scenario::measure;
use crate::tui::widget::scroll::Scroll;
use crate::workspace::Draft;

/// How long anything may be kept nowhere.
const UNKEPT: SignedDuration = SignedDuration::from_secs(2);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Face {
    /// A question, a rating, a probe: whatever step the mock is at.
    Asking,
    Score,
    /// One answer with its marks: a place in the order of worth.
    Walk(usize),
    Trend,
}

/// Whether what is written is on the disk.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Saved {
    Not,
    /// On its way there.
    Sent,
    Yes,
}

/// Where the answers stand on their way to the log.
#[derive(Debug, Clone, PartialEq)]
enum Record {
    Open,
    /// Entries that have not arrived yet, and whether the screen is left when they have.
    Going {
        left: Vec<EntryId>,
        leaves: bool,
    },
    Done,
    Withdrawn,
}

pub struct MockScreen {
    sitting: Sitting,
    /// What is asked, as far as it can be read.
    cards: Vec<(Key, Card)>,
    field: Field,
    face: Face,
    /// The digits of a rating.
    rating: String,
    /// Whether the rating is given and waits for the verdict on its answer.
    is_rated: bool,
    /// The text for which a hint was asked.
    hinting: Option<Safe>,
    verdicts: Vec<(Key, Safe, Verdict)>,
    report: Option<Report>,
    /// Whether the marks of all answers are on their way.
    is_marking: bool,
    record: Record,
    /// When the draft was kept last, and whether all that is written is in it.
    kept: Timestamp,
    saved: Saved,
    asks_to_end: bool,
    scroll: Scroll,
}

impl MockScreen {
    pub fn open(mut sitting: Sitting, desk: &Desk) -> MockScreen {
        sitting.resume(desk.now.at);
        let read = |key: &Key| Some((key.clone(), desk.workspace.library.card(&key.deck, &key.card).ok()?));
        let cards = sitting.plan.questions.iter().filter_map(|drawn| read(&drawn.card)).collect();
        let mut field = Field::page(Typed::LONGEST);
        field.replace(sitting.written.as_str());
        MockScreen {
            sitting,
            cards,
            field,
            face: Face::Asking,
            rating: String::new(),
            is_rated: false,
            hinting: None,
            verdicts: Vec::new(),
            report: None,
            is_marking: false,
            record: Record::Open,
            kept: Timestamp::MIN,
            saved: Saved::Not,
            asks_to_end: false,
            scroll: Scroll::default(),
        }
    }

    fn is_over(&self) -> bool {
        self.sitting.step() == Step::Over
    }

    fn card(&self, key: &Key) -> Option<&Card> {
        self.cards.iter().find(|(known, _)| known == key).map(|(_, card)| card)
    }

    fn recall(&self, key: &Key) -> Option<&Recall> {
        match &self.card(key)?.kind {
            Kind::Recall(recall) => Some(recall),
            Kind::Choice(_) | Kind::Cloze(_) | Kind::Code(_) => None,
        }
    }

    /// The question on the table.
    fn asked(&self) -> Option<(Key, &Recall)> {
        let key = self.sitting.asked()?.0.card.clone();
        let recall = self.recall(&key)?;
        Some((key, recall))
    }

    fn verdict(&self, key: &Key, text: &Safe) -> Option<&Verdict> {
        self.verdicts.iter().find(|(of, on, _)| of == key && on == text).map(|(.., verdict)| verdict)
    }

    fn tables(&self) -> Vec<&'static [Bind<Action>]> {
        let recorded = if self.record == Record::Open { keys::RECORD } else { keys::RECORDED };
        let correcting: &[Bind<Action>] = if self.record == Record::Open { keys::CORRECTING } else { &[] };
        let structure: &[Bind<Action>] = if self.record == Record::Open { keys::STRUCTURE } else { &[] };
        match (self.face, self.sitting.step()) {
            (Face::Walk(_), _) if self.sitting.is_rehearsal => vec![keys::WALKING, keys::REHEARSED, keys::SCROLLING],
            (Face::Score, _) => vec![&keys::SCORE[..1], recorded, structure, &keys::SCORE[1..], keys::SCROLLING],
            (Face::Walk(_), _) => vec![keys::WALKING, correcting, keys::CLOSING, keys::SCROLLING],
            (Face::Trend, _) => vec![keys::CLOSING, keys::SCROLLING],
            _ if self.sitting.is_paused() => vec![keys::PAUSED, keys::LEAVING],
            (_, Step::Think) => vec![keys::THINKING, keys::GOING, keys::LEAVING],
            (_, Step::Answer) if self.sitting.wishes.is_spoken => vec![keys::SPEAKING, keys::GOING, keys::LEAVING],
            (_, Step::Answer) => vec![keys::WRITING, keys::HINTING, keys::GOING, keys::LEAVING, keys::EDITING],
            (_, Step::Probe) => vec![keys::WRITING, keys::GOING, keys::LEAVING, keys::EDITING],
            (_, Step::Rate) => vec![keys::RATING, keys::LEAVING],
            (_, Step::Tick) => vec![keys::TICKING, keys::LEAVING],
            (_, Step::Over) => vec![keys::RECORDED],
        }
    }

    fn writes(&self) -> bool {
        let is_text = match self.sitting.step() {
            Step::Answer => !self.sitting.wishes.is_spoken,
            Step::Probe => true,
            _ => false,
        };
        self.face == Face::Asking && is_text && !self.sitting.is_paused()
    }

    fn act(&mut self, action: Action, desk: &Desk) -> Vec<Effect> {
        let asked_to_end = std::mem::take(&mut self.asks_to_end);
        let now = desk.now.at;
        if self.writes() {
            self.sitting.written = self.field.text();
        }
        match action {
            Action::Start => self.sitting.start_answering(now),
            Action::NewLine => self.field.edit(Edit::NewLine, measure(desk.size.0)),
            Action::Editor => return vec![Effect::Edit(self.field.text())],
            Action::HandIn => self.sitting.hand_in(now),
            Action::Hint => return self.ask_hint(desk),
            Action::Skip => self.sitting.skip(now),
            Action::Pause if self.sitting.is_paused() => self.sitting.resume(now),
            Action::Pause => self.sitting.pause(now),
            Action::End if asked_to_end => self.sitting.end(now),
            Action::End => {
                self.asks_to_end = true;
                let words = "ctrl-q again ends the interview here; the answers so far are scored";
                return vec![Notice::new(Tone::Warn, Safe::from(words))];
            }
            Action::Leave => return self.leave(desk),
            Action::Rate => {
                self.is_rated = true;
                return self.go_on(desk);
            }
            Action::Erase => drop(self.rating.pop()),
            Action::More => self.rate_by(10),
            Action::Less => self.rate_by(-10),
            Action::Ticked => self.sitting.ticked(now),
            _ => return self.look(action, desk),
        }
        self.moved(desk)
    }

    fn turn_to(&mut self, face: Face) {
        self.face = face;
        self.scroll = Scroll::default();
    }

    fn go(&mut self, by: isize, desk: &Desk) {
        let rows = self.read_rows(desk).len();
        self.scroll.go(by, rows, desk.size.1.saturating_sub(page::above(desk.size.1)));
    }

    fn rate_by(&mut self, by: i16) {
        let number = self.rating.parse::<i16>().unwrap_or(50) + by;
        self.rating = number.clamp(0, 100).to_string();
    }

    /// The step may be another one: what follows from that, and the draft.
    fn moved(&mut self, desk: &Desk) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.sitting.written != self.field.text() {
            self.field = Field::page(Typed::LONGEST);
            self.field.replace(self.sitting.written.as_str());
            self.rating.clear();
            self.hinting = None;
        }
        if self.sitting.step() == Step::Rate {
            effects.extend(self.wanted_marks(desk));
        }
        effects.extend(self.keep(desk));
        effects.extend(self.finish(desk));
        effects
    }

    /// Builds the scorecard once the mock is over and all is marked.
    fn finish(&mut self, desk: &Desk) -> Vec<Effect> {
        if !self.is_over() {
            return Vec::new();
        }
        let wanted = self.wanted_marks(desk);
        if wanted.is_empty() {
            self.is_marking = false;
            self.report =
                Some(Report::of(&self.sitting, |key| self.card(key).cloned(), |key, text| self.verdict(key, text)));
            if self.face == Face::Asking {
                self.turn_to(if self.sitting.is_rehearsal { Face::Walk(0) } else { Face::Score });
            }
        } else if std::mem::replace(&mut self.is_marking, true) {
            return Vec::new();
        }
        wanted
    }

    fn keep(&mut self, desk: &Desk) -> Vec<Effect> {
        if matches!(self.record, Record::Done | Record::Withdrawn) {
            return Vec::new();
        }
        if self.writes() {
            self.sitting.written = self.field.text();
        }
        if self.sitting.is_rehearsal {
            return Vec::new();
        }
        (self.kept, self.saved) = (desk.now.at, Saved::Sent);
        vec![Effect::Keep { draft: Draft::interview(), text: Some(self.sitting.draft()) }]
    }

    /// Looks at the clock, and keeps what is two seconds old.
    fn tick(&mut self, desk: &Desk) -> Vec<Effect> {
        if self.is_over() {
            return Vec::new();
        }
        let is_stale = desk.now.at.duration_since(self.kept) >= UNKEPT;
        let before = self.sitting.step();
        self.sitting.look(desk.now.at);
        let is_due = is_stale && (self.sitting.clock.runs() || self.saved == Saved::Not);
        if is_due || self.sitting.step() != before { self.keep(desk) } else { Vec::new() }
    }

    fn done(&mut self, outcome: &Outcome, desk: &Desk) -> Vec<Effect> {
        match outcome {
            Outcome::Marked { card, text, verdict } => {
                if self.verdict(card, text).is_none() {
                    self.verdicts.push((card.clone(), text.clone(), Verdict::clone(verdict)));
                }
                let is_hint = self.hinting.as_ref() == Some(text);
                let hinted = if is_hint { self.give_hint(card, text) } else { Vec::new() };
                let on = self.go_on(desk);
                let is_last = self.is_over() && self.report.is_none() && self.unmarked().is_empty();
                let score = if is_last { self.finish(desk) } else { Vec::new() };
                hinted.into_iter().chain(on).chain(score).collect()
            }
            Outcome::Drafted(draft) if *draft == Draft::interview() && self.saved == Saved::Sent => {
                self.saved = Saved::Yes;
                Vec::new()
            }
            Outcome::Recorded { entry, .. } | Outcome::Overtaken { entry, .. } => self.arrived(Some(entry.id)),
            Outcome::Refused { entry: Some(entry), .. } if self.sitting.entries.contains(&entry.id) => {
                self.record = Record::Open;
                Vec::new()
            }
            Outcome::Undone { undone: Some(undone), .. } if self.sitting.entries.contains(&undone.target.id) => {
                self.record = Record::Withdrawn;
                Vec::new()
            }
            Outcome::Redone { redone: Some(redone), .. } if self.sitting.entries.contains(&redone.target.id) => {
                self.record = Record::Done;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn key(&mut self, chord: Chord, desk: &Desk) -> Vec<Effect> {
        let mut effects = self.tick(desk);
        if let Some(action) = self.tables().into_iter().find_map(|table| find(table, chord)) {
            effects.extend(self.act(action, desk));
            return effects;
        }
        self.asks_to_end = false;
        match (self.sitting.step(), chord.typed()) {
            _ if self.face != Face::Asking || self.sitting.is_paused() => {}
            (Step::Rate, Some(digit)) if digit.is_ascii_digit() && !self.is_rated => {
                let longer = format!("{}{digit}", self.rating);
                let is_number = longer.parse::<u8>().is_ok_and(|number| number <= 100);
                self.rating = if is_number { longer } else { digit.to_string() };
            }
            (Step::Tick, Some(digit)) => self.tick_point(digit),
            (Step::Think, Some(_)) if !self.sitting.wishes.is_spoken => {
                self.sitting.start_answering(desk.now.at);
                self.press(chord, desk);
            }
            _ if self.writes() => self.press(chord, desk),
            _ => {}
        }
        effects
    }

    fn press(&mut self, chord: Chord, desk: &Desk) {
        if self.field.press(chord, measure(desk.size.0)) {
            self.saved = Saved::Not;
        }
    }

    fn tick_point(&mut self, digit: char) {
        let number = digit.to_digit(10).map(|digit| (digit as usize + 9) % 10);
        let point = self.asked().zip(number).and_then(|((_, recall), at)| Some(recall.points.get(at)?.id.clone()));
        if let Some(point) = point {
            self.sitting.tick(&point);
            self.saved = Saved::Not;
        }
    }
}

/// A time as a clock shows it: `07:41`.
pub fn minutes(milliseconds: u64) -> Safe {
    let seconds = milliseconds.div_ceil(1000);
    safe!("{:02}:{:02}", seconds / 60, seconds % 60)
}

impl Screen for MockScreen {
    fn title(&self, desk: &Desk) -> (Row, Row) {
        self.heading(desk)
    }

    fn view(&self, canvas: &mut Canvas, desk: &Desk) {
        self.draw(canvas, desk);
    }

    fn update(&mut self, event: &Event, desk: &Desk) -> Vec<Effect> {
        match event {
            Event::Key(chord) => self.key(*chord, desk),
            Event::Paste(text) if self.writes() => {
                let is_whole = self.field.insert(text);
                self.saved = Saved::Not;
                let cut = || Notice::new(Tone::Warn, Safe::from("it is too long: only its beginning was taken"));
                if is_whole { Vec::new() } else { vec![cut()] }
            }
            Event::Edited(text) if self.writes() => {
                self.field.replace(text);
                self.keep(desk)
            }
            Event::Tick => {
                let mut effects = self.tick(desk);
                if self.is_over() && self.report.is_none() {
                    effects.extend(self.finish(desk));
                }
                effects
            }
            Event::Leaving if !self.is_over() => {
                self.sitting.look(desk.now.at);
                self.keep(desk)
            }
            Event::Scroll(by) => {
                self.go(by * 2, desk);
                Vec::new()
            }
            Event::Done(outcome) => self.done(outcome, desk),
            _ => Vec::new(),
        }
    }

    fn hints(&self) -> Vec<Hint> {
        let edits = if self.writes() { EDITS } else { &[] };
        self.tables().into_iter().flat_map(hints).chain(hints(edits)).collect()
    }

    fn wakes_at(&self, desk: &Desk) -> Option<Timestamp> {
        if self.is_over() {
            return (self.report.is_none() && !self.is_marking).then_some(desk.now.at);
        }
        let second = SignedDuration::from_secs(1);
        (self.sitting.clock.runs() || self.saved == Saved::Not).then(|| desk.now.at + second)
    }

    /// Until the answers are on record, so that no key undoes what was done before the interview.
    fn takes_letters(&self) -> bool {
        !self.is_over() || self.record == Record::Open
    }
}
