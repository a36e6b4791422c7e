//! The review log in SQLite: append, read, migrate, back up.
//!
//! One folder holds one log: `reviews.db` and what SQLite keeps beside it, `reviews.mark` (how far the log had come),
//! `greenroom.lock` (who has it open), `backups/`, and `disagreements.jsonl`, which no backup needs. Rows are only ever added, each carries a checksum that is
//! verified whenever it is read, and what [`Store::append`] returned is on the disk. Several programs may write at
//! once. SQLite keeps its locks by process, so nothing here opens `reviews.db` but SQLite itself, unless it is to be
//! read where it cannot be written.

mod append;
mod backup;
mod connect;
mod disagreements;
mod files;
mod lock;
mod mark;
mod migrate;
mod open;
mod read;
mod replace;
mod rescue;
mod restore;
mod row;
mod schema;
mod thin;
mod trouble;
mod undo;
mod verify;

#[cfg(test)]
mod damage;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod walk;

use std::cell::Cell;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use tempfile::TempDir;

pub use append::{Appended, Imported};
pub use backup::Backup;
pub use disagreements::{disagree, disagreements};
pub use lock::Lock;
pub use replace::{Replaced, Replacement};
pub use rescue::Rescued;
pub use restore::Restored;
pub use row::{Row, Seq};
pub use trouble::Trouble;
pub use undo::Undone;
pub use verify::Checked;

use crate::card::Key;
use crate::review::{Entry, EntryId};
use files::Disk;
use mark::{Mark, Newest};

/// An open log.
#[derive(Debug)]
pub struct Store {
    log: Connection,
    /// Lives as long as a connection that reads a private copy.
    _copy: Option<TempDir>,
    folder: PathBuf,
    disk: Disk,
    identity: Option<(u64, u64)>,
    /// The newest row that this store has looked at.
    newest: Cell<Option<Newest>>,
    mark: Option<Mark>,
    /// Why nothing is written; set for good by an error after which the disk cannot be trusted.
    refusal: Option<Trouble>,
    told: Cell<bool>,
}

impl Store {
    /// Where the log of a folder lies.
    pub fn file(folder: &Path) -> PathBuf {
        files::log(folder)
    }

    /// Whether entries can be recorded, or why they cannot; for a banner.
    pub fn writable(&self) -> Result<(), Trouble> {
        self.refusal.clone().map_or(Ok(()), Err)
    }

    /// The kind of network disk that the log lies on, the first time this is asked; nothing on a local disk. There
    /// the log is kept with a rollback journal: slower, and only as safe as the disk's locks.
    pub fn network(&self) -> Option<&'static str> {
        match self.disk {
            Disk::Network(kind) if !self.told.replace(true) => Some(kind),
            _ => None,
        }
    }

    /// The newest row that this store has looked at, by opening, reading or writing the log.
    pub fn last(&self) -> Seq {
        self.newest.get().map_or(Seq::START, |(seq, _)| seq)
    }

    /// The identity at a place, if the log reaches so far. Whoever keeps something made from the log asks this to
    /// learn whether it still belongs to it.
    pub fn id_at(&self, seq: Seq) -> Result<Option<EntryId>, Trouble> {
        Ok(read::one(&self.log, schema::AT, [seq.0.cast_signed()])?.map(|row| row.entry.id))
    }

    /// The rows after a place, in order. [`Trouble::Moved`] when the log does not reach so far.
    pub fn since(&self, after: Seq) -> Result<Vec<Row>, Trouble> {
        if after != Seq::START && self.id_at(after)?.is_none() {
            return Err(Trouble::Moved);
        }
        let rows = read::from(&self.log, after.next())?;
        let end = rows.last().map_or(after, |row| row.seq);
        if end < self.last() {
            return Err(Trouble::damaged(format!("it ends after entry {end}")));
        }
        if let Some(row) = rows.last() {
            self.newest.set(Some((row.seq, row.entry.id)));
        }
        Ok(rows)
    }

    /// The card and those that it was ever renamed from or to, directly or not.
    pub fn related(&self, card: &Key) -> Result<Vec<Key>, Trouble> {
        read::related(&self.log, card)
    }

    /// All entries that count for a card after every rename, in order, retracted ones among them.
    pub fn of(&self, card: &Key) -> Result<Vec<Entry>, Trouble> {
        read::of_card(&self.log, card)
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use testing::{any, anything, entries, filled, home, key, open};

    #[test]
    fn rows_are_read_from_any_place_on() {
        let (home, written) = filled(20);
        let store = open(home.path());
        assert_eq!(store.last(), Seq(20));
        let rows = store.since(Seq(17)).expect("read");
        assert_eq!(rows.iter().map(|row| row.seq.0).collect::<Vec<_>>(), [18, 19, 20]);
        assert_eq!(rows[0].entry, written[17]);
        assert_eq!(store.since(Seq(20)), Ok(Vec::new()));
        assert_eq!(store.since(Seq(21)), Err(Trouble::Moved));
        assert_eq!(store.id_at(Seq(3)), Ok(Some(written[2].id)));
        assert_eq!(store.id_at(Seq(21)), Ok(None));
    }

    #[test]
    fn a_card_has_its_entries_and_no_others() {
        let (home, written) = filled(20);
        let store = open(home.path());
        let of_card: Vec<_> = written.into_iter().filter(|entry| entry.card == key(3)).collect();
        assert_eq!(store.of(&key(3)), Ok(of_card));
        assert_eq!(store.of(&key(99)), Ok(Vec::new()));
    }

    #[test]
    fn the_log_refuses_to_be_changed() {
        let (home, _) = filled(3);
        let other = Connection::open(files::log(home.path())).expect("it opens");
        for change in ["UPDATE entry SET grade = 4", "DELETE FROM entry WHERE seq = 3", "DELETE FROM entry"] {
            let refused = other.execute_batch(change).expect_err("refused").to_string();
            assert!(refused.contains("only ever added to"), "{refused}");
        }
    }

    #[test]
    fn a_row_that_was_added_by_other_means_is_noticed() {
        let (home, _) = filled(3);
        let other = Connection::open(files::log(home.path())).expect("it opens");
        let row = "SELECT 4, randomblob(16), deck, card, at_ms, offset_s, day, kind, grade, took_ms, source, target, \
                   checksum, said FROM entry WHERE seq = 3";
        other.execute_batch(&format!("INSERT INTO entry {row}")).expect("added");
        assert_eq!(Store::open(home.path()).err(), Some(Trouble::damaged("entry 4 is not as it was written")));
    }

    #[test]
    fn a_network_disk_is_mentioned_once_and_works_without_shared_memory() {
        let home = home();
        let on_network = || Store::open_on(home.path(), Disk::Network("NFS"), migrate::ALL).expect("it opens");
        let mut store = on_network();
        assert_eq!((store.network(), store.network()), (Some("NFS"), None));
        let mut second = on_network();
        for number in [1, 3] {
            store.append(&any(number), None).expect("added");
            second.append(&any(number + 1), None).expect("added");
        }
        assert_eq!(entries(&store), Ok(anything(1..=4)));
        assert!(!files::companion(&files::log(home.path()), "-shm").exists());
        drop((store, second));
        let mut local = open(home.path());
        assert_eq!(local.network(), None);
        local.append(&any(5), None).expect("added");
        assert_eq!(entries(&local), Ok(anything(1..=5)));
    }
}
