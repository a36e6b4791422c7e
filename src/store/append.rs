//! Adding entries, one durable transaction for each thing the learner did.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::files::{self, Disk};
use super::mark::Newest;
use super::row::{self, Row, Seq};
use super::trouble::Trouble;
use super::{Store, read, schema};
use crate::review::{Action, Entry, EntryId, live};

/// An entry is in the log.
#[derive(Debug, PartialEq, Eq)]
pub struct Appended {
    pub seq: Seq,
    /// What was added since this store last looked: by other programs, or by a call of its own that failed halfway.
    pub others: Vec<Row>,
}

/// A batch of entries is in the log.
#[derive(Debug, PartialEq, Eq)]
pub struct Imported {
    pub added: usize,
    /// Entries that were there before.
    pub known: usize,
    /// What was added since this store last looked, before the batch.
    pub others: Vec<Row>,
}

/// A transaction in which entries are added.
pub(super) struct Writing<'a> {
    pub log: &'a Connection,
    pub others: Vec<Row>,
    newest: Option<Newest>,
}

impl Store {
    /// Adds an entry; it is durable when this returns.
    ///
    /// `seen` is the newest entry of that card that the caller knows, retracted ones and retractions among them; none
    /// when it knows none. [`Trouble::Stale`] when other entries of the card count now than counted then. An identity
    /// that is there already is not added again, so a call whose outcome is unknown can be repeated.
    pub fn append(&mut self, entry: &Entry, seen: Option<EntryId>) -> Result<Appended, Trouble> {
        self.write(|writing| {
            if let Some(known) = read::one(writing.log, schema::WITH_ID, [entry.id.0.as_bytes()])? {
                let retried = row::same(&known.entry, entry);
                return if retried { Ok(writing.appended(known.seq)) } else { Err(Trouble::Stale) };
            }
            let card = [entry.card.deck.as_str(), entry.card.card.as_str()];
            let newest = read::one(writing.log, schema::NEWEST_OF_CARD, card)?.map(|row| row.entry.id);
            if newest != seen && !still_counts(&read::of_card(writing.log, &entry.card)?, seen) {
                return Err(Trouble::Stale);
            }
            let seq = writing.add(entry, 1)?.ok_or(Trouble::Stale)?;
            Ok(writing.appended(seq))
        })
    }

    /// Adds the entries that the log lacks, in the order given, all or none. Importing twice changes nothing.
    pub fn import(&mut self, entries: &[Entry]) -> Result<Imported, Trouble> {
        self.write(|writing| {
            let mut added = 0;
            for (line, entry) in (1..).zip(entries) {
                added += usize::from(writing.add(entry, line)?.is_some());
            }
            Ok(Imported { added, known: entries.len() - added, others: std::mem::take(&mut writing.others) })
        })
    }

