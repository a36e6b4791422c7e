//! Taking back what the learner did last, and bringing it back: each is one more entry in the log.

use std::collections::HashSet;

use rusqlite::Connection;

use super::append::Writing;
use super::row::Row;
use super::trouble::Trouble;
use super::{Store, read, schema};
use crate::card::Key;
use crate::review::{Action, Entry, EntryId, Moment, carried, live};

/// What an undo or a redo did.
#[derive(Debug, PartialEq, Eq)]
pub struct Undone {
    /// What the learner had done, which counts no longer, or counts again; its card is the one that it counts for now.
    pub target: Entry,
    /// The entry that was added.
    pub retraction: Entry,
    /// All entries of that card now, in order.
    pub history: Vec<Entry>,
    /// The cards that it was ever renamed from or to, each with all its entries now.
    pub related: Vec<(Key, Vec<Entry>)>,
    /// What was added since this store last looked, before the retraction.
    pub others: Vec<Row>,
}

impl Store {
    /// Takes back the newest thing done that still counts, of any card. Nothing when nothing counts.
    ///
    /// `id` is that of the new entry. A call whose outcome is unknown can be repeated with the same one.
    pub fn undo(&mut self, moment: Moment, id: EntryId) -> Result<Option<Undone>, Trouble> {
        self.write(|writing| {
            if let Some(repeated) = repeated(writing, id)? {
                return Ok(Some(repeated));
            }
            let Some(target) = newest_done(writing.log)? else { return Ok(None) };
            let retraction = Entry { id, card: target.card.clone(), moment, action: Action::Retract(target.id) };
            writing.add(&retraction, 1)?;
            undone(writing, target, retraction).map(Some)
        })
    }

    /// Brings back what was taken back last. Nothing when something was done since, or nothing was taken back.
    ///
    /// `id` is that of the new entry. A call whose outcome is unknown can be repeated with the same one.
    pub fn redo(&mut self, moment: Moment, id: EntryId) -> Result<Option<Undone>, Trouble> {
        self.write(|writing| {
            if let Some(repeated) = repeated(writing, id)? {
                return Ok(Some(repeated));
            }
            let Some((undo, target)) = newest_undo(writing.log)? else { return Ok(None) };
            let retraction = Entry { id, card: target.card.clone(), moment, action: Action::Retract(undo) };
            writing.add(&retraction, 1)?;
            undone(writing, target, retraction).map(Some)
        })
    }
}

impl Store {
    /// Takes back one entry. Nothing if it is not there, or does not count. A rename of a card that was answered under its
    /// new id since is taken back by a rename in the other direction, so that those answers go along.
    pub fn take_back(&mut self, target: EntryId, moment: Moment, id: EntryId) -> Result<Option<Undone>, Trouble> {
        self.write(|writing| {
            let Some(target) = with_id(writing.log, target)? else { return Ok(None) };
            let cards = read::related(writing.log, &target.card)?;
            let entries = read::of_cards(writing.log, &cards)?;
            let live = live(&entries);
            let Some(at) = live.iter().position(|entry| entry.id == target.id) else { return Ok(None) };
            let entry = match &target.action {
                Action::Rename { to } if live[at..].iter().any(|later| later.card == *to) => {
                    Entry { id, card: to.clone(), moment, action: Action::Rename { to: target.card.clone() } }
                }
                _ => Entry { id, card: target.card.clone(), moment, action: Action::Retract(target.id) },
            };
            writing.add(&entry, 1)?;
            undone(writing, target, entry).map(Some)
        })
    }

    /// What an undo would take back now.
    pub fn undoable(&self) -> Result<Option<Entry>, Trouble> {
        newest_done(&self.log)
    }

    /// What a redo would bring back now.
    pub fn redoable(&self) -> Result<Option<Entry>, Trouble> {
        Ok(newest_undo(&self.log)?.map(|(_, target)| target))
    }
}

