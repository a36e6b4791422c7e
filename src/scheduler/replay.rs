//! From log entries to memories: one card's, or the whole log's.

use std::collections::HashMap;
use std::thread;

use twox_hash::XxHash3_64;

use super::{Memory, Scheduler, is_put_off};
use crate::card::Key;
use crate::review::{Action, Entry, Grade, Source, carried, live};

/// Logs shorter than this are replayed faster than threads are started.
const WORTH_THREADS: usize = 10_000;

impl Scheduler {
    /// The memory that the counting entries (see [`live`]) of one card come to; oldest first.
    ///
    /// The same as [`Scheduler::apply`] on entry after entry, and faster.
    ///
    /// ```
    /// use greenroom::review::{Action, Entry, EntryId, Grade, Source};
    /// use greenroom::scheduler::{Clock, Due, Policy, Scheduler};
    /// use jiff::{Timestamp, civil::date, tz::TimeZone};
    ///
    /// let clock = Clock::new(TimeZone::UTC, Clock::DAY_START)?;
    /// let scheduler = Scheduler::new(Policy { fuzz: false, ..Policy::default() })?;
    ///
    /// let at: Timestamp = "2026-11-22T20:00:00Z".parse()?;
    /// let action = Action::Review { grade: Grade::Easy, took: 9_000, source: Source::Study, said: None };
    /// let card = "aws-ecs/task-role".parse()?;
    /// let entry = Entry { id: EntryId::new(at, 0), card, moment: clock.moment(at), action };
    ///
    /// assert_eq!(scheduler.replay([&entry]).due(), Due::On(date(2026, 11, 30)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn replay<'a>(&self, entries: impl IntoIterator<Item = &'a Entry>) -> Memory {
        let mut memory = Memory::default();
        let mut last_review = None;
        let set_due = |memory: &mut Memory, last: Option<(Memory, &Entry, Grade, bool)>| {
            if let Some((before, entry, grade, is_put_off)) = last {
                memory.set_due(self.due(&entry.card, &before, &entry.moment, grade, is_put_off));
            }
        };
        for entry in entries {
            match entry.action {
                Action::Review { grade, source, .. } => {
                    // Only then does it matter whether the card was due.
                    if source == Source::Mock {
                        set_due(&mut memory, last_review.take());
                    }
                    let is_put_off = is_put_off(&memory, &entry.moment, grade, source);
                    last_review = Some((memory, entry, grade, is_put_off));
                    memory = self.remember(&memory, &entry.moment, grade, is_put_off);
                }
                Action::Reset => (memory, last_review) = (Memory::default(), None),
                _ => memory = self.apply(&memory, entry),
            }
        }
        set_due(&mut memory, last_review);
        memory
    }

    /// The memory of each card that a log mentions. The log is whole: retractions are seen to here.
    pub fn replay_all(&self, log: &[Entry]) -> HashMap<Key, Memory> {
        if log.iter().any(|entry| matches!(entry.action, Action::Rename { .. })) {
            return self.replay_carried(log);
        }
        // Sorting by hash brings the entries of a card together sooner than a map from cards to entries does.
        let mut hashed: Vec<_> = live(log).into_iter().map(|entry| (hash(&entry.card), entry)).collect();
        hashed.sort_by_key(|(hash, _)| *hash);
        if hashed.len() < WORTH_THREADS {
            return self.replay_sorted(&hashed).into_iter().collect();
        }
        thread::scope(|scope| {
            let quarters = hashed.chunk_by(|(one, _), (other, _)| one >> 62 == other >> 62);
            let quarters: Vec<_> = quarters.map(|quarter| scope.spawn(|| self.replay_sorted(quarter))).collect();
            quarters.into_iter().flat_map(|quarter| quarter.join().expect("replaying never panics")).collect()
        })
    }

    fn replay_carried(&self, log: &[Entry]) -> HashMap<Key, Memory> {
        let mut by_card: HashMap<Key, Vec<Entry>> = HashMap::new();
        for (entry, card) in log.iter().zip(carried(log)) {
            by_card.entry(card).or_default().push(entry.clone());
        }
        let memory = |(card, entries): (Key, Vec<Entry>)| {
            let live = live(&entries);
            (!live.is_empty()).then(|| (card, self.replay(live)))
        };
        by_card.into_iter().filter_map(memory).collect()
    }

    fn replay_sorted(&self, hashed: &[(u64, &Entry)]) -> Vec<(Key, Memory)> {
        let mut memories = Vec::new();
        for alike in hashed.chunk_by(|(one, _), (other, _)| one == other) {
            let mut entries: Vec<_> = alike.iter().map(|(_, entry)| *entry).collect();
            // Setting a card's entries apart before the first is replayed fetches them all at once: a third less time.
            while let Some(Entry { card, .. }) = entries.first().copied() {
                let (own, others): (Vec<_>, Vec<_>) = entries.into_iter().partition(|entry| entry.card == *card);
                memories.push((card.clone(), self.replay(own)));
                entries = others;
            }
        }
        memories
    }
}

