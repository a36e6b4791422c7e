//! Copies of the log that were opened, verified and counted before they got their name.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use rusqlite::Connection;
use rusqlite::backup::StepResult;
use tempfile::NamedTempFile;

use super::files;
use super::trouble::{Trouble, shown};
use super::{Seq, Store, connect, thin, verify};

/// A copy of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    pub path: PathBuf,
    /// When it was made, to the second; nothing when its name does not say.
    pub at: Option<Timestamp>,
    /// How many entries it holds; nothing when it could not be opened.
    pub rows: Option<u64>,
}

impl Backup {
    /// Whether it was made to be a backup; the others were set aside by a restore or a migration.
    pub fn is_regular(&self) -> bool {
        is_regular(&self.path)
    }
}

/// How far a copy is checked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// Every row, which must be of this version.
    Rows,
    /// Every page, whatever the version.
    Pages,
}

const STAMP: &str = "%Y%m%dT%H%M%SZ";
const STAMP_LENGTH: usize = "20261122T040000Z".len();

impl Store {
    /// Copies the log while others may write to it: to a file that is not there yet, or into the folder `backups`.
    /// The copy was opened, verified and counted when this returns.
    pub fn backup(&self, to: Option<&Path>, at: Timestamp) -> Result<Backup, Trouble> {
        let path = match to {
            Some(path) => path.to_owned(),
            None => vacant(&self.folder, &format!("reviews-{}", stamp(at)))?,
        };
        let (copy, rows) = copy(&self.log, files::parent(&path), Check::Rows)?;
        give_name(copy, &path)?;
        Ok(Backup { path, at: Some(at), rows: Some(rows) })
    }

    /// Makes the backup of a study day, once, and thins older ones after it succeeded: the newest of each of 12 days,
    /// then of 10 weeks, then of 9 months stay, and so does whatever cannot be opened or holds the most. Nothing when
    /// the day has its backup or the log is empty.
    pub fn daily_backup(&self, at: Timestamp, today: Date) -> Result<Option<Backup>, Trouble> {
        let note = files::backups(&self.folder).join("day");
        let done = fs::read_to_string(&note).is_ok_and(|day| day.trim() == today.to_string());
        if done || self.id_at(Seq(1))?.is_none() {
            return Ok(None);
        }
        let backup = self.backup(None, at)?;
        fs::write(&note, today.to_string())?;
        thin_out(&self.folder, &backup.path)?;
        Ok(Some(backup))
    }

    /// The backups of a folder, oldest first; those that say no time come before all others.
    pub fn backups(folder: &Path) -> Result<Vec<Backup>, Trouble> {
        let mut found = Vec::new();
        let listing = match fs::read_dir(files::backups(folder)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(found),
            listing => listing?,
        };
        for file in listing {
            let path = file?.path();
            if path.extension().is_some_and(|ending| ending == "db") {
                found.push(Backup { at: stamped(&path), rows: rows(&path), path });
            }
        }
        // Of one second, the one with a number was made later.
        found.sort_by_cached_key(|backup| (backup.at, backup.path.as_os_str().len(), backup.path.clone()));
        Ok(found)
    }
}

/// Keeps a log as it was before the migrations run.
pub fn before_migration(log: &Connection, folder: &Path, version: u32) -> Result<(), Trouble> {
    let path = vacant(folder, &format!("before-version-{version}"))?;
    let (copy, _) = copy(log, files::parent(&path), Check::Pages)?;
    give_name(copy, &path)
}

/// A name in the folder of backups that no file has yet.
pub fn vacant(folder: &Path, name: &str) -> Result<PathBuf, Trouble> {
    let backups = files::backups(folder);
    files::create_folder(&backups)?;
    let names = (1..).map(|number| match number {
        1 => format!("{name}.db"),
        _ => format!("{name}-{number}.db"),
    });
    Ok(names.map(|name| backups.join(name)).find(|path| !path.exists()).expect("numbers do not run out"))
}

/// The instant as names of backups write it.
pub fn stamp(at: Timestamp) -> String {
    at.strftime(STAMP).to_string()
}

/// The newest backup that can be opened; what a restore or a migration set aside only when there is nothing else.
pub fn newest(folder: &Path) -> Result<Option<PathBuf>, Trouble> {
    let mut good = Store::backups(folder)?;
    good.retain(|backup| backup.rows.is_some());
    good.sort_by_key(|backup| is_regular(&backup.path));
    Ok(good.pop().map(|backup| backup.path))
}

