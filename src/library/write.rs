//! The one place that writes deck files: whole or not at all, never over what somebody else wrote, and undoable.

mod history;

use std::fs::{self, DirBuilder, File};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;
use twox_hash::XxHash3_64;

use self::history::{Edit, History};
use super::file;
use crate::deck::Unfit;
use crate::review::EntryId;
use crate::safe;
use crate::text::Safe;

/// What the names of unfinished files begin with; they are hidden, so they are never taken for decks.
const UNFINISHED: &str = ".greenroom-";

/// What a text was, so that another one is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    length: u64,
    sum: u64,
}

/// Writes decks, and keeps what it replaced.
#[derive(Debug, Clone)]
pub struct Writer {
    history: History,
}

/// Why nothing was written; every file is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotWritten {
    /// The file is not what the edit started from: somebody else changed it, or took it away.
    #[error("`{0}` was changed by somebody else meanwhile. Nothing was written.")]
    Changed(Safe),
    #[error("`{0}` is there already. Nothing was written.")]
    Exists(Safe),
    #[error("`{file}` {why}. Nothing was written.")]
    Unfit { file: Safe, why: Unfit },
    #[error("`{file}` {why}. Nothing was written.")]
    Unread { file: Safe, why: Safe },
    #[error("`{file}` could not be written: {why}. Nothing was written.")]
    Unwritten { file: Safe, why: Safe },
}

/// What was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    pub file: PathBuf,
    /// What the edit did, as a phrase such as "add `x`".
    pub what: Safe,
}

/// Why nothing was taken back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotUndone {
    #[error("there is no edit to undo")]
    Nothing,
    #[error("`{file}` was changed since greenroom wrote it ({what}). It was left as it is.")]
    Changed { file: Safe, what: Safe },
    /// The rows of the log that went along could not be taken back.
    #[error("{0} The deck file was left as it is.")]
    Log(Safe),
    #[error(transparent)]
    NotWritten(#[from] NotWritten),
}

impl Version {
    pub fn of(text: &str) -> Version {
        Version { length: text.len() as u64, sum: XxHash3_64::oneshot(text.as_bytes()) }
    }
}

impl Writer {
    /// Keeps its history in `data`, the folder of what the learner owns; it is made when it is needed.
    pub fn new(data: &Path) -> Writer {
        Writer { history: History::new(data.join("edits")) }
    }

    /// The text of a deck file, to start an edit from.
    pub fn read(path: &Path) -> Result<(String, Version), NotWritten> {
        let (content, _) =
            file::read(path).map_err(|refused| NotWritten::Unread { file: name(path), why: safe!("{refused}") })?;
        let text =
            String::from_utf8(content).map_err(|_| NotWritten::Unfit { file: name(path), why: Unfit::Broken })?;
        let version = Version::of(&text);
        Ok((text, version))
    }

    /// Puts what `edit` makes of a file in its place, if the file is still the one that was `seen`. Links, modes and
    /// everything that is not in the text stay. `what` is kept for the undo, as a phrase such as "add `x`".
    pub fn change(
        &self,
        path: &Path,
        seen: Version,
        what: &Safe,
        edit: impl FnOnce(&str) -> Result<String, Unfit>,
    ) -> Result<Version, NotWritten> {
        let path = &real(path);
        let _lock = lock(folder(path));
        let (before, version) = Writer::read(path)?;
        if version != seen {
            return Err(NotWritten::Changed(name(path)));
        }
        let after = edit(&before).map_err(|why| NotWritten::Unfit { file: name(path), why })?;
        self.replace(path, Some(before), &after, what).map_err(unwritten(path))?;
        Ok(Version::of(&after))
    }

    /// Writes a file that was not there; its folder is made.
    pub fn create(&self, path: &Path, what: &Safe, text: &str) -> Result<Version, NotWritten> {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(folder(path));
        made.map_err(unwritten(path))?;
        let path = &real(path);
        let _lock = lock(folder(path));
        if fs::symlink_metadata(path).is_ok() {
            return Err(NotWritten::Exists(name(path)));
        }
        self.replace(path, None, text, what).map_err(|why| match why.kind() {
            ErrorKind::AlreadyExists => NotWritten::Exists(name(path)),
            _ => unwritten(path)(why),
        })?;
        Ok(Version::of(text))
    }

