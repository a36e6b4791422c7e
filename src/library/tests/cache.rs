//! A cache makes a library faster and nothing else.

use std::os::unix::fs::MetadataExt;
use std::thread;

use rustix::fs::{CWD, FileType, Mode, mknodat};

use super::*;

/// Everything that a library can say.
fn all(library: &Library) -> impl PartialEq + std::fmt::Debug + use<> {
    let decks: Vec<_> = library.decks().iter().map(|shelf| (shelf.clone(), library.cards(shelf))).collect();
    let one_by_one =
        |shelf: &Shelf| shelf.cards.iter().map(|slot| library.card(&shelf.id, &slot.id)).collect::<Vec<_>>();
    (decks, library.decks().iter().map(one_by_one).collect::<Vec<_>>(), library.problems().to_vec())
}

impl Home {
    /// The one file of the cache.
    fn cached(&self) -> PathBuf {
        let files: Vec<_> =
            fs::read_dir(self.cache()).expect("a cache").map(|file| file.expect("a file").path()).collect();
        assert_eq!(files.len(), 1, "{files:?}");
        files[0].clone()
    }

    fn cached_bytes(&self) -> Vec<u8> {
        fs::read(self.cached()).expect("bytes")
    }

    fn cached_inode(&self) -> u64 {
        fs::metadata(self.cached()).expect("metadata").ino()
    }
}

fn home_with_one_deck() -> Home {
    Home::new(&[("a.toml", format!("colour = \"blue\"\n{}", deck("a", &["one", "two"])))])
}

#[test]
fn a_file_that_was_left_alone_is_not_even_read() {
    let home = home_with_one_deck();
    let first = all(&home.open_in(10));
    let bytes = home.cached_bytes();
    assert_eq!(all(&home.open_in(20)), first);
    assert_eq!(home.cached_bytes(), bytes);
}

#[test]
fn a_file_that_was_just_written_is_read_but_not_parsed_again() {
    let home = home_with_one_deck();
    let first = all(&home.open_in(0));
    let (bytes, inode) = (home.cached_bytes(), home.cached_inode());
    assert_eq!(all(&home.open_in(10)), first);
    assert_ne!(home.cached_bytes(), bytes);
    assert_eq!(home.cached_inode(), inode);
}

#[test]
fn a_touched_file_is_not_parsed_again_and_is_trusted_afterwards() {
    let home = home_with_one_deck();
    let first = all(&home.open_in(10));
    let (bytes, inode) = (home.cached_bytes(), home.cached_inode());
    let file = fs::File::options().write(true).open(home.path("a.toml")).expect("opened");
    file.set_modified(SystemTime::UNIX_EPOCH).expect("touched");
    assert_eq!(all(&home.open_in(20)), first);
    let renewed = home.cached_bytes();
    assert_ne!(renewed, bytes);
    assert_eq!(all(&home.open_in(30)), first);
    assert_eq!((home.cached_bytes(), home.cached_inode()), (renewed, inode));
}

#[test]
fn an_edit_is_seen_although_size_and_modification_time_are_the_old_ones() {
    let home = home_with_one_deck();
    let before = fs::metadata(home.path("a.toml")).expect("metadata");
    home.open_in(10);
    let text = fs::read_to_string(home.path("a.toml")).expect("text").replace("two in a", "2!! in a");
    let change_time = |metadata: &fs::Metadata| (metadata.ctime(), metadata.ctime_nsec());
    // The clock of the file system moves in steps of some milliseconds.
    while change_time(&fs::metadata(home.path("a.toml")).expect("metadata")) == change_time(&before) {
        home.write("a.toml", &text);
        let file = fs::File::options().write(true).open(home.path("a.toml")).expect("opened");
        file.set_modified(before.modified().expect("a time")).expect("set back");
    }
    let after = fs::metadata(home.path("a.toml")).expect("metadata");
    assert_eq!((after.len(), after.modified().ok()), (before.len(), before.modified().ok()));
    let card = home.open_in(20).card(&id("a"), &id("two")).expect("a card");
    assert_eq!(card.model_answer().as_str(), "2!! in a.");
}

#[test]
fn any_flipped_byte_changes_nothing() {
    let home = home_with_one_deck();
    let expected = all(&home.open_in(10));
    let (path, whole) = (home.cached(), home.cached_bytes());
    for at in 0..whole.len() {
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (at % 8);
        fs::write(&path, flipped).expect("written");
        assert_eq!(all(&home.open_in(20)), expected, "byte {at}");
    }
}

#[test]
fn a_cache_cut_at_any_length_changes_nothing() {
    let home = home_with_one_deck();
    let expected = all(&home.open_in(10));
    let (path, whole) = (home.cached(), home.cached_bytes());
    for length in 0..whole.len() {
        fs::write(&path, &whole[..length]).expect("written");
        assert_eq!(all(&home.open_in(20)), expected, "{length} bytes");
    }
}