    /// Runs `work` in one transaction that no other program can come between. What it added is durable when this
    /// returns; after an error the log is as it was. Others' rows that `work` did not take are still unseen.
    pub(super) fn write<T>(&mut self, work: impl FnOnce(&mut Writing<'_>) -> Result<T, Trouble>) -> Result<T, Trouble> {
        self.writable()?;
        let outcome = self.transact(work);
        if let Err(trouble) = &outcome
            && trouble.ends_writing()
        {
            self.refusal = Some(trouble.clone());
        }
        outcome
    }

    fn transact<T>(&self, work: impl FnOnce(&mut Writing<'_>) -> Result<T, Trouble>) -> Result<T, Trouble> {
        let transaction = Transaction::new_unchecked(&self.log, TransactionBehavior::Immediate)?;
        self.refuse_if_moved()?;
        let others = self.unseen()?;
        let newest = others.last().map(|row| (row.seq, row.entry.id)).or(self.newest.get());
        let mut writing = Writing { log: &transaction, others, newest };
        let done = work(&mut writing)?;
        let (newest, told) = (writing.newest, writing.others.is_empty());
        transaction.commit()?;
        if told {
            self.newest.set(newest);
        }
        self.note();
        Ok(done)
    }

    /// A file that was moved away or replaced would take entries with it. Network disks may number files anew.
    fn refuse_if_moved(&self) -> Result<(), Trouble> {
        let found = files::identity(&files::log(&self.folder));
        let same = if self.disk == Disk::Local { found == self.identity } else { found.is_some() };
        if same { Ok(()) } else { Err(Trouble::Moved) }
    }

    /// The rows that were added since this store last looked.
    fn unseen(&self) -> Result<Vec<Row>, Trouble> {
        let mut rows = read::from(&self.log, self.last())?;
        if let Some((_, id)) = self.newest.get() {
            if rows.first().is_none_or(|row| row.entry.id != id) {
                return Err(Trouble::Moved);
            }
            rows.remove(0);
        }
        Ok(rows)
    }
}

/// Whether what counts in a card's history is what counted when `seen` was its newest entry.
fn still_counts(history: &[Entry], seen: Option<EntryId>) -> bool {
    let known = match seen {
        None => Some(0),
        Some(id) => history.iter().position(|entry| entry.id == id).map(|index| index + 1),
    };
    known.is_some_and(|known| live(&history[..known]) == live(history))
}

impl Writing<'_> {
    /// Adds an entry, or nothing when its identity is there; `line` is its place in what the caller handed over.
    pub fn add(&mut self, entry: &Entry, line: usize) -> Result<Option<Seq>, Trouble> {
        let seq = self.newest.map_or(Seq::START, |(seq, _)| seq).next();
        if !row::insert(self.log, seq, entry)? {
            return Ok(None);
        }
        if let Action::Retract(target) = entry.action {
            let target = read::one(self.log, schema::WITH_ID, [target.0.as_bytes()])?;
            if !target.is_some_and(|target| target.seq < seq && target.entry.card == entry.card) {
                return Err(Trouble::Unmatched { line });
            }
        }
        self.newest = Some((seq, entry.id));
        Ok(Some(seq))
    }

    fn appended(&mut self, seq: Seq) -> Appended {
        Appended { seq, others: std::mem::take(&mut self.others) }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::thread;

    use super::*;
    use crate::store::testing::{any, anything, entries, entry, filled, home, id, key, moment, open, retract};

    #[test]
    fn an_entry_is_there_for_the_next_program() {
        let home = home();
        let appended = open(home.path()).append(&any(1), None).expect("added");
        assert_eq!(appended, Appended { seq: Seq(1), others: Vec::new() });
        assert_eq!(entries(&open(home.path())), Ok(vec![any(1)]));
    }

    #[test]
    fn appending_again_changes_nothing() {
        let home = home();
        let mut store = open(home.path());
        store.append(&any(1), None).expect("added");
        store.append(&any(6), Some(id(1))).expect("added");
        for seen in [None, Some(id(1)), Some(id(6))] {
            assert_eq!(store.append(&any(1), seen).map(|appended| appended.seq), Ok(Seq(1)));
        }
        assert_eq!(entries(&store), Ok(vec![any(1), any(6)]));
        let other = entry(6, 1, Action::Reset);
        assert_eq!(store.append(&other, Some(id(6))), Err(Trouble::Stale), "another entry with a known identity");
    }

    #[test]
    fn an_answer_to_a_card_that_another_program_changed_is_refused() {
        let home = home();
        let (mut one, mut two) = (open(home.path()), open(home.path()));
        one.append(&any(1), None).expect("added");
        assert_eq!(two.append(&any(6), None), Err(Trouble::Stale));
        assert_eq!(two.since(two.last()).map(|rows| rows.len()), Ok(1), "what it missed is still to be had");
        two.append(&any(6), Some(id(1))).expect("added");
        assert_eq!(one.append(&any(11), Some(id(99))), Err(Trouble::Stale), "an entry that the log does not have");
        assert_eq!(entries(&one), Ok(vec![any(1), any(6)]));
    }

    #[test]
    fn an_answer_taken_back_by_another_program_is_no_hindrance_and_one_that_counted_is() {
        let home = home();
        let (mut one, mut two) = (open(home.path()), open(home.path()));
        two.append(&any(1), None).expect("added");
        two.undo(moment(2), id(2)).expect("undone");
        one.append(&any(6), None).expect("nothing counts, as one knew");
        two.undo(moment(7), id(7)).expect("undone");
        assert_eq!(one.append(&any(11), Some(id(6))), Err(Trouble::Stale));
    }

    #[test]
    fn what_others_added_is_handed_over_once() {
        let home = home();
        let (mut one, mut two) = (open(home.path()), open(home.path()));
        one.append(&any(1), None).expect("added");
        one.append(&any(2), None).expect("added");
        let appended = two.append(&any(3), None).expect("added");
        assert_eq!(appended.seq, Seq(3));
        assert_eq!(appended.others.into_iter().map(|row| row.entry).collect::<Vec<_>>(), [any(1), any(2)]);
        assert_eq!(two.append(&any(4), None).map(|appended| appended.others), Ok(Vec::new()));
        assert_eq!(one.since(one.last()).map(|rows| rows.len()), Ok(2));
        assert_eq!(one.last(), Seq(4));
    }

    #[test]
    fn two_programs_that_write_at_once_lose_nothing() {
        const EACH: usize = 500;
        let home = home();
        let write = |first: u64| {
            let mut store = open(home.path());
            let mut seen = None;
            for number in (first..).step_by(2).take(EACH) {
                let entry = Entry { card: key(first), ..any(number) };
                store.append(&entry, seen).expect("added");
                seen = Some(entry.id);
            }
        };
        thread::scope(|scope| {
            scope.spawn(|| write(1));
            scope.spawn(|| write(2));
        });
        let store = open(home.path());
        assert_eq!(store.verify().map(|checked| checked.rows), Ok(2 * EACH as u64));
        for first in [1, 2] {
            let written: Vec<_> = store.of(&key(first)).expect("read").into_iter().map(|entry| entry.id).collect();
            assert_eq!(written, (first..).step_by(2).take(EACH).map(id).collect::<Vec<_>>());
        }
    }

    #[test]
    fn many_programs_may_open_a_folder_for_the_first_time_at_once() {
        let home = home();
        thread::scope(|scope| {
            for number in 1..=8 {
                let folder = home.path();
                scope.spawn(move || {
                    open(folder).append(&Entry { card: key(number), ..any(number) }, None).expect("added")
                });
            }
        });
        assert_eq!(open(home.path()).verify().map(|checked| checked.rows), Ok(8));
    }

    #[test]
    fn a_batch_is_imported_once_however_often() {
        let home = home();
        let mut store = open(home.path());
        store.append(&any(2), None).expect("added");
        let batch = [anything(1..=3), vec![retract(4, 3, 3), any(1)]].concat();
        let imported = store.import(&batch).expect("imported");
        assert_eq!((imported.added, imported.known), (3, 2));
        let again = store.import(&batch).expect("imported");
        assert_eq!((again.added, again.known), (0, 5));
        assert_eq!(entries(&store), Ok(vec![any(2), any(1), any(3), retract(4, 3, 3)]));
    }

    #[test]
    fn a_batch_that_takes_back_what_is_not_there_is_refused_whole() {
        let (home, written) = filled(3);
        let mut store = open(home.path());
        let unknown = [any(4), retract(5, 0, 99)];
        let later = [retract(4, 0, 5), any(5)];
        let of_another_card = [any(4), retract(5, 2, 1)];
        let itself = [retract(4, 1, 4)];
        for (batch, line) in [(&unknown[..], 2), (&later, 1), (&of_another_card, 2), (&itself, 1)] {
            assert_eq!(store.import(batch), Err(Trouble::Unmatched { line }));
        }
        assert_eq!(store.append(&retract(4, 1, 99), Some(id(1))), Err(Trouble::Unmatched { line: 1 }));
        assert_eq!(entries(&store), Ok(written));
        store.append(&any(4), None).expect("a refusal is not the end");
    }

    #[test]
    fn nothing_is_written_to_a_log_that_was_removed_or_replaced() {
        let (home, _) = filled(3);
        let (other, _) = filled(9);
        let mut store = open(home.path());
        fs::rename(files::log(other.path()), files::log(home.path())).expect("replaced");
        assert_eq!(store.append(&any(4), None), Err(Trouble::Moved));
        fs::remove_file(files::log(home.path())).expect("removed");
        assert_eq!(store.append(&any(4), None), Err(Trouble::Moved));
    }

    #[test]
    fn nothing_is_acknowledged_on_a_full_disk_and_work_goes_on_when_there_is_space() {
        let home = home();
        let mut store = open(home.path());
        let limit = |store: &Store, pages: u32| store.log.pragma_update(None, "max_page_count", pages).expect("set");
        let mut acknowledged = Vec::new();
        for pages in 5..60 {
            limit(&store, pages);
            let full = loop {
                let number = 1 + acknowledged.len() as u64;
                let entry = Entry { card: key(number), ..any(number) };
                match store.append(&entry, None) {
                    Ok(_) => acknowledged.push(entry),
                    Err(trouble) => break trouble,
                }
            };
            assert_eq!(full, Trouble::Full);
            assert_eq!(entries(&store).as_ref(), Ok(&acknowledged));
            assert_eq!(store.writable(), Ok(()));
        }
        limit(&store, u32::MAX);
        store.append(&any(100_000), None).expect("there is space again");
        assert!(acknowledged.len() > 1_000, "{}", acknowledged.len());
        assert_eq!(store.verify().map(|checked| checked.rows), Ok(acknowledged.len() as u64 + 1));
    }

    #[test]
    fn after_an_error_of_the_disk_nothing_is_acknowledged_until_the_log_is_opened_again() {
        let (home, written) = filled(3);
        let mut store = open(home.path());
        let error = Trouble::Io { what: "disk I/O error, code 1034".into() };
        let failed: Result<(), _> = store.write(|_| Err(error.clone()));
        assert_eq!(failed, Err(error.clone()));
        assert_eq!(store.writable(), Err(error.clone()));
        assert_eq!(store.append(&any(4), None), Err(error.clone()));
        assert_eq!(store.undo(moment(5), id(5)), Err(error));
        assert_eq!(entries(&store), Ok(written), "what is there can still be read");
        open(home.path()).append(&any(4), None).expect("added");
    }
}