    /// Keeps as an edit what the learner's own editor made of a file that had the text `before`. False if it made nothing.
    pub fn adopt(&self, path: &Path, before: &str, what: &Safe) -> Result<bool, NotWritten> {
        let (_, after) = Writer::read(path)?;
        if after == Version::of(before) {
            return Ok(false);
        }
        let path = &real(path);
        let file = std::path::absolute(path).map_err(unwritten(path))?;
        let edit = Edit { file, what: what.clone(), before: Some(before.to_owned()), after, rows: Vec::new() };
        self.history.add(&edit).map_err(unwritten(path))?;
        Ok(true)
    }

    /// Has a row of the log go along with the newest edit, if that is of this file and the file is as it left it. Said
    /// before the row is written, so that at no time the one is undone without the other.
    pub fn goes_along(&self, path: &Path, row: EntryId) -> Result<(), NotWritten> {
        let path = &real(path);
        let Some((number, mut edit)) = self.history.newest() else { return Ok(()) };
        let is_its = std::path::absolute(path).is_ok_and(|file| file == edit.file);
        if !is_its || Writer::read(path)?.1 != edit.after {
            return Ok(());
        }
        edit.rows.push(row);
        self.history.amend(number, &edit).map_err(unwritten(path))
    }

    /// The rows of the log that the next undo takes back, too.
    pub fn rows(&self) -> Vec<EntryId> {
        self.newest().map_or_else(Vec::new, |(_, edit)| edit.rows)
    }

    /// Takes back the newest edit that was not taken back, unless its file was changed since. First `retract` takes back
    /// the rows of the log that went along; it may be asked for the same ones again after it was cut off.
    pub fn undo(&self, retract: impl FnOnce(&[EntryId]) -> Result<(), Safe>) -> Result<Undone, NotUndone> {
        let (number, edit) = self.newest().ok_or(NotUndone::Nothing)?;
        let Edit { file: path, what, before, rows, .. } = edit;
        let _lock = lock(folder(&path));
        let now = Writer::read(&path)?;
        if now.1 != edit.after {
            return Err(NotUndone::Changed { file: name(&path), what });
        }
        if !rows.is_empty() {
            retract(&rows).map_err(NotUndone::Log)?;
        }
        let put_back = match &before {
            Some(before) => write(&path, before, true),
            None => fs::remove_file(&path).and_then(|()| sync(folder(&path))),
        };
        put_back.map_err(unwritten(&path))?;
        self.history.forget(number);
        Ok(Undone { file: path, what })
    }

    /// The newest edit that reached its file: one that was cut off before it did is forgotten.
    fn newest(&self) -> Option<(u64, Edit)> {
        while let Some((number, edit)) = self.history.newest() {
            let now = Writer::read(&edit.file).ok().map(|(_, version)| version);
            let before = edit.before.as_deref().map(Version::of);
            if now != before || before == Some(edit.after) {
                return Some((number, edit));
            }
            self.history.forget(number);
        }
        None
    }

    /// First what is replaced goes to the history, then the file is changed: at no time can an edit not be undone.
    fn replace(&self, path: &Path, before: Option<String>, after: &str, what: &Safe) -> io::Result<()> {
        sweep(folder(path));
        let is_there = before.is_some();
        let edit = Edit {
            file: std::path::absolute(path)?,
            what: what.clone(),
            before,
            after: Version::of(after),
            rows: Vec::new(),
        };
        let number = self.history.add(&edit)?;
        write(path, after, is_there).inspect_err(|_| self.history.forget(number))
    }
}

