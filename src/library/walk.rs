//! Finds deck files in folders, without ever leaving the beaten track: no loops, no pipes, no devices.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::file::{Fingerprint, Refused, plain};
use super::{Origin, Places, Problem};

/// How far a walk goes.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// Folders below the one that was named.
    depth: usize,
    /// Entries, whatever they are, of the named folder and those below it together.
    entries: usize,
}

const LIMITS: Limits = Limits { depth: 16, entries: 20_000 };

/// The files that may be decks, and what was left out.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// First those of the learner's folder, then those that were named; each group by path.
    pub files: Vec<(PathBuf, Fingerprint)>,
    pub problems: Vec<Problem>,
    /// Folders in which a deck may come, go or change: those that were looked through, those that links lead into, and
    /// the nearest one above a place that is not there.
    pub folders: Vec<PathBuf>,
    /// Device and inode of each folder and file that was met.
    seen: HashSet<(u64, u64)>,
    entries: usize,
}

/// Looks through the places in order.
pub(super) fn walk(places: &Places) -> Walk {
    walk_within(places, LIMITS)
}

fn walk_within(places: &Places, limits: Limits) -> Walk {
    let mut walk = Walk::default();
    if let Some(folder) = &places.folder {
        match fs::metadata(folder) {
            Ok(metadata) => walk.named(folder, &metadata, limits),
            // Before the first own deck there is no folder.
            Err(error) if error.kind() == io::ErrorKind::NotFound => walk.wait_for(folder),
            Err(error) => walk.refuse(folder, &error.into()),
        }
    }
    let mut extra: Vec<_> = places.extra.iter().collect();
    extra.sort();
    for path in extra {
        match fs::metadata(path) {
            Ok(metadata) => walk.named(path, &metadata, limits),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                walk.wait_for(path);
                walk.problems.push(Problem::missing(path));
            }
            Err(error) => walk.refuse(path, &error.into()),
        }
    }
    walk
}

impl Walk {
    /// A place that somebody named: a folder, or a file whatever its name. What is here already is not said again.
    fn named(&mut self, path: &Path, metadata: &Metadata, limits: Limits) {
        if !self.is_new(metadata) {
            return;
        }
        if metadata.is_dir() {
            self.entries = 0;
            self.folder(path, limits, 0);
            if self.entries > limits.entries {
                let reason = format!("holds more than {} files and folders; the rest was left out", limits.entries);
                self.skip(path, &reason, "Move what is no deck elsewhere, or name a folder below it.");
            }
            return;
        }
        match plain(metadata.file_type()) {
            Ok(()) => {
                self.follow(path);
                self.files.push((path.to_owned(), Fingerprint::of(metadata)));
            }
            Err(refused) => self.refuse(path, &refused),
        }
    }

    /// Where a path may come into being.
    fn wait_for(&mut self, path: &Path) {
        let nearest = path.ancestors().skip(1).map(here).find(|folder| folder.is_dir());
        self.folders.extend(nearest.map(Path::to_owned));
    }

    /// Where a file that was named, or that a link leads to, may change.
    fn follow(&mut self, path: &Path) {
        self.folders.extend(path.parent().map(here).map(Path::to_owned));
        if path.is_symlink()
            && let Ok(target) = path.canonicalize()
        {
            self.folders.extend(target.parent().map(Path::to_owned));
        }
    }

    fn folder(&mut self, folder: &Path, limits: Limits, depth: usize) {
        self.folders.push(folder.to_owned());
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return self.refuse(folder, &error.into()),
        };
        let mut names = Vec::new();
        for entry in entries {
            self.entries += 1;
            match entry {
                _ if self.entries > limits.entries => break,
                Ok(entry) if is_left_over(&entry.file_name()) => {}
                Ok(entry) => names.push((entry.file_name(), entry.file_type())),
                Err(error) => return self.refuse(folder, &error.into()),
            }
        }
        names.sort_by(|one, other| one.0.cmp(&other.0));
        for (name, kind) in names {
            let is_link = kind.as_ref().is_ok_and(|kind| kind.is_symlink());
            let is_deck = Path::new(&name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
            // What is neither called a deck nor can hold one is not even looked at.
            if is_deck || kind.is_ok_and(|kind| kind.is_dir() || kind.is_symlink()) {
                let path = folder.join(name);
                if is_deck && is_link {
                    self.follow(&path);
                }
                self.entry(&path, is_deck, limits, depth + 1);
            }
        }
    }

