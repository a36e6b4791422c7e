//! Opens settings, library and store together and offers what both faces need.

mod author;
mod drafts;
mod intake;
mod marker;
mod memories;
mod mocks;
mod models;
mod points;
mod scenarios;

use std::cell::RefCell;
use std::collections::HashMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use twox_hash::XxHash3_64;

pub use author::{Authored, Authoring, FIRST_DECK, NotAuthored};
pub use drafts::Draft;
pub use intake::{Batch, Intake, NoIntake, is_path};
pub use marker::Marker;
pub use memories::{Memories, News};
pub use mocks::{Mocked, export_interview};
pub use models::{Taught, is_roles};
pub use scenarios::Scenarios;

use crate::card::{Id, Key};
use crate::config::{Advice, ChoiceLevel, NoHome, Paths, Settings};
use crate::library::{Library, Places, Shelf, Slot};
use crate::review::{Entry, Moment};
use crate::safe;
use crate::scheduler::{BadPolicy, Clock, Due, Memory, Policy, Scheduler, State};
use crate::store::{Store, Trouble};
use crate::study::{Candidate, Queue};

/// What a face says when it asks for the workspace.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// One folder for everything, instead of those of the XDG variables.
    pub home: Option<OsString>,
    /// Deck files or folders beside those of the learner.
    pub decks: Vec<PathBuf>,
    /// The learner's time zone.
    pub zone: Option<TimeZone>,
}

/// Everything that is open. It knows what is on record, and does not write to the record itself.
pub struct Workspace {
    pub paths: Paths,
    pub settings: Settings,
    /// What could not be used of the settings file.
    pub advice: Vec<Advice>,
    pub library: Arc<Library>,
    pub memories: Memories,
    pub scheduler: Arc<Scheduler>,
    pub clock: Clock,
    places: Places,
    /// The markers that were asked for, by deck.
    markers: RefCell<HashMap<Id, Marker>>,
}

/// Why there is no workspace.
#[derive(Debug, thiserror::Error)]
pub enum Closed {
    #[error(transparent)]
    NoHome(#[from] NoHome),
    #[error(transparent)]
    Policy(#[from] BadPolicy),
    #[error(transparent)]
    Store(#[from] Trouble),
}

/// How one deck stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    pub cards: usize,
    /// Due now and today, learning steps and points asked by themselves among them.
    pub due: usize,
    pub new: usize,
    /// Mean probability of recall over all cards of the deck, unseen ones counting 0.
    pub strength: f32,
    /// When the next card comes, if nothing is due.
    pub next: Option<Date>,
    pub suspended: usize,
    pub leeches: usize,
}

impl Workspace {
    /// Reads settings and decks, and brings the memories up to the end of the log.
    #[expect(clippy::disallowed_methods, reason = "where the learner is, when nobody says so")]
    pub fn open(request: &Request) -> Result<Workspace, Closed> {
        let paths = Paths::find(request.home.clone())?;
        let (mut settings, mut advice) = Settings::open(&paths.config);
        let scheduler = Scheduler::new(settings.policy.clone()).or_else(|bad| {
            advice.push(Advice { line: 1, message: safe!("{bad}; the default schedule is followed") });
            settings.policy = Policy::default();
            Scheduler::new(Policy::default())
        })?;
        let scheduler = Arc::new(scheduler);
        let zone = request.zone.clone().unwrap_or_else(TimeZone::system);
        let clock = Clock::new(zone, settings.day_start).expect("the settings hold an hour of the day");
        let places = Places { built_in: true, folder: Some(paths.decks.clone()), extra: request.decks.clone() };
        let library = Arc::new(Library::open(&places, Some(&paths.cache)));
        let memories = Memories::default();
        Ok(Workspace {
            paths,
            settings,
            advice,
            library,
            memories,
            scheduler,
            clock,
            places,
            markers: RefCell::default(),
        })
    }

    /// The decks are others now, after a file was changed.
    pub fn reread(&mut self, library: Arc<Library>) {
        self.library = library;
        self.markers.borrow_mut().clear();
    }

    /// Where decks are looked for.
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// Brings the memories up to the end of the log.
    pub fn follow(&mut self, store: &Store) -> Result<(), Trouble> {
        self.memories = Memories::read(&self.paths.cache, &self.scheduler, store)?;
        Ok(())
    }

    /// An entry is on record.
    pub fn record(&mut self, entry: &Entry) {
        self.memories.record(&self.scheduler, entry);
    }

    /// The log of one card has changed in its middle: `history` is all of it.
    pub fn rewrite(&mut self, card: &Key, history: &[Entry]) {
        self.memories.rewrite(&self.scheduler, card, history);
    }

    pub fn moment(&self, at: Timestamp) -> Moment {
        self.clock.moment(at)
    }

    /// Another program has added to the log.
    pub fn learn(&mut self, news: &News) {
        self.memories.learn(&self.scheduler, news);
    }

    pub fn memory(&self, card: &Key) -> Memory {
        self.memories.of(&card.deck, &card.card)
    }

    /// A card as the queue sees it on a day.
    pub fn candidate(&self, card: Key, today: Date) -> Candidate {
        let memory = self.memory(&card);
        let retrievability = self.scheduler.retrievability(&memory, today);
        Candidate { card, point: None, memory, retrievability }
    }

    /// Today's queue of the decks named, or of all: what the daily limits leave, with `more` new cards on top.
    pub fn queue(&self, decks: &[Id], now: Moment, more: usize) -> Queue {
        let (new, reviews) = self.left_today(now.day);
        let mut new_left = new + more;
        let chosen = self.library.decks().iter().filter(|shelf| decks.is_empty() || decks.contains(&shelf.id));
        let points = self.points_today(chosen.clone(), now);
        let slots = chosen.flat_map(|shelf| self.mixed_slots(shelf).map(move |slot| (shelf, slot)));
        let candidates = slots.filter_map(|(shelf, slot)| {
            let memory = self.memories.of(&shelf.id, &slot.id);
            let is_wanted = match memory.due() {
                Due::Anytime => new_left > 0 && !memory.is_set_aside(now.day),
                Due::At(_) => true,
                Due::On(day) => day <= now.day,
            };
            new_left -= usize::from(is_wanted && memory.state == State::New);
            is_wanted.then(|| self.candidate(Key { deck: shelf.id.clone(), card: slot.id.clone() }, now.day))
        });
        let candidates = points.into_iter().chain(candidates);
        Queue::choose(candidates, new + more, reviews, now)
    }

    /// The cards of a deck that are asked: all but those whose answers are hidden at the basic level.
    fn slots<'a>(&self, shelf: &'a Shelf) -> impl Iterator<Item = &'a Slot> + use<'a> {
        let is_expert = self.settings.choice_level == ChoiceLevel::Expert;
        shelf.cards.iter().filter(move |slot| is_expert || !slot.expert)
    }

    /// The same with the scenarios behind the cards and in a mixed order, the same on every day: in the order of the deck
    /// near twins stand side by side, and one gives the other away.
    fn mixed_slots<'a>(&self, shelf: &'a Shelf) -> impl Iterator<Item = &'a Slot> + use<'a> {
        let chance = |slot: &&Slot| XxHash3_64::oneshot(slot.id.as_str().as_bytes());
        let mut scenarios: Vec<&Slot> = self.slots(shelf).filter(|slot| slot.choice).collect();
        scenarios.sort_by_key(chance);
        self.slots(shelf).filter(|slot| !slot.choice).chain(scenarios)
    }