fn undone(writing: &mut Writing<'_>, target: Entry, retraction: Entry) -> Result<Undone, Trouble> {
    let cards = read::related(writing.log, &target.card)?;
    let entries = read::of_cards(writing.log, &cards)?;
    let now = carried(&entries);
    let card = entries.iter().zip(&now).find(|(entry, _)| entry.id == target.id).map(|(_, card)| card.clone());
    let target = Entry { card: card.unwrap_or_else(|| target.card.clone()), ..target };
    let of_card = |card: &Key| {
        let counting = entries.iter().zip(&now).filter(|(_, now)| *now == card);
        counting.map(|(entry, _)| entry.clone()).collect::<Vec<_>>()
    };
    let history = of_card(&target.card);
    let related = cards.into_iter().filter(|card| *card != target.card).map(|card| (card.clone(), of_card(&card)));
    let related = related.collect();
    Ok(Undone { target, retraction, history, related, others: std::mem::take(&mut writing.others) })
}

/// What an earlier call with this identity did.
fn repeated(writing: &mut Writing<'_>, id: EntryId) -> Result<Option<Undone>, Trouble> {
    let Some(retraction) = with_id(writing.log, id)? else { return Ok(None) };
    if !matches!(retraction.action, Action::Retract(_)) {
        return Err(Trouble::Stale);
    }
    let mut target = retraction.clone();
    while let Action::Retract(earlier) = target.action {
        target = with_id(writing.log, earlier)?.ok_or(Trouble::Stale)?;
    }
    undone(writing, target, retraction).map(Some)
}

fn with_id(log: &Connection, id: EntryId) -> Result<Option<Entry>, Trouble> {
    Ok(read::one(log, schema::WITH_ID, [id.0.as_bytes()])?.map(|row| row.entry))
}

/// The newest entry that counts and is no retraction; judged from the end, as `review::live` does.
fn newest_done(log: &Connection) -> Result<Option<Entry>, Trouble> {
    let (mut retracted, mut newest) = (HashSet::new(), None);
    read::each(log, schema::BACKWARDS, [], |row| {
        match row.entry.action {
            _ if retracted.contains(&row.entry.id) => {}
            Action::Retract(target) => {
                retracted.insert(target);
            }
            _ => newest = Some(row.entry),
        }
        Ok(newest.is_none())
    })?;
    Ok(newest)
}

