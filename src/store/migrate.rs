//! The numbered texts that bring a log of any earlier version to this one. Texts are added and never edited.
//!
//! A log of every released version is kept in `tests/it/data/store/`, and a test opens each.

use rusqlite::{Connection, Transaction, TransactionBehavior};
use twox_hash::XxHash3_64;

use super::schema;
use super::trouble::Trouble;

/// One step: version n is the n-th of the list.
pub struct Migration {
    pub sql: &'static str,
    /// Of the tables, indexes and triggers as they are after the step; see [`fingerprint`].
    pub fingerprint: u64,
}

pub const ALL: &[Migration] = &[
    Migration { sql: schema::VERSION_1, fingerprint: 0xc621_8ab1_a25b_f10b },
    Migration { sql: schema::VERSION_2, fingerprint: 0x0f78_76cb_c923_a4a6 },
    Migration { sql: schema::VERSION_3, fingerprint: 0x2a09_a54f_90fb_394a },
];

/// The version of a log; 0 is one without tables.
pub fn version(log: &Connection) -> Result<u32, Trouble> {
    Ok(log.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// The number of the newest step.
pub fn newest(migrations: &[Migration]) -> u32 {
    u32::try_from(migrations.len()).expect("there are few migrations")
}

/// Runs the steps that the log lacks, all of them or none. Another program may have run them meanwhile.
pub fn migrate(log: &Connection, migrations: &[Migration]) -> Result<(), Trouble> {
    let transaction = Transaction::new_unchecked(log, TransactionBehavior::Immediate)?;
    for (number, migration) in (1..).zip(migrations) {
        if number > version(&transaction)? {
            transaction.execute_batch(migration.sql)?;
            transaction.pragma_update(None, "user_version", number)?;
        }
    }
    check(&transaction, migrations)?;
    Ok(transaction.commit()?)
}

/// Refuses a log of a newer version, and one whose tables are not as the migrations left them.
pub fn check(log: &Connection, migrations: &[Migration]) -> Result<(), Trouble> {
    let (found, known) = (version(log)?, newest(migrations));
    if found > known {
        return Err(Trouble::Newer { found, known });
    }
    let index = found.checked_sub(1).ok_or_else(|| Trouble::damaged("it has no version"))?;
    let expected = migrations[index as usize].fingerprint;
    if fingerprint(log)? == expected { Ok(()) } else { Err(Trouble::damaged("its tables were changed")) }
}

/// XXH3 (64 bits) of the texts that made the tables, indexes and triggers, by name.
pub fn fingerprint(log: &Connection) -> Result<u64, Trouble> {
    let sql = "SELECT group_concat(sql, ';' ORDER BY name) FROM sqlite_schema WHERE sql IS NOT NULL";
    let texts: Option<String> = log.query_row(sql, [], |row| row.get(0))?;
    Ok(XxHash3_64::oneshot(texts.unwrap_or_default().as_bytes()))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::*;
    use crate::review::{Action, Entry};
    use crate::store::Store;
    use crate::store::files::{self, Disk};
    use crate::store::testing::{self, anything, filled, home, open, retract};

    const NEXT: &str = "CREATE TABLE memory (card TEXT PRIMARY KEY) STRICT";

    /// The steps of a greenroom that is newer by the one text.
    fn and(sql: &'static str) -> Vec<Migration> {
        let log = Connection::open_in_memory().expect("a log");
        let mut steps: Vec<_> = ALL.iter().map(|step| Migration { ..*step }).collect();
        for sql in ALL.iter().map(|step| step.sql).chain([sql]) {
            let _ = log.execute_batch(sql);
        }
        steps.push(Migration { sql, fingerprint: fingerprint(&log).expect("read") });
        steps
    }

    fn fixture(version: u32) -> PathBuf {
        let name = format!("tests/it/data/store/version-{version}.db");
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
    }

    fn entries_of_a_fixture(version: u32) -> Vec<Entry> {
        let mut entries = anything(1..=40);
        if version < 2 {
            entries.iter_mut().for_each(silence);
        }
        entries.extend([retract(41, 40 % 5, 40), retract(42, 40 % 5, 41), retract(43, 1, 36)]);
        if version >= 3 {
            entries.push(Entry { action: Action::Rename { to: testing::key(99) }, ..anything(44..=44).remove(0) });
        }
        entries
    }

    /// Before version 2 nothing that was said was kept.
    fn silence(entry: &mut Entry) {
        if let Action::Review { said, .. } = &mut entry.action {
            *said = None;
        }
    }

    #[test]
    fn no_released_text_was_edited() {
        let log = Connection::open_in_memory().expect("a log");
        for (index, migration) in ALL.iter().enumerate() {
            log.execute_batch(migration.sql).expect("it runs");
            assert_eq!(fingerprint(&log).expect("read"), migration.fingerprint, "of version {}", index + 1);
        }
    }

    #[test]
    fn a_log_of_every_released_version_opens_with_every_entry() {
        for version in 1..=newest(ALL) {
            let home = home();
            fs::copy(fixture(version), files::log(home.path())).expect("copied");
            let store = open(home.path());
            assert_eq!(testing::entries(&store), Ok(entries_of_a_fixture(version)), "version {version}");
            let rows = entries_of_a_fixture(version).len() as u64;
            assert_eq!(store.verify().map(|checked| checked.rows), Ok(rows));
        }
    }

    #[test]
    fn what_is_left_of_a_damaged_log_of_every_released_version_can_be_read() {
        for version in 1..=newest(ALL) {
            let home = home();
            let file = files::log(home.path());
            fs::copy(fixture(version), &file).expect("copied");
            let other = Connection::open(&file).expect("it opens");
            let damage = "DROP TRIGGER entry_is_never_changed; UPDATE entry SET day = 1 WHERE seq = 13";
            other.execute_batch(damage).expect("changed");
            drop(other);
            let mut whole = entries_of_a_fixture(version);
            whole.remove(12);
            let rescued = Store::rescue(&file).expect("read");
            assert_eq!((rescued.entries, rescued.lost), (whole, 1), "version {version}");
        }
    }

    #[test]
    fn an_older_log_is_backed_up_and_then_migrated() {
        let (home, entries) = filled(30);
        let store = Store::open_on(home.path(), Disk::Local, &and(NEXT)).expect("it opens");
        assert_eq!(version(&store.log), Ok(newest(ALL) + 1));
        assert_eq!(testing::entries(&store), Ok(entries));
        let backups = Store::backups(home.path()).expect("listed");
        assert_eq!(backups.len(), 1);
        assert_eq!(backups[0].rows, Some(30));
        let before = Connection::open(&backups[0].path).expect("it opens");
        assert_eq!(version(&before), Ok(newest(ALL)));
    }

    #[test]
    fn a_migration_that_fails_changes_nothing() {
        let (home, entries) = filled(30);
        let steps = and("CREATE TABLE memory (card TEXT); CREATE TABLE entry (seq INTEGER)");
        let failed = Store::open_on(home.path(), Disk::Local, &steps).err();
        assert!(matches!(failed, Some(Trouble::Damaged { .. })), "{failed:?}");
        assert_eq!(testing::entries(&open(home.path())), Ok(entries));
    }

    #[test]
    fn a_log_of_a_newer_version_is_left_alone_and_its_rows_can_be_read() {
        let (home, entries) = filled(30);
        drop(Store::open_on(home.path(), Disk::Local, &and(NEXT)).expect("it opens"));
        let bytes = fs::read(files::log(home.path())).expect("read");
        let newer = Trouble::Newer { found: newest(ALL) + 1, known: newest(ALL) };
        assert_eq!(Store::open(home.path()).err(), Some(newer.clone()));
        let mut store = Store::open_to_read(home.path()).expect("it opens");
        assert_eq!(testing::entries(&store), Ok(entries));
        assert_eq!(store.writable(), Err(newer.clone()));
        assert_eq!(store.append(&testing::any(31), None), Err(newer));
        assert_eq!(fs::read(files::log(home.path())).expect("read"), bytes);
    }

    #[test]
    fn a_log_whose_tables_were_changed_is_refused() {
        let (home, _) = filled(3);
        let other = Connection::open(files::log(home.path())).expect("it opens");
        other.execute_batch("DROP TRIGGER entry_is_never_deleted").expect("dropped");
        drop(other);
        assert_eq!(Store::open(home.path()).err(), Some(Trouble::damaged("its tables were changed")));
    }

    #[test]
    fn a_log_of_this_version_is_kept_for_the_tests_of_later_ones() {
        let kept = fixture(newest(ALL));
        if !kept.exists() {
            let home = home();
            open(home.path()).import(&entries_of_a_fixture(newest(ALL))).expect("imported");
            open(home.path()).backup(Some(&kept), jiff::Timestamp::UNIX_EPOCH).expect("written");
            panic!("{} was missing and is written now: commit it", kept.display());
        }
    }
}