    /// New cards and reviews that the daily limits still allow.
    pub fn left_today(&self, today: Date) -> (usize, usize) {
        let (new, reviews) = self.memories.done_on(today);
        let left = |limit: u32, done: usize| (limit as usize).saturating_sub(done);
        (left(self.settings.limits.new, new), left(self.settings.limits.reviews, reviews))
    }

    pub fn standing(&self, shelf: &Shelf, now: Moment) -> Standing {
        let cards = self.slots(shelf).count();
        let mut standing = Standing { cards, due: 0, new: 0, strength: 0.0, next: None, suspended: 0, leeches: 0 };
        if self.memories.know_nothing_of(&shelf.id) {
            standing.new = cards;
            return standing;
        }
        for slot in self.slots(shelf) {
            let memory = self.memories.of(&shelf.id, &slot.id);
            standing.strength += self.scheduler.retrievability(&memory, now.day).unwrap_or(0.0);
            standing.suspended += usize::from(memory.suspended);
            standing.leeches += usize::from(memory.leech);
            if memory.is_set_aside(now.day) {
                continue;
            }
            match self.due_day(&memory) {
                None => standing.new += 1,
                Some(day) if day <= now.day => standing.due += 1,
                Some(day) => standing.next = Some(standing.next.map_or(day, |next| next.min(day))),
            }
        }
        for point in self.points(shelf, now.day) {
            match self.due_day(&point.memory) {
                Some(day) if day <= now.day => standing.due += 1,
                day => standing.next = [standing.next, day].into_iter().flatten().min(),
            }
        }
        standing.strength /= cards.max(1) as f32;
        standing
    }

    /// Cards, and points asked by themselves, that come due on each of the next `days` study days; today's are with all that is overdue.
    pub fn forecast(&self, today: Date, days: usize) -> Vec<usize> {
        let mut counts = vec![0; days];
        for shelf in self.library.decks() {
            let of_deck = self.forecast_of(shelf, today, days);
            counts.iter_mut().zip(of_deck).for_each(|(count, more)| *count += more);
        }
        counts
    }

    /// The same of one deck.
    pub fn forecast_of(&self, shelf: &Shelf, today: Date, days: usize) -> Vec<usize> {
        let mut counts = vec![0; days];
        if self.memories.know_nothing_of(&shelf.id) {
            return counts;
        }
        let cards = self.slots(shelf).map(|slot| self.memories.of(&shelf.id, &slot.id));
        let points = self.points(shelf, today).into_iter().map(|point| point.memory);
        for memory in cards.chain(points) {
            let Some(day) = self.due_day(&memory).filter(|_| !memory.suspended) else { continue };
            let ahead = usize::try_from(day.duration_since(today).as_hours() / 24).unwrap_or(0);
            if let Some(count) = counts.get_mut(ahead) {
                *count += 1;
            }
        }
        counts
    }

    /// The study day on which a card is to be asked; none for a new one.
    fn due_day(&self, memory: &Memory) -> Option<Date> {
        match memory.due() {
            Due::Anytime => None,
            Due::At(end) => Some(self.moment(end).day),
            Due::On(day) => Some(day),
        }
    }
}

/// The cards of a deck, in its order.
pub fn keys(shelf: &Shelf) -> impl Iterator<Item = Key> + '_ {
    shelf.cards.iter().map(|slot| Key { deck: shelf.id.clone(), card: slot.id.clone() })
}