/// The newest retraction that counts and that takes back something done, with what it takes back. Only those after
/// everything done are asked: doing something new ends what can be brought back.
fn newest_undo(log: &Connection) -> Result<Option<(EntryId, Entry)>, Trouble> {
    let (mut retracted, mut counting) = (HashSet::new(), Vec::new());
    read::each(log, schema::BACKWARDS, [], |row| {
        let Action::Retract(target) = row.entry.action else { return Ok(false) };
        if !retracted.contains(&row.entry.id) {
            retracted.insert(target);
            counting.push((row.entry.id, target));
        }
        Ok(true)
    })?;
    for (undo, target) in counting {
        if let Some(target) = with_id(log, target)?
            && !matches!(target.action, Action::Retract(_))
        {
            return Ok(Some((undo, target)));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::{Grade, Source};
    use crate::store::testing::{any, entries, entry, filled, home, id, key, moment, open, retract};

    #[test]
    fn what_a_redo_would_bring_back_is_told_before() {
        let (home, written) = filled(3);
        let mut store = open(home.path());
        assert_eq!(store.redoable(), Ok(None));
        store.undo(moment(4), id(4)).expect("no trouble");
        store.undo(moment(5), id(5)).expect("no trouble");
        assert_eq!(store.redoable(), Ok(Some(written[1].clone())));
        store.redo(moment(6), id(6)).expect("no trouble");
        assert_eq!(store.redoable(), Ok(Some(written[2].clone())));
    }

    #[test]
    fn a_rename_is_taken_back_once_and_with_what_was_answered_since() {
        for answers in [0, 1] {
            let home = home();
            let mut store = open(home.path());
            let (from, to) = (key(1), key(2));
            let good = Action::Review { grade: Grade::Good, took: 0, source: Source::Study, said: None };
            let answer = |number, card: &Key| Entry { card: card.clone(), ..entry(number, 1, good.clone()) };
            store.append(&answer(1, &from), None).expect("added");
            let rename =
                Entry { id: id(2), card: from.clone(), moment: moment(2), action: Action::Rename { to: to.clone() } };
            store.append(&rename, Some(id(1))).expect("added");
            for number in 0..answers {
                store.append(&answer(3 + number, &to), Some(id(2))).expect("added");
            }
            let undone = store.take_back(id(2), moment(8), id(8)).expect("no trouble").expect("something");
            assert_eq!(undone.target.id, id(2));
            let answered = |entry: &&Entry| matches!(entry.action, Action::Review { .. });
            let history = store.of(&from).expect("read");
            assert_eq!(history.iter().filter(answered).count(), usize::from(answers == 1) + 1);
            assert!(store.of(&to).expect("read").is_empty());
            if answers == 0 {
                assert_eq!(store.take_back(id(2), moment(9), id(9)), Ok(None));
            }
            assert_eq!(store.take_back(id(77), moment(9), id(10)), Ok(None));
        }
    }

    fn target(undone: Result<Option<Undone>, Trouble>) -> Option<Entry> {
        undone.expect("no trouble").map(|undone| undone.target)
    }

    #[test]
    fn undo_goes_back_step_by_step_also_after_a_restart() {
        let (home, written) = filled(3);
        for (number, expected) in [(4, Some(2)), (5, Some(1)), (6, Some(0)), (7, None)] {
            let undone = open(home.path()).undo(moment(number), id(number));
            assert_eq!(target(undone), expected.map(|index: usize| written[index].clone()));
        }
        let log = entries(&open(home.path())).expect("read");
        assert_eq!(log.len(), 6);
        assert!(live(&log).is_empty());
    }

    #[test]
    fn redo_brings_back_what_was_taken_back_last() {
        let (home, written) = filled(3);
        let mut store = open(home.path());
        assert_eq!(target(store.redo(moment(4), id(4))), None);
        for number in 4..=6 {
            store.undo(moment(number), id(number)).expect("undone");
        }
        for (number, index) in [(7, 0), (8, 1), (9, 2)] {
            assert_eq!(target(store.redo(moment(number), id(number))), Some(written[index].clone()));
        }
        assert_eq!(target(store.redo(moment(10), id(10))), None);
        let log = entries(&store).expect("read");
        assert_eq!(live(&log), written.iter().collect::<Vec<_>>());
    }

    #[test]
    fn doing_something_new_ends_what_can_be_brought_back() {
        let (home, _) = filled(3);
        let mut store = open(home.path());
        store.undo(moment(4), id(4)).expect("undone");
        store.append(&any(5), None).expect("added");
        assert_eq!(target(store.redo(moment(6), id(6))), None);
        assert_eq!(target(store.undo(moment(7), id(7))), Some(any(5)));
        assert_eq!(target(store.redo(moment(8), id(8))), Some(any(5)));
        assert_eq!(target(store.redo(moment(9), id(9))), None);
    }

    #[test]
    fn an_undo_tells_the_card_s_whole_history() {
        let (home, _) = filled(8);
        let undone = open(home.path()).undo(moment(9), id(9)).expect("undone").expect("something");
        assert_eq!(undone.retraction, retract(9, 3, 8));
        assert_eq!(undone.history, [any(3), any(8), retract(9, 3, 8)]);
    }

    #[test]
    fn an_undo_or_redo_that_is_repeated_with_its_identity_happens_once() {
        let (home, written) = filled(3);
        let mut store = open(home.path());
        let first = store.undo(moment(4), id(4)).expect("undone");
        assert_eq!(store.undo(moment(4), id(4)), Ok(first));
        let second = store.redo(moment(5), id(5)).expect("brought back");
        assert_eq!(second.as_ref().map(|undone| &undone.target), Some(&written[2]));
        assert_eq!(store.redo(moment(5), id(5)), Ok(second));
        assert_eq!(store.undo(moment(6), id(1)), Err(Trouble::Stale), "the identity of something else");
        assert_eq!(store.last().0, 5);
    }

    #[test]
    fn what_others_did_is_handed_over_and_taken_back_first() {
        let home = home();
        let (mut one, mut two) = (open(home.path()), open(home.path()));
        one.append(&any(1), None).expect("added");
        assert_eq!(two.redo(moment(2), id(2)), Ok(None));
        assert_eq!(two.last().0, 0, "what it did not hear of is still new to it");
        let undone = two.undo(moment(2), id(2)).expect("undone").expect("something");
        assert_eq!((undone.target, undone.others.len()), (any(1), 1));
        assert_eq!(two.last().0, 2);
    }
}