/// A checked copy without a name yet, in the folder given, and how many rows it has.
pub fn copy(log: &Connection, folder: &Path, check: Check) -> Result<(NamedTempFile, u64), Trouble> {
    let file = files::unfinished(folder)?;
    let mut filled = connect::to_fill(file.path())?;
    if rusqlite::backup::Backup::new(log, &mut filled)?.step(-1)? != StepResult::Done {
        return Err(Trouble::Busy);
    }
    connect::set_journal(&filled, connect::ROLLBACK)?;
    filled.close().map_err(|(_, error)| error)?;
    let (opened, _) = connect::to_read(file.path())?;
    let checked = if check == Check::Rows { verify::log(&opened)? } else { verify::pages(&opened)? };
    opened.close().map_err(|(_, error)| error)?;
    file.as_file().sync_all()?;
    Ok((file, checked.rows))
}

fn give_name(copy: NamedTempFile, path: &Path) -> Result<(), Trouble> {
    match copy.persist_noclobber(path) {
        Ok(_) => Ok(files::sync_folder(files::parent(path))?),
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => Err(Trouble::Exists { file: shown(path) }),
        Err(error) => Err(error.error.into()),
    }
}

fn thin_out(folder: &Path, made: &Path) -> Result<(), Trouble> {
    let mut backups = Store::backups(folder)?;
    backups.retain(|backup| is_regular(&backup.path) && backup.rows.is_some());
    let most = backups.iter().map(|backup| backup.rows).max();
    let times: Vec<_> = backups.iter().filter_map(|backup| backup.at).collect();
    let kept = thin::kept(&times);
    for backup in backups {
        let stays = backup.at.is_none_or(|at| kept.contains(&at));
        if !stays && Some(backup.rows) != most && backup.path != made {
            fs::remove_file(backup.path)?;
        }
    }
    Ok(())
}

/// Whether a backup was asked for, by the learner or by the day; the others were set aside by a restore or a migration.
fn is_regular(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"reviews-2"))
}

fn stamped(path: &Path) -> Option<Timestamp> {
    let stem = path.file_stem()?.to_str()?;
    let rest = stem.strip_prefix("reviews-").or_else(|| stem.strip_prefix("before-restore-"))?;
    let time = DateTime::strptime(STAMP, rest.get(..STAMP_LENGTH)?).ok()?;
    TimeZone::UTC.to_timestamp(time).ok()
}

fn rows(path: &Path) -> Option<u64> {
    let (log, _copy) = connect::to_read(path).ok()?;
    let last: i64 = log.query_row("SELECT coalesce(max(seq), 0) FROM entry", [], |row| row.get(0)).ok()?;
    u64::try_from(last).ok()
}

#[cfg(test)]
mod tests {
    use std::thread;

    use jiff::ToSpan;
    use jiff::civil::date;

    use super::*;
    use crate::store::read;
    use crate::store::testing::{add, any, entries, filled, home, open};

    fn noon(day: i8) -> Timestamp {
        date(2026, 11, day).at(12, 0, 0, 0).to_zoned(TimeZone::UTC).expect("a time").timestamp()
    }

    #[test]
    fn a_backup_holds_the_log_of_its_instant() {
        let (home, written) = filled(20);
        let mut store = open(home.path());
        let backup = store.backup(None, noon(22)).expect("backed up");
        assert_eq!(backup.path, files::backups(home.path()).join("reviews-20261122T120000Z.db"));
        assert_eq!((backup.at, backup.rows), (Some(noon(22)), Some(20)));
        add(&mut store, 21);
        let (copy, private) = connect::to_read(&backup.path).expect("it opens");
        assert!(private.is_none(), "a backup is one whole file");
        let rows = read::from(&copy, Seq::START).expect("read");
        assert_eq!(rows.into_iter().map(|row| row.entry).collect::<Vec<_>>(), written);
        assert_eq!(Store::backups(home.path()), Ok(vec![backup]));
    }

