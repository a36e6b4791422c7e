//! Going back to a backup, without losing what was there.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::Connection;
use tempfile::NamedTempFile;

use super::backup::{self, Check};
use super::trouble::{Trouble, shown};
use super::{Store, connect, files, mark, migrate, verify};

/// A backup is the log now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    pub rows: u64,
    /// Where the log lies that was there before, damaged or not; restoring it undoes the restore.
    pub kept: Option<PathBuf>,
}

impl Store {
    /// Puts a verified copy of `from` in the place of a folder's log, which is kept among the backups. Either all of
    /// it happens or the log is as it was. Stores that are open on the folder refuse to write afterwards.
    ///
    /// `from` may be the log itself: that accepts what is left of one that lost its end.
    pub fn restore(folder: &Path, from: &Path, at: Timestamp) -> Result<Restored, Trouble> {
        files::create_folder(folder)?;
        let (copy, rows) = verified(from, folder)?;
        if files::log(folder).exists() {
            // A sound log takes in its write-ahead log when it is closed, and is one file then.
            drop(Store::open(folder));
        }
        let held = hold(folder)?;
        let kept = keep(folder, &format!("before-restore-{}", backup::stamp(at)))?;
        copy.persist(files::log(folder)).map_err(|error| error.error)?;
        files::sync_folder(folder)?;
        mark::forget(folder)?;
        drop(held);
        kept.as_deref().into_iter().for_each(make_one_file);
        Ok(Restored { rows, kept })
    }
}

/// A copy of a log of this version or an earlier one, brought to this version, every row of it checked.
fn verified(from: &Path, folder: &Path) -> Result<(NamedTempFile, u64), Trouble> {
    if fs::metadata(from).is_err() {
        return Err(Trouble::Unreadable { file: shown(from) });
    }
    let (source, _private) = connect::to_read(from)?;
    let (copy, rows) = backup::copy(&source, folder, Check::Pages)?;
    let log = connect::to_write(copy.path())?;
    if migrate::version(&log)? < migrate::newest(migrate::ALL) {
        migrate::migrate(&log, migrate::ALL)?;
    }
    migrate::check(&log, migrate::ALL)?;
    verify::log(&log)?;
    log.close().map_err(|(_, error)| error)?;
    copy.as_file().sync_all()?;
    Ok((copy, rows))
}

/// Keeps other programs from writing to the log as long as the connection lives; nothing when the log is too damaged
/// for anybody to write to.
fn hold(folder: &Path) -> Result<Option<Connection>, Trouble> {
    let begin = |log: Connection| log.execute_batch("BEGIN IMMEDIATE").map(|()| log).map_err(Trouble::from);
    match connect::to_write(&files::log(folder)).and_then(begin) {
        Err(Trouble::Busy) => Err(Trouble::Busy),
        held => Ok(held.ok()),
    }
}

/// Sets a folder's log aside among the backups, with whatever SQLite keeps beside it: none of that may meet the next
/// log. The log keeps its name as well, where the disk can give it two, until another takes it.
pub fn keep(folder: &Path, name: &str) -> Result<Option<PathBuf>, Trouble> {
    let log = files::log(folder);
    let kept = backup::vacant(folder, name)?;
    if log.exists() {
        fs::hard_link(&log, &kept).or_else(|_| fs::rename(&log, &kept))?;
    }
    for ending in ["-wal", "-journal"] {
        let beside = files::companion(&log, ending);
        if fs::metadata(&beside).is_ok_and(|found| found.len() > 0) {
            fs::rename(&beside, files::companion(&kept, ending))?;
        } else {
            remove(&beside)?;
        }
    }
    remove(&files::companion(&log, "-shm"))?;
    files::sync_folder(&files::backups(folder))?;
    Ok(kept.exists().then_some(kept))
}

/// A log that needs no write-ahead log beside it will want none when it is read. One that is damaged, or open
/// elsewhere, stays as it is.
fn make_one_file(kept: &Path) {
    if !files::companion(kept, "-wal").exists()
        && let Ok(log) = connect::to_write(kept)
    {
        let _ = log.busy_timeout(Duration::ZERO).map(|()| connect::set_journal(&log, connect::ROLLBACK));
    }
}

