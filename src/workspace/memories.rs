//! How well each card is remembered: a fold over the log, with a snapshot so that a start need not read all of it.

use std::collections::HashMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_64;

use super::mocks::Mocked;
use crate::card::{Id, Key};
use crate::review::{Action, Entry, EntryId, live};
use crate::scheduler::{Memory, Points, Scheduler};
use crate::store::{Row, Seq, Store, Trouble};

/// Changes whenever a snapshot of an older program would be read wrongly.
const SNAPSHOT_VERSION: u32 = 3;

/// Rows behind which a snapshot may lag before it is written anew.
const LAG: u64 = 200;

/// The share of the newest answer in the learner's pace.
const PACE_WEIGHT: f32 = 0.05;

/// Milliseconds that an answer takes somebody of whom nothing is known yet.
const FIRST_PACE: f32 = 30_000.0;

/// The memories of all cards that have been answered at least once, as of the newest entry of the log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Memories {
    decks: HashMap<Id, HashMap<Id, Known>>,
    /// Running mean of the time that an answer takes, in milliseconds.
    pace: f32,
    /// The answers in mock interviews, in the order of the log.
    mocks: Vec<Mocked>,
    /// Of the cards of which points are, or were, asked by themselves.
    points: HashMap<Key, Points>,
}

/// Rows that were added at the end of the log.
#[derive(Debug, Default)]
pub struct News {
    rows: Vec<Row>,
    /// Cards of which something was retracted or renamed, with their whole log.
    rewritten: Vec<(Key, Vec<Entry>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Known {
    memory: Memory,
    newest: EntryId,
}

#[derive(Serialize, Deserialize)]
struct Snapshot {
    version: u32,
    scheduler: u64,
    /// The last row that is in it, and the entry that the log holds there.
    seq: Seq,
    entry: Option<EntryId>,
    memories: Memories,
}

impl Default for Memories {
    fn default() -> Memories {
        Memories { decks: HashMap::new(), pace: FIRST_PACE, mocks: Vec::new(), points: HashMap::new() }
    }
}

impl Memories {
    /// The memories as of the end of the log: the snapshot, if it belongs to this log and this scheduler, and the rows
    /// behind it; else all rows.
    pub fn read(cache: &Path, scheduler: &Scheduler, store: &Store) -> Result<Memories, Trouble> {
        let (mut memories, seq) = match Snapshot::read(cache, scheduler, store)? {
            Some(snapshot) => (snapshot.memories, snapshot.seq),
            None => (Memories::default(), Seq::START),
        };
        let rows = store.since(seq)?;
        let lag = rows.len() as u64;
        memories.learn(scheduler, &News::gather(rows, store)?);
        if lag > LAG {
            memories.keep(cache, scheduler, store);
        }
        Ok(memories)
    }

    /// Writes a snapshot. That it cannot be written costs time at the next start and nothing else.
    pub fn keep(&self, cache: &Path, scheduler: &Scheduler, store: &Store) {
        let seq = store.last();
        let Ok(entry) = store.id_at(seq) else { return };
        let memories = self.clone();
        let snapshot = Snapshot { version: SNAPSHOT_VERSION, scheduler: scheduler.fingerprint(), seq, entry, memories };
        let _lost = snapshot.write(cache);
    }

    /// The memory of a card; that of a new one if it was never answered.
    pub fn of(&self, deck: &Id, card: &Id) -> Memory {
        self.known(deck, card).map_or_else(Memory::default, |known| known.memory)
    }

    /// The newest entry of the card.
    pub fn newest(&self, card: &Key) -> Option<EntryId> {
        self.known(&card.deck, &card.card).map(|known| known.newest)
    }

    /// Whether no card of the deck was ever answered.
    pub fn know_nothing_of(&self, deck: &Id) -> bool {
        !self.decks.contains_key(deck)
    }

    /// Whether no card was ever answered.
    pub fn is_empty(&self) -> bool {
        self.decks.is_empty()
    }

    /// Milliseconds that one answer takes this learner.
    pub fn pace(&self) -> f32 {
        self.pace
    }

    /// The answers in mock interviews, the oldest first.
    pub fn mocks(&self) -> &[Mocked] {
        &self.mocks
    }

    /// The points of a card that are, or were, asked by themselves; none if there are no such.
    pub fn points(&self, card: &Key) -> Option<&Points> {
        self.points.get(card)
    }

    /// The same of all cards, in no order.
    pub fn all_points(&self) -> impl Iterator<Item = (&Key, &Points)> {
        self.points.iter()
    }

    /// Points that were asked by themselves, or found missing, on a study day.
    pub fn points_done_on(&self, day: Date) -> usize {
        self.points.values().flat_map(Points::memories).filter(|memory| memory.last_day == Some(day)).count()
    }

    /// New cards first answered, and reviews given, on a study day.
    pub fn done_on(&self, day: Date) -> (usize, usize) {
        let memories = self.decks.values().flat_map(HashMap::values).map(|known| &known.memory);
        let new = memories.clone().filter(|memory| memory.first_day == Some(day)).count();
        let points = self.points.values().flat_map(Points::memories);
        let today = memories.chain(points).filter(|memory| memory.last_day == Some(day));
        let reviews = today.map(|memory| usize::from(memory.reviewed_on_last_day)).sum();
        (new, reviews)
    }

    /// An entry that is no retraction was added at the end of the log. One that is known already does not count twice:
    /// the history of a card that [`News`] brings may hold it.
    pub fn record(&mut self, scheduler: &Scheduler, entry: &Entry) {
        if self.newest(&entry.card) == Some(entry.id) {
            return;
        }
        if let Action::Rename { to } = &entry.action {
            return self.carry(entry, to);
        }
        if let Action::Review { took, .. } | Action::Point { took, .. } = entry.action
            && took > 0
        {
            self.pace += PACE_WEIGHT * (took as f32 - self.pace);
        }
        self.mocks.extend(Mocked::of(entry));
        let Key { deck, card } = &entry.card;
        let memory = scheduler.apply(&self.of(deck, card), entry);
        self.put(&entry.card, Known { memory, newest: entry.id });
        let mut points = self.points.remove(&entry.card).unwrap_or_default();
        scheduler.apply_to_points(&mut points, entry);
        self.put_points(&entry.card, points);
    }

    /// What is known of a card goes on under another id. If that has a history too, [`News`] is needed to join the two.
    fn carry(&mut self, entry: &Entry, to: &Key) {
        let known = self.decks.get_mut(&entry.card.deck).and_then(|cards| cards.remove(&entry.card.card));
        if self.known(&to.deck, &to.card).is_none() {
            let memory = known.map(|known| known.memory).unwrap_or_default();
            self.put(to, Known { memory, newest: entry.id });
            let points = self.points.remove(&entry.card).unwrap_or_default();
            self.put_points(to, points);
        }
        if let Some(points) = self.points.remove(&entry.card) {
            self.points.entry(to.clone()).or_insert(points);
        }
        let moved = self.mocks.iter_mut().filter(|mocked| mocked.card == entry.card);
        moved.for_each(|mocked| mocked.card = to.clone());
    }

    /// Rows were added at the end of the log.
    pub fn learn(&mut self, scheduler: &Scheduler, news: &News) {
        for row in news.rows.iter().filter(|row| !matches!(row.entry.action, Action::Retract(_))) {
            self.record(scheduler, &row.entry);
        }
        for (card, history) in &news.rewritten {
            self.rewrite(scheduler, card, history);
        }
    }

    /// The log of one card has changed in its middle: `history` is all of it.
    pub fn rewrite(&mut self, scheduler: &Scheduler, card: &Key, history: &[Entry]) {
        self.mocks.retain(|mocked| mocked.card != *card);
        let of_card = live(history).into_iter().filter_map(Mocked::of);
        self.mocks.extend(of_card.map(|mocked| Mocked { card: card.clone(), ..mocked }));
        self.mocks.sort_by_key(|mocked| mocked.at);
        self.put_points(card, scheduler.replay_points(live(history)));
        match history.last() {
            None => drop(self.decks.get_mut(&card.deck).and_then(|cards| cards.remove(&card.card))),
            Some(newest) => {
                let known = Known { memory: scheduler.replay(live(history)), newest: newest.id };
                self.put(card, known);
            }
        }
    }

    fn known(&self, deck: &Id, card: &Id) -> Option<&Known> {
        self.decks.get(deck)?.get(card)
    }

    fn put_points(&mut self, card: &Key, points: Points) {
        if points.is_empty() {
            self.points.remove(card);
        } else {
            self.points.insert(card.clone(), points);
        }
    }

    fn put(&mut self, card: &Key, known: Known) {
        match self.decks.get_mut(&card.deck) {
            Some(cards) => drop(cards.insert(card.card.clone(), known)),
            None => drop(self.decks.insert(card.deck.clone(), HashMap::from([(card.card.clone(), known)]))),
        }
    }
}

impl News {
    /// What was added.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.rows.iter().map(|row| &row.entry)
    }

    /// The rows with what is needed to learn them: for a card of which something was retracted, or that was
    /// renamed, its whole log.
    pub fn gather(rows: Vec<Row>, store: &Store) -> Result<News, Trouble> {
        let mut rewritten: Vec<(Key, Vec<Entry>)> = Vec::new();
        let is_wide = |row: &&Row| matches!(row.entry.action, Action::Retract(_) | Action::Rename { .. });
        for row in rows.iter().filter(is_wide) {
            if rewritten.iter().any(|(card, _)| *card == row.entry.card) {
                continue;
            }
            for card in store.related(&row.entry.card)? {
                let history = store.of(&card)?;
                rewritten.push((card, history));
            }
        }
        Ok(News { rows, rewritten })
    }
}

impl Snapshot {
    fn read(cache: &Path, scheduler: &Scheduler, store: &Store) -> Result<Option<Snapshot>, Trouble> {
        let Some(snapshot) = fs::read(cache.join("memories")).ok().and_then(|bytes| Snapshot::decode(&bytes)) else {
            return Ok(None);
        };
        let is_ours = snapshot.version == SNAPSHOT_VERSION
            && snapshot.scheduler == scheduler.fingerprint()
            && snapshot.seq <= store.last()
            && snapshot.entry == store.id_at(snapshot.seq)?;
        Ok(is_ours.then_some(snapshot))
    }

    /// Eight bytes of checksum, and the snapshot in postcard's form.
    fn decode(bytes: &[u8]) -> Option<Snapshot> {
        let (checksum, body) = bytes.split_first_chunk::<8>()?;
        (u64::from_le_bytes(*checksum) == XxHash3_64::oneshot(body)).then_some(())?;
        postcard::from_bytes(body).ok()
    }

    fn write(&self, cache: &Path) -> std::io::Result<()> {
        let body = postcard::to_stdvec(self).map_err(std::io::Error::other)?;
        fs::create_dir_all(cache)?;
        let mut file = tempfile::NamedTempFile::new_in(cache)?;
        file.write_all(&XxHash3_64::oneshot(&body).to_le_bytes())?;
        file.write_all(&body)?;
        file.persist(cache.join("memories"))?;
        Ok(())
    }
}
