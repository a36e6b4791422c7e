//! Opening a library: the first time, when every deck is parsed, and every time after that.

use std::path::{Path, PathBuf};

use divan::Bencher;
use greenroom::library::{Library, Places};

mod collection;

const SIZES: [usize; 2] = [10_000, 100_000];

fn main() {
    divan::main();
}

fn open(home: &Path, cache: &Path, cards: usize) -> Library {
    let places = Places { folder: Some(home.join("decks")), ..Places::default() };
    let library = Library::open(&places, Some(cache));
    let found: usize = library.decks().iter().map(|shelf| shelf.cards.len()).sum();
    assert_eq!((found, library.problems().len()), (cards, 0));
    library
}

/// A home of so many cards, and the cache of a library that was opened before.
fn warm(cards: usize) -> (PathBuf, PathBuf) {
    let home = collection::home(cards);
    let cache = home.join("library-cache");
    open(&home, &cache, cards);
    (home, cache)
}

#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn first_load(bencher: Bencher, cards: usize) {
    let home = collection::home(cards);
    let cache = || tempfile::tempdir().expect("a folder");
    bencher.with_inputs(cache).bench_local_refs(|cache| open(&home, cache.path(), cards));
}

#[divan::bench(args = SIZES)]
fn warm_opening(bencher: Bencher, cards: usize) {
    let (home, cache) = warm(cards);
    bencher.bench_local(|| open(&home, &cache, cards));
}

#[divan::bench(args = SIZES)]
fn one_card(bencher: Bencher, cards: usize) {
    let (home, cache) = warm(cards);
    let library = open(&home, &cache, cards);
    let shelf = &library.decks()[cards / collection::CARDS_A_FILE / 2];
    let card = &shelf.cards[collection::CARDS_A_FILE / 2].id;
    bencher.bench_local(|| library.card(&shelf.id, card).expect("a card"));
}
