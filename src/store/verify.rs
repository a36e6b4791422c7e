//! Proof that a log is whole: every page, every row, every place, every index.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use twox_hash::XxHash3_64;

use super::row::Seq;
use super::trouble::Trouble;
use super::{Store, migrate, read};

/// A log in which nothing is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checked {
    pub rows: u64,
}

/// An index is read in its own order, beside the place of each row.
const BY_CARD: &str = "SELECT deck, card, seq FROM entry INDEXED BY entry_of_card";
const BY_ID: &str = "SELECT id, NULL, seq FROM entry INDEXED BY sqlite_autoindex_entry_1";

impl Store {
    /// Reads and checks the whole log. [`Trouble::Damaged`] names the first thing that is wrong.
    pub fn verify(&self) -> Result<Checked, Trouble> {
        let snapshot = Transaction::new_unchecked(&self.log, TransactionBehavior::Deferred)?;
        self.refuse_if_shorter()?;
        if matches!(self.refusal, Some(Trouble::Newer { .. })) {
            return pages(&snapshot);
        }
        migrate::check(&snapshot, migrate::ALL)?;
        log(&snapshot)
    }
}

/// Checks every page, every row, and that each index has every row once, where a search looks for it.
pub fn log(log: &Connection) -> Result<Checked, Trouble> {
    pragma(log, "quick_check(1)")?;
    let (mut rows, mut by_card, mut by_id) = (0, 0_u64, 0_u64);
    read::each_from(log, Seq::START, |row| {
        let card = &row.entry.card;
        by_card = by_card.wrapping_add(place(card.deck.as_str().as_bytes(), card.card.as_str().as_bytes(), row.seq.0));
        by_id = by_id.wrapping_add(place(row.entry.id.0.as_bytes(), &[], row.seq.0));
        rows = row.seq.0;
        Ok(())
    })?;
    if index(log, BY_CARD)? != by_card || index(log, BY_ID)? != by_id {
        return Err(Trouble::damaged("an index does not have the entries that the table has"));
    }
    Ok(Checked { rows })
}

/// Checks every page, the indexes and the places, whatever the version of the log. SQLite looks each row up in each
/// index, which takes longer than [`log`].
pub fn pages(log: &Connection) -> Result<Checked, Trouble> {
    pragma(log, "integrity_check(1)")?;
    let sql = "SELECT count(*), coalesce(max(seq), 0) FROM entry";
    let (rows, last): (i64, i64) = log.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if rows == last {
        return Ok(Checked { rows: rows.unsigned_abs() });
    }
    Err(Trouble::damaged(format!("{rows} entries are counted and the last is number {last}")))
}

fn pragma(log: &Connection, check: &str) -> Result<(), Trouble> {
    let answer: String = log.query_row(&format!("PRAGMA {check}"), [], |row| row.get(0))?;
    if answer == "ok" { Ok(()) } else { Err(Trouble::damaged(answer)) }
}

/// The sum over an index of what [`place`] makes of each row, which does not depend on the order of rows.
fn index(log: &Connection, statement: &str) -> Result<u64, Trouble> {
    let mut statement = log.prepare_cached(statement)?;
    let mut rows = statement.query([])?;
    let (mut sum, mut last) = (0_u64, (Vec::new(), Vec::new(), 0));
    while let Some(row) = rows.next()? {
        let (first, second) = (bytes(row.get_ref(0)?), bytes(row.get_ref(1)?));
        let seq: i64 = row.get(2)?;
        if (first, second, seq) <= (&last.0[..], &last.1[..], last.2) {
            return Err(Trouble::damaged("an index is out of order"));
        }
        sum = sum.wrapping_add(place(first, second, seq.unsigned_abs()));
        last.0.clear();
        last.0.extend_from_slice(first);
        last.1.clear();
        last.1.extend_from_slice(second);
        last.2 = seq;
    }
    Ok(sum)
}

fn bytes(value: ValueRef<'_>) -> &[u8] {
    value.as_bytes().unwrap_or_default()
}

fn place(first: &[u8], second: &[u8], seq: u64) -> u64 {
    XxHash3_64::oneshot_with_seed(XxHash3_64::oneshot_with_seed(seq, first), second)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::fs;

    use super::*;
    use crate::store::files;
    use crate::store::testing::{entries, filled, open};

    #[test]
    fn a_whole_log_is_counted() {
        for rows in [0, 1, 300] {
            let (home, _) = filled(rows);
            let store = open(home.path());
            assert_eq!(store.verify(), Ok(Checked { rows }));
            assert_eq!(pages(&store.log), Ok(Checked { rows }));
        }
    }

    #[test]
    fn an_index_that_names_another_card_is_noticed_although_every_row_is_whole() {
        const LEAF_OF_AN_INDEX: u8 = 10;
        let (home, written) = filled(300);
        let file = files::log(home.path());
        let whole = fs::read(&file).expect("read");
        let mut noticed = HashSet::new();
        for (start, page) in (0..).step_by(4096).zip(whole.chunks(4096)).filter(|(_, page)| page[0] == LEAF_OF_AN_INDEX)
        {
            for at in (0..4096 - 13).filter(|&at| page[at..].starts_with(b"aws-ecscard-")).step_by(7) {
                let mut damaged = whole.clone();
                damaged[start + at + 12] = b'9';
                fs::write(&file, damaged).expect("written");
                let store = open(home.path());
                assert_eq!(entries(&store).as_ref(), Ok(&written));
                assert_eq!(store.verify().is_ok(), pages(&store.log).is_ok(), "SQLite's own slower check agrees");
                noticed.extend(store.verify().err().map(|trouble| trouble.to_string()));
            }
        }
        let named = |what: &str| noticed.iter().any(|trouble| trouble.contains(what));
        assert!(named("out of order") && named("does not have"), "{noticed:?}");
    }
}