#[test]
fn a_cache_damaged_after_opening_changes_nothing() {
    let home = home_with_one_deck();
    let expected = all(&home.open_in(10));
    let (path, whole) = (home.cached(), home.cached_bytes());
    for length in 0..whole.len() {
        let library = home.open_in(20);
        fs::write(&path, &whole[..length]).expect("written");
        assert_eq!(all(&library), expected, "{length} bytes");
        fs::write(&path, &whole).expect("written");
    }
}

#[test]
fn a_damaged_card_is_mended_when_it_is_read() {
    let home = home_with_one_deck();
    home.open_in(10);
    let (path, whole) = (home.cached(), home.cached_bytes());
    let mut flipped = whole.clone();
    flipped[whole.len() - 1] ^= 1;
    fs::write(&path, flipped).expect("written");
    assert!(home.open_in(20).card(&id("a"), &id("two")).is_ok());
    assert_eq!(home.cached_bytes().last(), whole.last());
}

#[test]
fn the_cache_of_another_deck_is_not_taken() {
    let home = home_with_one_deck();
    home.open_in(10);
    let (first, bytes) = (home.cached(), home.cached_bytes());
    home.write("b.toml", &deck("b", &["three"]));
    let expected = all(&home.open_without_cache());
    assert_eq!(all(&home.open_in(20)), expected);
    for file in fs::read_dir(home.cache()).expect("a cache") {
        fs::write(file.expect("a file").path(), &bytes).expect("written");
    }
    assert!(first.exists());
    assert_eq!(all(&home.open_in(30)), expected);
}

#[test]
fn a_cache_that_cannot_be_kept_changes_nothing() {
    let home = home_with_one_deck();
    let expected = all(&home.open_in(0));
    let name = home.cached().file_name().expect("a name").to_owned();
    let in_the_way = home.folder.path().join("file");
    fs::write(&in_the_way, "").expect("written");
    let (pipe, folder) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    mknodat(CWD, pipe.path().join(&name), FileType::Fifo, Mode::RUSR, 0).expect("a pipe");
    fs::create_dir(folder.path().join(&name)).expect("a folder");
    for cache in [&*in_the_way, &in_the_way.join("below"), Path::new("/proc/no/such"), pipe.path(), folder.path()] {
        for _ in 0..2 {
            assert_eq!(all(&Library::open(&home.places(), Some(cache))), expected, "{}", cache.display());
        }
    }
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
}

#[test]
fn libraries_opened_at_once_agree() {
    let names: Vec<_> = (0..12).map(|number| format!("deck-{number:02}")).collect();
    let decks: Vec<_> = names.iter().map(|name| (&**name, deck(name, &["one", "two"]))).collect();
    let home = Home::new(&decks.iter().map(|(name, text)| (*name, text.clone())).collect::<Vec<_>>());
    for name in &names {
        fs::rename(home.path(name), home.path(&format!("{name}.toml"))).expect("renamed");
    }
    let expected = all(&home.open_without_cache());
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..4).for_each(|_| assert_eq!(all(&home.open_in(10)), expected)));
        }
    });
    assert_eq!(fs::read_dir(home.cache()).expect("a cache").count(), names.len());
}

#[test]
fn a_library_stays_as_it_was_opened_as_long_as_the_cache_has_it() {
    let home = home_with_one_deck();
    let before = home.open_in(10);
    let expected = all(&before);
    home.write("a.toml", &deck("a", &["zero", "two", "three"]));
    let after = home.open_in(20);
    assert_eq!(before.card(&id("a"), &id("two")), after.card(&id("a"), &id("two")));
    assert!(matches!(before.card(&id("a"), &id("one")), Err(Lost::Changed { .. })));
    assert_ne!(all(&after), expected);
}

#[test]
fn cache_files_of_decks_that_are_gone_are_cleared_out_when_they_are_many() {
    let names: Vec<_> = (0..20).map(|number| format!("deck-{number}.toml")).collect();
    let home = Home::new(&names.iter().map(|name| (&**name, deck("a", &["one"]))).collect::<Vec<_>>());
    let cached = || fs::read_dir(home.cache()).expect("a cache").count();
    home.open_in(10);
    let (old, new) = (home.cache().join("of-an-older-version"), home.cache().join("of-a-newer-version"));
    fs::write(&new, "").expect("written");
    fs::File::create(&old).and_then(|file| file.set_modified(SystemTime::UNIX_EPOCH)).expect("an old file");
    names[1..].iter().for_each(|name| fs::remove_file(home.path(name)).expect("removed"));
    home.open_in(20);
    assert_eq!(cached(), 22, "nothing was parsed");
    home.write("deck-0.toml", &deck("b", &["one"]));
    home.open_in(30);
    assert!(cached() == 2 && new.exists());
}
