//! Whatever happens to the files, the log is told as it was or said to be damaged; it never shrinks or changes in
//! silence.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::testing::{add, anything, copy, entries, filled, key, open};
use super::{Store, Trouble, files};
use crate::review::Entry;

/// What stands before the first page's content.
const HEADER: usize = 100;

/// A sequence of numbers without a pattern (SplitMix64), the same in every run.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).expect("small")
    }
}

/// A folder as a program leaves it that is killed: some entries in the database, some in the write-ahead log.
fn crashed() -> (TempDir, Vec<Entry>) {
    let (home, _) = filled(400);
    let mut store = open(home.path());
    (401..=440).for_each(|number| add(&mut store, number));
    (copy(home.path()), anything(1..=440))
}

fn wal(folder: &Path) -> PathBuf {
    files::companion(&files::log(folder), "-wal")
}

type Deed<'a> = &'a dyn Fn(&Path);

/// What became of the log: told as it was, or refused by a name.
fn judge(folder: &Path, written: &[Entry], what: &str) -> Result<(), Trouble> {
    let store = Store::open(folder).or_else(|_| Store::open_to_read(folder))?;
    let read = entries(&store)?;
    assert!(read == written, "{what}: {} of {} entries in silence", read.len(), written.len());
    store.verify()?;
    for number in 0..5 {
        let of_card: Vec<_> = written.iter().filter(|entry| entry.card == key(number)).cloned().collect();
        assert_eq!(store.of(&key(number))?, of_card, "{what}");
    }
    Ok(())
}

/// Damages a fresh copy of a folder, so many times, and counts how often it was noticed.
fn noticed(
    (home, written): &(TempDir, Vec<Entry>),
    times: usize,
    damage: impl Fn(&Path, &mut Chance) -> String,
) -> usize {
    let mut chance = Chance(times as u64);
    let mut refused = 0;
    for _ in 0..times {
        let damaged = copy(home.path());
        let what = damage(damaged.path(), &mut chance);
        let Err(trouble) = judge(damaged.path(), written, &what) else { continue };
        let named = matches!(
            trouble,
            Trouble::Damaged { .. } | Trouble::NotOurs { .. } | Trouble::Newer { .. } | Trouble::Missing { .. }
        );
        assert!(named, "{what}: {trouble}");
        refused += 1;
    }
    refused
}

fn overwrite(file: &Path, at: usize, bytes: &[u8]) {
    let mut content = fs::read(file).expect("read");
    let end = content.len().min(at + bytes.len());
    content[at..end].copy_from_slice(&bytes[..end - at]);
    fs::write(file, content).expect("written");
}

/// Flips a bit, anywhere or in so many first bytes.
fn flip(file: &Path, first: usize, chance: &mut Chance) -> String {
    let content = fs::read(file).expect("read");
    let (at, bit) = (chance.below(if first == 0 { content.len() } else { first }), chance.below(8));
    overwrite(file, at, &[content[at] ^ 1 << bit]);
    format!("bit {bit} of byte {at} of {} flipped", file.display())
}

fn noise(file: &Path, chance: &mut Chance) -> String {
    let at = chance.below(fs::read(file).expect("read").len());
    let bytes: Vec<_> = (0..64).flat_map(|_| chance.next().to_le_bytes()).collect();
    overwrite(file, at, &bytes);
    format!("noise at byte {at} of {}", file.display())
}

#[test]
fn a_sound_copy_is_told_as_it_was() {
    for sound in [filled(400), crashed()] {
        assert_eq!(noticed(&sound, 1, |_, _| "nothing".to_owned()), 0);
    }
}

#[test]
fn a_flipped_bit_changes_nothing_in_silence() {
    assert!(noticed(&filled(400), 150, |folder, chance| flip(&files::log(folder), 0, chance)) > 80);
    noticed(&filled(400), 100, |folder, chance| flip(&files::log(folder), HEADER, chance));
    assert!(noticed(&crashed(), 100, |folder, chance| flip(&wal(folder), 0, chance)) > 90);
}

#[test]
fn noise_changes_nothing_in_silence() {
    assert!(noticed(&filled(400), 60, |folder, chance| noise(&files::log(folder), chance)) > 30);
    assert!(noticed(&crashed(), 40, |folder, chance| noise(&wal(folder), chance)) > 35);
}

#[test]
fn a_page_of_zeros_is_noticed() {
    let zeroed = noticed(&filled(400), 40, |folder, chance| {
        let file = files::log(folder);
        let page = chance.below(fs::read(&file).expect("read").len() / 4096);
        overwrite(&file, page * 4096, &[0; 4096]);
        format!("page {page} zeroed")
    });
    assert_eq!(zeroed, 40);
}

#[test]
fn a_cut_file_is_noticed() {
    let cut = |file: PathBuf, chance: &mut Chance| {
        let content = fs::read(&file).expect("read");
        let length = chance.below(content.len());
        fs::write(&file, &content[..length]).expect("written");
        format!("{} cut to {length} bytes", file.display())
    };
    assert_eq!(noticed(&filled(400), 40, |folder, chance| cut(files::log(folder), chance)), 40);
    assert_eq!(noticed(&crashed(), 40, |folder, chance| cut(wal(folder), chance)), 40);
}

#[test]
fn a_file_that_is_gone_or_another_one_is_noticed() {
    let (old, _) = filled(100);
    let crashed = crashed();
    let remove = |file: PathBuf| fs::remove_file(file).expect("removed");
    let deeds: [(&str, Deed<'_>); 6] = [
        ("log removed", &|folder| remove(files::log(folder))),
        ("write-ahead log removed", &|folder| remove(wal(folder))),
        ("log emptied", &|folder| fs::write(files::log(folder), "").expect("written")),
        ("write-ahead log emptied", &|folder| fs::write(wal(folder), "").expect("written")),
        ("garbage in its place", &|folder| fs::write(files::log(folder), "garbage").expect("written")),
        ("an older log in its place", &|folder| {
            remove(wal(folder));
            fs::copy(files::log(old.path()), files::log(folder)).expect("copied");
        }),
    ];
    for (what, deed) in deeds {
        let noticed = noticed(&crashed, 1, |folder, _| {
            deed(folder);
            what.to_owned()
        });
        assert_eq!(noticed, 1, "{what}");
    }
}

#[test]
fn a_refused_log_is_left_as_it_is() {
    let (home, _) = crashed();
    let file = files::log(home.path());
    overwrite(&wal(home.path()), 20_000, &[0x5a; 512]);
    let before = [fs::read(&file), fs::read(wal(home.path()))].map(|bytes| bytes.expect("read"));
    assert!(matches!(Store::open(home.path()).err(), Some(Trouble::Damaged { .. })));
    assert_eq!([fs::read(&file), fs::read(wal(home.path()))].map(|bytes| bytes.expect("read")), before);
}