    fn entry(&mut self, path: &Path, is_deck: bool, limits: Limits, depth: usize) {
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) if is_deck => return self.refuse(path, &error.into()),
            Err(_) => return,
        };
        match plain(metadata.file_type()) {
            Ok(()) if !is_deck => {}
            Ok(()) if self.is_new(&metadata) => self.files.push((path.to_owned(), Fingerprint::of(&metadata))),
            Ok(()) => self.skip(path, "has another name, too", "It is read once. Remove one of the two."),
            Err(refused) if is_deck => {
                self.skip(path, &refused.to_string(), "A deck is a plain file. Give this another name.");
            }
            Err(_) if !metadata.is_dir() => {}
            Err(_) if depth > limits.depth => {
                let reason = format!("is more than {} folders deep", limits.depth);
                self.skip(path, &reason, "Nothing below it was read. Move the decks up.");
            }
            Err(_) if self.is_new(&metadata) => self.folder(path, limits, depth),
            Err(_) => {
                self.skip(
                    path,
                    "is a folder that was met before",
                    "It is read once. Remove the link that leads to it.",
                );
            }
        }
    }

    fn is_new(&mut self, metadata: &Metadata) -> bool {
        self.seen.insert((metadata.dev(), metadata.ino()))
    }

    fn refuse(&mut self, path: &Path, refused: &Refused) {
        self.problems.push(Problem::refused(&Origin::File(path.to_owned()), refused));
    }

    fn skip(&mut self, path: &Path, reason: &str, help: &str) {
        self.problems.push(Problem::skipped(path, reason, help));
    }
}

