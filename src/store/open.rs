//! Opening a log: create, recognise, migrate, or say why not.

use std::cell::Cell;
use std::io::ErrorKind;
use std::path::Path;

use rusqlite::Connection;
use tempfile::TempDir;

use super::files::{self, Disk};
use super::mark::{self, Mark};
use super::migrate::{self, Migration};
use super::row::Seq;
use super::schema::APPLICATION_ID;
use super::trouble::Trouble;
use super::{Store, backup, connect, read, restore, schema};

impl Store {
    /// Opens the log of a folder for reading and writing; makes both when nothing shows that there ever was a log.
    ///
    /// [`Trouble::Missing`] when the log is gone but backups or other traces are there: restore, or go on with
    /// [`Store::create_empty`]. A log of an older version is backed up and migrated. On [`Trouble::ReadOnly`] and
    /// [`Trouble::Newer`], [`Store::open_to_read`] may still read it.
    pub fn open(folder: &Path) -> Result<Store, Trouble> {
        Store::open_on(folder, Disk::of(folder), migrate::ALL)
    }

    /// Starts an empty log in a folder whose log is gone. One that is there is opened as it is.
    pub fn create_empty(folder: &Path) -> Result<Store, Trouble> {
        if !files::log(folder).exists() {
            files::create_folder(folder)?;
            restore::keep(folder, "before-empty")?;
            mark::forget(folder)?;
            create(folder, Disk::of(folder), migrate::ALL)?;
        }
        Store::open(folder)
    }

    /// Opens the log of a folder for reading alone: where it cannot be written, or a newer greenroom wrote it and its
    /// rows can be read all the same. A folder that never held a log reads as an empty one.
    pub fn open_to_read(folder: &Path) -> Result<Store, Trouble> {
        let file = files::log(folder);
        if !file.exists() {
            refuse_if_lost(folder)?;
            let log = Connection::open_in_memory()?;
            migrate::migrate(&log, migrate::ALL)?;
            return Store::assemble(folder, Disk::Local, log, None, Some(Trouble::ReadOnly));
        }
        let (mut log, mut copy) = connect::to_read(&file)?;
        let (found, known) = (migrate::version(&log)?, migrate::newest(migrate::ALL));
        if found < known && copy.is_none() {
            (log, copy) = connect::to_read_a_copy(&file)?;
        }
        if found > known {
            let newer = Trouble::Newer { found, known };
            let readable = read::each_from(&log, Seq::START, |_| Ok(()));
            return match readable {
                Ok(()) => Store::assemble(folder, Disk::Local, log, copy, Some(newer)),
                Err(_) => Err(newer),
            };
        }
        match copy {
            Some(_) => migrate::migrate(&log, migrate::ALL)?,
            None => migrate::check(&log, migrate::ALL)?,
        }
        Store::assemble(folder, Disk::Local, log, copy, Some(Trouble::ReadOnly))
    }

    pub(super) fn open_on(folder: &Path, disk: Disk, migrations: &[Migration]) -> Result<Store, Trouble> {
        let file = files::log(folder);
        if !file.exists() {
            refuse_if_lost(folder)?;
            files::create_folder(folder)?;
            create(folder, disk, migrations)?;
        }
        if !files::can_write(folder) || !files::can_write(&file) {
            return Err(Trouble::ReadOnly);
        }
        let log = connect::to_write(&file)?;
        if migrate::version(&log)? < migrate::newest(migrations) {
            backup::before_migration(&log, folder, migrate::newest(migrations))?;
            migrate::migrate(&log, migrations)?;
        }
        migrate::check(&log, migrations)?;
        let mut store = Store::assemble(folder, disk, log, None, None)?;
        connect::accept(&store.log, disk)?;
        store.mark = Mark::open(folder).ok();
        store.note();
        Ok(store)
    }

