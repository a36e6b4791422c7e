//! What can still be read of a damaged log.

use std::collections::HashSet;
use std::path::Path;

use super::trouble::Trouble;
use super::{Store, connect, read, schema};
use crate::review::{Action, Entry};

/// The readable part of a damaged log, for [`Store::import`] into a log that was restored.
#[derive(Debug, PartialEq, Eq)]
pub struct Rescued {
    /// In order, each exactly as it was written; without the retractions of entries that are lost.
    pub entries: Vec<Entry>,
    /// How many entries before the last readable one cannot be read.
    pub lost: u64,
}

/// So many places in a row without a readable entry are taken for the end.
const LONGEST_GAP: u64 = 50_000;

impl Store {
    /// Reads whatever a log still holds, place by place, and passes over what is damaged.
    pub fn rescue(file: &Path) -> Result<Rescued, Trouble> {
        let (log, _copy) = connect::to_read(file)?;
        // What is damaged may not let itself be migrated.
        let at = if log.prepare(schema::AT).is_ok() { schema::AT } else { schema::AT_OF_VERSION_1 };
        let (mut entries, mut ids) = (Vec::new(), HashSet::new());
        let (mut last, mut readable) = (0, 0);
        for seq in 1_u64.. {
            if let Ok(Some(row)) = read::one(&log, at, [seq.cast_signed()]) {
                (last, readable) = (seq, readable + 1);
                if !matches!(row.entry.action, Action::Retract(target) if !ids.contains(&target)) {
                    ids.insert(row.entry.id);
                    entries.push(row.entry);
                }
            } else if seq > last + LONGEST_GAP {
                break;
            }
        }
        Ok(Rescued { entries, lost: last - readable })
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use rusqlite::Connection;

    use super::*;
    use crate::store::files;
    use crate::store::testing::{add, entries, filled, id, moment, open};

    #[test]
    fn everything_but_the_damaged_entries_comes_back_after_a_restore() {
        let (home, written) = filled(200);
        let mut store = open(home.path());
        let backup = store.backup(None, Timestamp::UNIX_EPOCH).expect("backed up");
        (201..=230).for_each(|number| add(&mut store, number));
        store.undo(moment(231), id(231)).expect("undone");
        let expected = entries(&store).expect("read");
        drop(store);
        let other = Connection::open(files::log(home.path())).expect("it opens");
        let damage = "DROP TRIGGER entry_is_never_changed; UPDATE entry SET day = 1 WHERE seq IN (7, 230)";
        other.execute_batch(damage).expect("changed");
        drop(other);

        let rescued = Store::rescue(&files::log(home.path())).expect("read");
        assert_eq!((rescued.entries.len(), rescued.lost), (228, 2), "the undo of the lost entry went with it");
        Store::restore(home.path(), &backup.path, Timestamp::UNIX_EPOCH).expect("restored");
        let mut store = open(home.path());
        let imported = store.import(&rescued.entries).expect("imported");
        assert_eq!((imported.added, imported.known), (29, 199));
        assert_eq!(entries(&store).as_deref(), Ok(&expected[..229]));
        assert_eq!(written[6], expected[6]);
    }
}