/// Puts a whole new file in the place of one, with the permissions that the old one had; or, if none `is_there`, where none is.
fn write(path: &Path, text: &str, is_there: bool) -> io::Result<()> {
    let folder = folder(path);
    if is_there {
        check_writable(path)?;
    }
    let mut file = NamedTempFile::with_prefix_in(UNFINISHED, folder)?;
    file.write_all(text.as_bytes())?;
    if is_there {
        file.as_file().set_permissions(fs::metadata(path)?.permissions())?;
    }
    file.as_file().sync_all()?;
    match is_there {
        true => file.persist(path),
        false => file.persist_noclobber(path),
    }
    .map_err(|error| error.error)?;
    sync(folder)
}

/// Refuses a file that its owner closed to writing: a new file in its place would not ask.
fn check_writable(path: &Path) -> io::Result<()> {
    if fs::metadata(path)?.permissions().readonly() {
        return Err(io::Error::new(ErrorKind::PermissionDenied, "it is read-only"));
    }
    File::options().write(true).open(path).map(drop)
}

fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Takes away what a writer that was cut off has left. The folder is locked, so nobody is at work on it.
fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().as_encoded_bytes().starts_with(UNFINISHED.as_bytes()) {
            let _another_time = fs::remove_file(entry.path());
        }
    }
}

/// Keeps other writers of the folder waiting, as long as it is held. A file system without locks has none.
fn lock(folder: &Path) -> Option<File> {
    let folder = File::open(folder).ok()?;
    folder.lock().ok()?;
    Some(folder)
}

/// What a link leads to: that is written, and the link stays.
fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn name(path: &Path) -> Safe {
    safe!("{}", path.display()).line()
}