/// A folder by a name that can be opened: that of the present one is empty.
fn here(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

/// Hidden files, and what editors leave behind: `.deck.toml.swp`, `.#deck.toml`, `#deck.toml#`, `deck.toml~`.
fn is_left_over(name: &OsStr) -> bool {
    let name = name.as_bytes();
    name.starts_with(b".") || name.starts_with(b"#") || name.ends_with(b"~")
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    use rustix::fs::{CWD, FileType, Mode, mknodat};
    use tempfile::TempDir;

    use super::*;

    fn folder_with(files: &[&str]) -> TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
            fs::write(path, *file).expect("a file");
        }
        folder
    }

    fn walk_folder(folder: &TempDir) -> Walk {
        walk(&Places { built_in: false, folder: Some(folder.path().to_owned()), extra: Vec::new() })
    }

    fn found(walk: &Walk, folder: &TempDir) -> Vec<String> {
        let below = |path: &PathBuf| path.strip_prefix(folder.path()).expect("below").to_string_lossy().into_owned();
        walk.files.iter().map(|(path, _)| below(path)).collect()
    }

    fn codes(walk: &Walk) -> Vec<&str> {
        walk.problems.iter().map(|problem| problem.diagnostic.code).collect()
    }

    #[test]
    fn decks_are_found_at_any_depth_in_the_order_of_their_paths() {
        let folder = folder_with(&["b.toml", "a/z.toml", "a/b/c.toml", "a.toml", "c.TOML", "notes.md"]);
        let walk = walk_folder(&folder);
        assert_eq!(found(&walk, &folder), ["a/b/c.toml", "a/z.toml", "a.toml", "b.toml", "c.TOML"]);
        assert!(walk.problems.is_empty());
    }

    #[test]
    fn hidden_files_and_editor_left_overs_are_no_decks() {
        let left = [".#x.toml", "x.toml~", ".x.toml.swp", "#x.toml#", ".x.toml", ".git/x.toml", "#x.toml"];
        let walk = walk_folder(&folder_with(&left));
        assert!(walk.files.is_empty() && walk.problems.is_empty());
    }

    #[test]
    fn loops_of_links_end() {
        let folder = folder_with(&["sub/x.toml"]);
        for (target, link) in
            [("..", "sub/up"), (".", "here"), ("a", "a"), ("a.toml", "a.toml"), ("q", "p"), ("p", "q")]
        {
            symlink(target, folder.path().join(link)).expect("a link");
        }
        let walk = walk_folder(&folder);
        assert_eq!(found(&walk, &folder), ["sub/x.toml"]);
        assert_eq!(codes(&walk), ["unreadable", "skipped", "skipped"]);
    }

    #[test]
    fn links_are_followed_and_no_file_is_met_twice() {
        let elsewhere = folder_with(&["far.toml", "more/deep.toml"]);
        let folder = folder_with(&["near.toml"]);
        for (target, link) in [("far.toml", "far.toml"), ("more", "more"), ("more/deep.toml", "twin.toml")] {
            symlink(elsewhere.path().join(target), folder.path().join(link)).expect("a link");
        }
        let walk = walk_folder(&folder);
        assert_eq!(found(&walk, &folder), ["far.toml", "more/deep.toml", "near.toml"]);
        assert_eq!(codes(&walk), ["skipped"]);
    }

    #[test]
    fn what_is_no_file_is_skipped_with_its_reason() {
        let folder = folder_with(&["folder.toml/inside.toml"]);
        let path = |name: &str| folder.path().join(name);
        mknodat(CWD, path("pipe.toml"), FileType::Fifo, Mode::RUSR, 0).expect("a pipe");
        mknodat(CWD, path("pipe"), FileType::Fifo, Mode::RUSR, 0).expect("a pipe");
        let _socket = UnixListener::bind(path("socket.toml")).expect("a socket");
        symlink("/dev/zero", path("zero.toml")).expect("a link");
        symlink("nowhere", path("dangling.toml")).expect("a link");
        let walk = walk_folder(&folder);
        assert!(walk.files.is_empty());
        let messages: Vec<_> = walk.problems.iter().map(|problem| problem.diagnostic.message.as_str()).collect();
        for (message, reason) in
            messages.iter().zip(["cannot be read", "a folder", "a named pipe", "a socket", "a device"])
        {
            assert!(message.contains(reason), "{message}");
        }
        assert_eq!(messages.len(), 5);
    }

    #[test]
    fn depth_and_number_of_entries_are_limited() {
        let deep = folder_with(&["1/2/x.toml", "1/2/3/y.toml"]);
        let places = Places { folder: Some(deep.path().to_owned()), ..Places::default() };
        let walk = walk_within(&places, Limits { depth: 2, entries: 100 });
        assert_eq!((found(&walk, &deep), codes(&walk)), (vec!["1/2/x.toml".to_owned()], vec!["skipped"]));
        let wide = folder_with(&["a.toml", "b.toml", "c.toml", "d.toml"]);
        let places = Places { folder: Some(wide.path().to_owned()), ..Places::default() };
        let walk = walk_within(&places, Limits { depth: 2, entries: 3 });
        assert_eq!((walk.files.len(), codes(&walk)), (3, vec!["skipped"]));
    }

    #[test]
    fn named_places_come_last_and_only_missing_ones_are_errors() {
        let folder = folder_with(&["own.toml", "more/x.toml", "notes.txt"]);
        let path = |name: &str| folder.path().join(name);
        let extra = vec![path("none.toml"), path("notes.txt"), path("more"), path("own.toml")];
        let walk = walk(&Places { built_in: false, folder: Some(path("absent")), extra });
        assert_eq!(found(&walk, &folder), ["more/x.toml", "notes.txt", "own.toml"]);
        assert_eq!(codes(&walk), ["missing"]);
        assert!(walk.problems[0].file.as_str().ends_with("none.toml"));
    }

    #[test]
    fn names_that_are_no_text_are_shown_safely() {
        let folder = folder_with(&[]);
        let name = OsString::from_vec(b"a\xff\x1b[2J\n.toml".to_vec());
        fs::create_dir(folder.path().join(name)).expect("a folder");
        let walk = walk_folder(&folder);
        assert!(walk.problems[0].file.as_str().ends_with("a\u{fffd}\\x1b[2J\\x0a.toml"), "{}", walk.problems[0].file);
    }
}