    fn assemble(
        folder: &Path,
        disk: Disk,
        log: Connection,
        copy: Option<TempDir>,
        refusal: Option<Trouble>,
    ) -> Result<Store, Trouble> {
        let newest = read::one(&log, schema::NEWEST, [])?.map(|row| (row.seq, row.entry.id));
        let store = Store {
            log,
            _copy: copy,
            folder: folder.to_owned(),
            disk,
            identity: files::identity(&files::log(folder)),
            newest: Cell::new(newest),
            mark: None,
            refusal,
            told: Cell::new(false),
        };
        store.refuse_if_shorter()?;
        Ok(store)
    }

    /// Compares the log with the note of how far it had come.
    pub(super) fn refuse_if_shorter(&self) -> Result<(), Trouble> {
        let Some((seq, id)) = mark::read(&self.folder) else { return Ok(()) };
        match self.id_at(seq)? {
            Some(found) if found == id => Ok(()),
            Some(_) => Err(Trouble::damaged(format!("entry {seq} is another one than was recorded here"))),
            None => Err(Trouble::damaged(format!("{seq} entries were recorded here and it holds {}", self.last()))),
        }
    }

    /// Notes how far the log has come.
    pub(super) fn note(&self) {
        if let (Some(mark), Some(newest)) = (&self.mark, self.newest.get()) {
            mark.write(newest);
        }
    }
}

/// A folder with backups, or anything else that a log leaves behind, once held one.
fn refuse_if_lost(folder: &Path) -> Result<(), Trouble> {
    let wal = files::companion(&files::log(folder), "-wal");
    let traces = wal.exists() || mark::read(folder).is_some() || !Store::backups(folder)?.is_empty();
    // Another program may have made the log meanwhile, and the traces with it.
    if traces && !files::log(folder).exists() {
        return Err(Trouble::Missing { newest: backup::newest(folder)? });
    }
    Ok(())
}

