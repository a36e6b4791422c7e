//! Connections to a log: the settings that keep what was acknowledged, and whose file it is.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

use super::files::{self, Disk};
use super::schema::APPLICATION_ID;
use super::trouble::{Trouble, shown};
use crate::text::Safe;

/// Below it two programs that write at the same instant could damage the log.
const OLDEST_ENGINE: i32 = 3_051_003;
const _: () = assert!(rusqlite::ffi::SQLITE_VERSION_NUMBER >= OLDEST_ENGINE);

/// How long one program waits for another that writes.
const PATIENCE: Duration = Duration::from_secs(5);

/// A log that is there, for reading and writing. Nothing in the file has changed, and closing it changes nothing,
/// until [`accept`].
pub fn to_write(file: &Path) -> Result<Connection, Trouble> {
    connect(file, OpenFlags::SQLITE_OPEN_READ_WRITE)
}

/// A database that is about to be filled: the file is there, and empty.
pub fn to_fill(file: &Path) -> Result<Connection, Trouble> {
    let log = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    log.busy_timeout(PATIENCE)?;
    log.pragma_update(None, "synchronous", "FULL")?;
    Ok(log)
}

/// A log for reading. Where SQLite could not keep its notes beside the file, a private copy is read: its folder is
/// returned, and must live as long as the connection.
pub fn to_read(file: &Path) -> Result<(Connection, Option<TempDir>), Trouble> {
    match connect(file, OpenFlags::SQLITE_OPEN_READ_ONLY) {
        Err(Trouble::Io { .. } | Trouble::ReadOnly) => to_read_a_copy(file),
        connected => connected.map(|log| (log, None)),
    }
}

/// A private copy of a log and what SQLite keeps beside it.
pub fn to_read_a_copy(file: &Path) -> Result<(Connection, Option<TempDir>), Trouble> {
    let folder = tempfile::tempdir()?;
    let copy = folder.path().join("reviews.db");
    fs::copy(file, &copy)?;
    for ending in ["-wal", "-journal"] {
        let beside = files::companion(file, ending);
        if beside.exists() {
            fs::copy(beside, files::companion(&copy, ending))?;
        }
    }
    connect(&copy, OpenFlags::SQLITE_OPEN_READ_WRITE).map(|log| (log, Some(folder)))
}

fn connect(file: &Path, access: OpenFlags) -> Result<Connection, Trouble> {
    if rusqlite::version_number() < OLDEST_ENGINE {
        return Err(Trouble::Engine { found: Safe::new(rusqlite::version()) });
    }
    if fs::metadata(file)?.len() == 0 {
        // SQLite would take it for a new one, and delete what lies beside it.
        return Err(Trouble::damaged("its file is empty"));
    }
    let log = Connection::open_with_flags(file, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    log.busy_timeout(PATIENCE)?;
    log.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    log.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    log.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    log.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    log.pragma_update(None, "cell_size_check", true)?;
    log.pragma_update(None, "synchronous", "FULL")?;
    log.pragma_update(None, "fullfsync", true)?;
    let owner: i32 = log.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if owner == APPLICATION_ID { Ok(log) } else { Err(Trouble::NotOurs { file: shown(file) }) }
}

/// Says that the log may be written from now on, and how the disk wants it.
pub fn accept(log: &Connection, disk: Disk) -> Result<(), Trouble> {
    set_journal(log, journal_for(disk))?;
    log.pragma_update(None, "journal_size_limit", 16 << 20)?;
    log.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok(())
}

/// How changes become durable: in the database and a rollback journal, which is one file when it is closed.
pub const ROLLBACK: &str = "delete";

/// A write-ahead log, or a rollback journal where programs cannot share memory.
pub fn journal_for(disk: Disk) -> &'static str {
    if disk == Disk::Local { "wal" } else { ROLLBACK }
}

pub fn set_journal(log: &Connection, wanted: &str) -> Result<(), Trouble> {
    let set: String = log.pragma_update_and_check(None, "journal_mode", wanted, |row| row.get(0))?;
    if set == wanted { Ok(()) } else { Err(Trouble::Busy) }
}