    #[test]
    fn backups_made_while_others_write_hold_a_beginning_of_the_log() {
        let home = home();
        let reader = open(home.path());
        let backups = thread::scope(|scope| {
            let writer = scope.spawn(|| (1..=300).for_each(|number| add(&mut open(home.path()), number)));
            let mut backups = Vec::new();
            while !writer.is_finished() {
                backups.push(reader.backup(None, noon(22)).expect("backed up"));
            }
            backups
        });
        let written = entries(&reader).expect("read");
        assert_eq!(written.len(), 300);
        for backup in backups {
            let (copy, _) = connect::to_read(&backup.path).expect("it opens");
            let rows = read::from(&copy, Seq::START).expect("read");
            assert_eq!(Some(rows.len() as u64), backup.rows);
            assert!(rows.iter().zip(&written).all(|(row, entry)| row.entry == *entry));
        }
    }

    #[test]
    fn two_backups_of_one_second_are_two_files_and_a_file_that_is_there_is_never_replaced() {
        let (home, _) = filled(3);
        let store = open(home.path());
        let path = |to: Option<&Path>| store.backup(to, noon(22)).map(|backup| backup.path);
        let first = path(None).expect("backed up");
        assert_ne!(path(None).expect("backed up"), first);
        let elsewhere = home.path().join("mine.db");
        assert_eq!(path(Some(&elsewhere)), Ok(elsewhere.clone()));
        assert!(matches!(path(Some(&elsewhere)), Err(Trouble::Exists { .. })));
    }

    #[test]
    fn a_damaged_log_is_not_backed_up() {
        let (home, _) = filled(50);
        let damager = Connection::open(files::log(home.path())).expect("it opens");
        damager
            .execute_batch("DROP TRIGGER entry_is_never_changed; UPDATE entry SET grade = 4 WHERE seq = 1")
            .expect("changed");
        let backup = copy(&damager, home.path(), Check::Rows);
        assert_eq!(backup.err(), Some(Trouble::damaged("entry 1 is not as it was written")));
        let left = fs::read_dir(home.path())
            .expect("listed")
            .filter(|file| file.as_ref().expect("a file").file_name().to_string_lossy().starts_with("reviews-new"));
        assert_eq!(left.count(), 0, "nothing half made stays behind");
    }

    #[test]
    fn a_study_day_gets_one_backup() {
        let home = home();
        let mut store = open(home.path());
        let daily = |store: &Store, hour: i64, day| {
            store.daily_backup(noon(22) + hour.hours(), date(2026, 11, day)).expect("no trouble").is_some()
        };
        assert!(!daily(&store, 0, 22), "there is nothing to keep yet");
        add(&mut store, 1);
        assert!(daily(&store, 0, 22));
        assert!(!daily(&store, 15, 22), "before four in the morning it is the same study day");
        assert!(daily(&store, 17, 23));
        assert_eq!(Store::backups(home.path()).expect("listed").len(), 2);
    }

    #[test]
    fn thinning_spares_what_cannot_be_opened_and_what_holds_the_most() {
        let (home, _) = filled(9);
        let store = open(home.path());
        let most = store.backup(None, noon(22) - 30_000.hours()).expect("backed up").path;
        drop(store);
        fs::remove_file(files::log(home.path())).expect("removed");
        let mut store = Store::create_empty(home.path()).expect("it opens");
        add(&mut store, 1);
        let damaged = files::backups(home.path()).join("reviews-20250101T000000Z.db");
        fs::write(&damaged, "not a database").expect("written");
        let other = files::backups(home.path()).join("before-restore-20250101T000000Z.db");
        fs::copy(&most, &other).expect("copied");
        let old = store.backup(None, noon(22) - 30_100.hours()).expect("backed up").path;
        for month in 1..=40 {
            let at = noon(22) - (744 * month).hours();
            store.backup(None, at).expect("backed up");
        }
        store.daily_backup(noon(22), date(2026, 11, 22)).expect("no trouble").expect("made");
        assert!(most.exists() && damaged.exists() && other.exists());
        assert!(!old.exists());
        let regular = Store::backups(home.path()).expect("listed");
        assert_eq!(regular.iter().filter(|backup| is_regular(&backup.path)).count(), 12 + 10 + 9 + 2);
        assert_eq!(entries(&store), Ok(vec![any(1)]));
    }

    #[test]
    fn the_newest_backup_on_offer_can_be_opened() {
        let (home, _) = filled(3);
        let store = open(home.path());
        let good = store.backup(None, noon(20)).expect("backed up").path;
        fs::copy(&good, files::backups(home.path()).join("before-restore-20261121T000000Z.db")).expect("copied");
        fs::write(files::backups(home.path()).join("reviews-20261122T000000Z.db"), "garbage").expect("written");
        assert_eq!(newest(home.path()), Ok(Some(good)));
    }
}