fn unwritten(path: &Path) -> impl Fn(io::Error) -> NotWritten {
    let file = name(path);
    move |why| NotWritten::Unwritten { file: file.clone(), why: safe!("{why}").line() }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use tempfile::TempDir;

    use super::*;

    fn desk(text: &str) -> (TempDir, Writer, PathBuf) {
        let home = tempfile::tempdir().expect("a folder");
        let path = home.path().join("decks/deck.toml");
        let writer = Writer::new(home.path());
        writer.create(&path, &Safe::from("create"), text).expect("created");
        (home, writer, path)
    }

    fn set(writer: &Writer, path: &Path, text: &str) -> Result<Version, NotWritten> {
        let (_, seen) = Writer::read(path)?;
        writer.change(path, seen, &safe!("write {text}"), |_| Ok(text.to_owned()))
    }

    fn read(path: &Path) -> String {
        fs::read_to_string(path).expect("text")
    }

    #[test]
    fn every_edit_is_taken_back_in_turn_also_by_another_writer() {
        let (home, writer, path) = desk("one");
        set(&writer, &path, "two").expect("written");
        set(&writer, &path, "three").expect("written");
        let later = Writer::new(home.path());
        assert_eq!(later.undo(|_| Ok(())).map(|undone| undone.what), Ok(Safe::from("write three")));
        assert_eq!(read(&path), "two");
        assert_eq!(later.undo(|_| Ok(())).map(|undone| undone.what), Ok(Safe::from("write two")));
        assert_eq!(later.undo(|_| Ok(())).map(|undone| undone.what), Ok(Safe::from("create")));
        assert!(!path.exists());
        assert_eq!(later.undo(|_| Ok(())), Err(NotUndone::Nothing));
    }

    #[test]
    fn the_rows_that_went_along_are_taken_back_first_and_no_file_without_them() {
        let (_home, writer, path) = desk("one");
        set(&writer, &path, "two").expect("written");
        let row = EntryId(uuid::Uuid::from_u128(7));
        writer.goes_along(&path, row).expect("kept");
        assert_eq!(writer.rows(), [row]);
        let refused = writer.undo(|_| Err(Safe::from("No.")));
        assert!(matches!(refused, Err(NotUndone::Log(_))));
        assert_eq!(read(&path), "two");
        let mut heard = Vec::new();
        let hear = |rows: &[EntryId]| {
            heard.extend_from_slice(rows);
            Ok(())
        };
        writer.undo(hear).expect("undone");
        assert_eq!((heard, read(&path)), (vec![row], "one".to_owned()));
    }

    #[test]
    fn what_an_editor_made_of_a_file_is_an_edit_like_others() {
        let (_home, writer, path) = desk("one");
        let what = Safe::from("edit");
        assert_eq!(writer.adopt(&path, "one", &what), Ok(false));
        fs::write(&path, "two").expect("written");
        assert_eq!(writer.adopt(&path, "one", &what), Ok(true));
        assert_eq!(writer.undo(|_| Ok(())).map(|undone| undone.what), Ok(what));
        assert_eq!(read(&path), "one");
    }

    #[test]
    fn what_somebody_else_wrote_meanwhile_is_never_overwritten() {
        let (_home, writer, path) = desk("one");
        let (_, seen) = Writer::read(&path).expect("read");
        fs::write(&path, "theirs").expect("written");
        let refused = writer.change(&path, seen, &Safe::from("x"), |_| Ok("mine".to_owned()));
        assert!(matches!(refused, Err(NotWritten::Changed(_))));
        assert!(matches!(writer.undo(|_| Ok(())), Err(NotUndone::Changed { .. })));
        assert!(matches!(writer.create(&path, &Safe::from("x"), "mine"), Err(NotWritten::Exists(_))));
        assert_eq!(read(&path), "theirs");
    }

    #[test]
    fn links_and_modes_stay_and_leftovers_go() {
        let (home, writer, path) = desk("one");
        let link = home.path().join("link.toml");
        std::os::unix::fs::symlink(&path, &link).expect("linked");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("set");
        fs::write(path.with_file_name(".greenroom-abc"), "half").expect("written");
        set(&writer, &link, "two").expect("written");
        assert!(link.is_symlink());
        assert_eq!(read(&path), "two");
        assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o640);
        assert_eq!(fs::read_dir(folder(&path)).expect("listed").count(), 1);
    }

    #[test]
    fn a_file_that_is_closed_to_writing_is_left_alone() {
        let (_home, writer, path) = desk("one");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("set");
        let refused = set(&writer, &path, "two").expect_err("refused");
        assert!(refused.to_string().contains("read-only"), "{refused}");
        assert_eq!(read(&path), "one");
    }

    #[test]
    fn a_refused_edit_leaves_no_trace() {
        let (_home, writer, path) = desk("one");
        let (_, seen) = Writer::read(&path).expect("read");
        let refused = writer.change(&path, seen, &Safe::from("x"), |_| Err(Unfit::Spoilt));
        assert!(matches!(refused, Err(NotWritten::Unfit { .. })));
        assert_eq!(writer.undo(|_| Ok(())).map(|undone| undone.what), Ok(Safe::from("create")));
    }

    #[test]
    fn an_edit_that_never_reached_its_file_is_passed_over() {
        let (_home, writer, path) = desk("one");
        set(&writer, &path, "two").expect("written");
        let cut = Edit {
            file: path.clone(),
            what: Safe::from("cut off"),
            before: Some("two".to_owned()),
            after: Version::of("three"),
            rows: Vec::new(),
        };
        writer.history.add(&cut).expect("kept");
        assert_eq!(writer.undo(|_| Ok(())).map(|undone| undone.what), Ok(Safe::from("write two")));
        assert_eq!(read(&path), "one");
    }

    #[test]
    fn two_writers_at_once_lose_nothing() {
        let (_home, writer, path) = desk("");
        let add = |writer: &Writer, path: &Path, word: &str| loop {
            let (_, seen) = Writer::read(path).expect("read");
            match writer.change(path, seen, &Safe::from("add"), |text| Ok(format!("{text}{word}\n"))) {
                Err(NotWritten::Changed(_)) => {}
                done => break done.expect("written"),
            }
        };
        std::thread::scope(|scope| {
            for word in ["a", "b"] {
                let (writer, path) = (&writer, &path);
                scope.spawn(move || {
                    for _ in 0..50 {
                        add(writer, path, word);
                    }
                });
            }
        });
        let text = read(&path);
        assert_eq!((text.matches('a').count(), text.matches('b').count()), (50, 50));
    }
}