/// Makes an empty log under another name first: it appears whole, and never in the place of another one.
fn create(folder: &Path, disk: Disk, migrations: &[Migration]) -> Result<(), Trouble> {
    let file = files::unfinished(folder)?;
    let log = connect::to_fill(file.path())?;
    log.pragma_update(None, "application_id", APPLICATION_ID)?;
    migrate::migrate(&log, migrations)?;
    connect::set_journal(&log, connect::journal_for(disk))?;
    log.close().map_err(|(_, error)| error)?;
    match file.into_temp_path().persist_noclobber(files::log(folder)) {
        Err(error) if error.error.kind() != ErrorKind::AlreadyExists => Err(error.error.into()),
        _ => Ok(files::sync_folder(folder)?),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use jiff::Timestamp;

    use super::*;
    use crate::review::Entry;
    use crate::store::testing::{add, any, copy, entries, filled, home, key, open};

    fn names(folder: &Path) -> Vec<String> {
        let files = fs::read_dir(folder).expect("listed");
        let mut names: Vec<_> =
            files.map(|file| file.expect("a file").file_name().into_string().expect("text")).collect();
        names.sort();
        names
    }

    #[test]
    fn a_log_that_is_gone_is_said_to_be_gone_and_never_started_anew_in_silence() {
        let (home, written) = filled(5);
        fs::remove_file(files::log(home.path())).expect("removed");
        assert_eq!(Store::open(home.path()).err(), Some(Trouble::Missing { newest: None }));
        assert_eq!(Store::open_to_read(home.path()).err(), Some(Trouble::Missing { newest: None }));
        let mut store = Store::create_empty(home.path()).expect("it opens");
        assert_eq!(entries(&store), Ok(Vec::new()));
        store.import(&written).expect("imported");
        let newest = store.backup(None, Timestamp::UNIX_EPOCH).expect("backed up").path;
        drop(store);
        fs::remove_file(files::log(home.path())).expect("removed");
        mark::forget(home.path()).expect("removed");
        assert_eq!(Store::open(home.path()).err(), Some(Trouble::Missing { newest: Some(newest) }));
    }

    #[test]
    fn a_log_that_is_there_is_not_emptied() {
        let (home, written) = filled(5);
        let store = Store::create_empty(home.path()).expect("it opens");
        assert_eq!(entries(&store), Ok(written));
    }

    #[test]
    fn what_was_left_of_a_removed_log_is_kept_when_an_empty_one_is_started() {
        let (home, _) = filled(5);
        let mut store = open(home.path());
        add(&mut store, 6);
        let crashed = copy(home.path());
        fs::remove_file(files::log(crashed.path())).expect("removed");
        assert_eq!(Store::open(crashed.path()).err(), Some(Trouble::Missing { newest: None }));
        let store = Store::create_empty(crashed.path()).expect("it opens");
        assert_eq!(entries(&store), Ok(Vec::new()));
        assert_eq!(names(&files::backups(crashed.path())), ["before-empty.db-wal"]);
    }

    #[test]
    fn a_file_of_another_program_is_refused_and_left_as_it_is() {
        for journal in ["delete", "wal"] {
            let home = home();
            let file = files::log(home.path());
            let other = Connection::open(&file).expect("created");
            connect::set_journal(&other, journal).expect("set");
            other.execute_batch("CREATE TABLE notes (text); INSERT INTO notes VALUES ('mine')").expect("filled");
            let crashed = copy(home.path());
            drop(other);
            for folder in [home.path(), crashed.path()] {
                let before = (names(folder), fs::read(files::log(folder)).expect("read"));
                assert!(matches!(Store::open(folder).err(), Some(Trouble::NotOurs { .. })));
                assert!(matches!(Store::open_to_read(folder).err(), Some(Trouble::NotOurs { .. })));
                assert_eq!(fs::read(files::log(folder)).expect("read"), before.1, "{journal}");
                if journal == "delete" {
                    assert_eq!(names(folder), before.0);
                }
            }
        }
    }

    #[test]
    fn all_files_are_for_the_learner_alone() {
        let home = home();
        let folder = home.path().join("data/greenroom");
        let mut store = open(&folder);
        add(&mut store, 1);
        store.backup(None, Timestamp::UNIX_EPOCH).expect("backed up");
        let _lock = crate::store::Lock::acquire(&folder).expect("free");
        let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
        for below in [folder.clone(), files::backups(&folder)] {
            assert_eq!(mode(&below), 0o700);
            for name in names(&below).into_iter().filter(|name| name != "backups") {
                assert_eq!(mode(&below.join(&name)), 0o600, "{name}");
            }
        }
        assert_eq!(names(&folder).len(), 6, "{:?}", names(&folder));
    }

    #[test]
    fn a_log_is_read_without_being_written() {
        let (home, written) = filled(5);
        let mut store = Store::open_to_read(home.path()).expect("it opens");
        assert_eq!(entries(&store), Ok(written));
        assert_eq!(store.writable(), Err(Trouble::ReadOnly));
        assert_eq!(store.append(&any(6), None), Err(Trouble::ReadOnly));
        let nothing = home.path().join("nothing");
        let store = Store::open_to_read(&nothing).expect("it opens");
        assert_eq!((entries(&store), store.last()), (Ok(Vec::new()), Seq::START));
        assert_eq!(store.writable(), Err(Trouble::ReadOnly));
        assert!(!nothing.exists());
    }

    #[test]
    fn a_private_copy_shows_what_a_crashed_program_left() {
        let home = home();
        let mut store = open(home.path());
        for number in 1..=9 {
            store.append(&Entry { card: key(number), ..any(number) }, None).expect("added");
        }
        let crashed = copy(home.path());
        let (log, kept) = connect::to_read_a_copy(&files::log(crashed.path())).expect("copied");
        assert_eq!(read::from(&log, Seq::START).map(|rows| rows.len()), Ok(9));
        assert!(kept.is_some());
        assert_eq!(entries(&open(crashed.path())), entries(&store));
    }
}