/// Mostly another number for another card.
fn hash(card: &Key) -> u64 {
    let deck = XxHash3_64::oneshot(card.deck.as_str().as_bytes());
    XxHash3_64::oneshot_with_seed(deck, card.card.as_str().as_bytes())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::{histories, key, moment, policies, review, scheduler};
    use super::super::{Due, State};
    use super::*;
    use crate::review::EntryId;

    fn assert_sound(memory: &Memory) {
        if memory.state == State::New {
            assert_eq!((memory.stability, memory.difficulty, memory.reviews), (0.0, 0.0, 0));
            assert_eq!((memory.first_day, memory.last_day, memory.last_at()), (None, None, None));
        } else {
            assert!((0.001..=36_500.0).contains(&memory.stability), "{memory:?}");
            assert!((1.0..=10.0).contains(&memory.difficulty), "{memory:?}");
            assert!(memory.first_day <= memory.last_day && memory.lapses < memory.reviews, "{memory:?}");
        }
        match memory.due() {
            Due::Anytime => assert_eq!(memory.state, State::New),
            Due::At(at) => assert!(Some(at) >= memory.last_at(), "{memory:?}"),
            Due::On(day) => assert!(Some(day) >= memory.last_day, "{memory:?}"),
        }
    }

    proptest! {
        #[test]
        fn replaying_is_applying_one_by_one_and_every_memory_is_sound(
            policy in policies(), history in histories(60),
        ) {
            let scheduler = Scheduler::new(policy).expect("a good policy");
            let mut memory = Memory::default();
            for (done, entry) in history.iter().enumerate() {
                let last_day = memory.last_day;
                memory = scheduler.apply(&memory, entry);
                assert_sound(&memory);
                prop_assert!(memory.last_day >= last_day || entry.action == Action::Reset);
                prop_assert_eq!(memory, scheduler.replay(&history[..=done]));
                if let Some(recall) = scheduler.retrievability(&memory, moment(1000, 0).day) {
                    prop_assert!((0.0..=1.0).contains(&recall), "{}", recall);
                }
            }
        }
    }

    #[test]
    fn thousands_of_reviews_leave_a_sound_memory() {
        let scheduler = scheduler(|policy| policy.fuzz = true);
        for grade in Grade::ALL {
            for days in [0, 1, 30, 300] {
                let history: Vec<_> = (0..5_000).map(|number| review(moment(number * days, number), grade)).collect();
                assert_sound(&scheduler.replay(&history));
            }
        }
    }

    /// A log of several cards, mixed, in which each ninth entry retracts the one before it.
    fn log(cards: usize, entries: usize) -> Vec<Entry> {
        let keys: Vec<_> = (0..cards).map(|card| key(&format!("deck-{}/card-{card}", card % 3))).collect();
        let mut log: Vec<Entry> = Vec::with_capacity(entries);
        for number in 0..entries {
            let minute = i64::try_from(number).expect("a small log");
            let mut entry = review(moment(minute / 50, minute), Grade::ALL[number * number % 4]);
            entry.id = EntryId::new(entry.moment.at, number as u128);
            entry.card = keys[number * 7 % cards].clone();
            if number % 9 == 8 {
                entry.action = Action::Retract(log[number - 1].id);
            }
            log.push(entry);
        }
        log
    }

    #[test]
    fn the_whole_log_gives_each_card_what_its_own_entries_give() {
        let scheduler = scheduler(|policy| policy.fuzz = true);
        for log in [log(1, 40), log(40, 1_000), log(300, WORTH_THREADS + 5_000)] {
            let counting = live(&log);
            let memories = scheduler.replay_all(&log);
            let mut cards = 0;
            for (card, memory) in &memories {
                let own = counting.iter().copied().filter(|entry| &entry.card == card);
                assert_eq!(*memory, scheduler.replay(own));
                cards += 1;
            }
            let mentioned: std::collections::HashSet<_> = counting.iter().map(|entry| &entry.card).collect();
            assert_eq!(cards, mentioned.len());
        }
        assert!(scheduler.replay_all(&[]).is_empty());
    }

    #[test]
    fn cards_with_the_same_hash_are_told_apart() {
        let scheduler = scheduler(|_| {});
        let log = log(8, 100);
        let hashed: Vec<_> = live(&log).into_iter().map(|entry| (0, entry)).collect();
        let memories: HashMap<_, _> = scheduler.replay_sorted(&hashed).into_iter().collect();
        assert_eq!(memories, scheduler.replay_all(&log));
        assert_eq!(memories.len(), 8);
    }
}