fn remove(file: &Path) -> Result<(), Trouble> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testing::{self, add, any, copy, entries, filled, open};

    const AT: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn a_restore_brings_back_the_log_of_the_backup_and_can_be_undone() {
        let (home, written) = filled(20);
        let mut store = open(home.path());
        let backup = store.backup(None, AT).expect("backed up");
        add(&mut store, 21);
        let newer = entries(&store).expect("read");
        drop(store);
        let restored = Store::restore(home.path(), &backup.path, AT).expect("restored");
        assert_eq!(restored.rows, 20);
        assert_eq!(entries(&open(home.path())), Ok(written.clone()));
        let undone = Store::restore(home.path(), &restored.kept.expect("kept"), AT).expect("restored");
        assert_eq!(undone.rows, 21);
        assert_eq!(entries(&open(home.path())), Ok(newer));
        Store::restore(home.path(), &undone.kept.expect("kept"), AT).expect("restored");
        assert_eq!(entries(&open(home.path())), Ok(written));
        let backups = Store::backups(home.path()).expect("listed");
        assert_eq!(backups.iter().map(|backup| backup.rows).collect::<Vec<_>>(), [20, 21, 20, 21].map(Some));
        assert_eq!(fs::read_dir(files::backups(home.path())).expect("listed").count(), 4, "each is one file");
    }

    #[test]
    fn a_restore_to_an_empty_folder_needs_nothing() {
        let (home, written) = filled(5);
        let backup = open(home.path()).backup(None, AT).expect("backed up");
        let elsewhere = testing::home().path().join("new");
        let restored = Store::restore(&elsewhere, &backup.path, AT).expect("restored");
        assert_eq!(restored, Restored { rows: 5, kept: None });
        assert_eq!(entries(&open(&elsewhere)), Ok(written));
    }

    #[test]
    fn a_restore_replaces_a_log_that_nobody_can_open() {
        let (home, written) = filled(5);
        let backup = open(home.path()).backup(None, AT).expect("backed up");
        let log = files::log(home.path());
        for garbage in [&b"garbage"[..], b"", &[0; 8192]] {
            fs::write(&log, garbage).expect("written");
            fs::write(files::companion(&log, "-wal"), b"noise").expect("written");
            let refused = Store::open(home.path()).err();
            assert!(matches!(refused, Some(Trouble::Damaged { .. } | Trouble::NotOurs { .. })), "{refused:?}");
            let restored = Store::restore(home.path(), &backup.path, AT).expect("restored");
            let kept = restored.kept.expect("kept");
            assert_eq!(fs::read(&kept).expect("read"), garbage);
            assert_eq!(fs::read(files::companion(&kept, "-wal")).expect("read"), b"noise");
            assert_eq!(entries(&open(home.path())).as_ref(), Ok(&written));
        }
    }

    #[test]
    fn what_a_crash_left_in_the_write_ahead_log_is_kept_and_does_not_leak_into_the_restored_log() {
        let (home, written) = filled(5);
        let backup = open(home.path()).backup(None, AT).expect("backed up");
        let mut store = open(home.path());
        add(&mut store, 7);
        let newer = entries(&store).expect("read");
        let crashed = copy(home.path());
        let restored = Store::restore(crashed.path(), &backup.path, AT).expect("restored");
        assert_eq!(entries(&open(crashed.path())), Ok(written));
        Store::restore(crashed.path(), &restored.kept.expect("kept"), AT).expect("restored");
        assert_eq!(entries(&open(crashed.path())), Ok(newer));
    }

    #[test]
    fn a_program_that_is_open_during_a_restore_writes_no_more_and_harms_nothing() {
        let (home, written) = filled(5);
        let mut open_before = open(home.path());
        add(&mut open_before, 7);
        let backup = open_before.backup(None, AT).expect("backed up");
        add(&mut open_before, 6);
        Store::restore(home.path(), &backup.path, AT).expect("restored");
        let mut after = open(home.path());
        assert_eq!(open_before.append(&any(8), Some(written[2].id)), Err(Trouble::Moved));
        add(&mut after, 9);
        drop(open_before);
        add(&mut after, 10);
        drop(after);
        let store = open(home.path());
        assert_eq!(entries(&store).map(|log| log[5..].to_vec()), Ok(vec![any(7), any(9), any(10)]));
        assert_eq!(store.verify().map(|checked| checked.rows), Ok(8));
    }

    #[test]
    fn a_damaged_or_newer_or_foreign_source_is_refused_and_the_log_stays() {
        let (home, written) = filled(40);
        let source = home.path().join("source.db");
        let refuse = |sql: &str| {
            let _ = fs::remove_file(&source);
            open(home.path()).backup(Some(&source), AT).expect("backed up");
            Connection::open(&source).expect("it opens").execute_batch(sql).expect("changed");
            let refused = Store::restore(home.path(), &source, AT).expect_err("refused");
            assert_eq!(entries(&open(home.path())).as_ref(), Ok(&written));
            refused
        };
        assert!(matches!(refuse("PRAGMA user_version = 7"), Trouble::Newer { found: 7, .. }));
        assert!(matches!(refuse("PRAGMA application_id = 7"), Trouble::NotOurs { .. }));
        assert!(matches!(refuse("PRAGMA user_version = 0"), Trouble::Damaged { .. }));
        assert!(matches!(refuse("DROP INDEX entry_of_card"), Trouble::Damaged { .. }));
        let missing = Store::restore(home.path(), Path::new("/nowhere/reviews.db"), AT);
        assert_eq!(missing, Err(Trouble::Unreadable { file: "/nowhere/reviews.db".into() }));
        assert_eq!(Store::backups(home.path()), Ok(Vec::new()), "nothing was set aside");
    }

    #[test]
    fn a_log_that_lost_its_end_can_be_accepted_as_it_is() {
        let (home, written) = filled(5);
        let mut store = open(home.path());
        add(&mut store, 7);
        let crashed = copy(home.path());
        fs::remove_file(files::companion(&files::log(crashed.path()), "-wal")).expect("removed");
        let lost = Trouble::damaged("6 entries were recorded here and it holds 5");
        assert_eq!(Store::open(crashed.path()).err(), Some(lost));
        Store::restore(crashed.path(), &files::log(crashed.path()), AT).expect("accepted");
        assert_eq!(entries(&open(crashed.path())), Ok(written));
    }
}
